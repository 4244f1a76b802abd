import CaseStore
import Complaints
import TestSupport
import Testing

@testable import CaseAPI

@Suite("Calendars")
struct CalendarRoutesTests {
    private static let shipped = Int64(ShippedCalendars.all.count)
    private let desk: TestDesk
    private var client: TestClient { desk.client }

    init() throws {
        desk = try TestDesk()
    }

    private func put(_ more: String = "", at name: String = "default", fields: [String: String] = [:]) throws
        -> JSONAnswer
    {
        try client.put(
            "/v1/calendars/\(name)",
            #"{"time_zone":"Europe/Berlin","weekly":{"mon":[["09:00","12:00"],["13:00","17:30"]]}\#(more)}"#,
            fields: fields)
    }

    @Test("are made and changed by sending the whole of one, and each is a version that stays")
    func versions() throws {
        let made = try put(
            #","special_days":[{"date":"2026-12-25","name":"Christmas Day","yearly":true}]"#, at: "Nord%20West")
        #expect(made.status == 201 && made.fields["location"] == "/v1/calendars/Nord%20West", "\(made.response.text)")
        #expect(made["version"].integer == 1 && made["effective_from"] == .null)
        #expect(made["weekly"]["mon"].items.count == 2 && made["weekly"]["tue"].items == [])
        #expect(made["weekly"]["mon"][1][1].text == "17:30")
        let day = made["special_days"][0]
        #expect(day["date"].text == "2026-12-25" && day["yearly"].flag == true && day["hours"].items == [])
        let again = try put(at: "nord%20WEST")
        #expect(again.status == 200 && again["version"].integer == 2 && again["name"].text == "Nord West")
        #expect(again["effective_from"].text == "2026-03-01", "today")
        #expect(again["versions"].items.map { $0["version"].integer } == [2, 1])
        #expect(try put(at: "Nord%20West")["version"].integer == 2, "it changes nothing")
        let first = try client.get("/v1/calendars/Nord%20West?version=1")
        #expect(first["special_days"].items.count == 1 && first["version"].integer == 1)
        #expect(try client.get("/v1/calendars/Nord%20West?version=3").status == 404)
        #expect(try desk.store.makeReader().verify().findings == [])
    }

    @Test("are on record as of every instant")
    func asOf() throws {
        let before = desk.clock.tick().rfc3339
        _ = try put()
        let first = (desk.clock.tick().rfc3339, try client.get("/v1/calendars/default").response.text)
        _ = try put(#","teams":["Nord"]"#)
        #expect(try client.get("/v1/calendars/default?as_of=\(first.0)").response.text == first.1)
        #expect(try client.get("/v1/calendars/default?as_of=\(before)").status == 404)
        #expect(try client.get("/v1/calendars?as_of=\(before)")["total"].integer == Self.shipped)
        #expect(try client.get("/v1/calendars/default?version=2&as_of=\(first.0)").status == 404)
    }

    @Test("tell how the first is made, where there is none")
    func none() throws {
        let answer = try client.get("/v1/calendars/default")
        #expect(answer.status == 404)
        #expect(answer["detail"].text?.contains("PUT /v1/calendars/default") == true)
        #expect(try client.get("/v1/calendars")["total"].integer == Self.shipped)
    }

    @Test("are listed by name, in pages and as CSV")
    func list() throws {
        for name in ["b", "A", "c"] { _ = try put(at: name) }
        #expect(
            try client.get("/v1/calendars")["items"].items.map { $0["name"].text } == [
                "A", "b", "c", "england-and-wales",
            ])
        let page = try client.get("/v1/calendars?limit=2")
        #expect(page["items"].items.count == 2 && page["total"].integer == 3 + Self.shipped)
        let rows = try client.get("/v1/calendars?format=csv").response.text.split(separator: "\r\n")
        #expect(rows.count == 4 + Int(Self.shipped) && rows[1].contains("09:00-12:00 13:00-17:30"), "\(rows)")
    }

    @Test("are in the log with what changed, as it is and as it was, and in the events")
    func log() throws {
        _ = try put(#","special_days":[{"date":"2026-12-25","name":"Christmas Day"}],"teams":["Nord"]"#)
        try client.put(
            "/v1/calendars/default",
            #"{"time_zone":"Europe/Vienna","weekly":{"mon":[["09:00","12:00"]]},"effective_from":"2027-01-01","teams":["Süd"]}"#
        )
        let events = try client.get("/v1/events?type=calendar.updated")["items"].items
        #expect(events.count == 2 && events.allSatisfy { $0["about"].text == "calendar" && $0["case_id"] == .null })
        let (first, second) = (events[0]["entry"], events[1]["entry"])
        #expect(
            first["kind"].text == "calendar_updated" && first["seq"].integer == 1 && first["name"].text == "default")
        #expect(first["weekly"].text == "mon 09:00-12:00 13:00-17:30" && first["effective_from"].text == "")
        #expect(first["special_days_added"].items.map(\.text) == ["2026-12-25 closed Christmas Day"])
        #expect(second["time_zone"].text == "Europe/Vienna" && second["time_zone_before"].text == "Europe/Berlin")
        #expect(second["weekly_before"].text == "mon 09:00-12:00 13:00-17:30")
        #expect(second["special_days_removed"].items.count == 1 && second["effective_from"].text == "2027-01-01")
        #expect(second["teams_added"].items.map(\.text) == ["Süd"] && second["teams_removed"].items.count == 1)
    }

    @Test(
        "are refused with all that is wrong with them",
        arguments: [
            (#"{}"#, ["#/time_zone required", "#/weekly required"]),
            (#"{"time_zone":"Berlin","weekly":{}}"#, ["#/time_zone invalid_value"]),
            (
                #"{"time_zone":"UTC","weekly":{"mon":[["9:00","12:00"],["08:00","25:00"]],"thr":[]}}"#,
                ["#/weekly/mon/0 invalid_value", "#/weekly/mon/1 invalid_value", "#/weekly/thr unknown_field"]
            ),
            (
                #"{"time_zone":"UTC","weekly":{"mon":[["09:00","12:00"],["11:00","13:00"]]}}"#,
                ["#/weekly/mon conflicting_fields"]
            ),
            (
                #"{"time_zone":"UTC","weekly":{},"special_days":[{"date":"2026-02-30","name":"x"},{"date":"2026-02-01"}]}"#,
                ["#/special_days/0/date invalid_value", "#/special_days/1/name required"]
            ),
            (#"{"time_zone":"UTC","weekly":{},"effective_from":"soon"}"#, ["#/effective_from invalid_value"]),
            (#"{"time_zone":"UTC","weekly":{},"version":3}"#, ["#/version read_only_field"]),
        ])
    func refusals(body: String, errors: [String]) throws {
        let answer = try client.put("/v1/calendars/default", body)
        #expect(answer.status == 422 && answer.errors == errors, "\(answer.response.text)")
        #expect(try client.get("/v1/calendars")["total"].integer == Self.shipped)
    }

    @Test("have a team each at most once")
    func teams() throws {
        _ = try put(#","teams":["Nord"]"#, at: "one")
        let other = try put(#","teams":["Süd","nord"]"#, at: "two")
        #expect(other.status == 422 && other.errors == ["#/teams/1 conflicting_fields"])
        #expect(other.response.text.contains("calendar one"))
        #expect(try put(#","teams":["NORD"]"#, at: "one").status == 200, "it is its own")
        #expect(try put(at: "one").status == 200)
        #expect(try put(#","teams":["Nord"]"#, at: "two").status == 201, "it was taken out there")
    }

    @Test("are changed only as they were seen, where that is asked for")
    func conditions() throws {
        #expect(try put(fields: ["If-Match": "*"]).status == 412, "there is nothing")
        #expect(try put(fields: ["If-None-Match": "*"]).status == 201)
        #expect(try put(#","teams":["a"]"#, fields: ["If-None-Match": "*"]).status == 412)
        let tag = try #require(try client.get("/v1/calendars/default").fields["etag"])
        #expect(try client.get("/v1/calendars/default", fields: ["If-None-Match": tag]).status == 304)
        #expect(try put(#","teams":["a"]"#, fields: ["If-Match": tag]).status == 200)
        #expect(try put(#","teams":["b"]"#, fields: ["If-Match": tag]).status == 412)
    }

    @Test(
        "give the days by which the load of those is counted who are in their teams, and of all others where they are default"
    )
    func load() throws {
        // 9:00 in UTC is 22:00 in Auckland: two hours later another day begins there.
        try client.post("/v1/owners", #"{"name":"Kim","team":"Nord"}"#)
        func carried() throws -> JSONAnswer {
            try desk.openCase(
                #"{"complaint":"x","customer":{"name":"Ann"},"owner":"Kim","promise":{"what":"x","due_in":"PT3H"}}"#)
        }
        let plain = try carried()["promises"][0]["load"]
        #expect(plain["day"].text == "2026-03-01" && plain["time_zone"].text == "UTC", "\(plain)")
        try client.put("/v1/calendars/default", #"{"time_zone":"Asia/Tokyo","weekly":{}}"#)
        #expect(try carried()["promises"][0]["load"]["time_zone"].text == "Asia/Tokyo")
        try client.put("/v1/calendars/far", #"{"time_zone":"Pacific/Auckland","weekly":{},"teams":["NORD"]}"#)
        let far = try carried()["promises"][0]["load"]
        #expect(far["day"].text == "2026-03-02" && far["time_zone"].text == "Pacific/Auckland", "\(far)")
        #expect(try client.get("/v1/owners/Kim")["due_today"].integer == 0, "all are due tomorrow")
        try client.patch("/v1/owners/Kim", #"{"time_zone":"UTC"}"#)
        #expect(try carried()["promises"][0]["load"]["time_zone"].text == "UTC", "their own goes first")
    }
}
