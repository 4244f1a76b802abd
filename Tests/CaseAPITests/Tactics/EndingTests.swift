import CaseStore
import Complaints
import Testing

@testable import CaseAPI

@Suite("How a case ended")
struct EndingTests {
    private let story: Story
    private let names = ["outcome", "redress", "final_response"]

    init() throws {
        story = try Story(#""owner":"Kim","team":"North","#)
        story.desk.clock.advance(by: .hours(1))
    }

    private var none: [JSONValue] { [.null, .null, .null] }

    /// What a case, or its page, says of it.
    private func ending(_ target: String) throws -> [JSONValue] {
        let answer = try story.client.get(target)
        return names.map { answer[$0] }
    }

    @discardableResult
    private func resolve(_ members: String, keeping promise: Int64 = 1) throws -> JSONAnswer {
        let settle = #""settle":[{"promise_id":\#(promise),"action":"keep"}]"#
        return try story.client.post(
            "\(story.path)/resolve", #"{"summary":"Looked into","customer_accepted":true,\#(members)\#(settle)}"#)
    }

    private static let sentAt = (TestDesk.start + .minutes(30)).rfc3339

    private let all = #"""
        "outcome":"partly_upheld","redress":{"amount":2550,"currency":"EUR"},
        "final_response":{"channel":"letter","sent_at":"\#(sentAt)"},
        """#

    private var shown: [JSONValue] {
        [
            "partly_upheld", ["currency": "EUR", "amount": 2550],
            ["sent_at": .string(ExactText(Self.sentAt)), "channel": "letter"],
        ]
    }

    @Test(
        "is on the case from its resolution on, in the log, on the customer's page and in CSV; all of it may be left out"
    )
    func shownAfterwards() throws {
        #expect(try ending(story.path) == none)
        let before = story.desk.clock.tick().rfc3339
        let answer = try resolve(all)
        #expect(answer.status == 200, "\(answer.response.text)")
        #expect(names.map { answer[$0] } == shown)
        #expect(try ending(story.path) == shown && ending("\(story.path)/customer-page") == shown)
        #expect(try ending("\(story.path)?as_of=\(before)") == none)
        let entry = try story.client.get("\(story.path)/log?kind=case_resolved")["items"][0]
        #expect(entry["outcome"].text == "partly_upheld" && entry["redress_amount"].integer == 2550)
        #expect(entry["redress_currency"].text == "EUR" && entry["final_response_channel"].text == "letter")
        #expect(entry["final_response_sent_at"].text == Self.sentAt)
        let csv = try story.client.get("/v1/cases?format=csv").response.text.split(separator: "\r\n")
        #expect(
            csv[0].contains(
                ",outcome,redress_currency,redress_amount,final_response_sent_at,final_response_channel,duplicate_of,"))
        #expect(csv[1].contains(",partly_upheld,EUR,2550,\(Self.sentAt),letter,"))
        let other = try Story(on: story.desk, customer: "C-2")
        let plain = try story.client.post(
            "\(other.path)/resolve",
            #"{"summary":"x","customer_accepted":true,"settle":[{"promise_id":2,"action":"keep"}]}"#)
        #expect(names.map { plain[$0] } == none && plain["status"].text == "resolved")
        #expect(try story.desk.store.makeReader().verify().findings == [])
    }

    @Test("stays while the case is closed, and is gone once it is opened again, until it is resolved anew")
    func reopened() throws {
        try resolve(all)
        #expect(try story.client.post("\(story.path)/close", "{}")["status"].text == "closed")
        #expect(try ending(story.path) == shown, "closed, it stands on the same")
        let closed = story.desk.clock.tick().rfc3339
        try story.client.post("\(story.path)/reopen", #"{"reason":"It leaks again"}"#)
        #expect(try ending(story.path) == none)
        let open = story.desk.clock.tick().rfc3339
        try resolve(#""outcome":"upheld","final_response":{"channel":"email"},"#, keeping: 2)
        let now = try story.now()
        #expect(now["outcome"].text == "upheld" && now["redress"] == .null)
        #expect(now["final_response"]["sent_at"] == now["resolved_at"], "it is sent now where nobody says otherwise")
        #expect(try ending("\(story.path)?as_of=\(closed)") == shown && ending("\(story.path)?as_of=\(open)") == none)
        let entries = try story.client.get("\(story.path)/log?kind=case_resolved")["items"].items
        #expect(entries.map { $0["outcome"].text } == ["partly_upheld", "upheld"], "the log has either")
        #expect(try story.desk.store.makeReader().verify().findings == [])
    }

    @Test("is taken wherever a case is resolved in the same step", arguments: ["keep", "withdraw", "void"])
    func inTheSameStep(action: String) throws {
        let own = [
            "withdraw":
                #""reason":"x","customer_agreed":true,"customer_notified":{"channel":"phone","outcome":"reached"},"#,
            "void": #""reason":"x","#,
        ]
        let accepted = action == "void" ? "" : #""customer_accepted":true,"#
        let body = #"{\#(own[action] ?? "")"resolve":{\#(accepted)\#(all)"summary":"x"}}"#
        let answer = try story.client.post("/v1/promises/1/\(action)", body)
        #expect(answer.status == 200, "\(answer.response.text)")
        #expect(try ending(story.path) == shown)
    }

    @Test("is refused as a whole with everything that is wrong with it")
    func wrong() throws {
        let answer = try resolve(
            #"""
            "outcome":"lost","redress":{"amount":-1,"currency":"HKX"},
            "final_response":{"sent_at":"2999-01-01T00:00:00Z","way":"letter"},
            """#)
        #expect(
            Set(answer.errors) == [
                "#/outcome invalid_value", "#/redress/amount out_of_range", "#/redress/currency invalid_value",
                "#/final_response/way unknown_field", "#/final_response/channel required",
                "#/final_response/sent_at in_the_future",
            ])
        let early = (TestDesk.start + .seconds(-1)).rfc3339
        #expect(
            try resolve(#""final_response":{"channel":"letter","sent_at":"\#(early)"},"#).errors == [
                "#/final_response/sent_at before_made_at"
            ])
        let nested = try story.client.post(
            "/v1/promises/1/keep",
            #"{"resolve":{"summary":"x","customer_accepted":true,"final_response":{"channel":"web","sent_at":"\#(early)"}}}"#
        )
        #expect(nested.errors == ["#/resolve/final_response/sent_at before_made_at"])
        #expect(try story.now()["status"].text == "open")
        let open = try story.client.patch(story.path, #"{"outcome":"upheld"}"#)
        #expect(open.status == 409 && open.code == "case_not_resolved")
    }

    @Test("has none where the relationship was ended, or the case is a duplicate")
    func withoutWords() throws {
        _ = try Story(on: story.desk, customer: "C-1")
        try story.client.post("\(story.path)/duplicate-of", #"{"case_id":2,"reason":"Twice"}"#)
        #expect(try story.now()["status"].text == "resolved" && ending(story.path) == none)
    }

    @Test("filters cases, as of any instant, and has reports grouped and summed by it")
    func counted() throws {
        try resolve(all)
        let resolved = story.desk.clock.tick().rfc3339
        let other = try Story(#""owner":"Kim","#, on: story.desk, customer: "C-2")
        for cause in ["No stock", "No call"] { try story.write("lesson", #""cause":"\#(cause)""#) }
        try other.write("lesson", #""cause":"No stock""#)
        func ids(_ query: String) throws -> [Int64] {
            try story.client.get("/v1/cases?sort=opened_at&\(query)")["items"].items.compactMap { $0["id"].integer }
        }
        #expect(try ids("outcome=upheld") == [] && ids("outcome=upheld,partly_upheld") == [1])
        let report = try story.client.get("/v1/reports/causes?group_by=outcome")
        #expect(report["groups"].items.map { $0["key"].text } == ["partly_upheld", nil])
        #expect(report["groups"].items.map { $0["lessons"].integer } == [2, 1])
        let sum: JSONValue = [["currency": "EUR", "amount": 2550]]
        #expect(report["groups"][0]["redress"] == sum && report["total"]["redress"] == sum, "each case once")
        #expect(report["groups"][1]["redress"] == [])
        let csv = try story.client.get("/v1/reports/causes?group_by=outcome&format=csv").response.text
        #expect(csv.split(separator: "\r\n")[0].hasSuffix("processes,redress_EUR"))
        #expect(csv.split(separator: "\r\n")[1].hasSuffix(",2550"))
        let promises = try story.client.get("/v1/reports/promises?group_by=outcome")
        #expect(promises["groups"].items.map { $0["key"].text } == ["partly_upheld", nil])
        try story.client.post("\(story.path)/reopen", #"{"reason":"Again"}"#)
        #expect(try ids("outcome=partly_upheld") == [] && ids("outcome=partly_upheld&as_of=\(resolved)") == [1])
        let after = try story.client.get("/v1/reports/causes?group_by=outcome")
        #expect(after["groups"].items.map { $0["key"] } == [.null] && after["total"]["redress"] == [])
    }

    @Test("stays when its customer is erased: reports as of before and after say the same")
    func erased() throws {
        try resolve(all)
        #expect(try story.client.post("/v1/customers/1/erase", #"{"reason":"At their wish"}"#).status == 200)
        #expect(try ending(story.path) == shown)
        #expect(try story.desk.store.makeReader().verify().findings == [])
    }
}
