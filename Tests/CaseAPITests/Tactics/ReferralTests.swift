import CaseStore
import Complaints
import Testing

@testable import CaseAPI

@Suite("Where the desk's word is not the last one")
struct ReferralTests {
    private let story: Story

    init() throws {
        story = try Story()
    }

    private func close() throws {
        try story.client.post(
            "/v1/promises/1/keep", #"{"resolve":{"summary":"No fault found","customer_accepted":true}}"#)
        #expect(try story.client.post("\(story.path)/close", "{}")["status"].text == "closed")
    }

    @Test(
        "a referral, its decision and that it was passed on are written down in a closed case too, and change nothing of it"
    )
    func written() throws {
        try close()
        let before = try story.now()
        let sent = TestDesk.start.rfc3339
        let referral = try story.write(
            "referral", #""to":"Ombudsman","reference":" 2026/17 ","text":"By letter","at":"\#(sent)""#)
        #expect(referral.status == 201 && referral["at"].text == sent, "\(referral.response.text)")
        #expect(referral["to"].text == "Ombudsman" && referral["reference"].text == "2026/17")
        let seq = try #require(referral["seq"].integer)
        let decision = try story.write(
            "referral_decision",
            #""of":\#(seq),"decision":"partly_upheld","award":4000,"currency":"EUR","text":"Half of it""#)
        #expect(decision.status == 201 && decision["of"].integer == seq && decision["decision"].text == "partly_upheld")
        #expect(decision["award"].integer == 4000 && decision["currency"].text == "EUR")
        #expect(try story.write("referral_decision", #""of":\#(seq),"decision":"settled""#).status == 201, "an appeal")
        #expect(try story.write("forwarded", #""to":"The makers""#)["to"].text == "The makers")
        let after = try story.now()
        #expect(after["status"] == before["status"] && after["promises"] == before["promises"])
        let queue = try story.client.get("/v1/queue")["items"].items
        #expect(queue.isEmpty, "it is in nobody's way")
        for found in ["ombudsman", "2026/17", "makers"] {
            #expect(try story.client.get("/v1/cases?q=\(found)")["total"].integer == 1, "\(found)")
        }
        #expect(try story.desk.store.makeReader().verify().findings == [])
    }

    @Test("a decision is about a referral of the case, and neither is of the future")
    func wrong() throws {
        let later = #""at":"2999-01-01T00:00:00Z""#
        #expect(Set(try story.write("referral", later).errors) == ["#/to required", "#/at in_the_future"])
        #expect(try story.write("referral", #""to":"x",\#(later)"#).errors == ["#/at in_the_future"])
        #expect(
            Set(try story.write("referral_decision", #""of":1,"decision":"settled",\#(later)"#).errors) == [
                "#/of invalid_value", "#/at in_the_future",
            ])
        #expect(
            Set(try story.write("referral_decision", #""decision":"lost","award":1"#).errors) == [
                "#/of required", "#/decision invalid_value", "#/currency required",
            ])
        #expect(try story.write("forwarded", #""text":"x""#).errors == ["#/to required"])
    }

    @Test("an erasure takes whom it went to, what they know it by, and what was said of it")
    func erased() throws {
        let referral = try story.write("referral", #""to":"Ombudsman Xyz","reference":"Xyz-7","text":"Xyz""#)
        try story.write(
            "referral_decision", #""of":\#(referral["seq"].integer ?? 0),"decision":"settled","text":"Xyz""#)
        try story.write("forwarded", #""to":"Xyz","text":"Xyz""#)
        try close()
        #expect(try story.client.post("/v1/customers/1/erase", #"{"reason":"At their wish"}"#).status == 200)
        let log = try story.client.get("\(story.path)/log").response.text
        #expect(!log.contains("Xyz") && log.contains(#""decision":"settled""#))
        #expect(try story.client.get("/v1/cases?q=xyz")["total"].integer == 0)
        #expect(try story.desk.store.makeReader().verify().findings == [])
    }
}
