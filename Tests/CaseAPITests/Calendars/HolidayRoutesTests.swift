import CaseStore
import Complaints
import TestSupport
import Testing

@testable import CaseAPI

@Suite("Holidays of a calendar")
struct HolidayRoutesTests {
    private let desk: TestDesk
    private var client: TestClient { desk.client }

    init() throws {
        desk = try TestDesk()
        try desk.client.put("/v1/calendars/default", CalendarRequest.officeBody)
    }

    private static func file(_ events: [[String]]) -> String {
        let lines = ["BEGIN:VCALENDAR", "VERSION:2.0"] + events.flatMap { ["BEGIN:VEVENT"] + $0 + ["END:VEVENT"] }
        return (lines + ["END:VCALENDAR"]).map { "\($0)\r\n" }.joined()
    }

    private func send(
        _ file: String, to name: String = "default", type: String = "text/calendar; charset=utf-8",
        fields: [String: String] = [:]
    ) throws -> JSONAnswer {
        try client.post(
            "/v1/calendars/\(name)/holidays", file, fields: fields.merging(["Content-Type": type]) { $1 })
    }

    private static let may = ["DTSTART;VALUE=DATE:20260501", "RRULE:FREQ=YEARLY", "SUMMARY:May Day"]
    private static let whit = ["DTSTART;VALUE=DATE:20260525", "SUMMARY:Whit Monday"]
    private static let easter = ["DTSTART;VALUE=DATE:20260406", "SUMMARY:Easter Monday"]
    private static let party = ["DTSTART:20260601T180000Z", "SUMMARY:Party"]

    @Test("come by an iCalendar file, and each is told of: added, there already, or refused with its line")
    func adding() throws {
        let answer = try send(Self.file([Self.may, Self.easter, Self.party, Self.whit]))
        #expect(answer.status == 200 && answer["version"].integer == 2, "\(answer.response.text)")
        #expect(answer["added"].items.map { $0["date"].text } == ["2026-05-01", "2026-05-25"])
        #expect(answer["added"][0]["yearly"].flag == true && answer["added"][0]["hours"].items == [])
        #expect(answer["already_there"].items.map { $0["name"].text } == ["Easter Monday"])
        #expect(answer["refused"].items.count == 1 && answer["refused"][0]["summary"].text == "Party")
        #expect((answer["refused"][0]["line"].integer ?? 0) > 5 && answer["refused"][0]["reason"].text != "")
        let calendar = try client.get("/v1/calendars/default")
        #expect(answer.fields["etag"] == calendar.fields["etag"] && calendar["effective_from"] == .null)
        #expect(
            calendar["special_days"].items.map { $0["date"].text }
                == ["2026-04-06", "2026-05-01", "2026-05-25", "2026-12-25"])
        let again = try send(Self.file([Self.may, Self.whit]))
        #expect(again["version"].integer == 2 && again["added"].items == [] && again["already_there"].items.count == 2)
        let entry = try client.get("/v1/events?type=calendar.updated")["items"][1]["entry"]
        #expect(entry["special_days_added"].items.count == 2 && entry["weekly"] == .null)
        #expect(try desk.store.makeReader().verify().findings == [])
    }

    @Test("that are past close the desk on their dates, in the version that held then, and no other")
    func past() throws {
        // Planned, so that the first one is followed by one from today on.
        let body = CalendarRequest.officeBody
        try client.put(
            "/v1/calendars/default", String(body.dropLast()) + #","effective_from":"2026-03-01","teams":["Nord"]}"#)
        let forgotten = ["DTSTART;VALUE=DATE:20260225", "SUMMARY:Forgotten"]
        let answer = try send(Self.file([forgotten, Self.easter]))
        #expect(answer["added"].items.map { $0["name"].text } == ["Forgotten"], "\(answer.response.text)")
        #expect(answer["already_there"].items.map { $0["name"].text } == ["Easter Monday"])
        let due = try client.post(
            "/v1/calendars/default/preview", #"{"from":"2026-02-24T20:00:00Z","due_in_business":"PT1H"}"#)
        #expect(due["due_at"].text?.hasPrefix("2026-02-26T") == true)
        #expect(try send(Self.file([forgotten]))["added"].items == [])
        #expect(try client.get("/v1/calendars/default")["teams"].items.count == 1)
    }

    @Test("close the desk in what is planned too, and each version keeps its hours and its date")
    func planned() throws {
        try client.put(
            "/v1/calendars/default",
            #"{"time_zone":"UTC","weekly":{"fri":[["08:00","10:00"]]},"effective_from":"2027-01-01","teams":["Nord"]}"#)
        let answer = try send(Self.file([Self.may]))
        #expect(answer["version"].integer == 4)
        let last = try client.get("/v1/calendars/default")
        #expect(last["effective_from"].text == "2027-01-01" && last["teams"].items.count == 1)
        #expect(last["special_days"].items.map { $0["name"].text } == ["May Day"])
        let now = try client.get("/v1/calendars/default?version=3")
        #expect(now["effective_from"] == .null && now["weekly"]["mon"].items.count == 2)
        func due(_ from: String) throws -> String? {
            try client.post("/v1/calendars/default/preview", #"{"from":"\#(from)","due_in_business":"PT1H"}"#)["due_at"]
                .text
        }
        #expect(try due("2026-05-01T00:00:00Z") == "2026-05-04T08:00:00Z", "closed this year, by this year's hours")
        #expect(try due("2027-04-29T12:00:00Z") == "2027-04-30T09:00:00Z", "by the hours that were planned")
        #expect(
            try due("2037-04-30T12:00:00Z") == "2037-05-08T09:00:00Z", "and closed on the first of May, a Friday again")
        #expect(try desk.store.makeReader().verify().findings == [])
    }

    @Test("are refused as a whole where there is no file, or no calendar")
    func refusals() throws {
        let json = try client.post("/v1/calendars/default/holidays", "{}")
        #expect(json.status == 415 && json.fields["accept"] == "text/calendar")
        #expect(json["detail"].text?.contains("--data-binary") == true)
        #expect(try client.post("/v1/calendars/default/holidays").status == 415)
        let text = try send("Hello")
        #expect(text.status == 422 && text.errors == ["# invalid_value"], "\(text.response.text)")
        let none = try send(Self.file([Self.may]), to: "none")
        #expect(none.status == 404 && none["detail"].text?.contains("PUT /v1/calendars/none") == true)
        #expect(try send(Self.file([Self.may]), fields: ["If-Match": "\"9\""]).status == 412)
        #expect(try client.get("/v1/calendars/default")["version"].integer == 1)
    }

    @Test("that are sent again under their key get the answer that they got")
    func retried() throws {
        let fields = ["Idempotency-Key": "h1"]
        let first = try send(Self.file([Self.may]), fields: fields)
        let second = try send(Self.file([Self.may]), fields: fields)
        #expect(second.fields["idempotency-replayed"] == "true" && second.response.text == first.response.text)
        #expect(second["added"].items.count == 1)
    }
}
