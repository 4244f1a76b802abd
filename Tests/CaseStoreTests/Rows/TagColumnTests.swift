import Foundation
import Testing

@testable import CaseStore

@Suite("The column of tags")
struct TagColumnTests {
    static let tags: [[String]] = [
        [], ["a"], ["kettle", "large print"], ["a,b", "c"], ["\",\"", "x"], ["\\", "\"", "a\"b"], ["[", "]"],
        ["退款", "é"],
        ["a\u{1}b"], [",", ",,"], ["\",\"", "\\\",\\\""],
    ]

    @Test("is read as it was written, and as any JSON is", arguments: tags)
    func roundTrip(tags: [String]) throws {
        let json = CaseColumns.encode(tags: tags)
        #expect(try CaseColumns.tags(json) == tags)
        if let json { #expect(try JSONDecoder().decode([String].self, from: Data(json.utf8)) == tags) }
    }

    @Test("is read where others wrote it, and refused where it is no array of texts")
    func foreign() throws {
        #expect(try CaseColumns.tags("[ \"a\" , \"b\" ]") == ["a", "b"])
        #expect(try CaseColumns.tags("[\"a\" , \"b\"]") == ["a", "b"])
        for json in ["[\"a\"\"b\"]", "[\"a\",,\"b\"]", "[\"a\",\"]", "[\"", "{}", "[1]"] {
            #expect(throws: (any Error).self, "\(json)") { try CaseColumns.tags(json) }
        }
    }
}
