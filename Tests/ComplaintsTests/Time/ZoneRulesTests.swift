import Foundation
import Testing

@testable import Complaints

@Suite("What the clocks of a zone show")
struct ZoneRulesTests {
    private func rules(_ name: String) throws -> ZoneRules {
        let bytes = try #require(FileManager.default.contents(atPath: "/usr/share/zoneinfo/\(name)"))
        return ZoneRules(try TZifFile([UInt8](bytes)))
    }

    /// 2014-10-25T22:00:00Z: Moscow's clocks went back for good, from UTC+4 without summer time to UTC+3 without.
    private static let moscow: Int64 = 1_414_274_400

    @Test("a zone that changed its standard time, by no rule for the years after, did so at one second")
    func standardTime() throws {
        let rules = try rules("Europe/Moscow")
        #expect(rules.offset(at: Self.moscow - 1) == 4 * 3600)
        #expect(rules.offset(at: Self.moscow) == 3 * 3600)
        let before = rules.span(at: Self.moscow - 1)
        #expect(before.offset == 4 * 3600 && before.until == Self.moscow)
        // Also where the rule of the file's footer is looked up, which knows of no change at all.
        for time in [Self.moscow, Self.moscow + 1, Self.moscow + 40_000_000, 4_102_444_800, 9_000_000_000] {
            let span = rules.span(at: time)
            #expect(span.offset == 3 * 3600 && span.from == Self.moscow && span.until > time, "\(time): \(span)")
        }
    }

    @Test(
        "the times throughout which clocks are not changed follow one on the other, whichever has them: table or rule")
    func spans() throws {
        for name in [
            "Europe/Moscow", "Europe/Berlin", "Europe/Dublin", "America/Sao_Paulo", "Africa/Casablanca", "Pacific/Apia",
        ] {
            let rules = try rules(name)
            var span = rules.span(at: 0)
            var count = 0
            while span.until < 4_200_000_000, count < 1000 {
                let next = rules.span(at: span.until)
                #expect(next.from <= span.until && next.until > span.until, "\(name): \(span), \(next)")
                #expect(next.offset == span.offset || next.from == span.until, "\(name): \(span), \(next)")
                #expect(rules.offset(at: span.until - 1) == span.offset, "\(name): \(span)")
                (span, count) = (next, count + 1)
            }
            #expect(count > 3, "\(name)")
        }
    }
}
