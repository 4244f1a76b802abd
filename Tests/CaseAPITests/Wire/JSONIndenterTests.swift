import Complaints
import Foundation
import TestSupport
import Testing

@testable import CaseAPI

@Suite("JSON for people")
struct JSONIndenterTests {
    @Test(
        "is broken into lines as jq does it",
        arguments: [
            ("{}", "{}"), ("[]", "[]"), ("null\n", "null\n"), ("[1,2]", "[\n  1,\n  2\n]"),
            (#"{"a":1,"b":[],"c":{}}"#, "{\n  \"a\": 1,\n  \"b\": [],\n  \"c\": {}\n}"),
            (#"{"a":[{"b":"{[,:]}\"\\"}]}"#, "{\n  \"a\": [\n    {\n      \"b\": \"{[,:]}\\\"\\\\\"\n    }\n  ]\n}"),
            (#"["[","]"]"#, "[\n  \"[\",\n  \"]\"\n]"), (#"["","\\"]"#, "[\n  \"\",\n  \"\\\\\"\n]"),
        ])
    func layout(json: String, lines: String) {
        #expect(String(decoding: JSONIndenter.indented(Array(json.utf8)), as: UTF8.self) == lines)
    }

    @Test("says the same, whatever it says")
    func sameValue() throws {
        var random = SeededRandom(31)
        for _ in 0..<500 {
            let value = Self.value(depth: 5, &random)
            var writer = JSONWriter()
            Self.write(value, to: &writer)
            let json = writer.bytes
            #expect(try JSONParser.value(of: JSONIndenter.indented(json)) == JSONParser.value(of: json))
        }
    }

    private static func value(depth: Int, _ random: inout SeededRandom) -> JSONValue {
        let texts = ["", "\"", "\\", "{", "}", "[", "]", ",", ":", "\\\"", "a\nb", "ü"]
        func text() -> String {
            (0..<Int.random(in: 0...4, using: &random)).map { _ in texts.randomElement(using: &random)! }.joined()
        }
        switch Int.random(in: depth > 0 ? 0...3 : 2...3, using: &random) {
        case 0:
            let names = Set((0..<Int.random(in: 0...3, using: &random)).map { _ in text() })
            return .object(names.sorted().map { .init(name: ExactText($0), value: value(depth: depth - 1, &random)) })
        case 1:
            return .array((0..<Int.random(in: 0...3, using: &random)).map { _ in value(depth: depth - 1, &random) })
        case 2: return .string(text())
        default: return .integer(.random(in: -9...9, using: &random))
        }
    }

    private static func write(_ value: JSONValue, to json: inout JSONWriter) {
        switch value {
        case .object(let members):
            json.object { json in
                for member in members {
                    json.begin(named: member.name.string)
                    json.needsComma = false
                    write(member.value, to: &json)
                    json.needsComma = true
                }
            }
        case .array(let items): json.array { json in for item in items { write(item, to: &json) } }
        case .string(let text): json.value(text.string)
        case .integer(let integer): json.value(integer)
        case .null, .boolean, .fraction: preconditionFailure("none is made")
        }
    }
}
