import Testing

@testable import Complaints

@Suite("Phone numbers are compared by their digits")
struct PhoneKeyTests {
    @Test(
        "however they are written, and with or without a country code",
        arguments: [
            ("+46 8 123 45", "08-123 45"), ("+46 8 123 45", "0046812345"), ("+44 (0)20 7946 0123", "(020) 7946-0123"),
            ("+44 20 7946 0123", "02079460123"), ("212-555-0123", "+1 (212) 555 0123"), ("0171/1234567", "01711234567"),
            ("٠١٢٣٤٥٦٧", "1234567"), ("１２３４５６", "123456"), ("020 7946 0123 ext. 12", "020 7946 0123"),
            ("020 7946 0123, 020 7946 9999", "02079460123"),
        ])
    func same(one: String, other: String) throws {
        let (one, other) = (try #require(PhoneKey(one)), try #require(PhoneKey(other)))
        #expect(one.isLike(other) && other.isLike(one))
        // As an index finds it: what is on record is a beginning of what is asked for, or has it at its own.
        let (short, long) = one.reversed.utf8.count <= other.reversed.utf8.count ? (one, other) : (other, one)
        #expect(long.withoutCountryCode.contains { $0.isExactly(short.reversed) })
    }

    @Test(
        "and are others by any of their last digits, or by more than a country code ahead",
        arguments: [("08-123 45", "08-123 46"), ("123456", "46812123456"), ("1234567", "1234568")])
    func other(one: String, other: String) throws {
        #expect(try !#require(PhoneKey(one)).isLike(#require(PhoneKey(other))))
    }

    @Test("too few digits are no number", arguments: ["", "call me", "112", "00000", "012345", "1-800-FLOWERS"])
    func none(text: String) {
        #expect(PhoneKey(text) == nil)
    }

    @Test("no digits are too many: the last ones count")
    func long() throws {
        let digits = String(repeating: "1234567890", count: 20)
        #expect(try #require(PhoneKey(digits)).reversed.utf8.count == PhoneKey.mostDigits)
    }
}
