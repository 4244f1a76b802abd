import Testing

@testable import CaseAPI

@Suite("CSV")
struct CSVWriterTests {
    @Test(
        "a field is quoted where it must be, and is never a formula",
        arguments: [
            ("plain", "plain"), ("", ""), ("a,b", "\"a,b\""), ("a\"b", "\"a\"\"b\""), ("a\nb", "\"a\nb\""),
            ("a\r\nb", "\"a\r\nb\""), ("ü😀", "ü😀"), (" x ", " x "), ("=1+1", "'=1+1"), ("+49 30", "'+49 30"),
            ("-1", "'-1"), ("@x", "'@x"), ("\tx", "'\tx"), ("\rx", "\"'\rx\""), ("=\"a\"", "\"'=\"\"a\"\"\""),
            ("a=1", "a=1"), ("\nx", "\"'\nx\""), ("＝1", "'＝1"), ("＠x", "'＠x"), ("'=1", "''=1"), ("''-", "'''-"),
            ("'a", "'a"), ("'", "'"), ("\u{FEFF}a", "\u{FEFF}a"),
        ])
    func fields(text: String, written: String) {
        var csv = CSVWriter()
        csv.field(text)
        #expect(String(decoding: csv.bytes, as: UTF8.self) == written)
    }

    @Test("records end with CRLF, and what the service made is taken as it is")
    func records() {
        var csv = CSVWriter()
        csv.plainField("-5")
        csv.field("a")
        csv.endRecord()
        csv.field("")
        csv.field("")
        csv.endRecord()
        #expect(String(decoding: csv.bytes, as: UTF8.self) == "-5,a\r\n,\r\n")
    }
}
