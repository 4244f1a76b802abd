import Complaints
import Testing

@testable import CaseAPI

@Suite("Texts for spreadsheet programs")
struct SpreadsheetTextTests {
    @Test(
        "stay texts, and phone numbers as they are where a program leaves them alone",
        arguments: [
            ("It leaks.", "It leaks."), ("", ""), ("+46 8 123 45", "+46 8 123 45"),
            ("(020) 7946-0123", "(020) 7946-0123"),
            ("020 7946 0123", "020 7946 0123"), ("08-123 45", "08-123 45"), ("0046 8 123 45", "0046 8 123 45"),
            ("+46812345", "\t+46812345"), ("0812345", "\t0812345"), ("+1-555-0100", "\t+1-555-0100"),
            ("+46 812 345", "\t+46 812 345"), ("05 11 2026", "\t05 11 2026"), ("+1 (555) 010", "\t+1 (555) 010"),
            ("555 0100", "\t555 0100"), ("000777", "\t000777"), ("1E5", "\t1E5"), ("3-4", "\t3-4"),
            ("SEP-2", "\tSEP-2"),
            ("May 5", "\tMay 5"), ("12:30 pm", "\t12:30 pm"), ("2026-11-29T05:00:00Z", "\t2026-11-29T05:00:00Z"),
            ("TRUE", "\tTRUE"), ("٠١٢", "\t٠١٢"), ("€5", "\t€5"), ("A-7", "A-7"), ("7 kettles", "7 kettles"),
            ("+49 30 12345", "+49 30 12345"), ("E-7", "E-7"), ("=1+1", "'=1+1"), ("＝1", "'＝1"), ("@x", "'@x"),
            ("-", "'-"), ("'=1", "''=1"), ("\tx", "'\tx"),
            ("x;=1", "x;'=1"), ("x,=1", "x,=1"), ("x\n=1", "x\n'=1"), ("x\t@y", "x\t'@y"), ("x|-1", "x|'-1"),
            ("x; \"=1", "x; \"'=1"), ("x;;=1", "x;;'=1"), ("a;b", "a;b"), ("=1;=2", "'=1;'=2"), ("x;'=1", "x;'=1"),
        ])
    func texts(text: String, cell: String) {
        #expect(SpreadsheetText.cell(text, separator: .comma) == cell)
    }

    @Test("a file with semicolons is guarded where it would fall apart at commas")
    func semicolons() {
        #expect(SpreadsheetText.cell("x,=1;=2", separator: .semicolon) == "x,'=1;=2")
    }

    @Test("dates are local, numbers have the comma of those who want semicolons, and only texts are quoted")
    func record() throws {
        let zone = try #require(ZoneDatabase.system.zone(named: "America/St_Johns"))
        var csv = CSVWriter(.spreadsheet(zone, .semicolon))
        csv.names(["a", "b"])
        csv.write(.instant(Instant(milliseconds: 1_782_914_399_999)))
        csv.write(.number("0.5"))
        csv.write(.text("a;\"b\""))
        csv.write(.text("x"))
        csv.write(.empty)
        csv.endRecord()
        let text = String(decoding: csv.bytes, as: UTF8.self)
        #expect(text == "\u{FEFF}a;b\r\n2026-07-01 11:29:59;0,5;\"a;\"\"b\"\"\";\"x\";\r\n")
    }

    @Test("lists come back as they were, whatever is in their texts")
    func lists() {
        for texts in [
            ["a", "b"], ["a;b", "c"], ["a; b", "c"], ["\"a\"", "b, c"], ["a\"b"], [], ["\"; \"", "=1"],
            ["5\" pipe", "\"x"],
            ["a;", ";b"], ["\""],
        ] {
            #expect(CellList.texts(of: CellList.text(of: texts)) == texts, "\(texts)")
        }
        #expect(CellList.text(of: ["a;b", "c"]) == "a;b; c", "what is clear needs no quotes")
        for text in ["=1", "'=1", "x", "'x", "''-", "'", "+46"] {
            var csv = CSVWriter()
            csv.field(text)
            #expect(CSVWriter.unguarded(String(decoding: csv.bytes, as: UTF8.self)) == text)
        }
    }
}
