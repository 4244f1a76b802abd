import Complaints
import Testing

@testable import Board

@Suite("Sentences of the API on a page")
struct APISentenceTests {
    @Test(
        "have instants by the page's clocks, and lengths of time and names of fields in words; what people wrote stays as it is",
        arguments: [
            (
                "Due at 2026-03-02T09:00:00Z; the case has no estimate, and nothing a next_step.",
                "Due at 2026-03-02 10:00; the case has no estimate, and nothing a next step."
            ),
            (
                "Nothing since 2026-03-02T09:00:00.123Z; the policy says P3D.",
                "Nothing since 2026-03-02 10:00; the policy says 3 days."
            ),
            (
                "Promise 3, \"do_it by 2026-03-02T09:00:00Z now_or\", is due.",
                "Promise 3, \"do_it by 2026-03-02T09:00:00Z now_or\", is due."
            ),
            ("The case has no desired_outcome.", "The case has no desired outcome."), ("", ""), ("Please.", "Please."),
            ("Two  spaces, A_B and P.", "Two  spaces, A_B and P."),
        ])
    func words(text: String, shown: String) throws {
        let berlin = try #require(ZoneDatabase.system.zone(named: "Europe/Berlin"))
        let clock = PageClock(now: .earliest, zone: berlin)
        let values = APISentence(text: text, clock: clock).values
        let parts = try #require(values["parts"] as? [[String: Any]])
        let written = parts.map { part in
            (part["text"] as? String ?? part["said"] as? String) ?? (part["time"] as? [String: Any]).flatMap {
                $0["shown"] as? String
            } ?? "?"
        }
        #expect(written.joined() == shown)
    }

    @Test(
        "what people wrote, and a name that turns the text after it, is an element of its own",
        arguments: [
            ("Promise 3, \"\u{202E}run a_b\", is due.", ["Promise 3, |", "\"\u{202E}run a_b\"", "|, is due."]),
            ("It was made for \u{202E}Kim, who waits.", ["It was made for |", "\u{202E}Kim", "|, who waits."]),
            ("It is \"open.", ["It is |", "\"open.", "|"]),
        ])
    func isolated(text: String, shown: [String]) throws {
        let values = APISentence(text: text, clock: PageClock(now: .earliest, zone: .utc)).values
        let parts = try #require(values["parts"] as? [[String: Any]])
        let said = parts.compactMap { $0["said"] as? String }
        let plain = parts.compactMap { $0["text"] as? String }
        #expect(said == [shown[1]])
        #expect(plain.joined(separator: "|") == shown[0].dropLast() + shown[2])
        let html = Templates.render("sentence", values)
        #expect(html.contains("<bdi>") && html.contains("</bdi>"))
    }

    @Test("a midnight that something is due at is the last minute of the day that it ends")
    func midnight() throws {
        let berlin = try #require(ZoneDatabase.system.zone(named: "Europe/Berlin"))
        let clock = PageClock(now: .earliest, zone: berlin)
        for (instant, shown, isDayEnd) in [
            ("2026-03-02T23:00:00Z", "2026-03-02 23:59", true), ("2026-03-02T22:00:00Z", "2026-03-02 23:00", false),
            ("2026-03-02T23:01:00Z", "2026-03-03 00:01", false),
        ] {
            let due = clock.due(try Instant(rfc3339: instant))
            #expect(due["shown"] as? String == shown && due["instant"] as? String == instant)
            #expect(Templates.render("moment", due).contains("data-day-end") == isDayEnd)
            #expect(clock.moment(try Instant(rfc3339: instant))["shown"] as? String != "2026-03-02 23:59")
            let sentence = APISentence(text: "It is due at \(instant).", clock: clock).values
            #expect(Templates.render("sentence", sentence).contains(shown))
        }
    }
}
