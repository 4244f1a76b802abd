import Complaints
import Foundation
import Testing

@testable import CaseAPI

@Suite("Every report over HTTP")
struct TacticReportRoutesTests {
    private let desk: TestDesk

    /// Two cases of a Sunday morning: one in whose log there is everything that these reports count, and a calm one.
    init() throws {
        desk = try TestDesk()
        try desk.openCase(
            #"{"complaint":"x","customer":{"name":"Ann"},"owner":"Kim","team":"North","category":"Lamps","mood":"angry"}"#
        )
        try desk.openCase(#"{"complaint":"y","customer":{"name":"Bo"},"owner":"Lee"}"#)
        for body in [
            #"{"kind":"threat","threat_kind":"legal","value_at_stake":500000,"currency":"EUR"}"#,
            #"{"kind":"threat","threat_kind":"publicity"}"#,
            #"{"kind":"threat_assessment","of":4,"verdict":"unfounded","reason":"Asked"}"#,
            #"{"kind":"concession","what":"A voucher","amount":2000,"currency":"USD"}"#,
            #"{"kind":"lesson","cause":"=Stock","process":"Returns","review":{"what":"Review","due_in":"P9D","owner":"Sue"}}"#,
        ] {
            desk.clock.advance(by: .minutes(10))
            #expect(try desk.client.post("/v1/cases/1/log", body).status == 201)
        }
    }

    /// What a report looks like in its usual form: its groups, and its columns.
    private struct Form {
        let groupings: [String]
        let usual: [String?]
        let columns: [String]
        var own: [String] = []
    }

    private static let forms: [String: Form] = [
        "promises": Form(
            groupings: PromiseGrouping.allCases.map(\.rawValue), usual: ["Kim", "Lee"],
            columns: ReportRoutesTests.columns, own: ["denominator"]),
        "load": Form(
            groupings: LoadGrouping.allCases.map(\.rawValue), usual: ["Kim", "Lee", "local"],
            columns: [
                "contacts", "hot_contacts", "hot_cases", "hot_in_a_row", "open", "overdue", "hard_cases",
                "hard_cases_without_debrief", "kept", "accepted", "not_accepted", "thanked",
            ]),
        "causes": Form(
            groupings: CauseGrouping.allCases.map(\.rawValue), usual: ["=Stock"],
            columns: [
                "lessons", "cases", "broken_promises", "reviews", "reviews_open", "reviews_overdue",
                "reviews_done", "reviews_dropped", "redress", "processes",
            ]),
        "threats": Form(
            groupings: ThreatGrouping.allCases.map(\.rawValue), usual: ["legal", "publicity"],
            columns: [
                "threats", "unassessed", "credible", "unfounded", "unknown", "by_oneself", "value_at_stake",
                "assessment_seconds",
            ]),
        "concessions": Form(
            groupings: ConcessionGrouping.allCases.map(\.rawValue), usual: ["Kim"],
            columns: [
                "concessions", "granted", "pending", "approved", "refused", "under_threat", "above_limit",
                "by_oneself", "given", "asked",
            ]),
        "regime": Form(
            groupings: RegimeGrouping.allCases.map(\.rawValue), usual: ["Lamps"],
            columns: [
                "opened", "settled", "open", "past_deadline", "duplicates", "settled_days", "outcomes", "redress",
                "stages",
                "clocks",
            ], own: ["regime", "by"]),
    ]

    @Test(
        "each has its range, its groups and a total",
        arguments: ReadTarget.reports)
    func forms(path: String) throws {
        let form = try #require(Self.forms[path])
        let (groupings, usual, columns) = (form.groupings, form.usual, form.columns)
        try desk.openCase(
            #"{"complaint":"z","customer":{"name":"Cy"},"owner":"Lee","category":"Lamps","regime":"housing-ombudsman"}"#
        )
        let report = try desk.client.get(ReadTarget.report(path, "to=2026-04-01T00:00:00Z"))
        #expect(report.status == 200)
        #expect(
            report.json.names
                == ["as_of", "from", "to", "group_by", "tz"] + form.own + ["groups", "total"])
        #expect(report["from"] == .null)
        #expect(report["to"].text == "2026-04-01T00:00:00Z")
        #expect(report["groups"].items.map { $0["key"].text } == usual)
        #expect(report["groups"][0].names == ["key"] + columns)
        #expect(report["total"].names == columns)
        for grouping in groupings {
            #expect(try desk.client.get(ReadTarget.report(path, "group_by=\(grouping)")).status == 200, "\(grouping)")
        }
        let other = try desk.client.get(ReadTarget.report(path, "group_by=nothing&tz=UTC"))
        #expect(other.errors == ["group_by invalid_value"])
        let empty = try desk.client.get(
            ReadTarget.report(path, "from=2026-04-01T00:00:00Z&to=2026-04-01T00:00:00Z"))
        #expect(empty.errors == ["to invalid_parameter"])
    }

    @Test("figures are those of the log")
    func figures() throws {
        let load = try desk.client.get("/v1/reports/load")
        #expect(load["groups"][2]["key"].text == "local", "who noted how they are")
        #expect(load["groups"][2]["hot_contacts"].integer == 1)
        #expect(load["groups"][2]["hard_cases_without_debrief"].integer == 1)
        #expect(load["total"]["open"].integer == 2, "the review is no promise to a customer")
        let threats = try desk.client.get("/v1/reports/threats?group_by=verdict")
        #expect(threats["groups"].items.map { $0["key"].text } == ["unfounded", nil])
        #expect(threats["groups"][0]["assessment_seconds"]["median"].integer == 1200)
        #expect(threats["total"]["value_at_stake"] == [["currency": "EUR", "amount": 500_000]])
        let concessions = try desk.client.get("/v1/reports/concessions?group_by=day&tz=Pacific/Pago_Pago")
        #expect(concessions["groups"][0]["key"].text == "2026-02-28")
        #expect(concessions["total"]["pending"].integer == 1, "a threat that nobody has looked into stands beside it")
        #expect(concessions["total"]["under_threat"].integer == 1)
        #expect(concessions["total"]["given"] == [])
        let causes = try desk.client.get("/v1/reports/causes")
        #expect(causes["total"]["reviews_open"].integer == 1)
        #expect(causes["total"]["processes"] == ["Returns"])
    }

    @Test("only what was recorded in the range counts, from its first instant to before its last")
    func range() throws {
        let entry = try desk.client.get("/v1/cases/1/log/4")
        let at = try #require(entry["recorded_at"].text)
        let next = (try Instant(rfc3339: at) + ElapsedTime(milliseconds: 1)).rfc3339
        func count(_ query: String) throws -> Int64? {
            try desk.client.get("/v1/reports/threats?\(query)")["total"]["threats"].integer
        }
        #expect(try count("from=\(at)") == 2)
        #expect(try count("from=\(next)") == 1)
        #expect(try count("to=\(at)") == 0)
        #expect(try count("to=\(next)") == 1)
        #expect(try count("as_of=\(at)") == 1)
    }

    /// The same with the mark of an erasure in the place of the words of lessons.
    private func withoutWords(_ value: JSONValue) -> JSONValue {
        switch value {
        case .string("=Stock"), .string("Returns"): .string(ExactText(Erasure.mark))
        case .array(let items): .array(items.map(withoutWords))
        case .object(let members):
            .object(members.map { JSONValue.Member(name: $0.name, value: withoutWords($0.value)) })
        default: value
        }
    }

    @Test("no figure changes when a customer is erased, but for the words of lessons that figures are grouped by")
    func erasure() throws {
        try desk.client.post("/v1/promises/3/keep", "{}")
        let resolution = #"{"summary":"Done","customer_accepted":true,"settle":[{"promise_id":1,"action":"keep"}]}"#
        #expect(try desk.client.post("/v1/cases/1/resolve", resolution).status == 200)
        func figures() throws -> [JSONValue] {
            var figures: [JSONValue] = []
            for path in ReadTarget.reports {
                for grouping in try #require(Self.forms[path]).groupings {
                    let answer = try desk.client.get(ReadTarget.report(path, "group_by=\(grouping)"))
                    figures += [answer["groups"], answer["total"]]
                }
            }
            return figures
        }
        let before = try figures()
        #expect(try desk.client.post("/v1/customers/1/erase", #"{"reason":"By letter"}"#).status == 200)
        #expect(try figures() == before.map(withoutWords))
        #expect(try desk.client.get("/v1/queue")["total"].integer == 0, "nobody has to look into it any more")
    }

    @Test("CSV has a column for each currency after all others, and the total last")
    func csv() throws {
        func lines(_ path: String) throws -> [String] {
            let answer = try desk.client.send("GET", path, fields: ["Accept": "text/csv"])
            #expect(answer.status == 200)
            return answer.text.components(separatedBy: "\r\n").dropLast()
        }
        #expect(
            try lines("/v1/reports/threats") == [
                "key,threats,unassessed,credible,unfounded,unknown,by_oneself,assessment_seconds_median,value_at_stake_EUR",
                "legal,1,0,0,1,0,1,1200,500000", "publicity,1,1,0,0,0,0,,", "total,2,1,0,1,0,1,1200,500000",
            ])
        #expect(
            try lines("/v1/reports/concessions") == [
                "key,concessions,granted,pending,approved,refused,under_threat,above_limit,by_oneself,asked_USD",
                "Kim,1,0,1,0,0,1,0,0,2000", "total,1,0,1,0,0,1,0,0,2000",
            ])
        #expect(
            try lines("/v1/reports/causes") == [
                "key,lessons,cases,broken_promises,reviews,reviews_open,reviews_overdue,reviews_done,"
                    + "reviews_dropped,processes",
                "'=Stock,1,1,0,1,1,0,0,0,Returns", "total,1,1,0,1,1,0,0,0,Returns",
            ])
        #expect(try lines("/v1/reports/load?to=2026-01-01T00:00:00Z").count == 4, "Kim and Lee have open promises")
    }
}
