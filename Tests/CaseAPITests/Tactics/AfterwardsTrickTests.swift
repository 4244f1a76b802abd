import CaseStore
import Complaints
import Testing

@testable import CaseAPI

@Suite("Tricks: what the customer sees, and the people at the desk")
struct AfterwardsTrickTests {
    private let told = #""customer_notified":{"channel":"phone","outcome":"reached"}"#

    @Test("T21: the page has what became of each promise as the customer was told it, and nothing that is internal")
    func page() throws {
        let story = try Story(
            #""subject":"The nuisance from No. 7","owner":"Kim","promise":{"what":"First","due_in":"PT1H"},"#)
        try story.promise("Second", #""due_in":"P2D""#)
        try story.promise("Third", #""due_in":"P2D""#)
        try story.promise("Fourth", #""due_in":"P2D""#)
        try story.promise("Unheard", #""due_in":"P2D","customer_notified":{"channel":"phone","outcome":"attempted"}"#)
        func post(_ path: String, _ body: String) throws {
            let answer = try story.client.post("/v1/promises/\(path)", body)
            #expect((200...201).contains(answer.status), "\(path): \(answer.response.text)")
        }
        try post(
            "2/renegotiate",
            #"{"due_in":"P3D","reason":"Lou forgot","explanation":"The part is late","next_step":"We call",\#(told)}"#)
        try post(
            "3/withdraw",
            #"{"reason":"Too dear","explanation":"It can't be had any more","customer_agreed":false,"cause":"impossible"}"#
        )
        let mistake = try story.client.post("/v1/promises/4/void", #"{"reason":"Typo of Lou",\#(told)}"#)
        #expect(mistake.status == 200, "\(mistake.response.text)")
        try post("5/void", #"{"reason":"Typo of Lou"}"#)
        story.desk.clock.advance(by: .hours(2))
        try post(
            "1/recover",
            #"{"due_in":"P1D","reason":"Lou was ill","explanation":"We missed it","next_step":"We call",\#(told)}"#)
        try story.write("supervisor_joined", #""supervisor":"Secret Sue""#)
        let page = try story.client.get("\(story.path)/customer-page")
        #expect(!page.json.names.contains("subject"))
        let promises = page["promises"].items
        #expect(promises.map { $0["what"].text } == ["Third", "Fourth", "Second", "First"])
        #expect(promises.map { $0["state"].text } == ["broken", "void", "open", "open"])
        #expect(promises.map { $0["explanation"].text } == ["It can't be had any more", nil, nil, nil])
        #expect(promises[2]["moved"][0]["explanation"].text == "The part is late")
        #expect(promises[2]["moved"][0]["missed"].flag == false)
        #expect(promises[3]["moved"][0]["explanation"].text == "We missed it")
        #expect(promises[3]["moved"][0]["missed"].flag == true)
        #expect(page["supervisor_joined_at"].text != nil && page["outcome_text"] == .null)
        for secret in ["Lou", "Sue", "Kim", "nuisance", "Too dear", "Unheard", "Typo"] {
            #expect(!page.response.text.contains(secret), "\(secret)")
        }
        #expect(try story.client.get("/v1/promises/2")["explanation"].text == "The part is late")
        #expect(try story.client.get("/v1/promises/6")["explanation"].text == "The part is late")

        let settle = [6, 7].map { #"{"promise_id":\#($0),"action":"keep"}"# }.joined(separator: ",")
        let end = #""summary":"Kim paid","outcome_text":"You got your money back","customer_accepted":true"#
        try story.client.post("\(story.path)/resolve", #"{\#(end),"settle":[\#(settle)]}"#)
        let ended = try story.client.get("\(story.path)/customer-page")
        #expect(ended["outcome_text"].text == "You got your money back")
        #expect(!ended.response.text.contains("Kim"))
        try story.client.post("\(story.path)/reopen", #"{"reason":"It broke again"}"#)
        #expect(try story.client.get("\(story.path)/customer-page")["outcome_text"] == .null)
        #expect(try story.desk.store.makeReader().verify().findings == [])
    }

    @Test(
        "T2, T21: the page says by when a promise was replaced, whatever it was replaced by, and why as they were told")
    func replaced() throws {
        let story = try Story(#""owner":"Kim","promise":{"what":"Call","due_in":"P1D"},"#)
        let next = #""next_promise":{"what":"Call again","due_in":"P4D","next_step":"We call",\#(told)}"#
        try story.client.post(
            "/v1/promises/1/withdraw",
            #"{"reason":"Lou is away","explanation":"He can't come","customer_agreed":true,\#(told),\#(next)}"#)
        story.desk.clock.advance(by: .hours(1))
        try story.client.post("/v1/promises/2/keep", #"{"next_promise":{"what":"Wait","due_in":"P9D"}}"#)
        let page = { try story.client.get("\(story.path)/customer-page")["promises"].items }
        #expect(try page().map { $0["kept_at"] != .null } == [true, false])
        try story.write("dispute", #""promise_id":2,"reason":"Nobody called","said_by":"customer""#)
        let dispute = try #require(
            try story.client.get("\(story.path)/log?limit=500")["items"].items.last?["seq"].integer)
        let decided = try story.write(
            "dispute_decision", #""of":\#(dispute),"upheld":true,"reason":"x",\#(next)"#, as: "Mia")
        #expect(decided.status == 201, "\(decided.response.text)")
        let shown = try page()
        #expect(shown.map { $0["what"].text } == ["Wait", "Call again"])
        #expect(shown.map { $0["state"].text } == ["open", "open"])
        let moves = shown[1]["moved"].items
        #expect(moves.map { $0["explanation"].text } == ["He can't come", nil])
        #expect(moves.map { $0["missed"].flag } == [false, true])
        #expect(try story.client.get("\(story.path)/customer-page").response.text.contains("away") == false)
    }

    @Test("T2, T21: what was found not to have been kept is not shown as kept")
    func notKept() throws {
        let story = try Story(#""owner":"Kim","promise":{"what":"Call","due_in":"P1D"},"#)
        story.desk.clock.advance(by: .hours(1))
        try story.client.post("/v1/promises/1/keep", #"{"resolve":{"summary":"s","customer_accepted":true}}"#)
        let dispute = try story.write("dispute", #""promise_id":1,"reason":"Nobody called""#)
        let seq = try #require(dispute["seq"].integer)
        try story.write("dispute_decision", #""of":\#(seq),"upheld":true,"reason":"x""#, as: "Mia")
        let promise = try story.client.get("\(story.path)/customer-page")["promises"][0]
        #expect(promise["state"].text == "broken" && promise["kept_at"] == .null)
    }

    @Test("T19: a process at fault is reviewed, or it is said why not")
    func lessons() throws {
        let story = try Story()
        let process = #""cause":"No call back","process":"Handover""#
        let review = #""review":{"what":"Look into it","due_in":"P30D","owner":"Kim"}"#
        #expect(try story.write("lesson", process).errors == ["#/review required"])
        #expect(
            try story.write("lesson", #"\#(process),\#(review),"no_review_reason":"x""#).errors == [
                "#/no_review_reason conflicting_fields"
            ])
        #expect(
            try story.write("lesson", #""cause":"x","no_review_reason":"x""#).errors == [
                "#/no_review_reason conflicting_fields"
            ])
        #expect(try story.write("lesson", #""cause":"No call back""#).status == 201)
        let unreviewed = try story.write("lesson", #"\#(process),"no_review_reason":"It was reviewed last week""#)
        #expect(unreviewed["no_review_reason"].text == "It was reviewed last week")
        let guidance = try story.client.get("\(story.path)/guidance")["items"].items.first {
            $0["tactic"].text == "T19"
        }
        #expect(guidance?["title"].text != "Promise a review of the process at fault")
        #expect(try story.write("lesson", "\(process),\(review)")["promise"]["to"].text == "us")
    }

    @Test("T20: a mood noted fifty times is one contact, for whoever noted it; and what went well stands beside it")
    func load() throws {
        let story = try Story(#""owner":"Kim","#)
        story.desk.clock.advance(by: .minutes(2))
        for _ in 0..<5 { try story.write("mood", #""mood":"angry""#, as: "Lou") }
        try story.write("thanks", #""text":"You were so patient""#, as: "Lou")
        try story.write("thanks", #""thanked":"Lou""#, as: "Kim")
        try story.client.post(
            "/v1/promises/1/keep", #"{"resolve":{"summary":"s","customer_accepted":true}}"#,
            fields: ["Casekeeper-Actor": "Lou"])
        story.desk.clock.advance(by: .days(3))
        #expect(try story.client.get("/v1/promises/1")["accountable"].text == "Kim")
        let groups = try story.client.get("/v1/reports/load")["groups"].items
        func row(_ name: String) -> [Int64?] {
            let group = groups.first { $0["key"].text == name }
            return ["contacts", "hot_contacts", "hot_in_a_row", "kept", "accepted", "thanked"].map {
                group?[$0].integer
            }
        }
        #expect(row("Lou") == [1, 1, 1, 0, 1, 1])
        #expect(row("Kim") == [0, 0, 0, 1, 0, 1], "thanked is the case's owner where nobody is named")
        let csv = try story.client.get("/v1/reports/load?format=csv").response.text
        #expect(csv.contains("kept,accepted,not_accepted,thanked"))
    }
}
