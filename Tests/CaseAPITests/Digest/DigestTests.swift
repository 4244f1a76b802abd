import CaseStore
import Complaints
import TestSupport
import Testing

@testable import CaseAPI

@Suite("A digest")
struct DigestTests {
    private let desk: TestDesk
    private var client: TestClient { desk.client }

    /// Monday 2026-03-02, about nine in the morning in UTC.
    init() throws {
        desk = try TestDesk()
        desk.clock.advance(by: .days(1))
    }

    /// A case with a promise of its own that is nobody's, due in four weeks; returns its id.
    private func open(_ more: String = "") throws -> Int64 {
        let promise =
            #"{"what":"Keep","due_in":"P28D","customer_notified":{"channel":"phone","outcome":"reached"}}"#
        let customer = #"{"name":"Zoë Müller","phone":"+49 30 123456"}"#
        let answer = try desk.openCase(
            #"{\#(more)"complaint":"It leaks.","customer":\#(customer),"promise":\#(promise)}"#)
        return try #require(answer["id"].integer, "\(answer.response.text)")
    }

    @discardableResult
    private func promise(
        _ what: String, _ due: String, owner: String = "Kim", of caseID: Int64, as actor: String? = nil
    )
        throws -> Int64
    {
        let answer = try client.post(
            "/v1/cases/\(caseID)/promises", #"{"what":"\#(what)","due_at":"\#(due)","owner":"\#(owner)"}"#,
            fields: ["Casekeeper-Actor": actor ?? owner])
        return try #require(answer["id"].integer, "\(answer.response.text)")
    }

    private func whats(_ digest: JSONAnswer, _ section: String) -> [String?] {
        digest[section]["items"].items.map { $0["what"].text }
    }

    /// Of each kind something, as of Tuesday 2026-03-03, about nine in the morning.
    private func fill() throws {
        let id = try open()
        try promise("past", "2026-03-02T17:00:00Z", of: id)
        try promise("today", "2026-03-03T17:00:00Z", of: id)
        try promise("tonight", "2026-03-04T00:00:00Z", of: id)
        try promise("tomorrow", "2026-03-04T00:00:00.001Z", of: id)
        try promise("sunday", "2026-03-09T00:00:00Z", of: id)
        try promise("monday", "2026-03-09T00:00:00.001Z", of: id)
        try promise("asked", "2026-03-05T09:00:00Z", of: id, as: "Lou")
        try promise("other", "2026-03-03T12:00:00Z", owner: "Lou", of: id)
        let review = #"{"what":"review","due_at":"2026-03-06T09:00:00Z","owner":"Kim"}"#
        let lesson = #"{"kind":"lesson","cause":"x","process":"y","review":\#(review)}"#
        #expect(try client.post("/v1/cases/\(id)/log", lesson, fields: ["Casekeeper-Actor": "Kim"]).status == 201)
        desk.clock.advance(by: .days(1))
    }

    @Test("has what is overdue, due today, due this week and to be accepted, each in its order")
    func sections() throws {
        try fill()
        let digest = try client.get("/v1/digest?owner=kim")
        #expect(digest["owner"].text == "Kim" && digest["team"] == .null && digest["tz"].text == "UTC")
        #expect(digest["today"].text == "2026-03-03" && digest["week_to"].text == "2026-03-08")
        #expect(whats(digest, "overdue") == ["past"])
        #expect(whats(digest, "due_today") == ["today", "tonight"], "24:00 is of the day that it ends")
        #expect(whats(digest, "due_this_week") == ["tomorrow", "asked", "review", "sunday"])
        #expect(whats(digest, "waiting_for_acceptance") == ["asked"])
        #expect(digest["overdue"]["items"][0]["overdue"].flag == true)
        let all = try client.get("/v1/digest")
        #expect(whats(all, "due_today") == ["other", "today", "tonight"])
        let mine = try client.get("/v1/digest?owner=me", fields: ["Casekeeper-Actor": "Kim"])
        #expect(mine["due_today"]["total"].integer == 2)
        let carried = try client.get("/v1/owners/Kim")
        #expect(carried["overdue"].integer == digest["overdue"]["total"].integer)
        #expect(carried["due_today"].integer == digest["due_today"]["total"].integer)
    }

    @Test("lists so many of each section, and counts all of them")
    func bounds() throws {
        try fill()
        let digest = try client.get("/v1/digest?owner=Kim&limit=1")
        #expect(whats(digest, "due_this_week") == ["tomorrow"] && digest["due_this_week"]["total"].integer == 4)
        func sections(_ query: String) throws -> [String] {
            let text = try client.get("/v1/digest?owner=Kim&format=csv\(query)").response.text
            return text.split(separator: "\r\n").dropFirst().map { String($0.prefix { $0 != "," }) }
        }
        let weeks = Array(repeating: "due_this_week", count: 4)
        #expect(try sections("") == ["overdue", "due_today", "due_today"] + weeks + ["waiting_for_acceptance"])
        #expect(try sections("&limit=1") == DigestSection.allCases.map(\.rawValue))
    }

    @Test("as CSV goes on over pieces, each record once")
    func longTable() throws {
        let id = try open()
        for index in 0..<230 { try promise("p\(index)", "2026-03-02T17:00:00Z", owner: "Kim", of: id, as: "Lou") }
        let rows = try client.get("/v1/digest?owner=Kim&format=csv").response.text.split(separator: "\r\n").dropFirst()
        #expect(rows.count == 460 && Set(rows).count == 460)
        #expect(try client.get("/v1/digest?owner=Kim")["due_today"]["total"].integer == 230)
    }

    @Test("goes by the days of its owner, else of the team, else of the desk, unless it is asked for others")
    func zones() throws {
        try client.post("/v1/owners", #"{"name":"Kim","time_zone":"Pacific/Auckland"}"#)
        try client.post("/v1/owners", #"{"name":"Lou","team":"North"}"#)
        let calendar =
            #"{"time_zone":"Asia/Tokyo","weekly":{"mon":[["09:00","17:00"]]},"teams":["North"],"effective_from":"2026-03-02"}"#
        #expect(try client.put("/v1/calendars/tokyo", calendar).status == 201)
        func zone(_ query: String) throws -> String? { try client.get("/v1/digest?\(query)")["tz"].text }
        #expect(try zone("owner=Kim") == "Pacific/Auckland")
        #expect(try zone("owner=Lou") == "Asia/Tokyo")
        #expect(try zone("team=north") == "Asia/Tokyo")
        #expect(try zone("") == "UTC")
        #expect(try zone("owner=Kim&tz=Europe/Berlin") == "Europe/Berlin")
        let id = try open()
        // Ten to midnight in Auckland, and past it in Tokyo never.
        try promise("call", "2026-03-02T10:50:00Z", of: id)
        #expect(try client.get("/v1/digest?owner=Kim")["due_today"]["total"].integer == 1)
        try promise("later", "2026-03-02T11:10:00Z", of: id)
        #expect(whats(try client.get("/v1/digest?owner=Kim"), "due_this_week") == ["later"])
        #expect(try client.get("/v1/digest?owner=Kim&tz=UTC")["due_today"]["total"].integer == 2)
    }

    @Test("says what the record said at an instant, in every form")
    func asOf() throws {
        try fill()
        let then = desk.clock.tick().rfc3339
        func all() throws -> [String] {
            try ["json", "csv", "text"].map { form in
                try client.get("/v1/digest?owner=Kim&format=\(form)&as_of=\(then)").response.text
            }
        }
        let before = try all()
        #expect(try client.post("/v1/owners/Kim/handover", #"{"to":"Ann","reason":"x"}"#).status == 200)
        desk.clock.advance(by: .days(3))
        #expect(try all() == before)
        // Nothing is hers any more, and nobody has named her: so she is on record as of then alone.
        #expect(try client.get("/v1/digest?owner=Kim").code == "unknown_value")
        #expect(try client.get("/v1/digest?owner=Kim&allow_unknown=true")["overdue"]["total"].integer == 0)
        #expect(try client.get("/v1/digest?owner=Ann")["overdue"]["total"].integer == 6)
    }

    @Test("is never empty by a typo, and refuses what it does not know")
    func typos() throws {
        try fill()
        let unknown = try client.get("/v1/digest?owner=Kin")
        #expect(unknown.status == 400 && unknown.code == "unknown_value", "\(unknown.response.text)")
        #expect(try client.get("/v1/digest?team=Nroth").code == "unknown_value")
        #expect(try client.get("/v1/digest?owner=Kin&allow_unknown=true")["overdue"]["total"].integer == 0)
        #expect(try client.get("/v1/digest?ownr=Kim").errors == ["ownr unknown_parameter"])
        #expect(try client.get("/v1/digest?format=html").errors == ["format invalid_value"])
        #expect(try client.get("/v1/digest?for=spreadsheet&format=text").status == 400)
        #expect(try client.get("/v1/digest", fields: ["Accept": "image/png"]).status == 406)
        #expect(try client.get("/v1/promises?format=text").errors == ["format invalid_value"], "a list has no text")
    }

    @Test("reads well in a mail, and one that is empty says so in a sentence")
    func text() throws {
        let about =
            "The kettle has leaked since the first day, and nobody has called back about it for three weeks by now"
        let id = try open(#""subject":"\#(about)","contact":{"name":"Ida Müller","relation":"granddaughter"},"#)
        #expect(
            try client.get("/v1/digest", fields: ["Accept": "text/plain"]).response.text == """
                Promises of the desk
                Monday, 2026-03-02 09:00 (UTC)

                Nothing is overdue, due today or this week, or waiting to be accepted.

                """)
        try promise(
            "Call back with what the workshop has found out about the leak, and say when the new seal comes",
            "2026-03-02T17:00:00Z", of: id)
        try promise("Send the seal", "2026-03-03T10:00:00Z", of: id, as: "Lou")
        try promise("Send the bill", "2026-03-04T00:00:00Z", of: id)
        desk.clock.advance(by: .days(1))
        let answer = try client.get("/v1/digest?owner=Kim", fields: ["Accept": "text/plain"])
        #expect(answer.fields["content-type"] == "text/plain; charset=utf-8")
        #expect(
            answer.response.text == """
                Promises of Kim
                Tuesday, 2026-03-03 09:00 (UTC)

                1 overdue, 2 due today, none due later this week, 1 to be accepted.

                Overdue (1)

                * Mon 2026-03-02 17:00, 16 hours late
                  Call back with what the workshop has found out about the leak, and say
                  when the new seal comes
                  Case 1, Zoë Müller, called by Ida Müller (granddaughter),
                  +49 30 123456
                  About: The kettle has leaked since the first day, and nobody has
                  called back about it for three weeks by now

                Due today (2)

                * Tue 2026-03-03 10:00, not accepted yet
                  Send the seal
                  Case 1, Zoë Müller, called by Ida Müller (granddaughter),
                  +49 30 123456
                  About: The kettle has leaked since the first day, and nobody has
                  called back about it for three weeks by now

                * Tue 2026-03-03 24:00
                  Send the bill
                  Case 1, Zoë Müller, called by Ida Müller (granddaughter),
                  +49 30 123456
                  About: The kettle has leaked since the first day, and nobody has
                  called back about it for three weeks by now

                To be accepted (1)

                * Tue 2026-03-03 10:00
                  Send the seal
                  Case 1, Zoë Müller, called by Ida Müller (granddaughter),
                  +49 30 123456
                  About: The kettle has leaked since the first day, and nobody has
                  called back about it for three weeks by now

                """)
        #expect(try client.get("/v1/digest?format=text&limit=1").response.text.contains("\n  And 1 more.\n"))
    }

    @Test("has no line that a mail program takes for something else, whatever people write")
    func nastyText() throws {
        let nasty = [
            "From me to you", ">quoted", "--", String(repeating: "W", count: 200), ".",
            String(repeating: "東京 ", count: 99), String(repeating: "e\u{301}", count: 300),
        ]
        for text in nasty {
            let customer = #"{"name":"\#(text.prefix(90)) x","phone":"\#(text.prefix(30)) 1"}"#
            // Of what is written about a promise the service takes nearly everything.
            let promise = #"{"what":"\#(text) \u001b[2J\u202e\r\nSubject: x\r\n.\r\n-- \r\n","due_in":"PT1H"}"#
            let answer = try desk.openCase(#"{"complaint":"x","customer":\#(customer),"promise":\#(promise)}"#)
            #expect(answer.status == 201, "\(answer.response.text)")
        }
        try promise("x", "2026-03-02T17:00:00Z", owner: "From \(String(repeating: "W", count: 190))", of: 1)
        let text = try client.get("/v1/digest?format=text").response.text
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        #expect(text.contains("Due today (8)"))
        for line in lines {
            #expect(FoldedText.columns(of: String(line)) <= DigestText.width && line.utf8.count < 998, "\(line)")
            #expect(!line.hasSuffix(" ") && !line.unicodeScalars.contains { $0.properties.generalCategory == .control })
            #expect(!line.hasPrefix("From ") && !line.hasPrefix(">") && !line.hasPrefix("--") && line != ".")
        }
    }
}
