import CaseStore
import Complaints
import TestSupport
import Testing

@testable import CaseAPI

/// Business time in policies, by calendars of an office in Berlin. The desk's clock begins on Sunday 2026-03-01 at 9:00 in UTC.
@Suite("What a policy promises in business time")
struct BusinessPolicyTests {
    private let desk: TestDesk
    private var client: TestClient { desk.client }

    private static let hours = #"[["09:00","12:00"],["13:00","17:30"]]"#

    private static func calendar(_ hours: String = hours, _ more: String = "") -> String {
        let days = ["mon", "tue", "wed", "thu", "fri"].map { "\"\($0)\":\(hours)" }.joined(separator: ",")
        return "{\"time_zone\":\"Europe/Berlin\",\"weekly\":{\(days)}\(more)}"
    }

    init() throws {
        desk = try TestDesk()
        // Friday in Berlin, a second before 16:30: each stamp is a millisecond after the one before.
        desk.clock.advance(by: .seconds(((5 * 24 + 6) * 60 + 30) * 60 - 1))
        try set(#"{"acknowledge_in_business":"PT4H"}"#)
    }

    private func set(_ body: String) throws {
        #expect(try client.patch("/v1/policies/normal", body).status == 200)
    }

    private func open(_ more: String = "") throws -> JSONAnswer {
        try desk.openCase(#"{"complaint":"It leaks.","customer":{"name":"Ann"}\#(more)}"#)
    }

    /// A promise's due instant to the minute: the stamp is some milliseconds after the clock.
    private func due(_ promise: JSONValue) -> String { String(promise["due_at"].text?.prefix(16) ?? "") }

    private func verified() throws {
        let findings = try desk.store.makeReader().verify().findings
        #expect(findings == [])
    }

    @Test("a complaint of Friday at 16:30 is acknowledged within four open hours: by Monday noon")
    func friday() throws {
        try client.put("/v1/calendars/default", Self.calendar())
        let promise = try open()["promises"][0]
        #expect(due(promise) == "2026-03-09T10:59" && promise["made_by"].text == "policy")
        let explained = try #require(promise["due_explained"].text)
        #expect(
            explained.contains("; Sat, Sun closed; Mon 09:00-11:59:59"), "\(explained)")
        try verified()
    }

    @Test("a holiday is no day to acknowledge anything")
    func holiday() throws {
        let special = #","special_days":[{"date":"2026-03-09","name":"Founders' Day"}]"#
        try client.put("/v1/calendars/default", Self.calendar(Self.hours, special))
        let promise = try open()["promises"][0]
        #expect(due(promise) == "2026-03-10T10:59")
        #expect(promise["due_explained"].text?.contains("Mon Founders' Day") == true)
    }

    @Test("without a calendar for the team the elapsed time holds")
    func without() throws {
        try client.put("/v1/calendars/other", Self.calendar(Self.hours, #","teams":["Nord"]"#))
        let promise = try open()["promises"][0]
        #expect(due(promise) == "2026-03-08T15:29" && promise["due_explained"] == .null)
        #expect(try due(open(#","team":"nord""#)["promises"][0]) == "2026-03-09T10:59")
    }

    @Test("a team goes by its own calendar, and by another one's once the case is with that")
    func team() throws {
        try client.put("/v1/calendars/default", Self.calendar())
        try client.put("/v1/calendars/nord", Self.calendar(#"[["06:00","20:00"]]"#, #","teams":["Nord"]"#))
        let made = try open(#","team":"Nord""#)
        #expect(due(made["promises"][0]).hasPrefix("2026-03-09T05:29"))
        #expect(made["promises"][0]["due_explained"].text?.contains("calendar nord") == true)
        _ = try client.patch("/v1/cases/1", #"{"team":"Süd"}"#)
        let settle = #""settle":[{"promise_id":1,"action":"keep"}]"#
        #expect(
            try client.post("/v1/cases/1/resolve", #"{"summary":"x","customer_accepted":true,\#(settle)}"#).status
                == 200)
        let reopened = try client.post("/v1/cases/1/reopen", #"{"reason":"It leaks again."}"#)
        let promise = try #require(reopened["promises"].items.last)
        #expect(due(promise) == "2026-03-09T10:59" && promise["kind"].text == "acknowledge")
        #expect(promise["due_explained"].text?.contains("calendar default") == true)
        try verified()
    }

    @Test("whoever will not go on now gets back in open hours; and after the end all is asked for on an open day")
    func refusalAndFollowUp() throws {
        try client.put("/v1/calendars/default", Self.calendar())
        try set(#"{"follow_up_in":"P3D","follow_up_in_business":"P2D"}"#)
        _ = try open()
        let entry = try client.post("/v1/cases/1/log", #"{"kind":"refusal","reason":"Threats."}"#)
        #expect(due(entry["promise"]) == "2026-03-09T10:59", "\(entry.response.text)")
        #expect(entry["promise"]["kind"].text == "callback" && entry["promise"]["due_explained"].text != nil)
        let settle = #""settle":[{"promise_id":1,"action":"keep"},{"promise_id":2,"action":"keep"}]"#
        let resolved = try client.post(
            "/v1/cases/1/resolve", #"{"summary":"x","customer_accepted":true,\#(settle)}"#)
        let followUp = try #require(resolved["promises"].items.last)
        #expect(followUp["kind"].text == "follow_up" && followUp["due_at"].text == "2026-03-10T16:30:00Z")
        #expect(followUp["due_explained"].text?.contains("Tue day 2, due at its close 17:30") == true)
        try verified()
    }

    @Test(
        "a letter counts from its receipt, by the calendar as it was then, however long ago; before there was one, all was closed",
        arguments: [
            // By the hours of before, until they were changed.
            ("2026-02-26T10:00:00+01:00", "2026-02-27T12:00"), ("2025-06-02T10:00:00+02:00", "2025-06-03T12:00"),
            ("2024-12-24T10:00:00+01:00", "2025-01-03T12:00"), ("2026-03-03T09:00:00+01:00", "2026-03-03T14:00"),
            ("2026-02-27T11:00:00+01:00", "2026-03-02T12:00"),
        ])
    func letters(received: String, expected: String) throws {
        let first = #","effective_from":"2025-01-01","special_days":[{"date":"2025-01-01","name":"New Year"}]"#
        try client.put("/v1/calendars/default", Self.calendar(#"[["10:00","12:00"]]"#, first))
        try client.put("/v1/calendars/default", Self.calendar(Self.hours, #","effective_from":"2026-03-01""#))
        let promise = try open(#","received_at":"\#(received)""#)["promises"][0]
        let instant = try Instant(rfc3339: promise["due_at"].text ?? "")
        #expect(instant.rfc3339.prefix(16) == (try Self.expected(expected)).rfc3339.prefix(16), "\(promise)")
        // Once more, when all of it is known.
        #expect(try open(#","received_at":"\#(received)""#)["promises"][0]["due_at"] == promise["due_at"])
        try verified()
    }

    private static func expected(_ local: String) throws -> Instant {
        let offset = local.hasPrefix("2025-06") ? "+02:00" : "+01:00"
        return try Instant(rfc3339: "\(local):00\(offset)")
    }

    @Test("a question says which of the two held, why, and how it was counted; as of any instant")
    func preview() throws {
        desk.clock.advance(by: .minutes(1))
        let before = desk.clock.tick().rfc3339
        let question = #"{"received_at":"2026-03-06T15:30:00Z"}"#
        let elapsed = try client.post("/v1/policies/preview", question)
        #expect(elapsed["acknowledge_due_at"].text == "2026-03-08T15:30:00Z" && elapsed["due_explained"] == .null)
        #expect(
            elapsed["acknowledge_due_by"].text == "acknowledge_in" && elapsed["acknowledge_in_business"].text == "PT4H")
        #expect(elapsed["acknowledge_due_reason"].text?.contains("the case's team has no calendar") == true)
        desk.clock.advance(by: .minutes(1))
        try client.put("/v1/calendars/default", Self.calendar())
        let business = try client.post("/v1/policies/preview", question)
        #expect(business["acknowledge_due_at"].text == "2026-03-09T11:00:00Z")
        #expect(business["acknowledge_due_by"].text == "acknowledge_in_business")
        #expect(
            business["acknowledge_due_reason"].text?.hasPrefix("acknowledge_in_business is PT4H, counted by") == true)
        #expect(business["due_explained"].text?.hasPrefix("Fri 16:30-17:30 1 h; Sat, Sun closed; Mon") == true)
        let then = try client.post("/v1/policies/preview?as_of=\(before)", question)
        #expect(then["acknowledge_due_at"] == elapsed["acknowledge_due_at"])
        let other = try client.post("/v1/policies/preview", #"{"severity":"high"}"#)
        #expect(other["acknowledge_in_business"] == .null && other["acknowledge_due_by"].text == "acknowledge_in")
    }

    @Test("what a new version of the calendar left behind is listed, and stays as it was promised")
    func impact() throws {
        try client.put("/v1/calendars/default", Self.calendar())
        let promise = try open()["promises"][0]
        _ = try open(#","promise":{"what":"Call","due_in":"PT1H"}"#)
        #expect(try client.get("/v1/policies/normal/impact")["total"].integer == 0)
        let then = desk.clock.tick().rfc3339
        desk.clock.advance(by: .minutes(1))
        let special = #","special_days":[{"date":"2026-03-09","name":"Founders' Day"}]"#
        try client.put("/v1/calendars/default", Self.calendar(Self.hours, special))
        let list = try client.get("/v1/policies/normal/impact")
        let item = list["items"][0]
        #expect(list["total"].integer == 1 && list["next"] == .null && item["promise_id"].integer == 1)
        #expect(item["due_at"] == promise["due_at"] && item["due_now"].text?.hasPrefix("2026-03-10T10:59") == true)
        #expect(item["due_explained"].text?.contains("Mon Founders' Day") == true)
        let reason = try #require(item["reason"].text)
        #expect(reason.hasPrefix("acknowledge_in_business of normal is PT4H now, counted by calendar default, version"))
        #expect(reason.contains(", and it was made in business time: Fri 16:29"), "\(reason)")
        #expect(try client.get("/v1/policies/normal/impact?as_of=\(then)")["total"].integer == 0)
        #expect(try client.get("/v1/promises/1")["due_at"] == promise["due_at"])
        try set(#"{"acknowledge_in_business":null}"#)
        let elapsed = try client.get("/v1/policies/normal/impact")["items"][0]
        #expect(elapsed["due_now"].text?.hasPrefix("2026-03-08T15:29") == true && elapsed["due_explained"] == .null)
        #expect(
            elapsed["reason"].text?.hasPrefix("acknowledge_in of normal is P2D now, and it was made in business")
                == true)
    }

    @Test("the fields are edited, replaced and taken away, each in the log with what it was")
    func edited() throws {
        let made = try client.put(
            "/v1/policies/Bills",
            #"{"acknowledge_in":"PT8H","acknowledge_in_business":"PT2H","update_in_business":"P3D","remedy_in_business":"P10D","#
                + #""follow_up_in":"P7D","follow_up_in_business":"P5DT1H"}"#)
        #expect(made.status == 201, "\(made.response.text)")
        #expect(made["acknowledge_in"].text == "PT8H" && made["acknowledge_in_business"].text == "PT2H")
        #expect(made["update_in_business"].text == "P3D" && made["remedy_in_business"].text == "P10D")
        #expect(made["follow_up_in_business"].text == "P5DT1H")
        let then = desk.clock.tick().rfc3339
        desk.clock.advance(by: .minutes(1))
        let both = try client.patch(
            "/v1/policies/bills", #"{"acknowledge_in":"PT6H","acknowledge_in_business":"PT36H"}"#)
        #expect(both["acknowledge_in"].text == "PT6H" && both["acknowledge_in_business"].text == "PT36H")
        let entry = try client.get("/v1/events?type=policy.updated&limit=500")["items"].items.last?["entry"]
        #expect(
            entry?["acknowledge_in_business"].text == "PT36H" && entry?["acknowledge_in_business_before"].text == "PT2H"
        )
        let replaced = try client.put("/v1/policies/Bills", #"{"acknowledge_in":"PT6H"}"#)
        #expect(replaced["acknowledge_in_business"] == .null && replaced["follow_up_in_business"] == .null)
        let before = try client.get("/v1/policies/Bills?as_of=\(then)")
        #expect(before["acknowledge_in_business"].text == "PT2H" && before["follow_up_in_business"].text == "P5DT1H")
        try verified()
    }

    @Test(
        "what can't be is refused, and changes nothing",
        arguments: [
            (#"{"acknowledge_in_business":"P1W"}"#, ["#/acknowledge_in_business invalid_value"]),
            (#"{"update_in_business":5}"#, ["#/update_in_business wrong_type"]),
            (#"{"acknowledge_in_business":"P91D"}"#, ["#/acknowledge_in_business out_of_range"]),
            (#"{"remedy_in_business":"P9999D"}"#, ["#/remedy_in_business out_of_range"]),
            (#"{"follow_up_in_business":"P5D"}"#, ["#/follow_up_in_business conflicting_fields"]),
        ])
    func refused(body: String, errors: [String]) throws {
        let before = try client.get("/v1/policies/normal")
        #expect(try client.patch("/v1/policies/normal", body).errors == errors)
        #expect(try client.put("/v1/policies/normal", body).errors == errors)
        #expect(try client.get("/v1/policies/normal").json == before.json)
    }

    @Test("a promise further off than business time has it is warned about")
    func farOff() throws {
        try client.put("/v1/calendars/default", Self.calendar())
        try set(#"{"update_in_business":"P1D"}"#)
        func warnings(_ due: String) throws -> [String?] {
            let made = try open(#","promise":{"what":"Call","kind":"update","due_at":"\#(due)"}"#)
            return made["promises"][0]["warnings"].items.map { $0["code"].text }.filter { $0 == "far_off" }
        }
        #expect(try warnings("2026-03-09T16:30:00Z") == [])
        #expect(try warnings("2026-03-09T16:30:01Z") == ["far_off"])
    }
}
