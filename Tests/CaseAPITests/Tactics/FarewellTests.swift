import CaseStore
import Complaints
import Testing

@testable import CaseAPI

@Suite("T12, T17: refusal and farewell cost nobody's score")
struct FarewellTests {
    private let story: Story

    init() throws {
        story = try Story(#""owner":"Kim","mood":"abusive","#)
    }

    private func end(_ ids: [Int64], _ how: String = #""customer_agreed":false,"cause":"ended""#) throws -> JSONAnswer {
        let settle = ids.map { #"{"promise_id":\#($0),"action":"withdraw","reason":"We part ways",\#(how)}"# }
        return try story.client.post(
            "\(story.path)/relationship",
            #"{"decision":"end","reason":"Threats","settle":[\#(settle.joined(separator: ","))]}"#,
            fields: ["Casekeeper-Actor": "Mia"])
    }

    private func total() throws -> JSONValue { try story.client.get("/v1/reports/promises")["total"] }

    @Test("what an end of the relationship gives up in time is withdrawn, in a column of its own and in no rate")
    func ended() throws {
        try story.promise("Call", #""due_in":"P1D","owner":"Kim""#, as: "Kim")
        try story.client.post("/v1/promises/2/keep", "{}")
        try story.write("refusal", #""reason":"Insults""#, as: "Kim")
        let before = try total()["kept_rate"]
        let ended = try end([1, 3])
        #expect(ended["status"].text == "closed" && ended["ever_broken"].flag == false)
        #expect(ended["promises"].items.map { $0["state"].text } == ["withdrawn", "kept", "withdrawn"])
        #expect(ended["promise_counts"]["withdrawn"].integer == 2 && ended["promise_counts"]["broken"].integer == 0)
        let log = try story.client.get("\(story.path)/log?limit=500")["items"].items
        let given = log.filter { $0["kind"].text == "promise_withdrawn" }
        #expect(given.map { $0["cause"].text } == ["ended", "ended"])
        #expect(given.map { $0["state"].text } == ["withdrawn", "withdrawn"])
        let total = try total()
        #expect(total["ended"].integer == 2 && total["withdrawn"].integer == 0 && total["broken"].integer == 0)
        #expect(total["due"].integer == 3 && total["kept_rate"] == before && total["renegotiation_rate"] == 0)
        #expect(try story.client.get("/v1/promises?state=withdrawn")["items"].items.count == 2)
        #expect(try story.client.get("/v1/promises?state=broken")["items"].items.isEmpty)
        #expect(try story.client.get("/v1/customers/1")["ever_broken"].flag == false)
        #expect(try story.desk.store.makeReader().verify().findings == [])
    }

    @Test("an end is no way out of what was missed: past due it is broken, whatever cause is given")
    func pastDue() throws {
        try story.promise("Call", #""due_in":"P9D","owner":"Kim""#, as: "Kim")
        story.desk.clock.advance(by: .days(3))
        let ended = try end([1, 2])
        #expect(ended["promises"].items.map { $0["state"].text } == ["broken", "withdrawn"])
        #expect(ended["ever_broken"].flag == true)
        #expect(try total()["broken"].integer == 1 && total()["ended"].integer == 1)
    }

    @Test(
        "whatever else is said of it, an end is what gives it up; and nothing else is",
        arguments: [
            #""customer_agreed":false"#, #""customer_agreed":false,"cause":"impossible""#,
        ])
    func anyCause(_ how: String) throws {
        #expect(try end([1], how)["promises"][0]["state"].text == "withdrawn")
        #expect(try total()["ended"].integer == 1)
        let other = try Story(on: story.desk, customer: "C-2")
        let withdrawn = try other.client.post(
            "/v1/promises/2/withdraw", #"{"reason":"x","customer_agreed":false,"cause":"ended"}"#)
        #expect(withdrawn.errors == ["#/cause invalid_value"])
    }

    @Test("an end with the customer's release is a release")
    func released() throws {
        #expect(
            try end([1], #""customer_agreed":true,"customer_notified":{"channel":"phone","outcome":"reached"}"#)[
                "promises"][0]["state"].text == "withdrawn")
        #expect(try total()["withdrawn"].integer == 1 && total()["ended"].integer == 0)
    }

    @Test("what is left to follow up of a resolved case ends with the relationship too")
    func followUp() throws {
        try story.client.patch("/v1/policies/normal", #"{"follow_up_in":"P14D"}"#)
        try story.client.post(
            "\(story.path)/resolve",
            #"{"summary":"Done","customer_accepted":false,"settle":[{"promise_id":1,"action":"keep"}]}"#)
        #expect(try end([]).code == "promises_unsettled")
        #expect(try end([2])["status"].text == "closed")
        #expect(try total()["ended"].integer == 1)
    }

    @Test("what guidance says of the end is taken as it is, and costs nobody's score")
    func guidance() throws {
        try story.client.post("\(story.path)/escalate", #"{"supervisor":"Mia","reason":"Insults"}"#)
        try story.write("supervisor_joined", "", as: "Mia")
        let steps = try story.client.get("\(story.path)/guidance")["items"].items
        let call = try #require(steps.first { $0["tactic"].text == "T17" })["call"]
        #expect(call["path"].text == "\(story.path)/relationship")
        #expect(call["body"]["settle"][0]["cause"].text == "ended")
    }

    @Test("an ended case is reopened by a manager")
    func reopening() throws {
        let agent = try story.desk.token(.agent, name: "Kim").field
        let manager = try story.desk.token(.manager, name: "Mia").field
        _ = try story.desk.token(.manager, name: "Max")
        var mia = story.client
        mia.standing = ["Authorization": manager]
        let settle = #"[{"promise_id":1,"action":"withdraw","reason":"x","customer_agreed":false,"cause":"ended"}]"#
        try #expect(
            mia.post("\(story.path)/relationship", #"{"decision":"end","reason":"Threats","settle":\#(settle)}"#).status
                == 200)
        let again = #"{"reason":"She called again"}"#
        let refused = try mia.post("\(story.path)/reopen", again, fields: ["Authorization": agent])
        #expect(refused.status == 403 && refused.code == "forbidden")
        #expect(try mia.post("\(story.path)/reopen", again)["status"].text == "open")
    }
}
