import CaseStore
import Complaints
import TestSupport
import Testing

@testable import CaseAPI

@Suite("Calendars that come with the service")
struct ShippedCalendarTests {
    private let desk: TestDesk
    private var client: TestClient { desk.client }
    private static let path = "/v1/calendars/england-and-wales"

    init() throws {
        desk = try TestDesk()
    }

    @Test("are shown, listed and asked as version 0, before anybody has made one")
    func shown() throws {
        let calendar = try client.get("/v1/calendars/England-and-WALES")
        #expect(calendar.status == 200 && calendar["name"].text == "england-and-wales")
        #expect(calendar["version"].integer == 0 && calendar["shipped"].flag == true)
        #expect(calendar["recorded_at"] == .null && calendar["versions"].items == [] && calendar["teams"].items == [])
        #expect(calendar["special_days"].items.count == 56)
        #expect(try client.get("/v1/calendars")["items"].items.map { $0["shipped"].flag } == [true])
        let due = try client.post(
            "\(Self.path)/preview", #"{"from":"2026-04-02T16:30:00+01:00","due_in_business":"P3D"}"#)
        #expect(due["due_local"].text == "2026-04-09T17:00:00+01:00")
        #expect(due["due_explained"].text?.contains("(calendar england-and-wales, version 0, ") == true)
        let versioned = try client.get("\(Self.path)?version=1")
        #expect(versioned.status == 404 && versioned["detail"].text?.contains("comes with the service") == true)
    }

    @Test("are no desk's: business time goes by none of them")
    func noDesks() throws {
        let answer = try desk.openCase(
            #"{"complaint":"x","customer":{"name":"Ann"},"promise":{"what":"x","due_in_business":"P1D"}}"#)
        #expect(answer.status == 422 && answer.code == "calendar_missing")
        let plain = try desk.openCase(
            #"{"complaint":"x","customer":{"name":"Ann"},"owner":"Kim","promise":{"what":"x","due_in":"P1D"}}"#)
        #expect(plain["promises"][0]["load"]["time_zone"].text == "UTC")
    }

    @Test("give way to one of their name on record, which is version 1 and holds from ever")
    func replaced() throws {
        let tag = try #require(try client.get(Self.path).fields["etag"])
        #expect(try client.put(Self.path, CalendarRequest.officeBody, fields: ["If-None-Match": "*"]).status == 412)
        let before = desk.clock.tick().rfc3339
        let put = try client.put(
            "/v1/calendars/England-And-Wales", CalendarRequest.officeBody, fields: ["If-Match": tag])
        #expect(
            put.status == 200 && put["version"].integer == 1 && put["shipped"].flag == false, "\(put.response.text)")
        #expect(put["name"].text == "england-and-wales" && put["effective_from"] == .null)
        let calendar = try client.get(Self.path)
        #expect(calendar["time_zone"].text == "Europe/Berlin" && calendar["versions"].items.count == 1)
        #expect(try client.get("/v1/calendars")["total"].integer == 1)
        #expect(try client.get("\(Self.path)?as_of=\(before)")["version"].integer == 0)
        let entry = try client.get("/v1/events?type=calendar.updated")["items"][0]["entry"]
        #expect(entry["seq"].integer == 1 && entry["time_zone_before"] == .null)
        #expect(try desk.store.makeReader().verify().findings == [])
    }

    @Test("that are sent as they are become version 1, so that they stay")
    func kept() throws {
        let shown = try client.get(Self.path)
        let sent = ["time_zone", "weekly", "special_days"].map { ($0, shown[$0]) }
        let put = try client.put(Self.path, JSONValue.written(sent))
        #expect(put.status == 200 && put["version"].integer == 1 && put["special_days"] == shown["special_days"])
    }

    @Test("with days of a file are version 1, with the days that they had; without a new one they stay as they are")
    func holidays() throws {
        func send(_ date: String, _ name: String) throws -> JSONAnswer {
            let file = [
                "BEGIN:VCALENDAR", "VERSION:2.0", "BEGIN:VEVENT", "DTSTART;VALUE=DATE:\(date)", "SUMMARY:\(name)",
                "END:VEVENT", "END:VCALENDAR",
            ].map { "\($0)\r\n" }.joined()
            return try client.post("\(Self.path)/holidays", file, fields: ["Content-Type": "text/calendar"])
        }
        let none = try send("20261225", "Christmas")
        #expect(none.status == 200 && none["version"].integer == 0 && none["already_there"].items.count == 1)
        #expect(try client.get("/v1/events")["items"].items == [])
        let added = try send("20310101", "New Year's Day")
        #expect(added["version"].integer == 1 && added["added"].items.count == 1, "\(added.response.text)")
        let calendar = try client.get(Self.path)
        #expect(calendar["special_days"].items.count == 57 && calendar["shipped"].flag == false)
        #expect(calendar["effective_from"] == .null && calendar["weekly"]["mon"][0][1].text == "17:00")
        #expect(try desk.store.makeReader().verify().findings == [])
    }
}
