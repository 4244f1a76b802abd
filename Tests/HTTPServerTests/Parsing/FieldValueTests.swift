import HTTPTypes
import Testing

@testable import HTTPServer

@Suite("The value of a header field")
struct FieldValueTests {
    @Test(
        "is a list whose commas may stand in quoted strings, and whose empty elements are none",
        arguments: [
            ("", []), (",", []), (" , ,\t,", []), ("a", ["a"]), ("a,b", ["a", "b"]), (" a ,, b ", ["a", "b"]),
            (#"a;b="c,d",e"#, [#"a;b="c,d""#, "e"]), (#""a\",b",c"#, [#""a\",b""#, "c"]), (#""a,b"#, [#""a,b"#]),
            (#"a\,b"#, [#"a\"#, "b"]), (#""a\\",b"#, [#""a\\""#, "b"]),
        ])
    func elements(text: String, elements: [String]) {
        #expect(FieldValue(text).elements == elements.map { FieldValue($0) })
    }

    @Test("has parameters with values that are unquoted")
    func parameters() throws {
        let parts = FieldValue(#"a/b; q=0.5 ;c="d;\"e\\";f"#).parts
        #expect(parts.map(\.ascii) == ["a/b", "q=0.5", #"c="d;\"e\\""#, "f"])
        let quoted = try #require(parts[2].parameter)
        #expect(quoted.name.isWord("c"))
        #expect(quoted.value.ascii == #"d;"e\"#)
        for text in ["f", "=g", "a b=c", #"a="b"#, #"a="b"c"#, "a=", "a=b c", "é=b"] {
            #expect(FieldValue(text).parameter == nil, "\(text)")
        }
    }

    @Test(
        "is a weight in thousandths, or none",
        arguments: [
            ("0", 0), ("1", 1000), ("0.", 0), ("1.", 1000), ("0.5", 500), ("0.05", 50), ("0.123", 123), ("0.1239", 123),
            ("1.000", 1000), ("1.001", nil), ("2", nil), ("", nil), ("-0", nil), ("+1", nil), (".5", nil), ("0,5", nil),
            ("0.x", nil), ("1e0", nil), ("00", nil), ("nan", nil), ("0x1", nil),
        ] as [(String, Int?)])
    func weights(text: String, weight: Int?) {
        #expect(FieldValue(text).weight == weight)
    }

    @Test("is compared by its bytes, without the case of ASCII letters and no other")
    func comparison() {
        #expect(FieldValue("Keep-ALIVE").isWord("keep-alive"))
        #expect(!FieldValue("\u{212A}eep-alive").isWord("keep-alive"))
        #expect(!FieldValue("keep-alive\u{301}").isWord("keep-alive"))
        #expect(!FieldValue("keep_alive").isWord("keep\u{7F}alive"))
        #expect(FieldValue("\u{E9}") != FieldValue("e\u{301}"))
        #expect(!FieldValue("\u{C9}").isEqual(ignoringCaseTo: FieldValue("\u{E9}")))
        #expect(FieldValue("A.Example:80").isEqual(ignoringCaseTo: FieldValue("a.eXAMPLE:80")))
        #expect(!FieldValue("[").isEqual(ignoringCaseTo: FieldValue("{")))
        #expect(FieldValue([0xFF, 0x41][...]).ascii == nil)
        #expect(FieldValue([0xFF, 0x41][...]).utf8 == nil)
        #expect(FieldValue([0xFF, 0x41][...]).shown == "?A")
    }

    @Test("of a field that came in several lines is all of them, in order")
    func lines() {
        var fields: HeaderFields = [.accept: "a", .userAgent: "x", .acceptEncoding: "b"]
        fields.append(.accept, "c")
        fields.append(HTTPField.Name("ACCEPT")!, "")
        #expect(fields[.accept]?.ascii == "a, c,")
        #expect(fields[.userAgent]?.ascii == "x")
        #expect(fields[.host] == nil)
        #expect(fields.count == 5)
        #expect(fields.contains(.acceptEncoding))
    }
}

extension HTTPField.Name {
    fileprivate static let host = FieldNameTable.host
}
