import TestSupport
import Testing

@testable import Complaints

@Suite("A zone's rule for all years")
struct PosixZoneTests {
    private func zone(_ text: String) throws -> PosixZone { try #require(PosixZone(Array(text.utf8)), "\(text)") }

    private func time(_ text: String) throws -> Int64 { try Instant(rfc3339: text).milliseconds / 1000 }

    @Test(
        "says what clocks show a second before they are changed, and then",
        arguments: [
            ("CET-1CEST,M3.5.0,M10.5.0/3", "2026-03-29T01:00:00Z", 3600, 7200),
            ("CET-1CEST,M3.5.0,M10.5.0/3", "2026-10-25T01:00:00Z", 7200, 3600),
            ("EST5EDT,M3.2.0,M11.1.0", "2027-03-14T07:00:00Z", -18_000, -14_400),
            // In Dublin winter is what is saved.
            ("IST-1GMT0,M10.5.0,M3.5.0/1", "2026-03-29T01:00:00Z", 0, 3600),
            ("IST-1GMT0,M10.5.0,M3.5.0/1", "2026-10-25T01:00:00Z", 3600, 0),
            // South of the equator it lasts over New Year.
            ("AEST-10AEDT,M10.1.0,M4.1.0/3", "2027-04-03T16:00:00Z", 39_600, 36_000),
            ("<+1030>-10:30<+11>-11,M10.1.0,M4.1.0", "2026-10-03T15:30:00Z", 37_800, 39_600),
            ("<+00>0<+02>-2,M3.5.0/1,M10.5.0/3", "2026-03-29T01:00:00Z", 0, 7200),
            // Hours of other days, and of the day before.
            ("EET-2EEST,M3.4.4/50,M10.4.4/50", "2026-03-28T00:00:00Z", 7200, 10_800),
            ("<-02>2<-01>,M3.5.0/-1,M10.5.0/0", "2026-03-29T01:00:00Z", -7200, -3600),
            // By the number of the day: 60 is 1 March of every year for J, of a common one without.
            ("AAA0BBB,J60/0,J300/0", "2028-03-01T00:00:00Z", 0, 3600),
            ("AAA0BBB,59/0,300/0", "2027-03-01T00:00:00Z", 0, 3600),
            ("AAA0BBB,59/0,300/0", "2028-02-29T00:00:00Z", 0, 3600),
            ("AAA0BBB-2,J1/0,J365/24", "2400-01-01T00:00:00Z", 0, 7200),
        ] as [(String, String, Int64, Int64)])
    func changes(text: String, at: String, before: Int64, after: Int64) throws {
        let (zone, time) = (try zone(text), try time(at))
        #expect(zone.span(at: time - 1).offset == before)
        #expect(zone.span(at: time).offset == after)
        #expect(zone.span(at: time - 1).until == time && zone.span(at: time).from == time)
    }

    @Test("that is summer for good shows it at all times", arguments: ["XXX3EDT4,0/0,J365/23", "XXX3EDT4,0/0,J365/25"])
    func allYear(text: String) throws {
        let zone = try zone(text)
        for year in 2026...2031 {
            let newYear = try time("\(year)-01-01T00:00:00Z")
            for hour in -30...30 { #expect(zone.span(at: newYear + Int64(hour) * 3600).offset == -14_400) }
        }
    }

    @Test("goes on without a gap, each of its times as long as the next begins")
    func spans() throws {
        for text in ["CET-1CEST,M3.5.0,M10.5.0/3", "AEST-10AEDT,M10.1.0,M4.1.0/3", "AAA0BBB,J20/-167,J345/167"] {
            let zone = try zone(text)
            var time = try time("1901-01-01T00:00:00Z")
            for _ in 0..<400 {
                let span = zone.span(at: time)
                #expect(span.from <= time && time < span.until && zone.span(at: span.until - 1) == span)
                #expect(zone.span(at: span.until).from == span.until)
                time = span.until
            }
        }
    }

    @Test(
        "is refused when it is none",
        arguments: [
            "", "C", "CE-1", "CET", "CET-", "CET-25", "CET-1:60", "CET-1CEST", "CET-1CEST,", "CET-1CEST,M3.5.0",
            "CET-1CEST,M3.5.0,", "CET-1CEST,M13.5.0,M10.5.0", "CET-1CEST,M3.6.0,M10.5.0", "CET-1CEST,M3.0.0,M10.5.0",
            "CET-1CEST,M3.5.7,M10.5.0", "CET-1CEST,J0,J2", "CET-1CEST,J366,J2", "CET-1CEST,366,2",
            "CET-1CEST,M3.5.0/168,1",
            "CET-1CEST,M3.5.0,M10.5.0/3 ", "<CET-1", "<C>-1", "CET-1CEST,M3.5.0,M10.5.0/3,", "CET-1111",
            ":Europe/Berlin",
        ])
    func none(text: String) {
        #expect(PosixZone(Array(text.utf8)) == nil)
    }

    @Test("whatever bytes do not hold it up")
    func random() {
        var random = SeededRandom(1)
        let letters = Array("CETSJM0123456789-+:,./<>\n".utf8)
        for _ in 0..<20_000 {
            var bytes = Array("CET-1CEST,M3.5.0,M10.5.0/3".utf8)
            for _ in 0..<Int.random(in: 1...4, using: &random) {
                bytes[Int.random(in: 0..<bytes.count, using: &random)] = letters.randomElement(using: &random) ?? 0
            }
            guard let zone = PosixZone(bytes) else { continue }
            for time: Int64 in [-1 << 59, -62_135_596_800, 0, 253_402_300_799, 1 << 59] {
                let span = zone.span(at: time)
                #expect(span.from <= time && time < span.until)
            }
        }
    }
}
