import Complaints
import Foundation
import Testing

@testable import Board
@testable import CaseAPI

@Suite("Parts of the page of reports")
struct ReportSectionTests {
    private static func week(_ name: String, kept: Int, late: Int, rate: JSONValue, moved: JSONValue = 0) -> JSONValue {
        [
            "key": .string(ExactText(name)), "due": .integer(Int64(kept + late)), "kept": .integer(Int64(kept)),
            "kept_late": .integer(Int64(late)), "broken": 0, "overdue": 0, "instant": 1,
            "renegotiated": moved == 0 ? 0 : 1,
            "kept_rate": rate, "renegotiation_rate": moved, "kept_at_original_due_rate": .null,
            "late_seconds": ["median": late == 0 ? .null : 7200, "p90": late == 0 ? .null : 90_000, "max": .null],
        ]
    }

    private static let report = ReportAnswer([
        "from": "2026-01-05T00:00:00Z", "to": "2026-03-02T00:00:00Z", "tz": "UTC", "group_by": "week",
        "denominator": "kept - instant + kept_late + broken + overdue",
        "groups": [
            week("2026-W03", kept: 5, late: 1, rate: .fraction(0.8)),
            week("2026-W06", kept: 4, late: 0, rate: 1, moved: .fraction(0.25)),
        ],
        "total": week("ignored", kept: 9, late: 1, rate: .fraction(0.875)),
    ])

    @Test("have the weeks in which nothing was due between those in which something was, and the total last")
    func weeks() {
        let section = ReportSection.kept(Self.report)
        #expect(section.table.rows.map(\.first) == ["2026-W03", "2026-W04", "2026-W05", "2026-W06", "Total"])
        #expect(section.table.rows[1].dropFirst().allSatisfy { $0 == ReportTexts.nothing })
        func first(_ row: Int) -> [String] {
            section.table.rows[row].prefix(3).map { $0.replacing("\u{A0}", with: " ") }
        }
        #expect(first(0) == ["2026-W03", "80 % (4 of 5)", "0 % (0 of 6)"])
        #expect(first(3) == ["2026-W06", "100 % (3 of 3)", "25 % (1 of 4)"])
        #expect(first(4)[1] == "88 % (8 of 9)")
        #expect(section.summary.contains("88 % of 9 promises"))
    }

    @Test("mark the weeks of which the range, or what has passed of it, has only a part")
    func inPart() {
        func report(from: JSONValue, to: JSONValue, asOf: JSONValue) -> ReportAnswer {
            ReportAnswer([
                "from": from, "to": to, "as_of": asOf, "tz": "Europe/Berlin", "group_by": "week",
                "denominator": "kept - instant",
                "groups": [
                    Self.week("2026-W06", kept: 1, late: 0, rate: 1), Self.week("2026-W08", kept: 1, late: 0, rate: 1),
                ],
                "total": Self.week("all", kept: 2, late: 0, rate: 1),
            ])
        }
        func weeks(_ report: ReportAnswer) -> [String] {
            ReportSection.kept(report).table.rows.compactMap(\.first)
        }
        // A Wednesday, and a Thursday on which the week is not over.
        let cut = report(from: "2026-02-03T23:00:00Z", to: "2026-03-01T23:00:00Z", asOf: "2026-02-19T12:00:00Z")
        #expect(weeks(cut) == ["2026-W06, in part", "2026-W07", "2026-W08, so far", "Total"])
        #expect(ReportSection.late(cut).table.rows[2].first == "2026-W08, so far")
        // From a Monday to a Monday, by the clocks of the report, which is over.
        let whole = report(from: "2026-02-01T23:00:00Z", to: "2026-02-22T23:00:00Z", asOf: "2026-02-25T12:00:00Z")
        #expect(weeks(whole) == ["2026-W06", "2026-W07", "2026-W08", "Total"])
        let ended = report(from: "2026-02-01T23:00:00Z", to: "2026-02-20T23:00:00Z", asOf: "2026-02-25T12:00:00Z")
        #expect(weeks(ended).last { $0 != "Total" } == "2026-W08, in part")
    }

    @Test(
        "tell what is short in seconds and minutes",
        arguments: [
            (0, "0 h", "1 second"), (5, "5 s", "5 seconds"), (59.2, "1 min", "60 seconds"), (90, "2 min", "2 minutes"),
            (1800, "30 min", "30 minutes"), (5400, "1.5 h", "2 hours"), (400_000, "111 h", "5 days"),
        ] as [(Double, String, String)])
    func short(seconds: Double, cell: String, words: String) {
        #expect(ReportTexts.hours(seconds / 3600) == cell)
        #expect(ReportTexts.span(seconds / 3600) == words)
    }

    @Test("say of what a rate is a share by what the report itself says of that")
    func denominator() {
        let other = ReportAnswer(["denominator": "kept + broken - open", "groups": [], "total": .null])
        #expect(other.keptRateOf(["kept": 7, "broken": 2, "open": 4]) == 5)
        #expect(other.keptRateOf(.null) == 0)
    }

    @Test("show each rate beside what it is a share of, so that it can be worked out from its row")
    func rates() throws {
        let desk = try CasePageDesk()
        func promise(_ what: String) throws -> String {
            let made = try desk.api(
                "POST", "/v1/cases/1/promises", #"{"what":"\#(what)","due_in":"PT5H","owner":"Kim"}"#)
            return try #require(made.html.firstMatch(of: #/"id":(\d+)/#).map { String($0.1) }, "\(made.html)")
        }
        #expect(
            try desk.api("POST", "/v1/cases", #"{"complaint":"x","customer":{"name":"Cy"},"owner":"Kim"}"#).status
                == 201)
        let ids = try ["a", "b", "c", "d"].map(promise)
        // Two at once, one after an hour, one not at all.
        for id in ids.prefix(2) { _ = try desk.api("POST", "/v1/promises/\(id)/keep", #"{"evidence":"x"}"#) }
        desk.advance(by: .hours(1))
        _ = try desk.api("POST", "/v1/promises/\(ids[2])/keep", #"{"evidence":"x"}"#)
        desk.advance(by: .hours(9))
        let report = ReportAnswer(
            try JSONParser.value(
                of: Array(try desk.api("GET", "/v1/reports/promises?group_by=week&period=this_week").html.utf8)))
        let table = ReportSection.kept(report).table
        let names = table.columns.map(\.name)
        for row in table.rows {
            func cell(_ name: String) throws -> String { try row[#require(names.firstIndex(of: name))] }
            var parts: [String: Int] = [:]
            for rate in [ReportTexts.keptRate, ReportTexts.renegotiationRate] {
                let told = try #require(
                    cell(rate).replacing("\u{A0}", with: " ").firstMatch(of: #/^(.+) \((\d+) of (\d+)\)$/#), "\(row)")
                let (part, whole) = (try #require(Int(told.2)), try #require(Int(told.3)))
                #expect(String(told.1) == ReportTexts.share(Double(part) / Double(whole)), "\(row)")
                parts[rate] = part
            }
            // What there is a share of stands there whole.
            let kept = try #require(Int(cell(ReportTexts.keptCount)))
            let left = try ["instant", "backdated"].map { name in
                try #require(Int(cell(name == "instant" ? ReportTexts.instant : ReportTexts.backdated)))
            }
            #expect(parts[ReportTexts.keptRate] == kept - left.reduce(0, +), "\(row)")
        }
        let total = try #require(table.rows.last)
        #expect(try total[#require(names.firstIndex(of: ReportTexts.instant))] == "2", "\(total)")
        #expect(!["0 %", "100 %", ReportTexts.nothing].contains(total[1]), "\(total)")
        // No other share stands in the table without being named as one that is not.
        #expect(table.rows.flatMap(\.self).count { $0.hasSuffix(" %") } <= table.rows.count)
    }

    @Test("tell of no lateness where nothing was late, and say what was given up early is")
    func givenUpEarly() {
        let figures = Self.week("2026-W49", kept: 0, late: 0, rate: 0)
            .setting("broken", 1).setting("late_seconds", ["median": 0, "p90": 0, "max": 0])
        let section = ReportSection.late(
            ReportAnswer(["tz": "UTC", "group_by": "week", "groups": [figures], "total": figures]))
        #expect(section.table.rows[0] == ["2026-W49", "–", "–", "–", "0", "1"])
        #expect(section.svg == nil)
    }

    @Test("have hours where something was late, and no column where nothing was")
    func late() throws {
        let section = ReportSection.late(Self.report)
        #expect(section.table.rows[0] == ["2026-W03", "2 h", "25 h", "–", "1", "0"])
        #expect(section.table.rows[3] == ["2026-W06", "–", "–", "–", "0", "0"])
        #expect(section.svg == nil, "the total knows of no longest")
    }

    @Test("show those first who have most overdue, and call who has no name what they are")
    func load() throws {
        func owner(_ name: JSONValue, overdue: Int64, open: Int64) -> JSONValue {
            ["key": name, "overdue": .integer(overdue), "open": .integer(open)]
        }
        let section = ReportSection.load(
            ReportAnswer([
                "group_by": "owner",
                "groups": [
                    owner("Ann", overdue: 0, open: 9), owner("Bo <b>", overdue: 3, open: 0),
                    owner("Cy", overdue: 0, open: 0), owner(.null, overdue: 3, open: 1),
                ],
                "total": owner(.null, overdue: 6, open: 10),
            ]))
        let svg = try #require(section.svg)
        let places = try ["Nobody", "Bo &lt;b&gt;", "Ann"].map { name in
            try #require(svg.range(of: ">\(name)<")).lowerBound
        }
        #expect(places == places.sorted())
        #expect(!svg.contains(">Cy<"), "who has nothing to do has no bar")
        #expect(section.table.rows.map(\.first) == ["Ann", "Bo <b>", "Cy", "Nobody", "Total"])
    }

    @Test("have no chart where there is nothing, and say so")
    func nothing() {
        let none = ReportAnswer(["groups": [], "total": ["kept_rate": .null], "group_by": "owner"])
        for section in [
            ReportSection.kept(none), .late(none), .causes(none), .load(none), .clocks(none),
        ] {
            #expect(section.svg == nil, "\(section.id)")
            #expect(!section.summary.isEmpty)
            #expect(section.table.rows.allSatisfy { $0.count == section.table.columns.count })
        }
    }
}

@Suite("Overdue, day by day")
struct OverdueDaysTests {
    private func days(_ from: String, _ to: String, now: String, in zone: Zone = .utc) throws -> OverdueDays {
        try OverdueDays(
            from: Instant(rfc3339: from), to: Instant(rfc3339: to), now: Instant(rfc3339: now), in: zone
        ) { asOf in ["total": .integer(asOf.milliseconds % 7), "total_capped": true] }
    }

    @Test("is asked as of the end of each day of the range, and of the last one as of now")
    func ends() throws {
        let found = try days("2026-03-01T00:00:00Z", "2026-03-09T00:00:00Z", now: "2026-03-03T10:00:00Z").days
        #expect(found.map(\.name) == ["2026-03-01", "2026-03-02", "2026-03-03"])
        #expect(found.map(\.asOf.rfc3339) == ["2026-03-02T00:00:00Z", "2026-03-03T00:00:00Z", "2026-03-03T10:00:00Z"])
        #expect(found.allSatisfy { $0.isCapped })
    }

    @Test("has days of the zone, also where clocks are set")
    func zone() throws {
        let berlin = try #require(ZoneDatabase.system.zone(named: "Europe/Berlin"))
        let found = try days("2026-03-28T23:00:00Z", "2026-03-30T22:00:00Z", now: "2026-04-30T00:00:00Z", in: berlin)
        #expect(found.days.map(\.name) == ["2026-03-29", "2026-03-30"])
        #expect(found.days.map(\.asOf.rfc3339) == ["2026-03-29T22:00:00Z", "2026-03-30T22:00:00Z"])
        #expect(found.csv.hasPrefix("day,as_of,overdue\r\n2026-03-29,2026-03-29T22:00:00Z,"))
    }

    @Test("is of the latest days alone where the range is long, and of none where it has not begun")
    func bounds() throws {
        let long = try days("0001-01-01T00:00:00Z", "9999-12-31T00:00:00Z", now: "2026-03-03T10:00:00Z").days
        #expect(long.count == OverdueDays.most && long.last?.name == "2026-03-03")
        #expect(try days("2026-03-04T00:00:00Z", "2026-03-09T00:00:00Z", now: "2026-03-03T10:00:00Z").days.isEmpty)
    }
}
