import CaseStore
import Complaints
import Hashing
import Testing

@testable import CaseAPI

@Suite("Cursors")
struct CursorTests {
    private let key = HMACSHA256(key: Array(1...32))

    private func fingerprint(_ query: String, path: String = "/v1/promises") throws -> Fingerprint {
        Fingerprint(path: path, parameters: try QueryParameters(query))
    }

    @Test(
        "a cursor comes back as it went",
        arguments: [
            PageKey(value: 0, id: 1), PageKey(value: nil, id: .max),
            PageKey(value: Instant.earliest.milliseconds, id: 1), PageKey(value: Instant.latest.milliseconds, id: 7),
        ])
    func roundTrip(after: PageKey) throws {
        for asOf in [Instant(milliseconds: 0), .earliest, .latest] {
            let cursor = Cursor(asOf: asOf, after: after)
            let query = try fingerprint("state=open")
            #expect(Cursor(cursor.text(of: query, key: key), of: query, key: key) == cursor)
        }
    }

    @Test("a cursor of another query is refused, but not for another limit or format")
    func otherQueries() throws {
        let text = Cursor(asOf: TestDesk.start, after: PageKey(value: 1, id: 1))
            .text(of: try fingerprint("state=open&owner=Mia&limit=10"), key: key)
        for query in ["state=open&owner=Mia", "owner=Mia&state=open&limit=5&cursor=\(text)&format=csv"] {
            #expect(Cursor(text, of: try fingerprint(query), key: key) != nil)
        }
        for query in [
            "state=open", "state=open&owner=mia", "state=open&owner=Mia&team=North", "state=open&owner=Mia%0A",
        ] {
            #expect(Cursor(text, of: try fingerprint(query), key: key) == nil)
        }
        #expect(Cursor(text, of: try fingerprint("state=open&owner=Mia", path: "/v1/cases"), key: key) == nil)
    }

    @Test("a cursor with one character changed, added or dropped is refused")
    func garbled() throws {
        let query = try fingerprint("")
        let text = Cursor(asOf: TestDesk.start, after: PageKey(value: 99, id: 3)).text(of: query, key: key)
        for index in text.indices {
            let other: Character = text[index] == "A" ? "B" : "A"
            #expect(Cursor(text.replacingCharacters(at: index, with: other), of: query, key: key) == nil)
        }
        for other in ["", "A", text + "A", String(text.dropLast()), text + "=", "é", "../"] {
            #expect(Cursor(other, of: query, key: key) == nil)
        }
    }

    @Test("a cursor of another database is refused, and so is one of what no row can have")
    func forged() throws {
        let query = try fingerprint("")
        let other = HMACSHA256(key: Array(2...33))
        let after = PageKey(value: 99, id: 3)
        let text = Cursor(asOf: TestDesk.start, after: after).text(of: query, key: other)
        #expect(Cursor(text, of: query, key: key) == nil)
        for after in [
            PageKey(value: nil, id: .min), PageKey(value: nil, id: 0), PageKey(value: .min, id: 1),
            PageKey(value: .max, id: 1),
        ] {
            let text = Cursor(asOf: TestDesk.start, after: after).text(of: query, key: key)
            #expect(Cursor(text, of: query, key: key) == nil)
        }
        for asOf in [Instant(milliseconds: .min), Instant(milliseconds: .max)] {
            #expect(Cursor(Cursor(asOf: asOf, after: after).text(of: query, key: key), of: query, key: key) == nil)
        }
    }

    @Test("two queries have one fingerprint only when they are the same, whatever stands in their values")
    func ambiguous() throws {
        let queries = [
            "a=b%0Ac=d", "a=b&c=d", "a=b%26c=d", "a%3Db=", "a=b", "a=%C3%A9", "a=e%CC%81", "a=K", "a=%E2%84%AA",
        ]
        #expect(Set(try queries.map { try fingerprint($0).bytes }).count == queries.count)
    }

    @Test("base 64 takes no second spelling", arguments: ["", "A", "AB", "AAAAA", "A-_z", "AA==", "AAB"])
    func base64(text: String) {
        if let bytes = Base64URL.decode(text) { #expect(Base64URL.encode(bytes) == text) }
        let isCanonical = ["", "A-_z"].contains(text)
        #expect((Base64URL.decode(text) != nil) == isCanonical)
    }
}

extension String {
    fileprivate func replacingCharacters(at index: Index, with character: Character) -> String {
        var text = self
        text.replaceSubrange(index...index, with: String(character))
        return text
    }
}
