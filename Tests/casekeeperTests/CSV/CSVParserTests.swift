import Testing

@testable import casekeeper

@Suite("CSV is read by RFC 4180")
struct CSVParserTests {
    struct Example: CustomTestStringConvertible, Sendable {
        var testDescription: String
        var text: String
        var records: [[String]]
        var lines: [Int]

        init(_ description: String, _ text: String, _ records: [[String]], lines: [Int]? = nil) {
            testDescription = description
            self.text = text
            self.records = records
            self.lines = lines ?? Array(1...max(1, records.count)).prefix(records.count).map { $0 }
        }
    }

    static let examples = [
        Example("nothing at all", "", []),
        Example("only a newline", "\r\n", []),
        Example("CRLF", "a,b\r\n1,2\r\n", [["a", "b"], ["1", "2"]]),
        Example("LF", "a,b\n1,2\n", [["a", "b"], ["1", "2"]]),
        Example("CR", "a,b\r1,2\r", [["a", "b"], ["1", "2"]]),
        Example("no newline at the end", "a,b\n1,2", [["a", "b"], ["1", "2"]]),
        Example("empty fields", ",\n\"\",\n", [["", ""], ["", ""]]),
        Example("an empty last field without a newline", "a,", [["a", ""]]),
        Example("quotes of the text", "\"say \"\"no\"\"\",x\n", [["say \"no\"", "x"]]),
        Example("a comma in quotes", "\"a,b\",c\n", [["a,b", "c"]]),
        Example("spaces stay, but for those around quotes", " a , \" b\" ,\" c \"\n", [[" a ", " b", " c "]]),
        Example("nothing but spaces", "a, ,\t\n", [["a", " ", "\t"]]),
        Example(
            "newlines in quotes stay as they are", "\"a\r\nb\nc\rd\",x\r\ny,z\r\n",
            [["a\r\nb\nc\rd", "x"], ["y", "z"]],
            lines: [1, 5]),
        Example("blank lines are no records", "a\n\n\r\nb\n", [["a"], ["b"]], lines: [1, 4]),
        Example("an empty quoted field alone is a record", "a\n\"\"\n", [["a"], [""]]),
        Example(
            "texts of spreadsheets", "=\"02\",x\n =\"0\" ,=\"\"\n=\"a\"\"b\",=\n",
            [["=\"02\"", "x"], [" =\"0\" ", "=\"\""], ["=\"a\"\"b\"", "="]]),
        Example("a byte order mark is skipped", "\u{FEFF}a,b\n", [["a", "b"]]),
        Example("a byte order mark before a quote", "\u{FEFF}\"a\",b\n", [["a", "b"]]),
        Example("a byte order mark further on is text", "a\u{FEFF}\n", [["a\u{FEFF}"]]),
        Example("half a byte order mark is text", "\u{FEC0},b\n", [["\u{FEC0}", "b"]]),
        Example("any scalar", "é,漢字,👩‍👩‍👧\n", [["é", "漢字", "👩‍👩‍👧"]]),
    ]

    @Test("records and the lines they begin on, wherever the bytes are cut", arguments: examples)
    func records(example: Example) throws {
        let records = try Self.parse(Array(example.text.utf8))
        #expect(records.map(\.fields) == example.records)
        #expect(records.map(\.line) == example.lines)
        #expect(records.allSatisfy { $0.strayQuoteLine == nil } || example.text.contains(" \""))
    }

    @Test(
        "a quote that is not allowed is reported with its line, and the next record is whole",
        arguments: [
            ("a\"b,c\nd,e\n", ["a\"b", "c"], 1, ["d", "e"]),
            ("\"a\"b,c\nd,e\n", ["ab", "c"], 1, ["d", "e"]),
            ("=\"a,c\nd,e\n", ["=\"a", "c"], 1, ["d", "e"]),
            ("=\"a\"b,c\nd,e\n", ["=\"a\"b", "c"], 1, ["d", "e"]),
            ("==\"a\",c\nd,e\n", ["==\"a\"", "c"], 1, ["d", "e"]),
            ("\"x\n\"y\",z\nd,e\n", ["x\ny\"", "z"], 2, ["d", "e"]),
            ("\"a\" b,c\nd,e\n", ["a b", "c"], 1, ["d", "e"]),
            (" \"a\" \"b\",c\nd,e\n", ["a \"b\"", "c"], 1, ["d", "e"]),
        ])
    func strayQuote(text: String, fields: [String], line: Int, next: [String]) throws {
        let records = try Self.parse(Array(text.utf8))
        #expect(records.map(\.fields) == [fields, next])
        #expect(records.map(\.strayQuoteLine) == [line, nil])
    }

    static let notUTF8: [(bytes: [UInt8], line: Int)] = [
        ([0x61, 0x0A, 0x63, 0x61, 0x66, 0xE9, 0x0A], 2),
        ([0x61, 0x0A, 0x22, 0x0A, 0x0A, 0xE9, 0x22, 0x0A], 4),
        ([0xFF, 0xFE, 0x61, 0x00, 0x0A, 0x00], 1),
        ([0x61, 0x0A, 0xED, 0xA0, 0x80, 0x0A], 2),
        ([0xEF, 0xBB], 1),
    ]

    @Test("bytes that are no UTF-8 are refused with their line", arguments: notUTF8)
    func badEncoding(bytes: [UInt8], line: Int) {
        #expect(throws: CSVError.notUTF8(line: line)) { try Self.parse(bytes) }
    }

    @Test("a quote that is never closed is refused with the line it was opened on")
    func unterminated() {
        #expect(throws: CSVError.unterminatedQuote(line: 2)) { try Self.parse(Array("a,b\n1,\"open\n2,3\n".utf8)) }
    }

    @Test("a record without an end in sight is refused with the line it begins on")
    func tooLong() {
        #expect(throws: CSVError.recordTooLong(line: 2, limit: 10)) {
            try Self.parse(Array("a,b\n1,\"open and on it goes\n2,3\n".utf8), recordLimit: 10)
        }
    }

    private static func parse(
        _ bytes: [UInt8], recordLimit: Int = CSVParser.defaultRecordLimit
    ) throws(CSVError) -> [CSVRecord] {
        var parser = CSVParser(recordLimit: recordLimit)
        var records: [CSVRecord] = []
        for byte in bytes {
            if let record = try parser.take(byte) { records.append(record) }
        }
        if let record = try parser.finish() { records.append(record) }
        return records
    }
}
