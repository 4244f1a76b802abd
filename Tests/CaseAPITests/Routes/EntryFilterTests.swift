import CaseStore
import Complaints
import TestSupport
import Testing

@testable import CaseAPI

@Suite("Who did what, and when")
struct EntryFilterTests {
    /// What lists entries of the log, by the filter that it takes.
    private static let patterns = APIOperation.all.filter { $0.query.takes("actor") }.map(\.pattern)

    /// Three people at work on a case, an hour apart, one of whom writes their name otherwise at times.
    private func desk() throws -> TestDesk {
        let desk = try TestDesk()
        let client = desk.client
        let body = #"{"complaint":"It leaks.","customer":{"name":"Ann"}}"#
        try client.post("/v1/cases", body, fields: ["Casekeeper-Actor": "Kim"])
        for (actor, text) in [("Lou", "a"), ("KIM", "b"), ("Mia Böll", "c"), ("kim", "d"), ("Lou", "e")] {
            desk.clock.advance(by: .hours(1))
            try client.post(
                "/v1/cases/1/log", "{\"kind\":\"note\",\"text\":\"\(text)\"}",
                fields: ["Casekeeper-Actor": actor])
        }
        try client.patch("/v1/customers/1", #"{"phone":"123456"}"#, fields: ["Casekeeper-Actor": "Kim"])
        return desk
    }

    private func instant(_ text: String) throws -> Instant { try FieldKind.instant(text) }

    private func entries(_ answer: JSONAnswer) -> [String] {
        answer["items"].items.map {
            "\($0["about"].text ?? "") \(($0["log"] == .null ? $0["seq"] : $0["log"]["seq"]).integer ?? 0)"
        }
    }

    @Test("is asked of events, of the log of a case and of what happened with a customer")
    func all() {
        #expect(
            Self.patterns.sorted() == ["/v1/cases/{id}/log", "/v1/customers/{id}/history", "/v1/events"])
    }

    @Test(
        "everything that lists entries lets through what somebody did, from an instant on and before another",
        arguments: patterns)
    func filters(pattern: String) throws {
        let desk = try desk()
        let path = pattern.replacing("{id}", with: "1")
        let all = try desk.client.get(path)["items"].items
        #expect(all.count >= 7)
        let instants = all.compactMap { $0["recorded_at"].text }
        var seen: Set<Int> = []
        for actor in [nil, "kim", "Lou", "MIA BÖLL"] {
            for since in [nil, instants[3], "2026-03-01T11:30:00+02:00", "2100-01-01T00:00:00Z"] {
                for until in [nil, instants[3], instants[5]] {
                    let query = [("actor", actor), ("since", since), ("until", until)].compactMap { name, value in
                        value.map { "\(name)=\($0.replacing(" ", with: "%20").replacing("Ö", with: "%C3%96"))" }
                    }
                    let answer = try desk.client.get("\(path)?\(query.joined(separator: "&"))")
                    let (first, end) = (try since.map(instant), try until.map(instant))
                    if let first, let end, first >= end {
                        #expect(answer.errors == ["until invalid_parameter"], "\(query)")
                        continue
                    }
                    #expect(answer.status == 200, "\(query): \(answer.response.text)")
                    let expected = try all.filter { item in
                        let at = try instant(try #require(item["recorded_at"].text))
                        let isTheirs = actor.map { FoldedName($0) == FoldedName(item["actor"].text ?? "") } ?? true
                        return isTheirs && first.map { at >= $0 } ?? true && end.map { at < $0 } ?? true
                    }
                    #expect(answer["items"].items == expected, "\(query)")
                    seen.insert(expected.count)
                }
            }
        }
        #expect(seen.count > 4)
    }

    @Test(
        "a period of the calendar is a range, by the clocks of a zone; one beside an end is refused",
        arguments: patterns)
    func periods(pattern: String) throws {
        // It is 14:00 in UTC, after an entry an hour since 9:00, and 3:00 of the next day in Auckland.
        let desk = try desk()
        let path = pattern.replacing("{id}", with: "1")
        func count(_ query: String) throws -> Int {
            try desk.client.get("\(path)?limit=100&\(query)")["items"].items.count
        }
        let all = try count("period=today")
        #expect(all >= 7)
        #expect(try count("period=yesterday") == 0)
        #expect(try count("period=this_week&actor=lou") == 2)
        let today = try count("period=today&tz=Pacific/Auckland")
        #expect(today > 0 && today < all)
        #expect(try today == count("since=2026-03-02&tz=Pacific/Auckland"))
        #expect(try count("period=yesterday&tz=Pacific/Auckland") == all - today)
        for end in ["since=2026-03-01", "until=2100-01-01", "since=2026-03-01&until=2100-01-01"] {
            #expect(try desk.client.get("\(path)?period=today&\(end)").errors == ["period conflicting_fields"])
        }
        #expect(try desk.client.get("\(path)?period=tomorrow").errors == ["period invalid_value"])
        guard path != "/v1/events" else { return }
        let then = try #require(try desk.client.get("\(path)?limit=2")["items"].items.last?["recorded_at"].text)
        #expect(try count("period=today&as_of=\(then)") == 2)
    }

    @Test("what somebody did today is one request; a name that nobody has is refused, unless it may be")
    func today() throws {
        let desk = try desk()
        let mine = try desk.client.get("/v1/events?actor=kim&since=2026-03-01T10:30:00Z")
        #expect(entries(mine) == ["case 4", "case 6", "customer 1"])
        #expect(mine["next"].integer == 8)
        for path in ["/v1/events", "/v1/cases/1/log"] {
            #expect(try desk.client.get("\(path)?actor=Kimm").errors == ["actor unknown_value"])
            #expect(try desk.client.get("\(path)?actor=Kimm&allow_unknown=true")["items"].items == [])
        }
        #expect(entries(try desk.client.get("/v1/cases/1/log?kind=note&actor=Lou")) == ["case 3", "case 7"])
    }

    @Test("since and until may be days, which begin by the clocks of tz, else of the desk")
    func days() throws {
        let desk = try desk()
        func seen(_ target: String) throws -> Int {
            let page = try desk.client.get(target)
            #expect(page.status == 200, "\(page.response.text)")
            return page["items"].items.count
        }
        for path in ["/v1/events", "/v1/cases/1/log"] {
            let all = try seen("\(path)?limit=500")
            #expect(try seen("\(path)?since=2026-03-01&limit=500") == all)
            #expect(try seen("\(path)?until=2026-03-02&limit=500") == all && seen("\(path)?since=2026-03-02") == 0)
            // It is midnight in Kiritimati at 10 o'clock in UTC.
            let day = try seen("\(path)?since=2026-03-02&tz=Pacific/Kiritimati")
            #expect(try day == seen("\(path)?since=2026-03-01T10:00:00Z") && day > 0 && day < all)
            #expect(try desk.client.get("\(path)?tz=Europe/Berlin").errors == ["tz invalid_parameter"])
            #expect(try desk.client.get("\(path)?since=2026-03-02&tz=Nowhere/Else").errors == ["tz invalid_parameter"])
            #expect(try desk.client.get("\(path)?since=2026-02-30").errors == ["since invalid_instant"])
            // A range the wrong way round would look as if nothing had happened.
            #expect(
                try desk.client.get("\(path)?since=2026-03-02&until=2026-03-02").errors == ["until invalid_parameter"])
        }
    }

    @Test("pages of events go on with all that was asked for")
    func pages() throws {
        let desk = try desk()
        var (target, seen): (String?, [String]) = ("/v1/events?actor=kim&since=2026-03-01T09:30:00Z&limit=1", [])
        for _ in 0..<4 {
            let page = try desk.client.get(try #require(target))
            seen += entries(page)
            target = page.fields["link"].map { String($0.dropFirst().prefix { $0 != ">" }) }
        }
        #expect(seen == ["case 4", "case 6", "customer 1"])
        #expect(target?.contains("actor=kim") == true && target?.contains("since=") == true)
    }

    @Test("who waits for what somebody does goes on waiting while others do something")
    func waiting() throws {
        let desk = try desk()
        let kims = desk.ask("/v1/events?after=8&actor=kim&type=case.updated&wait=60")
        let anybodys = desk.ask("/v1/events?after=8&type=case.updated&wait=60")
        #expect(try eventually { try desk.waiting() == 2 })
        try desk.client.post(
            "/v1/cases/1/log", #"{"kind":"note","text":"f"}"#, fields: ["Casekeeper-Actor": "Lou"])
        #expect(try anybodys.value()["items"].items.count == 1)
        #expect(try eventually { try desk.waiting() == 1 } && !kims.isOver)
        try desk.client.post(
            "/v1/cases/1/log", #"{"kind":"note","text":"g"}"#, fields: ["Casekeeper-Actor": "KIM"])
        let answer = try kims.value()
        #expect(answer["items"].items.map { $0["actor"].text } == ["KIM"] && answer["next"].integer == 10)
        #expect(try desk.waiting() == 0)
    }

    @Test("nobody waits for what was to come before an instant that has passed")
    func over() throws {
        let desk = try desk()
        let answer = try desk.client.get("/v1/events?after=8&until=2026-03-01T09:30:00Z&wait=60")
        #expect(answer.status == 200 && answer["items"].items == [] && answer["next"].integer == 8)
    }
}
