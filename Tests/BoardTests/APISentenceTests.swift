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
            (part["text"] as? String) ?? (part["time"] as? [String: Any]).flatMap { $0["shown"] as? String } ?? "?"
        }
        #expect(written.joined() == shown)
    }
}
