import CaseStore
import Complaints
import TestSupport
import Testing

@testable import CaseAPI

@Suite("What a change of a calendar or a policy most likely did not mean is said, and refused is nothing")
struct SettingWarningTests {
    private let desk: TestDesk
    private var client: TestClient { desk.client }

    init() throws {
        desk = try TestDesk()
    }

    private static let hours = #""time_zone":"Europe/Berlin","weekly":{"mon":[["09:00","17:00"]]}"#

    private func codes(_ answer: JSONAnswer) -> [String?] { answer["warnings"].items.map { $0["code"].text } }

    private func calendar(_ body: String, at name: String = "default") throws -> JSONAnswer {
        try client.put("/v1/calendars/\(name)", "{\(body)}")
    }

    private func policy(_ name: String, _ body: String) throws -> JSONAnswer {
        try client.put("/v1/policies/\(name)", "{\(body)}")
    }

    @Test("a calendar that lacks special days of before, or takes the place of what was planned")
    func takenAway() throws {
        let days =
            #""special_days":[{"date":"2026-12-25","name":"Christmas Day","yearly":true},"#
            + #"{"date":"2026-01-01","name":"New Year"}]"#
        #expect(try codes(calendar("\(Self.hours),\(days)")) == [])
        let lacking = try calendar(Self.hours)
        #expect(codes(lacking) == ["special_days_removed"])
        #expect(
            lacking["warnings"][0]["detail"].text?.contains("1 special days of the version before") == true,
            "\(lacking)")
        #expect(lacking["warnings"][0]["detail"].text?.contains("Christmas Day (2026-12-25)") == true)
        #expect(try codes(calendar(#"\#(Self.hours),"effective_from":"2026-06-01","teams":["North"]"#)) == ["new_team"])
        let before = try calendar(#"\#(Self.hours),"teams":["North"]"#)
        #expect(codes(before) == ["planned_replaced"])
        #expect(before["warnings"][0]["detail"].text?.contains("version 3 (from 2026-06-01)") == true)
        #expect(before["versions"].items.map(\.["superseded"].flag) == [false, true, true, false])
        // What says the same makes no version, and takes nothing away.
        #expect(try codes(calendar(#"\#(Self.hours),"teams":["North"]"#)) == [])
        #expect(try client.get("/v1/calendars/default")["warnings"] == .null)
    }

    @Test("a special day that is past, in a version that holds from a later date on")
    func past() throws {
        let day = #""special_days":[{"date":"2026-02-20","name":"Forgotten"}]"#
        #expect(try codes(calendar(Self.hours)) == [])
        let answer = try calendar("\(Self.hours),\(day)")
        #expect(codes(answer) == ["special_days_past"])
        #expect(
            answer["warnings"][0]["detail"].text?.hasPrefix(
                "1 special days lie before 2026-03-01, from which this version holds: Forgotten (2026-02-20).") == true)
        #expect(
            try codes(calendar(#"\#(Self.hours),\#(day),"teams":["North"]"#)) == ["new_team"], "it was there before")
        #expect(try codes(calendar(#"\#(Self.hours),\#(day),"effective_from":"2026-01-01""#)) == [])
    }

    @Test("a calendar that is never open, or open for most of a day, or from a year that nobody meant")
    func unlikely() throws {
        #expect(try codes(calendar(#""time_zone":"UTC","weekly":{}"#)) == ["never_open"])
        let long = try calendar(
            #""time_zone":"UTC","weekly":{"tue":[["09:00","05:30"]],"wed":[["00:00","24:00"]]}"#, at: "b")
        #expect(codes(long) == ["long_hours"])
        #expect(long["warnings"][0]["detail"].text?.hasPrefix("Tuesday 09:00-05:30 are 20 hours") == true)
        #expect(try codes(calendar(#"\#(Self.hours),"effective_from":"0206-12-01""#, at: "c")) == ["long_ago"])
    }

    @Test("a team that nobody has, with the one that was meant; on a case, too, once")
    func teams() throws {
        func post(_ team: String) throws -> JSONAnswer {
            try client.post("/v1/cases", #"{"complaint":"It leaks.","customer":{"name":"Ann"},"team":"\#(team)"}"#)
        }
        #expect(try codes(calendar(#"\#(Self.hours),"teams":["US Desk"]"#, at: "us")) == ["new_team"])
        #expect(try codes(post("US Desk")) == [])
        let mistyped = try post("US Dsk")
        #expect(codes(mistyped) == ["new_team"])
        #expect(mistyped["warnings"][0]["detail"].text?.contains("Did you mean US Desk?") == true)
        #expect(try codes(post("US Dsk")) == [], "it is a team by now")
        let patched = try client.patch("/v1/cases/1", #"{"team":"US Desc"}"#)
        #expect(codes(patched) == ["new_team"])
        #expect(try codes(calendar(#"\#(Self.hours),"teams":["US Dsek"]"#, at: "two")) == ["new_team"])
    }

    @Test(
        "a rule that every case fits, one that no case reaches, a supervisor whom nobody knows, what is due soon at once"
    )
    func policies() throws {
        let ahead = #""warn_ahead":"PT1H""#
        _ = try client.post("/v1/owners", #"{"name":"Mia"}"#)
        let angry = #""match":{"mood":["angry","abusive"]},\#(ahead)"#
        let first = try policy("hot", #"\#(angry),"supervisor":"Mya""#)
        #expect(codes(first) == ["new_name"])
        #expect(first["warnings"][0]["detail"].text?.contains("Did you mean Mia?") == true)
        #expect(
            try codes(policy("hotter", #""match":{"mood":["angry"],"category":["Bills"]},\#(ahead)"#)) == [
                "never_reached"
            ])
        #expect(try codes(policy("cool", #""match":{"mood":["angry","calm"]},\#(ahead)"#)) == [])
        #expect(try codes(policy("all", ahead)) == ["fits_all"])
        #expect(try codes(policy("late", #""match":{"mood":["calm"]},\#(ahead)"#)) == ["never_reached"])
        #expect(try codes(client.patch("/v1/policies/all", #"{"active":false}"#)) == [])
        #expect(
            try codes(policy("hot", #""match":{"mood":["upset"]},"acknowledge_in":"PT3H","warn_ahead":"PT3H""#)) == [
                "due_soon_at_once"
            ])
        #expect(try client.get("/v1/policies/hot")["warnings"] == .null)
    }

    @Test("the teams of a planned version are its teams from its date on, and not before")
    func plannedTeams() throws {
        _ = try calendar(Self.hours)
        _ = try calendar(#""time_zone":"UTC","weekly":{"mon":[["01:00","02:00"]]},"teams":["North"]"#, at: "north")
        // It gives the team up, and another one takes it, on a date to come.
        let planned = #"\#(Self.hours),"effective_from":"2026-04-01""#
        _ = try calendar(planned, at: "north")
        func due(_ team: String) throws -> String? {
            try client.post(
                "/v1/cases",
                #"{"complaint":"x","customer":{"name":"A"},"team":"\#(team)","promise":{"what":"Call","due_in_business":"PT30M"}}"#
            )["promises"][0]["due_explained"].text
        }
        #expect(try due("North")?.contains("calendar north, version 1") == true)
        let taken = try calendar(#"\#(planned),"teams":["North"]"#, at: "other")
        #expect(taken.status == 201, "\(taken)")
        #expect(try calendar(#"\#(Self.hours),"teams":["North"]"#, at: "third").status == 422)
        desk.clock.advance(by: .days(40))
        #expect(try due("North")?.contains("calendar other, version 1") == true)
        #expect(try desk.store.makeReader().verify().findings == [])
    }

    @Test(
        "a promise that is due while the desk is closed; one in business time, or without a calendar, is not held to it"
    )
    func outsideHours() throws {
        func promise(_ due: String) throws -> [String?] {
            let answer = try client.post(
                "/v1/cases",
                #"{"complaint":"x","customer":{"name":"A"},"owner":"Kim","promise":{"what":"Call",\#(due)}}"#)
            #expect(answer.status == 201, "\(answer)")
            return answer["promises"][0]["warnings"].items.map { $0["code"].text }.filter { $0 == "outside_hours" }
        }
        // Monday.
        #expect(try promise(#""due_at":"2026-03-02T03:00:00Z""#) == [])
        _ = try calendar(Self.hours)
        #expect(try promise(#""due_at":"2026-03-02T03:00:00Z""#) == ["outside_hours"])
        #expect(try promise(#""due_at":"2026-03-02T09:00:00+01:00""#) == [])
        #expect(try promise(#""due_at":"2026-03-02T17:00:00+01:00""#) == [])
        #expect(try promise(#""due_at":"2026-03-02T17:00:00.001+01:00""#) == ["outside_hours"])
        #expect(try promise(#""due_in_business":"PT1H""#) == [])
        #expect(try promise(#""due_on":"2026-03-03","at":"end_of_day""#) == [])
    }

    @Test("what a bulk makes has its warnings, and is known by them no more than any other")
    func bulk() throws {
        _ = try client.post(
            "/v1/cases", #"{"complaint":"x","customer":{"name":"A","phone":"+4612345678"},"owner":"Kim"}"#)
        let made = try client.post(
            "/v1/cases/bulk",
            #"{"items":[{"complaint":"y","customer":{"name":"B","phone":"+4612345678"},"owner":"Kimm","team":"T"},{"complaint":"z","customer":{"name":"C"}}]}"#
        )
        #expect(made.status == 200)
        #expect(
            made["items"][0]["warnings"].items.map { $0["code"].text } == [
                "new_name", "new_team", "possible_duplicate",
            ])
        #expect(made["items"][1]["warnings"] == .null)
    }

    @Test(
        "the id of a case or a customer that is not there is a mistake, and no empty list",
        arguments: ["/v1/cases?customer_id=", "/v1/promises?customer_id=", "/v1/promises?case_id="])
    func unknownID(path: String) throws {
        _ = try client.post("/v1/cases", #"{"complaint":"x","customer":{"name":"A"}}"#)
        #expect(try client.get("\(path)1")["total"].integer == 1)
        let unknown = try client.get("\(path)99")
        #expect(
            unknown.status == 400 && unknown["errors"][0]["code"].text == "unknown_value", "\(unknown.response.text)")
        #expect(try client.get("\(path)99&allow_unknown=true")["total"].integer == 0)
    }
}
