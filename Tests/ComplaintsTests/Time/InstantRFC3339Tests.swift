import Complaints
import Foundation
import TestSupport
import Testing

@Suite("Instants are read and written as RFC 3339 has it")
struct InstantRFC3339Tests {
    @Test(
        "a date and time with an offset names an instant",
        arguments: [
            ("1970-01-01T00:00:00Z", 0),
            ("1970-01-01T00:00:00.001Z", 1),
            ("1969-12-31T23:59:59.999Z", -1),
            ("2026-03-01T09:00:00Z", 1_772_355_600_000),
            ("2026-03-01t09:00:00z", 1_772_355_600_000),
            ("2026-03-01T10:00:00+01:00", 1_772_355_600_000),
            ("2026-03-01T03:30:00-05:30", 1_772_355_600_000),
            ("2026-02-28T23:00:00-10:00", 1_772_355_600_000),
            ("2026-03-01T09:00:00-00:00", 1_772_355_600_000),
            ("2026-03-01T09:00:00.5Z", 1_772_355_600_500),
            ("2026-03-01T09:00:00.05Z", 1_772_355_600_050),
            ("2026-03-01T09:00:00.1239999Z", 1_772_355_600_123),
            ("2024-02-29T00:00:00Z", 1_709_164_800_000),
            ("2000-02-29T00:00:00Z", 951_782_400_000),
            ("0001-01-01T00:00:00Z", -62_135_596_800_000),
            ("9999-12-31T23:59:59.999Z", 253_402_300_799_999),
        ])
    func reads(_ text: String, _ milliseconds: Int64) throws {
        #expect(try Instant(rfc3339: text).milliseconds == milliseconds)
    }

    @Test(
        "what is no date and time of RFC 3339 is refused",
        arguments: [
            "", "tomorrow", "2026-03-01", "2026-3-1T09:00:00Z", "26-03-01T09:00:00Z", "2026-03-01 09:00:00Z",
            "2026-03-01T09:00Z", "2026-03-01T9:00:00Z", "2026-03-01T09:00:00,5Z", "2026-03-01T09:00:00.Z",
            "2026-03-01T09:00:00ZZ", "2026-03-01T09:00:00Z ", " 2026-03-01T09:00:00Z", "2026-03-01T09:00:00+0100",
            "2026-03-01T09:00:00+1:00", "2026-03-01T09:00:00+24:00", "2026-03-01T09:00:00+01:60",
            "2026-03-01T09:00:00+01", "2026-02-29T00:00:00Z", "1900-02-29T00:00:00Z", "2026-02-30T00:00:00Z",
            "2026-04-31T00:00:00Z", "2026-13-01T00:00:00Z", "2026-00-01T00:00:00Z", "2026-01-00T00:00:00Z",
            "2026-01-32T00:00:00Z", "2026-03-01T24:00:00Z", "2026-03-01T09:60:00Z", "2026-06-30T23:59:60Z",
            "0000-12-31T23:59:59Z", "0001-01-01T00:00:00+00:01", "9999-12-31T23:59:59-00:01",
            "-2026-03-01T09:00:00Z", "+2026-03-01T09:00:00Z", "٢٠٢٦-03-01T09:00:00Z", "2026-03-01T09:00:00\u{0}Z",
        ])
    func refuses(_ text: String) {
        #expect(throws: InstantSyntaxError.malformed) { try Instant(rfc3339: text) }
    }

    @Test(
        "without an offset it names no instant, and that is said",
        arguments: ["2026-03-01T09:00:00", "2026-03-01T09:00:00.123", "2024-02-29t00:00:00"])
    func missesOffset(_ text: String) {
        #expect(throws: InstantSyntaxError.missingOffset) { try Instant(rfc3339: text) }
    }

    @Test(
        "output is UTC with Z, and milliseconds only when there are some",
        arguments: [
            (0, "1970-01-01T00:00:00Z"), (1, "1970-01-01T00:00:00.001Z"), (-1, "1969-12-31T23:59:59.999Z"),
            (1_772_355_600_120, "2026-03-01T09:00:00.120Z"), (-62_135_596_800_000, "0001-01-01T00:00:00Z"),
            (253_402_300_799_999, "9999-12-31T23:59:59.999Z"),
        ])
    func writes(_ milliseconds: Int64, _ text: String) {
        #expect(Instant(milliseconds: milliseconds).rfc3339 == text)
    }

    @Test("what is written is read again, in any offset, and agrees with Foundation")
    func roundTrips() throws {
        var random = SeededRandom(1)
        let formatter = ISO8601DateFormatter()
        formatter.formatOptions = [.withInternetDateTime, .withFractionalSeconds]
        for _ in 0..<5000 {
            let milliseconds = Int64.random(in: -62_135_596_800_000...253_402_300_799_999, using: &random)
            let instant = Instant(milliseconds: milliseconds)
            #expect(try Instant(rfc3339: instant.rfc3339) == instant)

            let minutes = Int64.random(in: -1439...1439, using: &random)
            let local = Instant(milliseconds: milliseconds + minutes * 60_000)
            guard local >= .earliest, local <= .latest else { continue }
            let sign = minutes < 0 ? "-" : "+"
            let offset = sign + [minutes.magnitude / 60, minutes.magnitude % 60].map(twoDigits).joined(separator: ":")
            let text = local.rfc3339.dropLast() + offset
            #expect(try Instant(rfc3339: text) == instant, "\(text)")

            // Foundation's formatter follows the Julian calendar before 1582.
            guard milliseconds > -12_000_000_000_000 else { continue }
            let date = try #require(formatter.date(from: instant.rfc3339WithMilliseconds))
            #expect((date.timeIntervalSince1970 * 1000).rounded() == Double(milliseconds))
        }
    }

    private func twoDigits(_ number: UInt64) -> String { (number < 10 ? "0" : "") + String(number) }
}

extension Instant {
    /// Foundation's formatter either wants the fraction or refuses it.
    fileprivate var rfc3339WithMilliseconds: String {
        rfc3339.contains(".") ? rfc3339 : rfc3339.dropLast() + ".000Z"
    }
}
