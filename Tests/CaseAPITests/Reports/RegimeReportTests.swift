import CaseStore
import Complaints
import Foundation
import TestSupport
import Testing

@testable import CaseAPI

@Suite("The report on a regime")
struct RegimeReportTests {
    private static let told = #""customer_notified":{"channel":"phone","outcome":"reached"}"#

    private func report(_ desk: TestDesk, _ query: String) throws -> JSONNode {
        let answer = try desk.client.send("GET", "/v1/reports/regime?\(query)")
        try #require(answer.status == 200, "\(query): \(answer.text)")
        return try JSONNode(answer.body)
    }

    /// The figures of a group, or of the total.
    private func figures(_ node: JSONNode?) -> JSONNode {
        guard case .object(var members)? = node else { return .null }
        members["key"] = nil
        return .object(members)
    }

    private func clock(_ name: String, _ node: JSONNode?) -> JSONNode? {
        node?["clocks"]?.items?.first { $0["clock"]?.text == name }
    }

    private func counts(_ clock: JSONNode?) -> [Double?] {
        ["started", "within", "late", "running", "dropped", "extended"].map { clock?[$0]?.number }
    }

    @Test(
        "every number can be counted again from what can be listed, by every grouping, now and as of earlier, and CSV says the same",
        arguments: [1, 2, 4, 5] as [UInt64])
    func recount(seed: UInt64) throws {
        var days = try RegimeDays(seed: seed)
        try days.work(75)
        let half = days.desk.clock.tick()
        try days.work(75)
        let desk = days.desk
        let now = desk.clock.tick()
        #expect(days.taken.values.reduce(0, +) > 70, "\(days.taken)")
        var seen: [String: Double] = [:]
        for asOf in [now, half] {
            let rows = try RegimeRecount(desk, asOf: asOf)
            for (regime, date) in [
                ("Two steps", "received_at"), ("Plain", "received_at"), ("Two steps", "resolved_at"),
            ] {
                for (from, to) in [
                    (Instant.earliest, Instant.latest), (TestDesk.start + .days(5), TestDesk.start + .days(20)),
                ] {
                    for grouping in RegimeGrouping.allCases {
                        var query = "regime=\(regime.replacing(" ", with: "%20"))&group_by=\(grouping.rawValue)"
                        query += "&as_of=\(asOf.rfc3339)"
                        if date == "resolved_at" { query += "&by=settled" }
                        if from != .earliest { query += "&from=\(from.rfc3339)&to=\(to.rfc3339)" }
                        let report = try report(desk, query)
                        let (groups, total) = rows.report(regime, date, from: from, to: to, by: grouping)
                        let shown = report["groups"]?.items ?? []
                        #expect(figures(report["total"]) == total, "\(seed) \(query)")
                        #expect(Set(shown.map { $0["key"]?.text }) == Set(groups.keys), "\(seed) \(query)")
                        for group in shown {
                            #expect(
                                figures(group) == groups[group["key"]?.text],
                                "\(seed) \(query) \(group["key"]?.text ?? "")")
                        }
                        try holdCSV(desk, query, to: report)
                        guard grouping == .stage else { continue }
                        for clock in total["clocks"]?.items ?? [] {
                            for (name, value) in clock.members ?? [:] { seen[name, default: 0] += value.number ?? 0 }
                        }
                        seen["duplicates", default: 0] += total["duplicates"]?.number ?? 0
                        seen["past_deadline", default: 0] += total["past_deadline"]?.number ?? 0
                    }
                }
            }
        }
        for name in ["within", "late", "running", "dropped", "extended", "past_deadline"] {
            #expect(seen[name] ?? 0 > 0, "\(seed): there was none \(name)")
        }
        #expect(try desk.store.makeReader().verify().findings == [])
    }

    /// Holds each record of the CSV to its group, stage or clock, and its other cells to be empty.
    private func holdCSV(_ desk: TestDesk, _ query: String, to report: JSONNode) throws {
        let lines = try desk.client.send("GET", "/v1/reports/regime?\(query)&format=csv").text
            .components(separatedBy: "\r\n").dropLast().map { $0.components(separatedBy: ",") }
        var records: [[String: String]] = []
        for group in (report["groups"]?.items ?? []) + [report["total"] ?? .null] {
            let key = group["key"] == nil ? "total" : group["key"]?.text ?? ""
            records.append(["key": key, "part": "cases"].merging(cells(group)) { first, _ in first })
            for (part, name) in [("stage", "stages"), ("clock", "clocks")] {
                for item in group[name]?.items ?? [] {
                    var record = ["key": key, "part": part, "stage": item["stage"]?.text ?? ""]
                    record["clock"] = item["clock"]?.text
                    for (name, cell) in cells(item) { record["\(part)_\(name)"] = cell }
                    records.append(record)
                }
            }
        }
        try #require(lines.count == records.count + 1, "\(query)")
        for (line, record) in zip(lines.dropFirst(), records) {
            let found = Dictionary(uniqueKeysWithValues: zip(lines[0], line)).filter { !$0.value.isEmpty }
                .mapValues { Double($0)?.description ?? $0 }
            #expect(found == record.filter { !$0.value.isEmpty }, "\(query)")
        }
    }

    /// The numbers of a line of JSON by the names of their columns.
    private func cells(_ node: JSONNode) -> [String: String] {
        var cells: [String: String] = [:]
        for (name, value) in node.members ?? [:] {
            switch value {
            case .number(let number): cells[name] = number.description
            case .object(let members):
                let prefix = name == "outcomes" ? "outcome" : name
                for (part, value) in members { cells["\(prefix)_\(part)"] = value.number?.description ?? "" }
            case .array(let sums) where name == "redress":
                for sum in sums { cells["redress_\(sum["currency"]?.text ?? "")"] = sum["amount"]?.number?.description }
            case .null, .boolean, .string, .array: break
            }
        }
        return cells
    }

    @Test("of what was settled in a range leaves out what is open, and what was opened again, until then")
    func settledInRange() throws {
        let desk = try TestDesk()
        for (number, at) in ["2026-02-01T10:00:00Z", "2026-02-20T10:00:00Z"].enumerated() {
            let body =
                #"{"complaint":"x","customer":{"name":"Ann \#(number)"},"regime":"fca-disp","received_at":"\#(at)"}"#
            _ = try desk.client.post("/v1/cases", body)
        }
        func counts(_ query: String) throws -> [Double?] {
            let total = try report(desk, "regime=fca-disp&\(query)")["total"]
            return ["opened", "settled", "open"].map { total?[$0]?.number }
        }
        let march = "from=2026-03-01&to=2026-04-01"
        #expect(try counts("\(march)&by=settled") == [0, 0, 0])
        let settle = #"{"promise_id":1,"action":"keep","evidence":"x"},{"promise_id":2,"action":"keep","evidence":"x"}"#
        let resolved = try desk.client.post(
            "/v1/cases/1/resolve", #"{"summary":"x","customer_accepted":true,"settle":[\#(settle)]}"#)
        #expect(resolved.status == 200, "\(resolved.response.text)")
        #expect(try counts(march) == [0, 0, 0], "received before")
        #expect(try counts("from=2026-02-01&to=2026-03-01") == [2, 1, 1])
        #expect(try counts("\(march)&by=settled") == [1, 1, 0])
        #expect(try counts("from=2026-04-01&by=settled") == [0, 0, 0])
        let before = desk.clock.tick()
        desk.clock.advance(by: .days(1))
        _ = try desk.client.post("/v1/cases/1/reopen", #"{"reason":"x"}"#)
        #expect(try counts("\(march)&by=settled") == [0, 0, 0])
        #expect(try counts("\(march)&by=settled&as_of=\(before.rfc3339)") == [1, 1, 0])
        #expect(try report(desk, "regime=fca-disp&by=settled")["by"]?.text == "settled")
        #expect(try desk.client.get("/v1/reports/regime?regime=fca-disp&by=closed").status == 400)
        #expect(try desk.client.get("/v1/reports/load?by=settled").status == 400, "it is of no regime")
    }

    @Test("of a complaint under fca-disp: within three business days, within eight weeks, or after that")
    func financial() throws {
        let desk = try TestDesk()
        func open(_ receivedAt: String) throws -> Int64 {
            let answer = try desk.client.post(
                "/v1/cases",
                #"{"complaint":"x","customer":{"name":"Ann"},"regime":"fca-disp","received_at":"\#(receivedAt)"}"#)
            return try #require(answer["id"].integer, "\(answer.response.text)")
        }
        func resolve(_ id: Int64, _ more: String) throws {
            let ids = try desk.client.get("/v1/cases/\(id)")["promises"].items.filter { $0["kept_at"] == .null }
            let settle = ids.map {
                #"{"promise_id":\#($0["id"].integer ?? 0),"action":"keep","evidence":"Sent"}"#
            }
            let body = #"{"summary":"x","customer_accepted":true,\#(more)"settle":[\#(settle.joined(separator: ","))]}"#
            let answer = try desk.client.post("/v1/cases/\(id)/resolve", body)
            try #require(answer.status == 200, "\(answer.response.text)")
        }
        // The desk's clock stands on a Sunday, 1 March 2026.
        for receivedAt in [
            "2026-02-27T10:00:00Z", "2026-02-20T10:00:00Z", "2026-01-02T10:00:00Z", "2026-01-02T11:00:00Z",
        ] {
            _ = try open(receivedAt)
        }
        try resolve(1, #""outcome":"upheld","redress":{"amount":1050,"currency":"GBP"},"#)
        try resolve(2, #""outcome":"not_upheld","#)
        try resolve(3, #""outcome":"partly_upheld","redress":{"amount":950,"currency":"GBP"},"#)
        let total = try #require(try report(desk, "regime=FCA-DISP&period=this_year")["total"])
        #expect(["opened", "settled", "open", "past_deadline"].map { total[$0]?.number } == [4, 3, 1, 1])
        #expect(total["outcomes"]?["upheld"]?.number == 1 && total["outcomes"]?["none"]?.number == 0)
        #expect(total["redress"]?.items == [.object(["currency": .string("GBP"), "amount": .number(2000)])])
        #expect(counts(clock("summary resolution", total)) == [4, 1, 3, 0, 0, 0], "1 on the third day, a Sunday aside")
        #expect(counts(clock("deadline", total)) == [4, 2, 2, 0, 0, 0])
        #expect(counts(clock("final response", total)) == [4, 2, 2, 0, 0, 0])
        #expect(clock("deadline", total)?["days"]?["median"]?.number?.rounded(.down) == 8)
        let before = try report(desk, "regime=fca-disp&to=2026-02-01")
        #expect(before["total"]?["opened"]?.number == 2 && before["regime"]?.text == "fca-disp")
    }

    @Test("a date that moves is an extension, and late counts by the first one")
    func extended() throws {
        let desk = try TestDesk()
        try desk.putTwoSteps()
        let body = #"{"complaint":"x","customer":{"name":"Ann"},"category":"Lamps","regime":"Two steps"}"#
        #expect(try desk.client.post("/v1/cases", body).status == 201)
        #expect(try desk.client.post("/v1/promises/1/keep", #"{"evidence":"Sent"}"#).status == 200)
        let moved = #"{"due_in":"P19D","reason":"Parts","next_step":"Wait",\#(Self.told)}"#
        #expect(try desk.client.post("/v1/promises/3/renegotiate", moved).status == 201)
        let running = try report(desk, "regime=two%20steps")["groups"]?.items?.first
        #expect(running?["key"]?.text == "Lamps")
        #expect(counts(clock("answer", running)) == [1, 0, 0, 1, 0, 1])
        #expect(counts(clock("acknowledge", running)) == [1, 1, 0, 0, 0, 0])
        desk.clock.advance(by: .days(12))
        #expect(counts(clock("answer", try report(desk, "regime=two%20steps")["total"])) == [1, 0, 1, 0, 0, 1])
        let then = desk.clock.tick().rfc3339
        #expect(try desk.client.post("/v1/promises/4/keep", #"{"evidence":"Sent"}"#).status == 200)
        let kept = try report(desk, "regime=two%20steps")["total"]
        #expect(counts(clock("answer", kept)) == [1, 0, 1, 0, 0, 1])
        #expect(clock("answer", kept)?["within_extension"]?.number == 1)
        #expect(clock("answer", kept)?["days"]?["median"]?.number == 12)
        let before = try report(desk, "regime=two%20steps&as_of=\(then)")["total"]
        #expect(clock("answer", before)?["days"]?["median"] == .null)
    }

    @Test("lateness survives a release, and a duplicate's clocks are dropped only in time")
    func lateness() throws {
        let desk = try TestDesk()
        try desk.putTwoSteps()
        func open(_ customer: String) throws -> Int64 {
            let body = #"{"complaint":"x","customer":\#(customer),"regime":"Two steps"}"#
            let answer = try desk.client.post("/v1/cases", body)
            #expect(answer.status == 201)
            return answer["id"].integer ?? 0
        }
        func answers() throws -> [Double?] { counts(clock("answer", try report(desk, "regime=two%20steps")["total"])) }
        let first = try open(#"{"name":"Ann"}"#)
        #expect(try desk.client.post("/v1/promises/1/keep", #"{"evidence":"Sent"}"#).status == 200)
        let moved = #"{"due_in":"P19D","reason":"Parts","next_step":"Wait",\#(Self.told)}"#
        let answer = try desk.client.post("/v1/promises/3/renegotiate", moved)
        desk.clock.advance(by: .days(12))
        #expect(try answers() == [1, 0, 1, 0, 0, 1])
        let id = answer["id"].integer ?? 0
        let release = #"{"reason":"Not needed any more","customer_agreed":true,\#(Self.told)}"#
        let released = try desk.client.post("/v1/promises/\(id)/withdraw", release)
        #expect(released.status == 200, "\(released.response.text)")
        #expect(try answers() == [1, 0, 1, 0, 0, 1], "released after the first date: late")
        let second = try open(#"{"id":1}"#)
        let duplicate = try desk.client.post(
            "/v1/cases/\(second)/duplicate-of", #"{"case_id":\#(first),"reason":"Same kettle"}"#)
        #expect(duplicate.status == 200, "\(duplicate.response.text)")
        let total = try report(desk, "regime=two%20steps")["total"]
        #expect(counts(clock("end", total)) == [2, 0, 0, 1, 1, 0])
        #expect(counts(clock("at once", total)) == [2, 0, 1, 0, 1, 0])
    }

    @Test("a resolution that was undone meets no clock, also once the next stage has begun")
    func undone() throws {
        let desk = try TestDesk()
        try desk.putTwoSteps()
        try desk.openCase(#"{"complaint":"x","customer":{"name":"Ann"},"regime":"Two steps"}"#)
        let body = #"{"evidence":"Sent","resolve":{"summary":"s","customer_accepted":true}}"#
        #expect(try desk.client.post("/v1/promises/1/keep", body).status == 200)
        func ends() throws -> [Double?] { counts(clock("end", try report(desk, "regime=two%20steps")["total"])) }
        #expect(try ends() == [1, 1, 0, 0, 0, 0])
        #expect(try desk.client.post("/v1/cases/1/reopen", #"{"reason":"Not done"}"#).status == 200)
        desk.clock.advance(by: .days(50))
        #expect(try ends() == [1, 0, 1, 0, 0, 0])
        let stage = try desk.client.post("/v1/cases/1/stage", #"{"stage":"second","reason":"They asked"}"#)
        #expect(stage.status == 200, "\(stage.response.text)")
        #expect(try ends() == [1, 0, 1, 0, 0, 0])
    }

    @Test("an acknowledgement goes by the clock's own date, where the policy promised a sooner one")
    func acknowledged() throws {
        let desk = try TestDesk()
        try desk.putTwoSteps()
        #expect(try desk.client.patch("/v1/policies/normal", #"{"acknowledge_in":"PT1H"}"#).status == 200)
        try desk.openCase(#"{"complaint":"x","customer":{"name":"Ann"},"regime":"Two steps"}"#)
        desk.clock.advance(by: .hours(5))
        #expect(try desk.client.post("/v1/promises/1/keep", #"{"evidence":"Sent"}"#).status == 200)
        let total = try report(desk, "regime=two%20steps")["total"]
        #expect(counts(clock("acknowledge", total)) == [1, 1, 0, 0, 0, 0])
    }

    @Test("a case counts under the regime that it was under then")
    func regimeThen() throws {
        let desk = try TestDesk()
        try desk.openCase(#"{"complaint":"x","customer":{"name":"Ann"},"regime":"fca-disp"}"#)
        let then = desk.clock.tick().rfc3339
        #expect(try desk.client.patch("/v1/cases/1", #"{"regime":"housing-ombudsman"}"#).status == 200)
        func opened(_ regime: String, _ more: String = "") throws -> Double? {
            try report(desk, "regime=\(regime)\(more)")["total"]?["opened"]?.number
        }
        #expect(try opened("fca-disp") == 0 && opened("housing-ombudsman") == 1)
        #expect(try opened("fca-disp", "&as_of=\(then)") == 1 && opened("housing-ombudsman", "&as_of=\(then)") == 0)
    }

    @Test("in a range without any it has every stage and clock of the regime, with nothing in it")
    func empty() throws {
        let desk = try TestDesk()
        try desk.openCase(#"{"complaint":"x","customer":{"name":"Ann"},"regime":"lgsco"}"#)
        let report = try report(desk, "regime=housing-ombudsman&from=2020-01-01&to=2021-01-01")
        #expect(report["groups"]?.items == [])
        let total = report["total"]
        #expect(
            total?["opened"]?.number == 0 && total?["settled_days"]?["median"] == .null
                && total?["redress"]?.items == [])
        #expect(total?["stages"]?.items?.map { $0["stage"]?.text } == ["stage 1", "stage 2"])
        #expect(
            total?["clocks"]?.items?.map { $0["clock"]?.text } == [
                "acknowledgement", "response", "acknowledgement", "response",
            ])
        let csv = try desk.client.send("GET", "/v1/reports/regime?regime=housing-ombudsman&to=2021-01-01&format=csv")
            .text
        #expect(csv.components(separatedBy: "\r\n").count == 9, "names, cases, two stages, four clocks, and the end")
    }

    @Test("without a regime, and of one that there is not, it is refused with what to do; a reader may read it")
    func refused() throws {
        let desk = try TestDesk()
        try desk.openCase()
        let none = try desk.client.get("/v1/reports/regime?from=2026-01-01")
        #expect(none.status == 400 && none.errors == ["regime required"])
        #expect(none.response.text.contains("GET /v1/regimes"))
        let unknown = try desk.client.get("/v1/reports/regime?regime=housing-ombudsmen")
        #expect(unknown.status == 400 && unknown.errors == ["regime unknown_value"])
        #expect(unknown.response.text.contains("Did you mean housing-ombudsman?"))
        let taken = try desk.client.get("/v1/reports/regime?regime=nobody&allow_unknown=true")
        #expect(taken.status == 200 && taken["total"]["opened"].integer == 0 && taken["regime"].text == "nobody")
        for (query, errors) in [
            ("regime=lgsco&group_by=stge", ["group_by invalid_value"]),
            ("regime=lgsco&from=2026-01-01&to=2026-01-01", ["to invalid_parameter"]),
            ("regime=lgsco&as_of=2999-01-01T00:00:00Z", ["as_of in_the_future"]),
        ] {
            #expect(try desk.client.get("/v1/reports/regime?\(query)").errors == errors, "\(query)")
        }
        var client = desk.client
        client.standing["Authorization"] = try desk.token(.reader).field
        #expect(try client.get("/v1/reports/regime?regime=lgsco").status == 200)
        #expect(try desk.client.get("/v1/reports/regime?regime=lgsco").status == 401)
    }

    @Test("an erasure changes none of its figures")
    func erased() throws {
        var days = try RegimeDays(seed: 9)
        try days.work(60)
        let desk = days.desk
        for id in 1...days.cases {
            let file = try desk.client.get("/v1/cases/\(id)")
            let settle = file["promises"].items.filter { $0["recorded_at"] == .null }.map {
                #"{"promise_id":\#($0["id"].integer ?? 0),"action":"keep","evidence":"Sent"}"#
            }
            guard file["status"].text == "open" else { continue }
            let body = #"{"summary":"x","customer_accepted":true,"settle":[\#(settle.joined(separator: ","))]}"#
            _ = try desk.client.post("/v1/cases/\(id)/resolve", body)
        }
        func figures() throws -> [JSONNode?] {
            try ["Two%20steps", "Plain"].flatMap { regime in
                try RegimeGrouping.allCases.flatMap { grouping in
                    let report = try report(desk, "regime=\(regime)&group_by=\(grouping.rawValue)")
                    return [report["groups"], report["total"]]
                }
            }
        }
        let before = try figures()
        #expect(try desk.client.post("/v1/customers/1/erase", #"{"reason":"By letter"}"#).status == 200)
        #expect(try figures() == before)
    }
}
