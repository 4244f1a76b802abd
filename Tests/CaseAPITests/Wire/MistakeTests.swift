import Complaints
import Testing

@testable import CaseAPI

@Suite("A request with very many mistakes")
struct MistakeTests {
    private let desk: TestDesk

    init() throws {
        desk = try TestDesk()
        #expect(try desk.client.post("/v1/cases", #"{"complaint":"x","customer":{"name":"Ann"}}"#).status == 201)
    }

    private func list(_ count: Int, _ item: (Int) -> String) -> String {
        (0..<count).map(item).joined(separator: ",")
    }

    /// How often advice was given, which is what costs work: the names that are near, and those that there are.
    private func advised(_ answer: JSONAnswer) -> Int {
        answer.response.text.ranges(of: "Known: ").count
    }

    @Test("is refused with a hundred of them, is told that there are more, and only the first are advised")
    func body() throws {
        for (target, body) in [
            ("/v1/cases", "{\(list(6000) { "\"complai\($0)\":0" })}"),
            ("/v1/cases/1/resolve", #"{"settle":[\#(list(1500) { _ in #"{"promise_id":null}"# })]}"#),
            (
                "/v1/cases/1/resolve",
                #"{"summary":"a","customer_accepted":true,"settle":[\#(list(1500) { #"{"promise_id":\#($0 + 9),"action":"keep"}"# })]}"#
            ),
            (
                "/v1/cases/1/resolve",
                #"{"summary":"a","customer_accepted":true,"settle":[\#(list(1500) { _ in #"{"promise_id":1,"action":"keep"}"# })]}"#
            ),
        ] {
            let answer = try desk.client.post(target, body)
            #expect(answer.status == 422)
            #expect(answer.code == "validation_failed")
            #expect(answer["errors"].items.count == FieldIssue.mostListed)
            let detail = try #require(answer["detail"].text)
            #expect(detail.hasPrefix("More than 100 fields are wrong: errors lists 100 of them"), "\(detail)")
            #expect(advised(answer) <= FieldIssue.mostListed)
        }
    }

    @Test("says how many they are where all of them are listed")
    func fewMistakes() throws {
        let answer = try desk.client.post("/v1/cases", #"{"complant":1,"custmer":2}"#)
        #expect(answer["detail"].text?.hasPrefix("4 fields are wrong: errors lists what would be right.") == true)
        #expect(advised(answer) == 2)
        #expect(answer.response.text.contains("Did you mean complaint?"))
        let exactly = try desk.client.post("/v1/cases", "{\(list(98) { "\"x\($0)\":0" })}")
        #expect(exactly["errors"].items.count == 100)
        #expect(exactly["detail"].text?.hasPrefix("100 fields are wrong") == true)
    }

    @Test("points to the due in business time where that was mistyped")
    func businessTime() throws {
        let body = #"{"complaint":"a","customer":{"name":"b"},"promise":{"what":"c","due_in_busines":"P1D"}}"#
        let errors = try desk.client.post("/v1/cases", body)["errors"].items.compactMap { $0["detail"].text }
        #expect(errors.contains("must be given, or one of due_in, due_in_business, due_on."), "\(errors)")
        #expect(errors.contains { $0.contains("Did you mean due_in_business?") }, "\(errors)")
    }

    @Test(
        "of a number that is no whole one says so, and does not call it no number", arguments: ["9.5", "1e-3", "1e300"])
    func fraction(number: String) throws {
        let body = #"{"kind":"customer_notified","channel":"phone","outcome":"reached","promise_id":\#(number)}"#
        _ = try desk.client.post("/v1/cases", #"{"complaint":"a","customer":{"name":"b"}}"#)
        let answer = try desk.client.post("/v1/cases/1/log", body)
        #expect(answer["errors"][0]["detail"].text == "must be a whole number within 64 bits, without a fraction.")
        #expect(answer["errors"][0]["code"].text == "wrong_type")
        let amount = #"{"kind":"concession","what":"x","currency":"EUR","amount":\#(number)}"#
        let refused = try desk.client.post("/v1/cases/1/log", amount)
        #expect(
            refused["errors"][0]["detail"].text
                == "must be a whole number of minor units, such as cents: 550 is 5.50.")
    }

    @Test("of a bulk has them bounded over all its items, and each refused item has one")
    func bulk() throws {
        let item = "{\(list(50) { "\"complai\($0)\":0" })}"
        let answer = try desk.client.post("/v1/cases/bulk", #"{"items":[\#(list(1000) { _ in item })]}"#)
        #expect(answer.status == 207)
        #expect(answer["refused"].integer == 1000)
        let counts = answer["items"].items.map { $0["problem"]["errors"].items.count }
        #expect(counts.count == 1000)
        #expect(counts.allSatisfy { (1...20).contains($0) })
        #expect(counts.reduce(0, +) <= 3000)
        #expect((1...1000).contains(advised(answer)), "\(advised(answer)) were")
        let last = answer["items"].items.last?["problem"]["detail"].text
        #expect(last?.hasPrefix("More than one field is wrong") == true, "\(last ?? "")")
    }

    @Test("of an honest bulk has each listed in full: the bound is on what nobody reads")
    func honestBulk() throws {
        let answer = try desk.client.post(
            "/v1/cases/bulk",
            #"{"items":[\#(list(900) { #"{"complaint":"\#($0)","customer":{"name":"Ann"},"ownr":"Kim","tem":"a"}"# })]}"#
        )
        #expect(answer["refused"].integer == 900)
        #expect(answer["items"].items.allSatisfy { $0["problem"]["errors"].items.count == 2 })
        #expect(answer.response.text.contains("Did you mean owner?"))
    }

    @Test("in its query is refused in the same way")
    func query() throws {
        let answer = try desk.client.get("/v1/promises?" + (0..<700).map { "stat\($0)=a" }.joined(separator: "&"))
        #expect(answer.status == 400)
        #expect(answer.code == "unknown_parameter")
        #expect(answer["errors"].items.count == FieldIssue.mostListed)
        let detail = try #require(answer["detail"].text)
        #expect(detail.hasPrefix("More than 100 parameters are wrong: errors lists 100 of them"), "\(detail)")
        #expect((1...FieldIssue.mostListed).contains(advised(answer)))
        var reader = QueryReader(try QueryParameters((0..<99).map { "x\($0)" }.joined(separator: "&")))
        let few = reader.finished().issues
        #expect(few.items.count == 99)
        #expect(!few.hasMore)
    }
}
