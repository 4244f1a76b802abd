import CaseStore
import Complaints
import TestSupport
import Testing

@testable import CaseAPI

/// The desk's clock begins on Sunday 2026-03-01 at 9:00 in UTC, which is 10:00 in Berlin.
@Suite("A promise in business time")
struct BusinessPromiseTests {
    private let desk: TestDesk
    private var client: TestClient { desk.client }

    init() throws {
        desk = try TestDesk()
        try desk.client.put("/v1/calendars/default", CalendarRequest.officeBody)
    }

    private func open(_ due: String, _ more: String = "") throws -> JSONAnswer {
        try desk.openCase(
            #"{"complaint":"It leaks.","customer":{"name":"Ann"},"promise":{"what":"Call",\#(due)}\#(more)}"#)
    }

    @Test(
        "is due as the calendar has it",
        arguments: [
            (#""due_in_business":"PT4H""#, "2026-03-02T13:00:00Z"),
            (#""due_in_business":"P1D""#, "2026-03-02T16:30:00Z"),
            (#""due_in_business":"P2D","at":"end_of_day""#, "2026-03-03T23:00:00Z"),
            (#""due_in_business":"P2D","at":"same_time""#, "2026-03-03T09:00:00Z"),
            (#""due_in_business":"P1DT1H""#, "2026-03-02T10:00:00Z"),
            (#""due_on":"2026-03-06""#, "2026-03-06T14:00:00Z"),
            (#""due_on":"2026-03-07","at":"end_of_day""#, "2026-03-07T23:00:00Z"),
            (#""due_on":"2026-03-06","at":null"#, "2026-03-06T14:00:00Z"),
        ])
    func due(_ due: String, at instant: String) throws {
        let made = try open(due)["promises"][0]
        // The stamp is some milliseconds after the start.
        #expect(made["due_at"].text?.prefix(16) == instant.prefix(16), "\(made["due_at"]) \(made["due_explained"])")
        let explained = try #require(made["due_explained"].text)
        #expect(explained.contains("calendar default, version 1, Europe/Berlin"))
        #expect(try client.get("/v1/promises/1")["due_explained"].text == explained)
        #expect(try desk.store.makeReader().verify().findings == [])
    }

    @Test("stays where it is whatever becomes of the calendar")
    func fixed() throws {
        let due = try open(#""due_in_business":"P2D""#)["promises"][0]["due_at"].text
        try client.put("/v1/calendars/default", #"{"time_zone":"UTC","weekly":{"sat":[["09:00","10:00"]]}}"#)
        #expect(try client.get("/v1/promises/1")["due_at"].text == due)
        let later = try open(#""due_in_business":"P1D""#)["promises"][0]
        #expect(
            later["due_at"].text == "2026-03-07T10:00:00Z" && later["due_explained"].text?.contains("version 2") == true
        )
        #expect(try desk.store.makeReader().verify().findings == [])
    }

    @Test("goes by the calendar of the case's team, where that has one of its own")
    func team() throws {
        try client.put(
            "/v1/calendars/nights", #"{"time_zone":"UTC","weekly":{"sun":[["20:00","04:00"]]},"teams":["Nord"]}"#)
        let made = try open(#""due_in_business":"PT6H""#, #","team":"NORD""#)["promises"][0]
        #expect(made["due_at"].text == "2026-03-02T02:00:00Z" && made["due_explained"].text?.contains("nights") == true)
        #expect(
            try open(#""due_in_business":"PT6H""#, #","team":"Süd""#)["promises"][0]["due_explained"].text?
                .contains("default") == true)
        let further = try client.post("/v1/cases/1/promises", #"{"what":"x","due_in_business":"PT1H"}"#)
        #expect(further["due_at"].text == "2026-03-01T21:00:00Z")
    }

    @Test("is made wherever a promise is: a new date, what comes next, a follow-up, an entry of the log, many at once")
    func everywhere() throws {
        _ = try open(#""due_in":"P1D""#)
        let notice = #""customer_notified":{"channel":"phone","outcome":"reached"}"#
        let moved = try client.post(
            "/v1/promises/1/renegotiate",
            #"{"due_in_business":"P2D","reason":"x","next_step":"y",\#(notice)}"#)
        #expect(moved.status == 201 && moved["due_explained"].text != nil && moved["slips"].integer == 1)
        let kept = try client.post(
            "/v1/promises/2/keep", #"{"next_promise":{"what":"x","due_on":"2026-03-06"}}"#)
        #expect(kept["next_promise"]["due_at"].text == "2026-03-06T14:00:00Z")
        let entry = try client.post(
            "/v1/cases/1/log", #"{"kind":"refusal","reason":"x","callback":{"what":"x","due_in_business":"PT1H"}}"#)
        #expect(entry["promise"]["due_explained"].text != nil, "\(entry.response.text)")
        let bulk = try client.post(
            "/v1/cases/bulk",
            #"{"items":[{"complaint":"x","customer":{"name":"A"},"promise":{"what":"x","due_in_business":"P1D"}}]}"#)
        #expect(bulk["created"].integer == 1, "\(bulk.response.text)")
        #expect(try desk.store.makeReader().verify().findings == [])
    }

    @Test(
        "is refused with what is wrong",
        arguments: [
            (#""due_in_business":"P1W""#, "due_in_business invalid_value"),
            (#""due_in_business":"PT0S""#, "due_in_business invalid_value"),
            (#""due_in_business":"PT4H","at":"close""#, "at conflicting_fields"),
            (#""due_in":"PT4H","at":"close""#, "at conflicting_fields"),
            (#""due_on":"2026-03-07""#, "due_on invalid_value"),
            (#""due_on":"2026-02-27""#, "due_on in_the_past"),
            (#""due_on":"2026-12-01""#, "due_on out_of_range"),
            (#""due_in_business":"P300D""#, "due_in_business out_of_range"),
            (#""due_on":"2026-03-06","due_in":"P1D""#, "due_on conflicting_fields"),
            (#""due_on":"2026-03-06","at":"noon""#, "at invalid_value"),
        ])
    func refused(_ due: String, _ error: String) throws {
        let answer = try client.post(
            "/v1/cases", #"{"complaint":"x","customer":{"name":"Ann"},"promise":{"what":"Call",\#(due)}}"#)
        #expect(answer.status == 422 && answer.errors == ["#/promise/\(error)"], "\(answer.response.text)")
    }

    @Test("says how the first calendar is made, where there is none")
    func missing() throws {
        let desk = try TestDesk()
        try desk.client.put("/v1/calendars/other", CalendarRequest.officeBody)
        let answer = try desk.client.post(
            "/v1/cases",
            #"{"complaint":"x","customer":{"name":"Ann"},"promise":{"what":"Call","due_in_business":"P1D"}}"#)
        #expect(answer.status == 422 && answer.code == "calendar_missing")
        #expect(answer["detail"].text?.contains("PUT /v1/calendars/default") == true)
    }

    @Test("is shown beforehand, with its steps, and nothing is promised by that")
    func preview() throws {
        // Good Friday is no holiday of this office; Easter Monday is.
        let shown = try client.post(
            "/v1/calendars/DEFAULT/preview", #"{"from":"2026-04-03T14:00:00+02:00","due_in_business":"PT4H"}"#)
        #expect(shown.status == 200 && shown["due_at"].text == "2026-04-07T10:00:00Z", "\(shown.response.text)")
        #expect(shown["due_local"].text == "2026-04-07T12:00:00+02:00")
        #expect(shown["due_explained"].text?.contains("Easter Monday") == true)
        #expect(shown["steps"][0]["kind"].text == "open" && shown["steps"][0]["taken"].text == "PT1H")
        #expect(shown["steps"][0]["hours"][0]["from"].text == "2026-04-03T14:00:00+02:00")
        let made = try open(#""due_in_business":"PT4H""#)["promises"][0]
        let same = try client.post("/v1/calendars/default/preview", #"{"due_in_business":"PT4H"}"#)
        #expect(same["due_at"].text == made["due_at"].text && same["due_explained"].text == made["due_explained"].text)
        let none = try client.post("/v1/calendars/none/preview", #"{"due_in":"P1D"}"#)
        #expect(none.status == 404 && none["detail"].text?.contains("PUT /v1/calendars/none") == true)
        let wrong = try client.post("/v1/calendars/default/preview", #"{"due_in":"P1D","from":"now"}"#)
        #expect(
            wrong.errors == ["#/from invalid_instant", "#/due_in_business required", "#/due_in unknown_field"],
            "\(wrong.response.text)")
        #expect(try client.post("/v1/calendars/default/preview", #"{"due_on":"2026-03-01"}"#).status == 422)
        #expect(try client.get("/v1/events?type=promise.made")["items"].items.count == 1)
    }

    @Test("is shown beforehand by the calendar as it was on record at any instant")
    func previewAsOf() throws {
        let before = desk.clock.tick().rfc3339
        try client.put("/v1/calendars/default", #"{"time_zone":"UTC","weekly":{}}"#)
        let closed = try client.post("/v1/calendars/default/preview", #"{"due_in_business":"PT1H"}"#)
        #expect(closed.status == 422 && closed.errors == ["#/due_in_business out_of_range"])
        let then = try client.post("/v1/calendars/default/preview?as_of=\(before)", #"{"due_in_business":"PT1H"}"#)
        #expect(then["due_at"].text == "2026-03-02T09:00:00Z", "\(then.response.text)")
    }
}
