import Complaints
import Testing

@testable import Board
@testable import CaseAPI

@Suite("What is typed into forms")
struct TypingTests {
    private let berlin = ZoneDatabase.system.zone(named: "Europe/Berlin")

    @Test(
        "a date and a time are typed as browsers send them, and as people write them",
        arguments: [
            ("2026-12-01T15:30", "2026-12-01T14:30:00Z"), ("2026-12-01 15:30", "2026-12-01T14:30:00Z"),
            (" 2026-12-01  9:05 ", "2026-12-01T08:05:00Z"), ("2026-07-01T15:30:20", "2026-07-01T13:30:20Z"),
            ("2026-12-01T15:30Z", "2026-12-01T15:30:00Z"), ("2026-10-25 02:30+02:00", "2026-10-25T00:30:00Z"),
            ("2026-10-25T02:30:00+01:00", "2026-10-25T01:30:00Z"), ("2026-12-01", "2026-12-01T22:59:00Z"),
            ("2026-03-29", "2026-03-29T21:59:00Z"),
        ])
    func instants(_ typed: String, _ expected: String) throws {
        let found = TypedInstant(typed: typed, in: try #require(berlin))
        #expect(found == .instant(try Instant(rfc3339: expected)), "\(typed)")
    }

    @Test("a time that clocks never show, or show twice, is told apart; what is none stays what it is")
    func gaps() throws {
        let berlin = try #require(berlin)
        #expect(TypedInstant(typed: "2026-03-29T02:30", in: berlin) == .skipped)
        #expect(
            TypedInstant(typed: "2026-10-25T02:30", in: berlin)
                == .twice(try Instant(rfc3339: "2026-10-25T00:30:00Z"), try Instant(rfc3339: "2026-10-25T01:30:00Z")))
        for typed in ["", "soon", "2026-13-01", "2026-12-01x15:30", "2026-12-01T25:00", "1.12.2026", "2026-12-01T"] {
            #expect(TypedInstant(typed: typed, in: berlin) == .unreadable, "\(typed)")
        }
        let noon = try Instant(rfc3339: "2026-12-01T11:00:00Z")
        #expect(
            TypedInstant(typed: "2026-12-01", in: berlin, latest: noon) == .instant(noon), "today, of what has been")
    }

    @Test("the instant of a page is one: a time that clocks skip or show twice is none until it has its offset")
    func asOf() throws {
        let berlin = try #require(berlin)
        for typed in ["2026-10-25T02:30", "2026-03-29 02:30", "soon"] {
            #expect(berlin.instant(ofTyped: typed) == nil, "\(typed)")
        }
        for typed in ["2026-10-25T02:30:00+01:00", "2026-10-25T02:30 01:00"] {
            #expect(berlin.instant(ofTyped: typed) == (try Instant(rfc3339: "2026-10-25T01:30:00Z")), "\(typed)")
        }
    }

    @Test(
        "a length of time is typed in words, and keeps its units",
        arguments: [
            ("4 hours", "PT4H", "4 hours"), ("2 Days", "P2D", "2 days"), ("1 week, 2 days", "P1W2D", "1 week 2 days"),
            ("1 hour and 30 minutes", "PT1H30M", "1 hour 30 minutes"), ("48h", "PT48H", "48 hours"),
            ("P2DT4H", "P2DT4H", "2 days 4 hours"), ("90 min", "PT90M", "90 minutes"),
        ])
    func durations(_ typed: String, _ expected: String, _ words: String) {
        #expect(Texts.durations.duration(typed: typed) == expected)
        #expect(Texts.duration(expected) == words)
    }

    @Test(
        "what is no length of time is none",
        arguments: ["", "4", "hours", "4 h 2 d", "12345 days", "4 hours x", "-1 day", "1.5 days", "P1Y"])
    func noDurations(_ typed: String) { #expect(Texts.durations.duration(typed: typed) == nil) }

    @Test(
        "what the API says is told in words: fields by their labels, lengths of time and instants as people write them")
    func words() {
        #expect(
            Texts.inWords("says exactly one of due_at, due_in: from PT1S to P30D.", in: .utc)
                == "says exactly one of “Due at”, “Due in”: from 1 second to 30 days.")
        #expect(Texts.inWords("is 2026-03-02T09:00:00Z.", in: .utc) == "is 2026-03-02 09:00.")
        #expect(Texts.inWords("Ann_Lee said \u{301}so…", in: .utc) == "Ann_Lee said \u{301}so…")
    }

    private func desk() throws -> (CasePageDesk, [String: String]) {
        let desk = try CasePageDesk()
        _ = try desk.api("POST", "/v1/cases", #"{"complaint":"It leaks.","customer":{"name":"Ann"},"owner":"Kim"}"#)
        var form = try desk.get("/board/cases/1?form=renegotiate&promise=1").form(path)
        form.merge([
            "reason": "No stock", "next_step": "We call", "customer_notified/channel": "phone",
            "customer_notified/outcome": "reached",
        ]) { $1 }
        return (desk, form)
    }

    private let path = "/board/cases/1/renegotiate"

    @Test("dates and times are by the clocks that the form names, and say so when they come back")
    func zones() throws {
        var (desk, form) = try desk()
        #expect(form["zone"] == "")
        form["due_at"] = "2026-03-03T10:00"
        form["zone"] = "Asia/Tokyo"
        var wrong = form
        wrong["reason"] = ""
        let refused = try desk.post(path, wrong)
        #expect(refused.status == 422 && refused.has("<span class=\"zone\">Asia/Tokyo</span>"), "\(refused.html)")
        #expect(refused.form(path)["zone"] == "Asia/Tokyo" && refused.form(path)["due_at"] == "2026-03-03T10:00")
        #expect([200, 303].contains(try desk.post(path, form).status))
        #expect(try desk.api("GET", "/v1/promises/2").html.contains(#""due_at":"2026-03-03T01:00:00Z""#))
    }

    @Test("clocks that the service does not know change nothing, and what was typed is still there")
    func unknownZone() throws {
        var (desk, form) = try desk()
        form["due_at"] = "2026-03-03T10:00"
        form["zone"] = "Mars/Olympus"
        let refused = try desk.post(path, form)
        #expect(refused.status == 400 && refused.has("Mars/Olympus") && refused.has(">\nNo stock</textarea>"))
        #expect(try desk.api("GET", "/v1/promises/2").status == 404)
    }

    @Test("what is not understood is told of beside its field, in its words, and stays as it was typed")
    func faults() throws {
        var (desk, form) = try desk()
        for (name, typed, told) in [
            ("due_in", "two days", "such as 4 hours"), ("due_at", "next week", "such as 2026-12-01 15:30"),
        ] {
            form["due_at"] = ""
            form["due_in"] = ""
            form[name] = typed
            let refused = try desk.post(path, form)
            #expect(refused.status == 422, "\(refused.html)")
            #expect(
                refused.has("id=\"field-\(name)-fault\"") && refused.has(told) && refused.has("value=\"\(typed)\""),
                "\(name)")
            #expect(!refused.has("due_at</") && !refused.has("errors lists") && !refused.has("<code>/"))
        }
        form["due_at"] = "2026-10-25T02:30"
        form["due_in"] = ""
        form["zone"] = "Europe/Berlin"
        let twice = try desk.post(path, form)
        #expect(
            twice.status == 422 && twice.has("2026-10-25T02:30:00+02:00") && twice.has("value=\"2026-10-25T02:30\""))
        form["due_at"] = "2027-03-28T02:30"
        #expect(try desk.post(path, form).has("never show that time"))
        form["due_at"] = ""
        form["due_in"] = "2 days"
        #expect([200, 303].contains(try desk.post(path, form).status))
    }
}
