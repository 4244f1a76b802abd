import Testing

@testable import Complaints

@Suite("Telephone numbers")
struct PhoneNumberTests {
    static let table: [(text: String, words: [String])] = [
        ("+46 8 123 45", ["☎54321864"]), ("(020) 7946-0123", ["☎3210649702"]),
        ("+44 (0)20 7946 0123", ["☎321064970244"]),
        ("0046 8 123 45", ["☎54321864"]), ("12345", []), ("٠٢٠٧٩٤٦٠١٢٣", ["☎3210649702"]),
        ("＋４６ ８ １２３ ４５", ["☎54321864"]),
        ("020 7946 0123 or 0171/123456", ["☎3210649702", "☎654321171"]), ("020 7946 0123 ext. 12", ["☎3210649702"]),
        ("020 7946 0123 / 020 7946 9999", ["☎3210649702", "☎9999649702"]),
        ("+49 171 1234567/+49 30 123456", ["☎765432117194", "☎6543210394"]), ("033876/12345", ["☎5432167833"]),
        ("call me", []), ("", []), ("000000", []), ("\u{202A}+46 8 123 45\u{202C}", ["☎54321864"]),
        ("020‑7946‑0123", ["☎3210649702"]), ("*31#0612345678", ["☎876543216"]), ("1-800-FLOWERS", []),
    ]

    @Test("are searched by their digits backwards, without zeros before them", arguments: table)
    func words(text: String, words: [String]) {
        #expect(PhoneNumber.all(in: text).compactMap(\.word) == words)
    }

    @Test(
        "are one however they are written, and with or without a country code",
        arguments: [
            ("+46 8 123 45", "08-123 45"), ("+46 8 123 45", "0046812345"), ("+44 (0)20 7946 0123", "(020) 7946-0123"),
            ("+44 20 7946 0123", "02079460123"), ("212-555-0123", "+1 (212) 555 0123"), ("0171/1234567", "01711234567"),
            ("٠١٢٣٤٥٦٧", "1234567"), ("１２３４５６", "123456"), ("020 7946 0123 ext. 12", "020 7946 0123"),
            ("020 7946 0123, 020 7946 9999", "02079460123"), ("Tel. 020 7946 0123", "020 7946 0123"),
        ])
    func same(one: String, other: String) throws {
        let (one, other) = (try #require(PhoneNumber(one)), try #require(PhoneNumber(other)))
        #expect(one.isLike(other) && other.isLike(one))
        // As an index finds it: what is on record is a beginning of what is asked for, or has it at its own.
        let (short, long) = one.reversed.utf8.count <= other.reversed.utf8.count ? (one, other) : (other, one)
        #expect(([long.reversed] + long.reversedWithoutCountryCode).contains { $0.isExactly(short.reversed) })
    }

    @Test(
        "are others by any of their last digits, or by more than a country code ahead",
        arguments: [("08-123 45", "08-123 46"), ("123456", "46812123456"), ("1234567", "1234568")])
    func other(one: String, other: String) throws {
        #expect(try !#require(PhoneNumber(one)).isLike(#require(PhoneNumber(other))))
    }

    @Test("are none with too few digits", arguments: ["", "call me", "112", "00000", "012345", "1-800-FLOWERS"])
    func none(text: String) {
        #expect(PhoneNumber(text) == nil)
    }

    @Test("of any length are bounded: the last digits count")
    func bounded() throws {
        let number = try #require(PhoneNumber(String(repeating: "1234567890", count: 10_000)))
        #expect(number.reversed.utf8.count == PhoneNumber.mostDigits)
        #expect(number.word?.count == PhoneNumber.mostDigits + 1)
    }
}
