import CaseStore
import Complaints
import Testing

@testable import CaseAPI

@Suite("A case that was opened for the wrong customer")
struct CorrectedCustomerTests {
    private let desk: TestDesk
    private let before: String

    /// Case 1 was opened for Ann, with whom it came, and is Bo's, who has case 2.
    init() throws {
        desk = try TestDesk()
        for name in ["Ann Lee", "Bo Ek"] {
            try desk.openCase(
                #"{"complaint":"\#(name) says it leaks.","customer":{"name":"\#(name)"},"promise":{"what":"Call","due_in":"P1D"}}"#
            )
        }
        before = desk.clock.tick().rfc3339
    }

    @discardableResult
    private func correct(_ id: Int64, to customer: Int64) throws -> JSONAnswer {
        try desk.client.patch("/v1/cases/\(id)", #"{"customer":{"id":\#(customer)}}"#)
    }

    private func ids(_ target: String) throws -> [Int64] {
        try desk.client.get(target)["items"].items.compactMap { $0["id"].integer }.sorted()
    }

    private func expectWhole() throws {
        #expect(try desk.store.makeReader().verify().findings == [])
    }

    @Test("is theirs whose it is, and as of before it was the other's")
    func history() throws {
        let tag = try desk.client.get("/v1/promises/1").fields["etag"]
        let answer = try correct(1, to: 2)
        #expect(answer.status == 200 && answer["customer"]["name"].text == "Bo Ek" && answer["version"].integer == 3)
        for (suffix, his, hers) in [("", [1, 2], []), ("&as_of=\(before)", [2], [1])] as [(String, [Int64], [Int64])] {
            for (id, cases) in [(2, his), (1, hers)] {
                #expect(try ids("/v1/cases?customer_id=\(id)\(suffix)") == cases)
                #expect(try ids("/v1/promises?customer_id=\(id)\(suffix)") == cases)
                #expect(try ids("/v1/customers/\(id)/cases?limit=9\(suffix)") == cases)
                let record = try desk.client.get("/v1/customers/\(id)?\(suffix.dropFirst())")
                #expect(record["cases"]["open"].integer == Int64(cases.count))
                let history = try desk.client.get("/v1/customers/\(id)/history?limit=50\(suffix)")["items"].items
                #expect(Set(history.compactMap { $0["case_id"].integer }) == Set(cases))
            }
            let name = suffix.isEmpty ? "Bo Ek" : "Ann Lee"
            #expect(try desk.client.get("/v1/cases/1?\(suffix.dropFirst())")["customer"]["name"].text == name)
            let promises = try desk.client.get("/v1/promises?limit=9\(suffix)")["items"].items
            #expect(promises[0]["case"]["customer"]["name"].text == name)
        }
        #expect(try desk.client.get("/v1/promises/1").fields["etag"] != tag)
        let entry = try desk.client.get("/v1/cases/1/log")["items"].items.last
        #expect(entry?["kind"].text == "case_updated" && entry?["customer_id"].integer == 2)
        #expect(entry?["customer_id_before"].integer == 1)
        try expectWhole()
    }

    @Test("goes to and fro, with other fields or alone, and to whose it is already changes nothing")
    func again() throws {
        try desk.client.patch("/v1/cases/1", #"{"customer":{"id":2},"owner":"Kim","subject":"Tap"}"#)
        let between = desk.clock.tick().rfc3339
        try correct(1, to: 1)
        let version = try correct(1, to: 1)["version"].integer
        #expect(version == 5, "opened, promised, edited, given to Kim, corrected")
        #expect(try desk.client.get("/v1/cases/1?as_of=\(between)")["customer"]["id"].integer == 2)
        #expect(try ids("/v1/cases?customer_id=1&as_of=\(between)") == [])
        try expectWhole()
    }

    @Test(
        "to nobody, to no id or to nothing is refused",
        arguments: [
            (#"{"customer":{"id":9}}"#, "#/customer/id invalid_value"), (#"{"customer":{}}"#, "#/customer/id required"),
            (#"{"customer":null}"#, "#/customer required"), (#"{"customer":{"name":"x"}}"#, "#/customer/id required"),
        ])
    func refused(body: String, error: String) throws {
        let answer = try desk.client.patch("/v1/cases/1", body)
        #expect(answer.status == 422 && answer.errors.contains(error), "\(answer.response.text)")
    }

    @Test("to who was merged it goes to who they are")
    func merged() throws {
        try desk.openCase(#"{"complaint":"x","customer":{"name":"Cy"}}"#)
        try desk.client.post("/v1/customers/2/merge", #"{"into":3,"reason":"x"}"#)
        #expect(try correct(1, to: 2)["customer"]["id"].integer == 3)
        _ = try desk.client.send("DELETE", "/v1/customers/2/merge")
        #expect(try desk.client.get("/v1/cases/1")["customer"]["id"].integer == 2, "and stays with whom was named")
        try expectWhole()
    }

    /// Ann's relationship was ended in case 1, before it was found to be Bo's.
    private func end() throws {
        let end = #"{"decision":"end","reason":"Ann Lee threw things","settle":[{"promise_id":1,"action":"keep"}]}"#
        #expect(try desk.client.post("/v1/cases/1/relationship", end).status == 200)
    }

    @Test("what was decided in it stays with whom it was about")
    func decided() throws {
        try end()
        try correct(1, to: 2)
        #expect(try desk.client.get("/v1/customers/1")["relationship"]["reason"].text == "Ann Lee threw things")
        #expect(try desk.client.get("/v1/customers/2")["relationship"] == .null)
        #expect(try desk.client.get("/v1/cases/1")["relationship"] == .null)
        #expect(try desk.client.post("/v1/cases/1/reopen", #"{"reason":"Bo's"}"#).status == 200)
        try expectWhole()
    }

    @Test("waits for a manager where the relationship with whose it is was ended, and no longer where it was not")
    func returned() throws {
        try end()
        try correct(2, to: 1)
        #expect(try desk.client.get("/v1/queue?kind=return")["items"][0]["case"]["id"].integer == 2)
        #expect(try desk.client.get("/v1/cases/2")["relationship"].text == "end")
        try correct(2, to: 2)
        #expect(try desk.client.get("/v1/queue?kind=return")["items"].items.isEmpty)
        try expectWhole()
    }

    private func settle() throws {
        for promise in 1...2 {
            try desk.client.post(
                "/v1/promises/\(promise)/keep", #"{"resolve":{"summary":"Done","customer_accepted":true}}"#)
        }
    }

    @Test("erasing who it was opened for takes what is theirs, and leaves the case")
    func erasedBefore() throws {
        try end()
        try correct(1, to: 2)
        #expect(try desk.client.post("/v1/customers/1/erase", #"{"reason":"Asked"}"#).status == 200)
        let file = try desk.client.get("/v1/cases/1")
        #expect(file["complaint"].text == "Ann Lee says it leaks." && file["customer"]["name"].text == "Bo Ek")
        let log = try desk.client.get("/v1/cases/1/log").response.text
        #expect(!log.contains("threw things"), "what was decided about them is theirs")
        #expect(try desk.client.get("/v1/cases/1?as_of=\(before)")["customer"]["name"].text == "[erased]")
        #expect(try correct(2, to: 1).errors == ["#/customer/id invalid_value"])
        try expectWhole()
    }

    @Test("erasing whose it is takes the case, and leaves what was decided about who it was opened for")
    func erasedAfter() throws {
        try end()
        try correct(1, to: 2)
        try settle()
        #expect(try desk.client.post("/v1/customers/2/erase", #"{"reason":"Asked"}"#).status == 200)
        #expect(try desk.client.get("/v1/cases/1")["complaint"].text == "[erased]")
        #expect(try desk.client.get("/v1/customers/1")["relationship"]["reason"].text == "Ann Lee threw things")
        #expect(try desk.client.get("/v1/customers/1")["name"].text == "Ann Lee")
        #expect(try correct(1, to: 1).code == "customer_erased")
        try expectWhole()
    }

    @Test("a case that never was anybody else's tells nothing of one who was erased")
    func untouched() throws {
        try correct(1, to: 2)
        #expect(try desk.client.post("/v1/customers/1/erase", #"{"reason":"Asked"}"#).status == 200)
        try expectWhole()
    }
}
