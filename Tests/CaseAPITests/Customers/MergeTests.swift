import CaseStore
import Complaints
import GRDB
import Testing

@testable import CaseAPI

@Suite("Two customers who turn out to be one")
struct MergeTests {
    private let desk: TestDesk
    /// Before anything was merged.
    private let before: String

    /// Ann has cases 1 and 2, Anna case 3, and Bo, who is nobody else, case 4.
    init() throws {
        desk = try TestDesk()
        for customer in [
            #"{"name":"Ann Lee","phone":"08-123 45"}"#, #"{"id":1}"#, #"{"name":"Anna Leigh","external_id":"C-2"}"#,
            #"{"name":"Bo Ek"}"#,
        ] {
            let opened = try desk.client.post(
                "/v1/cases",
                #"{"complaint":"It leaks.","customer":\#(customer),"promise":{"what":"Call","due_in":"PT1H"}}"#)
            #expect(opened.status == 201)
        }
        before = desk.clock.tick().rfc3339
    }

    @discardableResult
    private func merge(_ id: Int64, into other: Int64) throws -> JSONAnswer {
        try desk.client.post("/v1/customers/\(id)/merge", #"{"into":\#(other),"reason":"She says so herself."}"#)
    }

    private func unmerge(_ id: Int64, _ body: String? = nil) throws -> JSONAnswer {
        JSONAnswer(
            try desk.client.send("DELETE", "/v1/customers/\(id)/merge", body: body.map { Array($0.utf8) }))
    }

    private func ids(_ target: String, of path: [String] = ["id"]) throws -> [Int64] {
        let answer = try desk.client.get(target)
        #expect(answer.status == 200, "\(target): \(answer.response.text)")
        return answer["items"].items.compactMap { item in path.reduce(item) { $0[$1] }.integer }.sorted()
    }

    /// What of the database is of cases.
    private func rows() throws -> [String] {
        try DatabaseQueue(path: desk.store.path).read { db in
            try ["complaint_case", "promise", "status_change", "matter"].flatMap { table in
                try Row.fetchAll(db, sql: "SELECT * FROM \(table) ORDER BY id").map(\.description)
            }
        }
    }

    private func expectWhole() throws {
        #expect(try desk.store.makeReader().verify().findings == [])
    }

    @Test("changes no row of a case: a pointer with its instant, which can be taken back")
    func pointer() throws {
        let rows = try rows()
        let merged = try merge(1, into: 2)
        #expect(merged.status == 200 && merged["merged_into"].integer == 2 && merged["id"].integer == 1)
        #expect(merged["merged_at"].text == merged["updated_at"].text && merged["name"].text == "Ann Lee")
        let apart = try unmerge(1, #"{"reason":"Mother and daughter."}"#)
        #expect(apart.status == 200 && apart["merged_into"] == .null && apart["merged_at"] == .null)
        #expect(try self.rows() == rows)
        try expectWhole()
    }

    @Test("is seen through by whatever reads, filters, lists and searches, and as of before it sees two")
    func through() throws {
        try merge(1, into: 2)
        for (suffix, isOne) in [("", true), ("&as_of=\(before)", false)] {
            let both: [Int64] = isOne ? [1, 2, 3] : [3]
            #expect(try ids("/v1/cases?customer_id=2\(suffix)") == both)
            #expect(try ids("/v1/cases?customer_id=1\(suffix)") == (isOne ? [1, 2, 3] : [1, 2]))
            #expect(try ids("/v1/promises?customer_id=2\(suffix)") == both)
            #expect(try ids("/v1/customers/2/cases?limit=9\(suffix)") == both)
            #expect(try ids("/v1/cases?sort=next_due_at\(suffix)") == [1, 2, 3, 4])
            let customers: [Int64] = isOne ? [2, 2, 2, 3] : [1, 1, 2, 3]
            #expect(try ids("/v1/cases?limit=9\(suffix)", of: ["customer", "id"]) == customers)
            #expect(try ids("/v1/promises?limit=9\(suffix)", of: ["case", "customer", "id"]) == customers)
            #expect(try ids("/v1/customers?limit=9\(suffix)") == (isOne ? [2, 3] : [1, 2, 3]))
            #expect(try ids("/v1/customers?external_id=C-2\(suffix)") == [2])
            #expect(try ids("/v1/customers?q=ann*\(suffix)") == (isOne ? [2] : [1, 2]))
            let record = try desk.client.get("/v1/customers/2?\(suffix.dropFirst())")
            #expect(record["cases"]["open"].integer == Int64(both.count) && record["merged_into"] == .null)
            #expect(record["unsettled_promises"].integer == Int64(both.count))
            let other = try desk.client.get("/v1/customers/1?\(suffix.dropFirst())")
            #expect(other.status == 200 && other["merged_into"].integer == (isOne ? 2 : nil))
            let file = try desk.client.get("/v1/cases/1?\(suffix.dropFirst())")
            #expect(file["customer"]["name"].text == (isOne ? "Anna Leigh" : "Ann Lee"))
            let promise = try desk.client.get("/v1/promises/1?\(suffix.dropFirst())")
            #expect(promise["case"]["customer"]["id"].integer == (isOne ? 2 : 1))
            let page = try desk.client.get("/v1/cases/1/customer-page?\(suffix.dropFirst())")
            #expect(page["customer"]["name"].text == (isOne ? "Anna Leigh" : "Ann Lee"))
            let history = try desk.client.get("/v1/customers/2/history?limit=50\(suffix)")["items"].items
            #expect(Set(history.compactMap { $0["case_id"].integer }) == Set(both))
        }
        #expect(try ids("/v1/cases?q=leigh") == [1, 2, 3], "by any name of theirs")
        #expect(try ids("/v1/cases?q=lee") == [1, 2, 3])
        #expect(try ids("/v1/cases?q=lee&as_of=\(before)") == [1, 2])
        desk.clock.advance(by: .hours(2))
        try desk.client.post("/v1/cases/4/log", #"{"kind":"note","text":"x"}"#)
        #expect(try ids("/v1/queue?kind=overdue", of: ["case", "customer", "id"]) == [2, 2, 2, 3])
        let events = try desk.client.get("/v1/events?type=case.opened")["items"].items
        #expect(events.compactMap { $0["case"]["customer"]["id"].integer } == [2, 2, 2, 3])
    }

    @Test("reports count as before")
    func reports() throws {
        let targets = ["promises", "load", "threats", "concessions", "causes"].map {
            "/v1/reports/\($0)?from=2020-01-01T00:00:00Z&to=2030-01-01T00:00:00Z"
        }
        func counts() throws -> [JSONValue] { try targets.map { try desk.client.get($0)["total"] } }
        let before = try counts()
        try merge(1, into: 2)
        #expect(try counts() == before && before.contains { $0 != .null })
    }

    @Test("a case's tag changes with who its customer is, and its version does not")
    func tags() throws {
        func tag(_ target: String) throws -> String? { try desk.client.get(target).fields["etag"] }
        for target in ["/v1/cases/1", "/v1/promises/1", "/v1/customers/1", "/v1/customers/2"] {
            var tags = [try tag(target)]
            try merge(1, into: 2)
            tags.append(try tag(target))
            _ = try unmerge(1)
            tags.append(try tag(target))
            #expect(Set(tags.dropLast()).count == 2 && tags[1] != tags[2], "\(target): \(tags)")
        }
        #expect(try desk.client.get("/v1/cases/1")["version"].integer == 2)
    }

    @Test(
        "a case that changed after an instant is one whose customer turned out to be somebody, or who was changed since"
    )
    func updatedAfter() throws {
        try merge(1, into: 2)
        #expect(try ids("/v1/cases?updated_after=\(before)") == [1, 2, 3])
        let later = desk.clock.tick().rfc3339
        try desk.client.patch("/v1/customers/2", #"{"name":"Anna Lee"}"#)
        #expect(try ids("/v1/cases?updated_after=\(later)") == [1, 2, 3])
    }

    @Test("either log has an entry that names the other by its id, and both steps stay")
    func logs() throws {
        try merge(1, into: 2)
        _ = try unmerge(1, #"{"into":2,"reason":"Mother and daughter."}"#)
        func told(_ id: Int64) throws -> [String] {
            try desk.client.get("/v1/events?type=customer.updated")["items"].items.map { $0["entry"] }
                .filter { $0["about_id"].integer == id }
                .map { entry in
                    "\(entry["kind"].text ?? "") \(entry["into"].integer ?? 0) \(entry["from"].integer ?? 0) "
                        + (entry["reason"].text ?? "-")
                }
        }
        #expect(
            try told(1) == [
                "customer_merged 2 0 She says so herself.", "customer_unmerged 2 0 Mother and daughter.",
            ])
        #expect(try told(2) == ["customer_merged 0 1 -", "customer_unmerged 0 1 -"])
        #expect(try desk.client.get("/v1/customers/2")["version"].integer == 3)
        try expectWhole()
    }

    @Test("who was merged is changed elsewhere, and merged once")
    func refused() throws {
        try merge(1, into: 2)
        for (method, path, body) in [
            ("PATCH", "", #"{"name":"x"}"#), ("POST", "/merge", #"{"into":3,"reason":"x"}"#),
            ("POST", "/merge", #"{"into":2,"reason":"x"}"#), ("POST", "/erase", #"{"reason":"x"}"#),
        ] {
            let answer = JSONAnswer(
                try desk.client.send(method, "/v1/customers/1\(path)", body: Array(body.utf8)))
            #expect(answer.status == 409 && answer.code == "merged", "\(method) \(path)")
            #expect(answer["customer_id"].integer == 2)
        }
        try expectWhole()
    }

    @Test("no rings, by whatever way, and nobody with themselves, with nobody or with who was erased")
    func rings() throws {
        #expect(try merge(1, into: 1).errors == ["#/into invalid_value"])
        #expect(try merge(1, into: 99).errors == ["#/into invalid_value"])
        #expect(try merge(99, into: 1).status == 404)
        try merge(1, into: 2)
        #expect(try merge(2, into: 1).errors == ["#/into invalid_value"])
        #expect(try merge(2, into: 3)["merged_into"].integer == 3)
        #expect(try merge(3, into: 1).errors == ["#/into invalid_value"])
        #expect(try merge(3, into: 2).errors == ["#/into invalid_value"])
        #expect(try unmerge(3).status == 404)
        #expect(try unmerge(1, #"{"into":3}"#).errors == ["#/into invalid_value"])
        try expectWhole()
    }

    @Test("who was merged into somebody who is merged themselves is who that is in the end")
    func chain() throws {
        try merge(2, into: 3)
        #expect(try merge(1, into: 2).status == 200)
        #expect(try desk.client.get("/v1/cases/1")["customer"]["id"].integer == 3)
        #expect(try ids("/v1/cases?customer_id=3") == [1, 2, 3, 4])
        #expect(try ids("/v1/cases?customer_id=1") == [1, 2, 3, 4])
        #expect(try ids("/v1/customers") == [3])
        let between = desk.clock.tick().rfc3339
        #expect(try unmerge(2).status == 200)
        #expect(try desk.client.get("/v1/cases/1")["customer"]["id"].integer == 2)
        #expect(try ids("/v1/cases?customer_id=1") == [1, 2, 3])
        #expect(try ids("/v1/cases?customer_id=1&as_of=\(between)") == [1, 2, 3, 4])
        try expectWhole()
    }

    @Test("a new case of who was merged is theirs who they are; their key stays theirs")
    func opened() throws {
        try merge(2, into: 1)
        for customer in [#"{"id":2}"#, #"{"external_id":"C-2"}"#, #"{"external_id":"C-2","name":"Anna Leigh"}"#] {
            let answer = try desk.openCase(#"{"complaint":"x","customer":\#(customer)}"#)
            #expect(answer.status == 201 && answer["customer"]["id"].integer == 1)
        }
        let update = #"{"complaint":"x","customer":{"external_id":"C-2","name":"Bo","update":true}}"#
        #expect(try desk.openCase(update).code == "merged")
        #expect(try desk.client.patch("/v1/customers/3", #"{"external_id":"C-2"}"#).code == "duplicate_external_id")
        let alike = try desk.openCase(#"{"complaint":"x","customer":{"name":"Cy","phone":"08 12345"}}"#)
        #expect(alike["warnings"][0]["customer_ids"].items.compactMap(\.integer) == [1])
        try expectWhole()
    }

    @Test(
        "what was decided about one was decided about who they are, whichever was merged, and stays with whom it was about"
    )
    func relationship() throws {
        let end = #"{"decision":"end","reason":"Threw things","settle":[{"promise_id":3,"action":"keep"}]}"#
        #expect(try desk.client.post("/v1/cases/3/relationship", end).status == 200)
        try merge(2, into: 1)
        #expect(try desk.client.get("/v1/cases/1")["relationship"].text == "end")
        #expect(try desk.client.get("/v1/customers/1")["relationship"]["case_id"].integer == 3)
        #expect(try desk.client.get("/v1/cases/1?as_of=\(before)")["relationship"] == .null)
        let opened = try desk.openCase(#"{"complaint":"Me again","customer":{"id":1}}"#)
        #expect(opened["relationship"].text == "end")
        #expect(try ids("/v1/queue?kind=return", of: ["case", "id"]) == [5])
        _ = try unmerge(2)
        #expect(try desk.client.get("/v1/cases/1")["relationship"] == .null)
        #expect(try desk.client.get("/v1/customers/2")["relationship"]["decision"].text == "end")
        try expectWhole()
    }

    @Test("an erasure takes both, their names go everywhere, and nothing brings them back")
    func erased() throws {
        try merge(1, into: 2)
        let settled = #"{"resolve":{"summary":"Done","customer_accepted":true}}"#
        #expect(try desk.client.post("/v1/promises/1/keep", settled).status == 200)
        #expect(try desk.client.post("/v1/customers/2/erase", #"{"reason":"Asked"}"#).code == "promises_unsettled")
        for promise in [2, 3] { #expect(try desk.client.post("/v1/promises/\(promise)/keep", settled).status == 200) }
        let answer = try desk.client.post("/v1/customers/2/erase", #"{"reason":"Asked"}"#)
        #expect(answer.status == 200 && answer["name"].text == "[erased]")
        for id in 1...2 {
            let customer = try desk.client.get("/v1/customers/\(id)")
            #expect(customer["name"].text == "[erased]" && customer["erased_at"] != .null)
        }
        for target in [
            "/v1/cases?limit=9", "/v1/customers?limit=9", "/v1/customers/1/history", "/v1/customers/2/history",
            "/v1/events",
            "/v1/cases?as_of=\(before)&limit=9", "/v1/customers/1?as_of=\(before)", "/v1/promises?limit=9&state=kept",
        ] {
            let text = try desk.client.get(target).response.text
            for word in ["Ann", "Leigh", "12345", "C-2", "herself"] {
                #expect(!text.contains(word), "\(word) in \(target)")
            }
        }
        #expect(try unmerge(1).code == "customer_erased")
        #expect(try merge(3, into: 2).errors == ["#/into invalid_value"])
        try expectWhole()
    }

    @Test("who was erased after a merge was taken back takes what is theirs alone")
    func erasedApart() throws {
        try merge(1, into: 2)
        _ = try unmerge(1)
        let settled = #"{"resolve":{"summary":"Done","customer_accepted":true}}"#
        #expect(try desk.client.post("/v1/promises/3/keep", settled).status == 200)
        #expect(try desk.client.post("/v1/customers/2/erase", #"{"reason":"Asked"}"#).status == 200)
        #expect(try desk.client.get("/v1/customers/1")["name"].text == "Ann Lee")
        #expect(try desk.client.get("/v1/cases/1")["complaint"].text == "It leaks.")
        try expectWhole()
    }

    @Test("is for a manager")
    func role() throws {
        let (agent, manager) = (try desk.token(.agent).field, try desk.token(.manager).field)
        let body = #"{"into":2,"reason":"x"}"#
        #expect(
            try desk.client.post("/v1/customers/1/merge", body, fields: ["Authorization": agent]).status == 403)
        #expect(
            try desk.client.post("/v1/customers/1/merge", body, fields: ["Authorization": manager]).status == 200)
        let answer = try desk.client.send("DELETE", "/v1/customers/1/merge", fields: ["Authorization": agent])
        #expect(answer.status == 403)
    }
}
