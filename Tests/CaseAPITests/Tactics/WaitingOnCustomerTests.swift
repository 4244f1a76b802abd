import CaseStore
import Complaints
import Testing

@testable import CaseAPI

/// The customer has a word to keep, too: it is theirs, and ours goes on beside it.
@Suite("Waiting on the customer")
struct WaitingOnCustomerTests {
    private let story: Story
    private var client: TestClient { story.client }

    /// The customer sends a photo within two hours; the desk calls in a day.
    init() throws {
        story = try Story()
        try story.promise("Send a photo", #""due_in":"PT2H","by":"customer","owner":"Kim""#)
    }

    private func timeline() throws -> JSONValue {
        let items = try client.get("\(story.path)/guidance")["items"].items
        return try #require(items.first { $0["tactic"].text == "T1" })
    }

    private func queue(_ query: String = "") throws -> [JSONValue] {
        try client.get("/v1/queue?kind=overdue\(query)")["items"].items
    }

    private func found(_ query: String) throws -> [Int64?] {
        try client.get("/v1/cases?\(query)")["items"].items.map { $0["id"].integer }
    }

    private func text(_ body: JSONValue) -> String {
        var writer = JSONWriter()
        writer.write(body)
        return String(decoding: writer.bytes, as: UTF8.self)
    }

    @Test("a case shows what they have promised, and by when, and is found by that, as of then too")
    func shown() throws {
        let other = try Story(on: story.desk, customer: "C-2")
        let now = try story.now()
        #expect(now["waiting_on_customer"].flag == true && now["customer_due_at"] == now["promises"][1]["due_at"])
        #expect(try other.now()["waiting_on_customer"].flag == false && other.now()["customer_due_at"] == .null)
        #expect(try found("waiting_on_customer=true") == [story.id])
        #expect(try found("waiting_on_customer=false") == [other.id])
        let before = story.desk.clock.tick().rfc3339
        try client.post("/v1/promises/2/keep", #"{"evidence":"It came"}"#)
        #expect(try story.now()["waiting_on_customer"].flag == false)
        #expect(try found("waiting_on_customer=true") == [])
        #expect(try found("waiting_on_customer=true&as_of=\(before)") == [story.id])
    }

    @Test("it moves and ends nothing of ours: our date stays, and falls due")
    func ours() throws {
        let due = try story.now()["next_due_at"].text
        story.desk.clock.advance(by: .hours(3))
        #expect(try story.now()["next_due_at"].text == due && story.now()["overdue"].flag == false)
        story.desk.clock.advance(by: .days(2))
        #expect(try story.now()["overdue"].flag == true)
    }

    @Test("guidance has both sides, and once theirs is due it proposes that we check in")
    func guidance() throws {
        let before = try timeline()
        #expect(before["why"].text?.contains("Promise 2 is the customer's, due at") == true, "\(before)")
        #expect(before["promise_ids"].items.contains { $0.integer == 2 })
        story.desk.clock.advance(by: .hours(3))
        let then = try timeline()
        #expect(then["call"]["path"].text == "\(story.path)/promises")
        #expect(then["call"]["example"]["kind"].text == "check_in")
        let body = text(then["call"]["example"])
        #expect(try client.post("\(story.path)/promises", body).status == 201)
        #expect(try timeline()["call"]["example"]["kind"].text != "check_in", "it is promised")
    }

    @Test(
        "the queue has theirs with a call that can be sent as it is, until we have promised to check in, and again after"
    )
    func queued() throws {
        #expect(try queue().isEmpty)
        story.desk.clock.advance(by: .hours(3))
        let item = try #require(try queue().first)
        #expect(item["why"].text == "What the customer promised is overdue: Send a photo")
        #expect(item["promise_id"].integer == 2 && item["call"]["path"].text == "\(story.path)/promises")
        let missed = story.desk.clock.tick().rfc3339
        let made = try client.post("\(story.path)/promises", text(item["call"]["body"]))
        #expect(made.status == 201 && made["kind"].text == "check_in" && made["to"].text == "customer")
        #expect(try queue().isEmpty, "nobody has to be told twice")
        #expect(try queue("&as_of=\(missed)").count == 1)
        #expect(try client.get("/v1/promises?by=customer&state=overdue")["total"].integer == 1, "it is hidden nowhere")
        let id = try #require(made["id"].integer)
        let promised = story.desk.clock.tick().rfc3339
        try client.post("/v1/promises/\(id)/keep", #"{"evidence":"They look for it"}"#)
        #expect(try queue().count == 1)
        #expect(try queue("&as_of=\(promised)").isEmpty)
        #expect(try story.desk.store.makeReader().verify().findings == [])
    }

    @Test("in a case that is over there is nobody to check in with: the call is another one")
    func resolved() throws {
        try client.post(
            "\(story.path)/resolve",
            #"{"summary":"x","customer_accepted":true,"settle":[{"promise_id":1,"action":"keep","evidence":"x"}]}"#)
        story.desk.clock.advance(by: .hours(3))
        #expect(try story.now()["waiting_on_customer"].flag == false)
        #expect(try queue().map { $0["call"]["path"].text } == ["/v1/promises/2/recover"])
    }
}
