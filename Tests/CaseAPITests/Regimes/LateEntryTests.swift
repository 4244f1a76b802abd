import CaseStore
import Complaints
import Testing

@testable import CaseAPI

@Suite("What is entered late")
struct LateEntryTests {
    private let desk: TestDesk
    private var client: TestClient { desk.client }

    init() throws {
        desk = try TestDesk()
        try desk.putTwoSteps()
    }

    /// The complaint came nine days before anybody entered it.
    private func open(_ more: String = #","regime":"Two steps""#) throws -> JSONAnswer {
        try client.post(
            "/v1/cases",
            #"{"complaint":"It leaks.","customer":{"name":"Ann"},"received_at":"2026-02-20T10:00:00Z"\#(more)}"#)
    }

    private func keep(_ id: Int64, _ at: String) throws -> JSONAnswer {
        try client.post("/v1/promises/\(id)/keep", #"{"evidence":"Our letter","kept_at":"\#(at)"}"#)
    }

    private func resolve(_ more: String) throws -> JSONAnswer {
        try client.post("/v1/cases/1/resolve", #"{"summary":"Done","customer_accepted":true\#(more)}"#)
    }

    private func verified() throws { #expect(try desk.store.makeReader().verify().findings == []) }

    @Test("a clock's promise is kept when it was, back to the receipt, and the next clock counts from then")
    func keptBefore() throws {
        let opened = try open()
        #expect(opened["promise_counts"]["overdue"].integer == 1 && opened["ever_broken"].flag == true)
        #expect(try keep(1, "2026-02-20T09:59:59Z").errors == ["#/kept_at before_made_at"])
        let then = desk.clock.tick().rfc3339
        let kept = try keep(1, "2026-02-20T12:00:00Z")
        #expect(kept.status == 200)
        #expect(kept["promise"]["state"].text == "kept" && kept["promise"]["kept_at"].text == "2026-02-20T12:00:00Z")
        #expect(kept["next_promise"]["due_at"].text == "2026-03-03T00:00:00Z", "ten days from when it was kept")
        let now = try client.get("/v1/cases/1")
        #expect(now["ever_broken"].flag == false, "it was kept before it was due, and made after that")
        let before = try client.get("/v1/cases/1?as_of=\(then)")
        #expect(before["promises"].items.first?["state"].text == "overdue" && before["ever_broken"].flag == true)
        let entry = try #require(
            try client.get("/v1/cases/1/log")["items"].items.first { $0["kind"].text == "promise_kept" })
        #expect(entry["at"].text == "2026-02-20T12:00:00Z" && entry["recorded_at"] != entry["at"])
        let report = try client.get("/v1/reports/regime?regime=two+steps")["total"]["clocks"].items
        #expect(report.first { $0["clock"].text == "acknowledge" }?["within"].integer == 1)
        let promises = try client.get("/v1/reports/promises")["total"]
        #expect(promises["broken"].integer == 0 && promises["backdated"].integer == 1)
        try verified()
    }

    @Test("so is what the policy promised as the case was opened; what somebody promised was not kept before that")
    func policys() throws {
        _ = try open(#","promise":{"kind":"callback","what":"Call","due_in":"P9D"}"#)
        let (own, policys) = (Int64(1), Int64(2))
        #expect(try keep(own, "2026-02-22T10:00:00Z").errors == ["#/kept_at before_made_at"])
        #expect(try keep(policys, "2026-02-21T10:00:00Z")["promise"]["state"].text == "kept")
        try verified()
    }

    @Test("a clock of a later stage is kept since that was asked for")
    func laterStage() throws {
        _ = try open()
        let answer = try client.post(
            "/v1/cases/1/stage", #"{"stage":"second","reason":"r","requested_at":"2026-02-25T10:00:00Z"}"#)
        let id = try #require(answer["promises"].items.last?["id"].integer)
        #expect(try keep(id, "2026-02-25T09:00:00Z").errors == ["#/kept_at before_made_at"])
        #expect(try keep(id, "2026-02-26T09:00:00Z").status == 200)
        try verified()
    }

    @Test("a resolution says when it was, which is what the case, its figures and its regime go by")
    func resolvedBefore() throws {
        _ = try open()
        _ = try keep(1, "2026-02-20T12:00:00Z")
        let then = desk.clock.tick().rfc3339
        #expect(try resolve(#","resolved_at":"2026-02-20T09:00:00Z""#).errors == ["#/resolved_at before_made_at"])
        #expect(try resolve(#","resolved_at":"2027-02-20T09:00:00Z""#).errors == ["#/resolved_at in_the_future"])
        #expect(
            try resolve(#","resolved_at":"2026-02-20T11:00:00Z""#).errors == ["#/resolved_at before_made_at"],
            "a promise was kept after that")
        // Settled within three days says the regime, and these were over as the complaint came in.
        let late = #","outcome":"upheld","resolved_at":"2026-02-21T10:00:00Z""#
        #expect(try resolve(late).errors == ["#/evidence required"])
        let answer = try resolve(late + #","evidence":"Our letter""#)
        #expect(answer.status == 200 && answer["resolved_at"].text == "2026-02-21T10:00:00Z")
        #expect(
            answer["promises"].items.map { $0["state"].text } == ["kept", "void", "void"],
            "the resolution spares the answer, and ends the updates")
        #expect(answer["stages"].items.first?["answered_at"].text == "2026-02-21T10:00:00Z")
        #expect(try client.get("/v1/cases/1?as_of=\(then)")["status"].text == "open")
        let entry = try #require(try client.get("/v1/cases/1/log")["items"].items.last)
        #expect(entry["kind"].text == "case_resolved" && entry["resolved_at"].text == "2026-02-21T10:00:00Z")
        #expect(entry["recorded_at"].text?.hasPrefix("2026-03-01") == true)
        let total = try client.get("/v1/reports/regime?regime=two+steps")["total"]
        #expect(total["settled_days"]["median"] == total["settled_days"]["p90"])
        #expect(try client.get("/v1/reports/regime?regime=two+steps").response.text.contains(#""median":1"#))
        let clocks = total["clocks"].items
        #expect(clocks.first { $0["clock"].text == "at once" }?["within"].integer == 1)
        #expect(clocks.first { $0["clock"].text == "answer" }?["dropped"].integer == 1)
        try verified()
    }
}
