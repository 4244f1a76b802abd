import CaseStore
import Complaints
import Foundation
import Testing

@testable import CaseAPI

/// A client takes its own now and sends it; the stamp of the batch may be older by some milliseconds, and its clock may
/// be ahead of ours.
@Suite("Clients' clocks are not ours")
struct ClockToleranceTests {
    /// A request that says of an instant that it has passed; `NOW` stands for it.
    struct Saying: Sendable, CustomTestStringConvertible {
        let path: String
        let body: String
        let pointer: String
        /// Where the answer has it; nil where it does not.
        let shown: [String]?

        var testDescription: String { "\(path) \(pointer)" }
    }

    private static let notice = #"{"channel":"phone","outcome":"reached","at":"NOW"}"#
    private static let case1 = #""complaint":"It leaks.","customer":{"name":"Ann"}"#
    private static let renewal = #""due_in":"P2D","reason":"Late","next_step":"Call","customer_notified":\#(notice)"#

    static let sayings = [
        Saying(
            path: "/v1/cases", body: #"{\#(case1),"received_at":"NOW"}"#, pointer: "#/received_at",
            shown: ["received_at"]),
        Saying(
            path: "/v1/cases",
            body: #"{\#(case1),"promise":{"what":"Call","due_in":"P1D","customer_notified":\#(notice)}}"#,
            pointer: "#/promise/customer_notified/at", shown: nil),
        Saying(
            path: "/v1/promises/1/keep", body: #"{"kept_at":"NOW"}"#, pointer: "#/kept_at",
            shown: ["promise", "kept_at"]),
        Saying(
            path: "/v1/promises/1/renegotiate", body: "{\(renewal)}", pointer: "#/customer_notified/at", shown: nil),
        Saying(
            path: "/v1/cases/1/resolve",
            body: #"{"summary":"x","customer_accepted":true,"settle":["#
                + #"{"promise_id":1,"action":"keep","kept_at":"NOW"},{"promise_id":2,"action":"keep"}]}"#,
            pointer: "#/settle/0/kept_at", shown: nil),
        Saying(
            path: "/v1/cases/1/log",
            body: #"{"kind":"customer_notified","channel":"phone","outcome":"reached","at":"NOW"}"#,
            pointer: "#/at", shown: nil),
        Saying(
            path: "/v1/cases/1/log", body: #"{"kind":"debrief","with":"Sue","at":"NOW"}"#, pointer: "#/at", shown: nil),
        Saying(
            path: "/v1/cases/1/promises",
            body: #"{"what":"Call","due_in":"P1D","customer_notified":\#(notice)}"#,
            pointer: "#/customer_notified/at", shown: nil),
    ]

    /// Case 1 with promises 1 and 2.
    private func desk(_ tolerance: ElapsedTime = PastInstant.usualTolerance) throws -> TestDesk {
        var rules = AccessRules()
        rules.clockTolerance = tolerance
        let desk = try TestDesk(access: rules)
        #expect(try desk.openCase().status == 201)
        #expect(try desk.client.post("/v1/cases/1/promises", #"{"what":"Write","due_in":"P1D"}"#).status == 201)
        return desk
    }

    @Test(
        "what a client says has passed may lie a little after the stamp, and then counts as the stamp",
        arguments: sayings)
    func within(_ saying: Saying) throws {
        let desk = try desk()
        let told = desk.clock.now + ElapsedTime(milliseconds: 1900)
        let answer = try desk.client.post(saying.path, saying.body.replacing("NOW", with: told.rfc3339))
        #expect((200...201).contains(answer.status), "\(answer.response.text)")
        if let shown = saying.shown {
            let value = try #require(shown.reduce(answer.json) { $0[$1] }.text)
            #expect(try Instant(rfc3339: value) < told)
        }
        #expect(try desk.store.makeReader().verify().findings == [])
    }

    @Test("what lies further ahead is refused", arguments: sayings)
    func beyond(_ saying: Saying) throws {
        for (tolerance, ahead) in [
            (PastInstant.usualTolerance, ElapsedTime.seconds(5)), (.minutes(1), .seconds(65)), (.zero, .seconds(1)),
        ] {
            let desk = try desk(tolerance)
            let told = desk.clock.now + ahead
            let answer = try desk.client.post(saying.path, saying.body.replacing("NOW", with: told.rfc3339))
            #expect(answer.status == 422)
            #expect(answer["errors"][0]["pointer"].text == saying.pointer)
            #expect(answer["errors"][0]["code"].text == "in_the_future")
        }
    }

    /// What can't have been before the promise was made, which is stamped before.
    private static let settlings = sayings.filter {
        $0.path.hasPrefix("/v1/promises/") || $0.path.hasSuffix("/resolve")
    }

    @Test(
        "after a small step back of the wall clock, a client's own now is no time before the promise that was just made",
        arguments: settlings)
    func steppedBack(_ saying: Saying) throws {
        for (back, status) in [(ElapsedTime.seconds(1), 200...201), (.seconds(60), 422...422)] {
            let desk = try desk()
            desk.clock.advance(by: ElapsedTime(milliseconds: -back.milliseconds))
            let told = desk.clock.now
            let answer = try desk.client.post(saying.path, saying.body.replacing("NOW", with: told.rfc3339))
            #expect(status.contains(answer.status), "\(back): \(answer.response.text)")
            if answer.status == 422 { #expect(answer["errors"][0]["code"].text == "before_made_at") }
            #expect(try desk.store.makeReader().verify().findings == [])
        }
    }

    @Test("as long as the clock goes on, nothing was kept before it was promised", arguments: settlings)
    func beforeMaking(_ saying: Saying) throws {
        let desk = try desk()
        let told = try #require(try desk.client.get("/v1/promises/1")["made_at"].text)
        let early = Instant(milliseconds: try Instant(rfc3339: told).milliseconds - 1)
        let answer = try desk.client.post(saying.path, saying.body.replacing("NOW", with: early.rfc3339))
        #expect(answer.status == 422)
        #expect(answer["errors"][0]["code"].text == "before_made_at")
    }

    @Test("the tolerance is an operator's to set, and holds in lists of cases too")
    func bulk() throws {
        for (tolerance, status) in [(ElapsedTime.minutes(1), 201), (.seconds(2), 422)] {
            let desk = try desk(tolerance)
            let told = (desk.clock.now + .seconds(30)).rfc3339
            let answer = try desk.client.post(
                "/v1/cases/bulk", #"{"items":[{\#(Self.case1),"received_at":"\#(told)"}]}"#)
            #expect(answer["items"][0]["status"].integer == Int64(status), "\(answer.response.text)")
        }
    }

    @Test("as_of is nothing that a client says has passed: the future is refused")
    func asOf() throws {
        let desk = try desk()
        let answer = try desk.client.get("/v1/cases?as_of=\((desk.clock.now + .seconds(1)).rfc3339)")
        #expect(answer.status == 400)
        #expect(answer["errors"][0]["parameter"].text == "as_of")
    }
}
