import Complaints
import Foundation
import Testing

@testable import CaseAPI

@Suite("JSON as it is answered")
struct JSONWriterTests {
    @Test("every kind of member is written")
    func members() {
        let json = JSONWriter.object { json in
            json.member("text", "a\"b")
            json.member("none", nil as String?)
            json.member("integer", Int64.min)
            json.member("flag", true)
            json.member("number", 0.1)
            json.member("instant", Instant(milliseconds: 0))
            json.member("word", Severity.high)
            json.member("object", object: { $0.member("a", 1) })
            json.member("empty", object: { _ in })
            json.member(
                "array",
                array: { json in
                    json.value("x")
                    json.value(2)
                    json.object { _ in }
                    json.array { _ in }
                })
            json.member(named: "é\n", [1, 2])
            json.member("last", false)
        }
        let expected = [
            #"{"text":"a\"b","none":null,"integer":-9223372036854775808,"flag":true,"number":0.1,"#,
            #""instant":"1970-01-01T00:00:00Z","word":"high","object":{"a":1},"empty":{},"#,
            #""array":["x",2,{},[]],"é\n":[1,2],"last":false}"#,
        ].joined()
        #expect(String(decoding: json, as: UTF8.self) == expected)
    }

    @Test("every scalar comes back as it went, by another reader than ours")
    func scalars() throws {
        for start in stride(from: 0 as UInt32, to: 0x11_0000, by: 0x1000) {
            let scalars = (start..<start + 0x1000).compactMap(Unicode.Scalar.init)
            guard !scalars.isEmpty else { continue }
            let text = String(String.UnicodeScalarView(scalars))
            let json = JSONWriter.object { $0.member("text", text) }
            let read = try JSONDecoder().decode([String: String].self, from: Data(json))
            #expect(read["text"].map { Array($0.utf8) } == Array(text.utf8))
            #expect(try JSONParser.value(of: json)["text"].text.map { Array($0.utf8) } == Array(text.utf8))
        }
    }
}
