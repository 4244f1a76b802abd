import HTTPTypes
import Testing

@testable import HTTPServer

@Suite("The value of a field")
struct HTTPFieldsValueTests {
    static let table: [(lines: [(String, String)], value: String?)] = [
        ([], nil),
        ([("Accept-Charset", "utf-8")], nil),
        ([("Accept", "text/csv")], "text/csv"),
        ([("accept", "text/csv"), ("Host", "desk")], "text/csv"),
        ([("Accept", "")], ""),
        ([("Accept", "text/csv"), ("Host", "desk"), ("ACCEPT", "application/json")], "text/csv, application/json"),
        ([("Accept", "a"), ("Accept", ""), ("Accept", "b")], "a, , b"),
    ]

    @Test("is that of its one line, or of all of its lines joined by commas", arguments: table)
    func value(lines: [(String, String)], value: String?) throws {
        var fields = HTTPFields()
        for (name, value) in lines {
            fields.append(HTTPField(name: try #require(HTTPField.Name(name)), value: value))
        }
        #expect(fields.value(of: .accept) == value)
        #expect(fields.value(of: .accept) == fields[.accept])
    }
}
