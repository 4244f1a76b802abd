import Complaints
import Testing

@testable import CaseAPI

/// Whatever a report says, a client can count again from the logs and promises that it can list.
@Suite("Reports can be recounted from what can be listed")
struct TacticReportTests {
    private typealias Row = ListedRows.Row
    private typealias Figures = [String: JSONValue]

    /// A report's range, and what there is to count it from.
    private struct Scene {
        let rows: ListedRows
        let from: String
        let to: String

        var query: String { "from=\(from)&to=\(to)&as_of=\(rows.asOf)" }
    }

    private static let always = ("0001-01-01T00:00:00Z", "9000-01-01T00:00:00Z")

    /// A desk after some days, as of now and as of an instant halfway, for all time and for some days.
    private func scenes(seed: UInt64) throws -> (desk: TestDesk, scenes: [Scene]) {
        var days = try HardDays(seed: seed)
        try days.work(50)
        let half = days.desk.clock.tick().rfc3339
        try days.work(50)
        try #require(days.taken > 50)
        let desk = days.desk
        let now = desk.clock.tick().rfc3339
        let someDays = ((TestDesk.start + .days(5)).rfc3339, (TestDesk.start + .days(25)).rfc3339)
        return (
            desk,
            try [now, half].flatMap { asOf in
                let rows = try ListedRows(desk, asOf: asOf)
                return [Self.always, someDays].map { Scene(rows: rows, from: $0.0, to: $0.1) }
            }
        )
    }

    @Test(
        "load, causes, threats and concessions, now and as of earlier, by every grouping",
        arguments: [1, 2] as [UInt64])
    func recount(seed: UInt64) throws {
        let (desk, scenes) = try scenes(seed: seed)
        try load(desk, scenes)
        try causes(desk, scenes)
        try threats(desk, scenes)
        try concessions(desk, scenes)
    }

    /// Holds a report to what `figures` makes of each group's items and of all of them.
    private func hold<Item>(
        _ report: JSONAnswer, to items: [(key: String?, item: Item)], _ comment: String,
        _ figures: ([(key: String?, item: Item)]) -> Figures
    ) throws {
        try #require(report.status == 200, "\(comment): \(report.response.text)")
        func members(_ json: JSONValue) -> Figures {
            Dictionary(
                uniqueKeysWithValues: json.members.filter { $0.name != "key" }.map { ($0.name.string, $0.value) })
        }
        let groups = Dictionary(grouping: items) { $0.key?.lowercased() }
        try #require(
            Set(report["groups"].items.map { $0["key"].text?.lowercased() }) == Set(groups.keys), "\(comment)")
        #expect(report["groups"].items.count == groups.count, "\(comment)")
        for group in report["groups"].items {
            let expected = figures(groups[group["key"].text?.lowercased()] ?? [])
            #expect(members(group) == expected, "\(comment): \(group["key"])")
        }
        #expect(members(report["total"]) == figures(items), "\(comment): total")
    }

    private static func count<Item>(_ items: [Item], _ isCounted: (Item) -> Bool) -> JSONValue {
        .integer(Int64(items.count(where: isCounted)))
    }

    private static func distinct(_ ids: [Int64]) -> JSONValue { .integer(Int64(Set(ids).count)) }

    /// The sums of some rows' amounts, by currency.
    private static func sums(_ rows: [Row], _ name: String) -> JSONValue {
        let amounts = rows.compactMap { row in
            row[name].integer.map { (currency: row["currency"].text ?? "", amount: $0) }
        }
        return .array(
            Dictionary(grouping: amounts, by: \.currency).sorted { $0.key < $1.key }.map { currency, amounts in
                ["currency": .string(currency), "amount": .integer(amounts.reduce(0) { $0 + $1.amount })]
            })
    }

    private enum Burden {
        case contact(Row)
        case hard(Int64)
        case unsettled(String)
        /// What went well, or did not, by its column.
        case outcome(String)
    }

    private func load(_ desk: TestDesk, _ scenes: [Scene]) throws {
        for scene in scenes {
            let rows = scene.rows
            let debriefed = Set(rows.entries.filter { $0["kind"].text == "debrief" }.map(\.caseID))
            for grouping in LoadGrouping.allCases {
                func key(_ row: Row, _ owner: String?) -> String? { grouping == .owner ? owner : row.file["team"].text }
                var items: [(key: String?, item: Burden)] = rows.entries(.mood, from: scene.from, to: scene.to)
                    .map { (key($0, $0["actor"].text), .contact($0)) }
                for row in rows.entries(.caseResolved, from: scene.from, to: scene.to) {
                    guard let isContent = row["customer_accepted"].flag else { continue }
                    items.append((key(row, row["actor"].text), .outcome(isContent ? "accepted" : "not_accepted")))
                }
                for row in rows.entries(.thanks, from: scene.from, to: scene.to) {
                    items.append((key(row, row["thanked"].text), .outcome("thanked")))
                }
                for promise in rows.promises(from: scene.from, to: scene.to)
                where ListedRows.wasKeptInTime(promise.json) {
                    items.append((key(promise, rows.accountableAtDue[promise["id"].integer ?? 0]), .outcome("kept")))
                }
                for promise in rows.promises(from: scene.from, to: scene.to)
                where ListedRows.wasBroken(promise.json) {
                    items.append(
                        (key(promise, rows.accountableAtDue[promise["id"].integer ?? 0]), .hard(promise.caseID)))
                }
                for promise in rows.promises where ["open", "overdue"].contains(promise["state"].text) {
                    items.append((key(promise, promise["owner"].text), .unsettled(promise["state"].text ?? "")))
                }
                let report = try desk.client.get("/v1/reports/load?group_by=\(grouping.rawValue)&\(scene.query)")
                try hold(report, to: items, "\(grouping) \(scene.query)") { figures(of: $0, debriefed) }
            }
        }
    }

    private func figures(of items: [(key: String?, item: Burden)], _ debriefed: Set<Int64>) -> Figures {
        func isHot(_ row: Row) -> Bool { ["angry", "abusive"].contains(row["mood"].text) }
        let noted = items.compactMap { if case .contact(let row) = $0.item { row } else { nil } }
        let hot = noted.filter(isHot)
        // A contact is a person's with a case on a day, as it began.
        var contacts: [(row: String, id: String, isHot: Bool)] = []
        for case (let key, .contact(let row)) in items {
            let person = row["actor"].text?.lowercased() ?? ""
            let id = "\(row.caseID) \(row["recorded_at"].text?.prefix(10) ?? "") \(person)"
            if let index = contacts.firstIndex(where: { $0.id == id }) {
                contacts[index].isHot = contacts[index].isHot || isHot(row)
            } else {
                // In a row are those of a group: the total has the most of any.
                contacts.append(("\(key?.lowercased() ?? "") \(person)", id, isHot(row)))
            }
        }
        let outcomes = items.compactMap { if case .outcome(let name) = $0.item { name } else { nil } }
        let hard = Set(hot.map(\.caseID) + items.compactMap { if case .hard(let id) = $0.item { id } else { nil } })
        let states = items.compactMap { if case .unsettled(let state) = $0.item { state } else { nil } }
        let runs = Dictionary(grouping: contacts, by: \.row).values.map {
            $0.reversed().prefix(while: \.isHot).count
        }
        return [
            "contacts": .integer(Int64(contacts.count)), "hot_contacts": Self.count(contacts, \.isHot),
            "hot_cases": Self.distinct(hot.map(\.caseID)), "hot_in_a_row": .integer(Int64(runs.max() ?? 0)),
            "open": Self.count(states) { $0 == "open" }, "overdue": Self.count(states) { $0 == "overdue" },
            "hard_cases": .integer(Int64(hard.count)),
            "hard_cases_without_debrief": .integer(Int64(hard.subtracting(debriefed).count)),
            "kept": Self.count(outcomes) { $0 == "kept" }, "accepted": Self.count(outcomes) { $0 == "accepted" },
            "not_accepted": Self.count(outcomes) { $0 == "not_accepted" },
            "thanked": Self.count(outcomes) { $0 == "thanked" },
        ]
    }

    private func causes(_ desk: TestDesk, _ scenes: [Scene]) throws {
        for scene in scenes {
            let lessons = scene.rows.entries(.lesson, from: scene.from, to: scene.to)
            for grouping in CauseGrouping.allCases {
                let isOfLesson = [.cause, .process].contains(grouping)
                let items = lessons.map { row in
                    (key: isOfLesson ? row[grouping.rawValue].text : row.key(grouping.rawValue), item: row)
                }
                let report = try desk.client.get("/v1/reports/causes?group_by=\(grouping.rawValue)&\(scene.query)")
                try hold(report, to: items, "\(grouping) \(scene.query)") {
                    figures(ofLessons: $0.map(\.item), scene.rows)
                }
                guard grouping.period == nil else { continue }
                let ranks = report["groups"].items.filter { $0["key"] != .null }
                    .map { [$0["cases"].integer ?? 0, $0["broken_promises"].integer ?? 0] }
                #expect(ranks == ranks.sorted { $1.lexicographicallyPrecedes($0) }, "\(grouping)")
            }
        }
    }

    private func figures(ofLessons lessons: [Row], _ rows: ListedRows) -> Figures {
        let cases = Set(lessons.map(\.caseID))
        let broken = rows.promises.filter { cases.contains($0.caseID) && ListedRows.wasBroken($0.json) }
        let reviews = lessons.compactMap { $0["promise_id"].integer }.map { id in
            var last = id
            while let next = rows.promiseByID[last]?["superseded_by"].integer { last = next }
            return rows.promiseByID[last]?["state"].text ?? ""
        }
        let redress = Dictionary(lessons.map { ($0.caseID, $0.file["redress"]) }) { first, _ in first }
        let spellings = Dictionary(grouping: lessons.compactMap { $0["process"].text }) { $0.lowercased() }
        return [
            "lessons": .integer(Int64(lessons.count)), "cases": .integer(Int64(cases.count)),
            "broken_promises": .integer(Int64(broken.count)),
            "redress": Self.sums(redress.values.map { Row(json: $0, file: .null) }, "amount"),
            "processes": .texts(spellings.sorted { $0.key < $1.key }.compactMap { $0.value.min() }),
            "reviews": .integer(Int64(reviews.count)), "reviews_open": Self.count(reviews) { $0 == "open" },
            "reviews_overdue": Self.count(reviews) { $0 == "overdue" },
            "reviews_done": Self.count(reviews) { $0.hasPrefix("kept") },
            "reviews_dropped": Self.count(reviews) { ["withdrawn", "broken", "void"].contains($0) },
        ]
    }

    private func threats(_ desk: TestDesk, _ scenes: [Scene]) throws {
        for scene in scenes {
            for grouping in ThreatGrouping.allCases {
                let items = scene.rows.entries(.threat, from: scene.from, to: scene.to).map { row in
                    let key: String? =
                        switch grouping {
                        case .threatKind: row["threat_kind"].text
                        case .verdict: assessments(of: row, scene.rows).last?["verdict"].text
                        default: row.key(grouping.rawValue)
                        }
                    return (key: key, item: row)
                }
                let report = try desk.client.get("/v1/reports/threats?group_by=\(grouping.rawValue)&\(scene.query)")
                try hold(report, to: items, "\(grouping) \(scene.query)") {
                    figures(ofThreats: $0.map(\.item), scene.rows)
                }
            }
        }
    }

    /// Oldest first.
    private func assessments(of threat: Row, _ rows: ListedRows) -> [Row] {
        rows.entries.filter {
            $0.caseID == threat.caseID && $0["kind"].text == "threat_assessment" && $0["of"] == threat["seq"]
        }
    }

    private func figures(ofThreats threats: [Row], _ rows: ListedRows) -> Figures {
        let all = threats.map { assessments(of: $0, rows) }
        let verdicts = all.map { $0.last?["verdict"].text }
        let waits = zip(threats, all).compactMap { threat, assessments in
            assessments.first.map { seconds(from: threat.recordedAt, to: $0.recordedAt) }
        }.sorted()
        return [
            "threats": .integer(Int64(threats.count)), "unassessed": Self.count(verdicts) { $0 == nil },
            "credible": Self.count(verdicts) { $0 == "credible" },
            "unfounded": Self.count(verdicts) { $0 == "unfounded" },
            "unknown": Self.count(verdicts) { $0 == "unknown" },
            "by_oneself": Self.count(all) { $0.last?["by_oneself"].flag == true },
            "value_at_stake": Self.sums(threats, "value_at_stake"),
            "assessment_seconds": [
                "median": waits.isEmpty ? .null : .integer(waits[(waits.count + 1) / 2 - 1])
            ],
        ]
    }

    private func seconds(from: String, to: String) -> Int64 {
        guard let from = try? Instant(rfc3339: from), let to = try? Instant(rfc3339: to) else { return -1 }
        return (to - from).wholeSeconds
    }

    private func concessions(_ desk: TestDesk, _ scenes: [Scene]) throws {
        for scene in scenes {
            for grouping in ConcessionGrouping.allCases {
                let items = scene.rows.entries(.concession, from: scene.from, to: scene.to).map { row in
                    let key: String? =
                        switch grouping {
                        case .state: state(of: row, scene.rows)
                        case .currency: row["currency"].text
                        default: row.key(grouping.rawValue)
                        }
                    return (key: key, item: row)
                }
                let report = try desk.client.get(
                    "/v1/reports/concessions?group_by=\(grouping.rawValue)&\(scene.query)")
                try hold(report, to: items, "\(grouping) \(scene.query)") {
                    figures(ofConcessions: $0.map(\.item), scene.rows)
                }
            }
        }
    }

    /// As it was made, or as it was decided since, at last.
    private func state(of concession: Row, _ rows: ListedRows) -> String {
        guard let decision = decision(on: concession, rows) else { return concession["state"].text ?? "" }
        return decision["approved"].flag == true ? "approved" : "refused"
    }

    private func decision(on concession: Row, _ rows: ListedRows) -> Row? {
        rows.entries.last {
            $0.caseID == concession.caseID && $0["kind"].text == "concession_decision" && $0["of"] == concession["seq"]
        }
    }

    private func figures(ofConcessions concessions: [Row], _ rows: ListedRows) -> Figures {
        let states = concessions.map { state(of: $0, rows) }
        let given = zip(concessions, states).filter { ["granted", "approved"].contains($0.1) }.map(\.0)
        return [
            "concessions": .integer(Int64(concessions.count)), "granted": Self.count(states) { $0 == "granted" },
            "pending": Self.count(states) { $0 == "pending" }, "approved": Self.count(states) { $0 == "approved" },
            "refused": Self.count(states) { $0 == "refused" },
            "under_threat": Self.count(concessions) { $0["under_threat"].text != nil },
            "above_limit": Self.count(concessions) { $0["above_limit"].flag == true },
            "by_oneself": Self.count(concessions) { decision(on: $0, rows)?["by_oneself"].flag == true },
            "given": Self.sums(given, "amount"), "asked": Self.sums(concessions, "amount"),
        ]
    }
}
