import Complaints
import Foundation
import Testing

@testable import CaseAPI

@Suite("A customer across their cases")
struct CustomerRoutesTests {
    private let desk: TestDesk

    init() throws {
        desk = try TestDesk()
        for complaint in ["It leaks.", "It drips."] {
            try desk.openCase(
                """
                {"complaint":"\(complaint)","customer":{"name":"Ann","external_id":"C-1"},"owner":"Kim",
                "promise":{"what":"Call","due_in":"PT1H"}}
                """)
            try desk.openCase(#"{"complaint":"x","customer":{"name":"Bo"}}"#)
        }
    }

    private func resolve(_ id: Int64, promise: Int64, _ fields: [String: String] = [:]) throws {
        let answer = try desk.client.post(
            "/v1/promises/\(promise)/keep", #"{"resolve":{"summary":"Done, Ann","customer_accepted":true}}"#,
            fields: fields)
        #expect(answer["case"]["status"].text == "resolved")
    }

    @Test("shows what follows from all of them, and what followed then")
    func record() throws {
        let fresh = try desk.client.get("/v1/customers/1")
        #expect(fresh["cases"] == ["open": 2, "resolved": 0, "closed": 0])
        #expect(fresh["unsettled_promises"].integer == 2)
        #expect(fresh["ever_broken"].flag == false)
        #expect(fresh["relationship"] == .null && fresh["erased_at"] == .null)
        let then = desk.clock.tick().rfc3339
        try resolve(1, promise: 1)
        try desk.client.post("/v1/cases/1/relationship", #"{"decision":"keep","reason":"A good customer"}"#)
        let kept = try desk.client.get("/v1/customers/1")
        try desk.client.post(
            "/v1/cases/1/relationship", #"{"decision":"end","reason":"A threat too many"}"#)
        desk.clock.advance(by: .hours(2))
        let now = try desk.client.get("/v1/customers/1")
        #expect(now["cases"] == ["open": 1, "resolved": 0, "closed": 1])
        #expect(now["unsettled_promises"].integer == 1)
        #expect(now["ever_broken"].flag == true, "the other case's promise has fallen due")
        #expect(now["relationship"]["decision"].text == "end")
        #expect(now["relationship"]["case_id"].integer == 1)
        #expect(now["relationship"]["reason"].text == "A threat too many")
        let decidedAt = kept["relationship"]["decided_at"].text ?? ""
        let before = try desk.client.get("/v1/customers/1?as_of=\(decidedAt)")
        #expect(before["relationship"] == kept["relationship"])
        #expect(before["cases"] == ["open": 1, "resolved": 1, "closed": 0])
        let first = try desk.client.get("/v1/customers/1?as_of=\(then)")
        #expect(first["cases"] == fresh["cases"] && first["unsettled_promises"].integer == 2)
        #expect(first["relationship"] == .null && first["ever_broken"].flag == false)
        #expect(try desk.client.get("/v1/customers")["items"][0].names.contains("cases") == false)
    }

    @Test("has a tag that changes with all of it")
    func tags() throws {
        func tag() throws -> String? { try desk.client.get("/v1/customers/1").fields["etag"] }
        var tags = [try tag()]
        for step in [
            { try desk.client.patch("/v1/customers/1", #"{"phone":"1"}"#) },
            { try desk.client.post("/v1/cases/1/promises", #"{"what":"x","due_in":"P1D"}"#) },
            { try desk.openCase(#"{"complaint":"x","customer":{"id":1},"promise":{"what":"x","due_in":"P1D"}}"#) },
        ] as [() throws -> JSONAnswer] {
            #expect((200...201).contains(try step().status))
            tags.append(try tag())
        }
        try desk.client.post("/v1/promises/1/keep", "{}")
        tags.append(try tag())
        desk.clock.advance(by: .hours(2))
        tags.append(try tag())
        #expect(Set(tags).count == tags.count)
        let decided = try desk.client.post("/v1/cases/1/relationship", #"{"decision":"keep","reason":"x"}"#)
        tags.append(try tag())
        #expect(Set(tags).count == tags.count)
        #expect(try desk.client.get("/v1/cases/1").fields["etag"] == decided.fields["etag"])
        let stale = try desk.client.patch("/v1/customers/1", #"{"phone":"2"}"#, fields: ["If-Match": tags[1] ?? ""])
        #expect(stale.code == "stale")
        let seen = try desk.client.patch("/v1/customers/1", #"{"phone":"2"}"#, fields: ["If-Match": tags.last! ?? ""])
        #expect(seen.status == 200 && seen.fields["etag"] != tags.last!)
    }

    @Test("has a history: what the logs of all their cases say, in the order of the hash chain")
    func history() throws {
        try desk.client.post("/v1/cases/3/log", #"{"kind":"note","text":"Second"}"#)
        try desk.client.post("/v1/cases/1/log", #"{"kind":"note","text":"First"}"#)
        let then = desk.clock.tick().rfc3339
        try desk.client.post("/v1/cases/1/log", #"{"kind":"apology","text":"Sorry"}"#)
        func seen(_ query: String) throws -> [String] {
            try desk.client.get("/v1/customers/1/history" + query)["items"].items.map {
                "\($0["case_id"].integer ?? 0) \($0["seq"].integer ?? 0)"
            }
        }
        let all = ["1 1", "1 2", "3 1", "3 2", "3 3", "1 3", "1 4"]
        #expect(try seen("") == all)
        #expect(try seen("?sort=log") == all)
        #expect(try seen("?sort=-log") == all.reversed())
        #expect(try seen("?kind=note,apology") == ["3 3", "1 3", "1 4"])
        #expect(try seen("?as_of=\(then)") == all.dropLast())
        for sort in ["log", "-log"] {
            var items: [String] = []
            var query = "?limit=3&kind=note,apology,promise_made&sort=\(sort)"
            while true {
                let page = try desk.client.get("/v1/customers/1/history" + query)
                #expect(page["total"].integer == 5)
                items += page["items"].items.map { "\($0["case_id"].integer ?? 0) \($0["seq"].integer ?? 0)" }
                guard let next = page["next"].text else { break }
                #expect(page.fields["link"]?.contains("cursor=\(next)") == true)
                query = "?limit=3&kind=note,apology,promise_made&sort=\(sort)&cursor=\(next)"
            }
            let expected = ["1 2", "3 2", "3 3", "1 3", "1 4"]
            #expect(items == (sort == "log" ? expected : expected.reversed()))
        }
        let csv = try desk.client.send("GET", "/v1/customers/1/history?format=csv&sort=-log").text
        #expect(csv.hasPrefix("case_id,about,about_id,seq,kind,"))
        #expect(csv.components(separatedBy: "\r\n").count == all.count + 2)
        #expect(try desk.client.get("/v1/customers/9/history").status == 404)
        #expect(try desk.client.get("/v1/customers/1/history?kind=nots").errors == ["kind invalid_value"])
        #expect(try desk.client.get("/v1/customers/1/history?sort=at").errors == ["sort invalid_value"])
    }

    @Test("is erased by an admin's wish, once everything promised to them is settled")
    func erase() throws {
        let body = #"{"reason":"Asked by letter"}"#
        let open = try desk.client.post("/v1/customers/1/erase", body)
        #expect(open.code == "promises_unsettled")
        #expect(open["promise_ids"].items.compactMap(\.integer) == [1, 3])
        try resolve(1, promise: 1, ["Idempotency-Key": "a"])
        try resolve(3, promise: 3)
        let log = try desk.client.get("/v1/cases/1/log/4")
        let tag = try desk.client.get("/v1/customers/1").fields["etag"] ?? ""
        #expect(try desk.client.post("/v1/customers/1/erase", "{}").errors == ["#/reason required"])
        #expect(try desk.client.post("/v1/customers/9/erase", body).status == 404)
        #expect(try desk.client.post("/v1/customers/1/erase", body, fields: ["If-Match": "\"x\""]).code == "stale")
        let keyed = ["If-Match": tag, "Idempotency-Key": "b"]
        let then = desk.clock.tick().rfc3339
        let erased = try desk.client.post("/v1/customers/1/erase", body, fields: keyed)
        #expect(erased.status == 200)
        #expect(erased["name"].text == "[erased]" && erased["external_id"] == .null)
        #expect(erased["cases"] == ["open": 0, "resolved": 2, "closed": 0])
        #expect(try desk.client.get("/v1/customers/1").json == erased.json.withoutAdvice)
        #expect(try desk.client.get("/v1/customers/1").fields["etag"] == erased.fields["etag"])
        let again = try desk.client.post("/v1/customers/1/erase", body, fields: keyed)
        #expect(again.json == erased.json && again.fields["idempotency-replayed"] == "true")
        #expect(try desk.client.post("/v1/customers/1/erase", #"{"reason":"x"}"#).json == erased.json)
        let entry = try desk.client.get("/v1/cases/1/log/4")
        #expect(entry["kind"] == log["kind"] && entry["summary"].text == "[erased]")
        #expect(entry.fields["etag"] != log.fields["etag"], "whoever has the old words gets the new ones")
        let last = try desk.client.get("/v1/customers/1/history?kind=erased")
        #expect(last["items"].items.map { $0["reason"].text } == ["Asked by letter", "Asked by letter"])
        #expect(try desk.client.get("/v1/customers?erased=true")["items"].items.map { $0["id"].integer } == [1])
        #expect(try desk.client.get("/v1/customers?erased=false")["total"].integer == 2)
        #expect(try desk.client.get("/v1/customers?erased=true&as_of=\(then)")["total"].integer == 0)
        #expect(try desk.client.get("/v1/customers?erased=false&as_of=\(then)")["total"].integer == 3)
    }

    @Test("takes no changes once they are erased, and no answer with their data is given again")
    func erased() throws {
        let settle = #"{"resolve":{"summary":"s","customer_accepted":true}}"#
        let keep = "/v1/promises/1/keep"
        try resolve(3, promise: 3)
        #expect(try desk.client.post(keep, settle, fields: ["Idempotency-Key": "a"]).status == 200)
        let note = #"{"kind":"note","text":"Ann called"}"#
        #expect(try desk.client.post("/v1/cases/1/log", note, fields: ["Idempotency-Key": "n"]).status == 201)
        #expect(try desk.client.post("/v1/customers/1/erase", #"{"reason":"x"}"#).status == 200)
        let head = try desk.client.get("/v1/log/head").json
        for (method, path, body) in [
            ("PATCH", "/v1/customers/1", #"{"name":"Ann"}"#), ("PATCH", "/v1/cases/1", #"{"subject":"Ann"}"#),
            ("POST", "/v1/cases/1/log", note), ("POST", "/v1/cases/3/reopen", #"{"reason":"x"}"#),
            ("POST", "/v1/cases/1/promises", #"{"what":"x","due_in":"P1D"}"#), ("POST", keep, "{}"),
        ] {
            let answer = JSONAnswer(try desk.client.send(method, path, body: Array(body.utf8)))
            #expect(answer.code == "customer_erased", "\(method) \(path)")
        }
        #expect(try desk.client.post(keep, settle, fields: ["Idempotency-Key": "a"]).code == "customer_erased")
        let noted = try desk.client.post("/v1/cases/1/log", note, fields: ["Idempotency-Key": "n"])
        #expect(noted.code == "customer_erased")
        let new = try desk.client.post("/v1/cases", #"{"complaint":"x","customer":{"id":1}}"#)
        #expect(new.errors == ["#/customer/id invalid_value"])
        #expect(try desk.client.get("/v1/log/head").json == head)
        let same = try desk.openCase(#"{"complaint":"x","customer":{"name":"Ann","external_id":"C-1"}}"#)
        #expect(same["customer"]["id"].integer == 4, "whoever comes again is somebody new")
    }
}
