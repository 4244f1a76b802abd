import CaseStore
import Complaints
import Testing

@testable import CaseAPI

@Suite("A wrong number")
struct WrongNumberTests {
    private let desk: TestDesk
    private let kim: [String: String]
    private let zoe: [String: String]

    /// The desk follows up on what it resolves.
    init() throws {
        desk = try TestDesk()
        let admin = ["Authorization": try desk.token(.admin, name: "root").field]
        kim = ["Authorization": try desk.token(.agent, name: "Kim").field]
        zoe = ["Authorization": try desk.token(.agent, name: "Zoe").field]
        _ = try desk.token(.manager, name: "Mia")
        let policy = try desk.client.patch("/v1/policies/normal", #"{"follow_up_in":"P7D"}"#, fields: admin)
        #expect(policy.status == 200)
        let opened = try desk.client.post(
            "/v1/cases", #"{"complaint":"Is that the bakery?","customer":{"name":"Unknown"}}"#, fields: kim)
        #expect(opened["promises"][0]["made_by"].text == "policy")
    }

    private static let mistake = #"{"reason":"Wrong number","resolve":{"summary":"They wanted the bakery"}}"#

    private func void(_ fields: [String: String], _ body: String = mistake) throws -> JSONAnswer {
        try desk.client.post("/v1/promises/1/void", body, fields: fields)
    }

    @Test("is ended in one call by who took it, and nobody follows it up")
    func ended() throws {
        let answer = try void(kim)
        #expect(answer.status == 200 && answer["case"]["status"].text == "resolved")
        #expect(answer["promise"]["state"].text == "void")
        #expect(answer["case"]["promises"].items.count == 1, "no follow-up")
        #expect(answer["case"]["customer_accepted"] == .null)
        let fields = ["Authorization": try desk.token(.manager).field]
        #expect(try desk.client.get("/v1/queue", fields: fields)["items"].items.isEmpty)
        #expect(try desk.client.post("/v1/cases/1/close", "{}", fields: kim).status == 200)
        #expect(try desk.store.makeReader().verify().findings == [])
    }

    @Test("not by somebody else of the desk, nor when it has been on record for a while")
    func others() throws {
        #expect(try void(zoe).status == 403)
        desk.clock.advance(by: .minutes(16))
        #expect(try void(kim).status == 403)
        let mia = ["Authorization": try desk.token(.manager, name: "Mia 2").field]
        #expect(try void(mia)["case"]["promises"].items.count == 1, "a manager's void has no follow-up either")
    }

    @Test("what else the policy promised is no mistake of theirs")
    func otherPromises() throws {
        let resolved = try desk.client.post(
            "/v1/promises/1/keep", #"{"resolve":{"summary":"Told them","customer_accepted":true}}"#, fields: kim)
        let followUp = resolved["case"]["promises"][1]["id"].integer ?? 0
        #expect(resolved["case"]["promises"][1]["made_by"].text == "policy")
        let answer = try desk.client.post("/v1/promises/\(followUp)/void", #"{"reason":"x"}"#, fields: kim)
        #expect(answer.status == 403)
    }

    @Test("for void alone: it begins no chain anew, and counts for nobody")
    func voidAlone() throws {
        #expect(try desk.client.get("/v1/promises/1", fields: kim)["accountable"] == .null)
        let next = #"{"reason":"x","next_promise":{"what":"Call","due_in":"P5D"}}"#
        let refused = try void(kim, next)
        #expect(refused.status == 422, "a later date is a slip")
    }

    @Test("whoever was asked may say so")
    func asked() throws {
        let body = #"{"reason":"x","resolve":{"summary":"x","customer_accepted":false}}"#
        let answer = try void(kim, body)
        #expect(answer["case"]["customer_accepted"].flag == false)
    }
}
