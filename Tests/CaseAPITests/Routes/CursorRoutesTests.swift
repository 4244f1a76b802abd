import CaseStore
import Complaints
import Dispatch
import HTTPServer
import Hashing
import TestSupport
import Testing

@testable import CaseAPI

/// What a client sends back of what it was given.
@Suite("Cursors over HTTP")
struct CursorRoutesTests {
    private let desk: TestDesk

    init() throws {
        desk = try TestDesk()
        for index in 1...3 {
            try desk.openCase(
                #"{"complaint":"It leaks \#(index).","customer":{"name":"Ann"},"promise":{"what":"Call","due_in":"PT1H"}}"#
            )
        }
        desk.clock.advance(by: .hours(2))
        // The next change has the clock looked at, and then what fell due is written down by itself.
        _ = try desk.token(.admin)
        let reader = try desk.store.makeReader()
        try #require(try eventually { try reader.read { try $0.lastEventID() } == 10 })
        try desk.keepWebhook()
    }

    private func admin() throws -> TestClient {
        var client = desk.client
        client.standing["Authorization"] = try desk.token(.admin).field
        return client
    }

    @Test("every list is walked page by page to its end, each item once", arguments: ReadTarget.lists.map(\.path))
    func walked(path: String) throws {
        let client = try admin()
        let whole = try client.get("\(path)?limit=500")
        let items = whole["items"].items
        var seen: [JSONValue] = []
        var next = "\(path)?limit=1"
        for _ in 0...items.count {
            let page = try client.get(next)
            #expect(page.status == 200)
            seen += page["items"].items
            guard let link = page.fields["link"] else { break }
            next = String(link.dropFirst().prefix { $0 != ">" })
        }
        #expect(seen.count == items.count)
        #expect(Set(seen.map { "\($0)" }).count == items.count)
    }

    @Test(
        "a cursor that nobody was given is refused, whatever it says, and a list of it has an end",
        arguments: ReadTarget.lists.map(\.path))
    func forged(path: String) throws {
        let client = try admin()
        let query = Fingerprint(path: path, parameters: try QueryParameters(nil))
        let strangers = HMACSHA256(key: Array(1...32))
        let impossible = [
            PageKey(value: nil, id: .min), PageKey(value: nil, id: -1), PageKey(value: nil, id: 0),
            PageKey(value: .min, id: .min), PageKey(value: .max, id: 1),
        ]
        let asOf = desk.clock.now
        let refused =
            impossible.map { Cursor(asOf: asOf, after: $0).text(of: query, key: desk.store.cursorKey) }
            + (impossible + [PageKey(value: nil, id: 1)]).map {
                Cursor(asOf: asOf, after: $0).text(of: query, key: strangers)
            }
            // Of the version before, which had no signature.
            + [Base64URL.encode([1] + [UInt8](repeating: 0, count: 33)), "AAAA"]
        for form in ["", "&format=csv", "&format=csv&limit=1"] {
            for cursor in refused {
                let answer = try client.get("\(path)?cursor=\(cursor)\(form)")
                #expect(answer.status == 400 && answer.errors == ["cursor invalid_parameter"], "\(path) \(form)")
                #expect(answer.response.text.contains("start again"))
            }
            // As far as the list goes: somewhere, or to nothing; but it ends.
            let last = Cursor(asOf: asOf, after: PageKey(value: nil, id: .max)).text(
                of: query, key: desk.store.cursorKey)
            #expect(try client.send("GET", "\(path)?cursor=\(last)\(form)").status == 200)
        }
    }

    @Test("events go on after one that there is, and after nothing else")
    func events() throws {
        let client = try admin()
        for after in ["-1", "9223372036854775807", "9223372036854775808", "99", "x", "1e3"] {
            let answer = try client.get("/v1/events?after=\(after)")
            #expect(answer.status == 400 && answer.errors.allSatisfy { $0.hasPrefix("after ") }, "\(after)")
        }
        var after: Int64 = 0
        for _ in 0..<20 {
            let page = try client.get("/v1/events?after=\(after)&limit=2")
            let next = try #require(page["next"].integer)
            guard !page["items"].items.isEmpty else { break }
            #expect(next > after)
            after = next
        }
        #expect(try client.get("/v1/events?after=\(after)")["items"].items.isEmpty)
    }

    @Test("a list whose pages come back to where they were is cut, and does not look whole")
    func endless() throws {
        let piece = Export.Piece(bytes: Array("again\r\n".utf8), next: PageKey(value: nil, id: 7))
        let stream = ExportStream(from: nil, in: .byValue, first: piece) { _ in piece }
        #expect(throws: StoreError.self) {
            for _ in 0..<10 { _ = try stream.piece() }
        }
    }
}
