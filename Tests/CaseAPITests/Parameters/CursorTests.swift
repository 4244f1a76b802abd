import CaseStore
import Complaints
import Testing

@testable import CaseAPI

@Suite("Cursors")
struct CursorTests {
    private func fingerprint(_ query: String, path: String = "/v1/promises") throws -> Fingerprint {
        Fingerprint(path: path, parameters: try QueryParameters(query))
    }

    @Test(
        "a cursor comes back as it went",
        arguments: [
            PageKey(value: 0, id: 1), PageKey(value: nil, id: .max), PageKey(value: .min, id: .min),
            PageKey(value: .max, id: 7),
        ])
    func roundTrip(key: PageKey) throws {
        for asOf in [Instant(milliseconds: 0), .earliest, .latest] {
            let cursor = Cursor(asOf: asOf, after: key)
            let query = try fingerprint("state=open")
            #expect(Cursor(cursor.text(of: query), of: query) == cursor)
        }
    }

    @Test("a cursor of another query is refused, but not for another limit or format")
    func otherQueries() throws {
        let text = Cursor(asOf: TestDesk.start, after: PageKey(value: 1, id: 1))
            .text(of: try fingerprint("state=open&owner=Mia&limit=10"))
        for query in ["state=open&owner=Mia", "owner=Mia&state=open&limit=5&cursor=\(text)&format=csv"] {
            #expect(Cursor(text, of: try fingerprint(query)) != nil)
        }
        for query in [
            "state=open", "state=open&owner=mia", "state=open&owner=Mia&team=North", "state=open&owner=Mia%0A",
        ] {
            #expect(Cursor(text, of: try fingerprint(query)) == nil)
        }
        #expect(Cursor(text, of: try fingerprint("state=open&owner=Mia", path: "/v1/cases")) == nil)
    }

    @Test("a cursor with one character changed, added or dropped is refused")
    func garbled() throws {
        let query = try fingerprint("")
        let text = Cursor(asOf: TestDesk.start, after: PageKey(value: 99, id: 3)).text(of: query)
        for index in text.indices {
            let other: Character = text[index] == "A" ? "B" : "A"
            #expect(Cursor(text.replacingCharacters(at: index, with: other), of: query) == nil)
        }
        for other in ["", "A", text + "A", String(text.dropLast()), text + "=", "é", "../"] {
            #expect(Cursor(other, of: query) == nil)
        }
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
