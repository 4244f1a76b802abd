import Complaints
import Foundation
import Testing

@testable import CaseAPI

@Suite("JSON as it is sent")
struct JSONParserTests {
    @Test(
        "well-formed JSON is read",
        arguments: [
            ("null", .null),
            (" true ", .boolean(true)),
            ("false", .boolean(false)),
            ("0", .integer(0)),
            ("-0", .integer(0)),
            ("5.0", .integer(5)),
            ("1e2", .integer(100)),
            ("9223372036854775807", .integer(.max)),
            ("-9223372036854775808", .integer(.min)),
            ("9223372036854775808", .fraction(9223372036854775808)),
            ("0.5", .fraction(0.5)),
            ("1E400", .fraction(nil)),
            ("5555555555555555555.0", .integer(5_555_555_555_555_555_555)),
            ("-9223372036854775808.0", .integer(.min)),
            ("9223372036854775808.0", .fraction(9223372036854775808)),
            ("9.007199254740993e15", .integer(9_007_199_254_740_993)),
            ("1200e-2", .integer(12)),
            ("0.0012e+4", .integer(12)),
            ("0.0012e3", .fraction(1.2)),
            ("-0.0e99999999999999999999", .integer(0)),
            ("1e99999999999999999999", .fraction(nil)),
            ("1e-9223372036854775808", .fraction(0.0)),
            ("5.00000000000000000001", .fraction(5.0)),
            (#""""#, .string("")),
            (#""a\"\\\/\b\f\n\r\tz""#, .string("a\"\\/\u{8}\u{C}\n\r\tz")),
            (#""\u00e9\uD83D\uDE00""#, .string("é😀")),
            (#""\u0000""#, .string("\0")),
            ("\"\u{2028}ü\u{1F600}\u{7F}\"", .string("\u{2028}ü\u{1F600}\u{7F}")),
            ("[]", .array([])),
            ("[1 , [ ] ]", .array([.integer(1), .array([])])),
            ("{}", .object([])),
            (
                "\n{ \"b\" :1,\t\"a\": {\"b\": null} }\r\n",
                .object([
                    .init(name: "b", value: .integer(1)),
                    .init(name: "a", value: .object([.init(name: "b", value: .null)])),
                ])
            ),
        ] as [(String, JSONValue)])
    func wellFormed(text: String, value: JSONValue) throws {
        #expect(try JSONParser.value(of: Array(text.utf8)) == value)
    }

    @Test(
        "what is not JSON is refused with its place",
        arguments: [
            ("", .endOfText, 1, 1),
            ("  ", .endOfText, 1, 3),
            ("{\"a\":1", .endOfText, 1, 7),
            ("{\"a\":1,}", .unexpectedCharacter, 1, 8),
            ("[1,]", .unexpectedCharacter, 1, 4),
            ("{a:1}", .unexpectedCharacter, 1, 2),
            ("{'a':1}", .unexpectedCharacter, 1, 2),
            ("{\"a\" 1}", .unexpectedCharacter, 1, 6),
            ("nul", .endOfText, 1, 4),
            ("nuls", .unexpectedCharacter, 1, 4),
            ("NaN", .unexpectedCharacter, 1, 1),
            ("01", .invalidNumber, 1, 1),
            ("-", .endOfText, 1, 2),
            ("1.", .endOfText, 1, 3),
            (".5", .unexpectedCharacter, 1, 1),
            ("1ex", .invalidNumber, 1, 3),
            ("+1", .unexpectedCharacter, 1, 1),
            ("{} {}", .textAfterValue, 1, 4),
            ("{}x", .textAfterValue, 1, 3),
            ("{\n\"ü\": tru }", .unexpectedCharacter, 2, 9),
            ("\"a\nb\"", .controlCharacter, 1, 3),
            ("\"\u{1}\"", .controlCharacter, 1, 2),
            ("\"abc", .endOfText, 1, 5),
            (#""\x""#, .invalidEscape, 1, 2),
            (#""\u12G4""#, .invalidEscape, 1, 2),
            (#""\u12"#, .endOfText, 1, 6),
            (#""\ud800""#, .loneSurrogate, 1, 2),
            (#""\ud800\u0041""#, .loneSurrogate, 1, 2),
            (#""\udc00\ud800""#, .loneSurrogate, 1, 2),
            (#""\ud800x""#, .loneSurrogate, 1, 2),
            (#"{"a":1,"b":2,"a":3}"#, .duplicateName("a"), 1, 14),
            (#"{"a":1,"\u0061":3}"#, .duplicateName("a"), 1, 8),
            ("\u{FEFF}{}", .byteOrderMark, 1, 1),
        ] as [(String, JSONSyntaxError.Reason, Int, Int)])
    func malformed(text: String, reason: JSONSyntaxError.Reason, line: Int, column: Int) {
        #expect(throws: JSONSyntaxError(reason: reason, line: line, column: column)) {
            try JSONParser.value(of: Array(text.utf8))
        }
    }

    @Test(
        "bytes that are not UTF-8 are refused, and so are other encodings",
        arguments: [
            ([0x22, 0xFF, 0x22], .notUTF8), ([0x22, 0xC3, 0x22], .notUTF8), ([0x22, 0xED, 0xA0, 0x80, 0x22], .notUTF8),
            ([0x22, 0xC0, 0x80, 0x22], .notUTF8), ([0xFF, 0xFE, 0x7B, 0, 0x7D, 0], .byteOrderMark),
            ([0xFE, 0xFF, 0, 0x7B, 0, 0x7D], .byteOrderMark), ([0x7B, 0, 0x7D, 0], .unexpectedCharacter),
        ] as [([UInt8], JSONSyntaxError.Reason)])
    func encodings(bytes: [UInt8], reason: JSONSyntaxError.Reason) {
        let error = #expect(throws: JSONSyntaxError.self) { try JSONParser.value(of: bytes) }
        #expect(error?.reason == reason)
    }

    @Test("every beginning of a text but the whole is refused")
    func beginnings() throws {
        let text = Array(#"{"a":[1,-2.5e+3,"x\u00e9\ud83d\ude00",{"b":null}],"c":true}"#.utf8)
        for length in 0..<text.count {
            #expect(throws: JSONSyntaxError.self) { try JSONParser.value(of: Array(text[..<length])) }
        }
        #expect(throws: Never.self) { try JSONParser.value(of: text) }
    }

    @Test("nesting has a limit, and what is beside counts for nothing")
    func depth() throws {
        let limit = JSONParser.depthLimit
        let deepest = String(repeating: "[", count: limit) + String(repeating: "]", count: limit)
        #expect(throws: Never.self) { try JSONParser.value(of: Array(deepest.utf8)) }
        #expect(throws: JSONSyntaxError.self) { try JSONParser.value(of: Array("[\(deepest)]".utf8)) }
        let wide = "[" + String(repeating: "[],", count: 1000) + "[]]"
        #expect(throws: Never.self) { try JSONParser.value(of: Array(wide.utf8)) }
    }

    @Test(
        "a text may have as many values as its length allows: more than any request, fewer than it could",
        arguments: ["[]", "{}", "0", "\"\"", "[[[]]]", "[0]"])
    func values(value: String) {
        for count in [60_000, 1 << 20] {
            let pieces = [String](repeating: value, count: count / (value.utf8.count + 1))
            let text = Array("[\(pieces.joined(separator: ","))]".utf8)
            let error = #expect(throws: JSONSyntaxError.self) { try JSONParser.value(of: text) }
            #expect(error?.reason == .tooManyValues)
        }
    }

    @Test("the shortest cases that there are, a thousand of them with all their tags, are not too many")
    func shortestCases() {
        let tags = [String](repeating: "\"a\"", count: Limits.tags).joined(separator: ",")
        for item in [
            #"{"complaint":"x","customer":{"id":1}}"#, #"{"complaint":"x","customer":{"name":"y"},"tags":[\#(tags)]}"#,
            #"{"complaint":"x","customer":{"id":1},"promise":{"what":"a","due_in":"P1D"},"estimate":{"from":"P1D","to":"P2D"}}"#,
        ] {
            for count in [1, 100, BulkRoutes.size.upperBound] {
                let items = [String](repeating: item, count: count).joined(separator: ",")
                #expect(throws: Never.self) { try JSONParser.value(of: Array("{\"items\":[\(items)]}".utf8)) }
            }
        }
    }
}
