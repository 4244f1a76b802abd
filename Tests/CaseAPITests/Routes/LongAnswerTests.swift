import Foundation
import Testing

@testable import CaseAPI
@testable import HTTPServer

@Suite("Where clients have made the service hold as much as it may")
struct LongAnswerTests {
    private let account = MemoryAccount(limit: 1 << 20, connections: 16)
    private let desk: TestDesk

    init() throws {
        desk = try TestDesk(memory: account, loops: 1)
        for _ in 0..<5 { try desk.openCase() }
        try desk.keepWebhook()
    }

    /// The lists that are made on a loop.
    private static let paths = ReadTarget.lists.map(\.path) + ["/v1/events"]

    @Test("no list is made that may be long, and none that is short is kept back", arguments: paths)
    func list(path: String) throws {
        account.take(800 << 10)
        // Only where it is made it is found out that there is nobody of that name, and no such event.
        let wrong = path == "/v1/events" ? "after=1000000" : "as_of=2000-01-01T00:00:00.000Z&owner=Nobody"
        let isMade = try desk.client.send("GET", "\(path)?limit=2&\(wrong)").status
        for representation in ["application/json", "text/csv"] {
            let fields = ["Accept": representation]
            let long = try desk.client.send("GET", "\(path)?limit=500", fields: fields)
            #expect(long.status == (path == "/v1/events" ? 200 : 503), "\(path)")
            #expect(try desk.client.send("GET", "\(path)?limit=2", fields: fields).status == 200, "\(path)")
        }
        #expect(isMade == 400 || isMade == 200)
    }

    @Test("what is wrong with a list that is not made is not found out, and what is short goes on")
    func notMade() throws {
        let long = "/v1/cases?limit=500&owner=Nobody"
        #expect(try desk.client.get(long).status == 400)
        account.take(800 << 10)
        let refused = try desk.client.send("GET", long)
        #expect(refused.status == 503 && refused.fields["retry-after"] != nil)
        #expect(JSONAnswer(refused).code == "busy")
        #expect(try desk.client.send("HEAD", long).status == 503)
        for short in [
            "/healthz", "/readyz", "/v1/cases/1", "/v1/promises/1", "/v1/cases?limit=5", "/v1/log/head", "/metrics",
        ] {
            #expect(try desk.client.send("GET", short).status == 200, "\(short)")
        }
        #expect(
            try desk.client.post("/v1/cases", #"{"complaint":"It leaks.","customer":{"name":"Ann"}}"#).status == 201)
        account.give(800 << 10)
        #expect(try desk.client.get(long).status == 400)
    }

    @Test("a list whose items are long is known for it: a short page of them is not made either, and then known anew")
    func known() throws {
        let text = String(repeating: "It leaks. ", count: 6000)
        for _ in 0..<4 {
            try desk.openCase(#"{"complaint":"\#(text)","customer":{"name":"Ann"}}"#)
        }
        let page = "/v1/cases?limit=3"
        #expect(try desk.client.get(page).status == 200)
        account.take(800 << 10)
        #expect(try desk.client.get("\(page)&owner=Nobody").status == 503)
        account.give(800 << 10)
        // Shorter ones, often enough.
        for second in 0..<60 {
            let since = "2020-01-01T00:00:\(second < 10 ? "0" : "")\(second)Z"
            #expect(try desk.client.get("/v1/cases?limit=2&sort=opened_at&updated_after=\(since)").status == 200)
        }
        account.take(800 << 10)
        #expect(try desk.client.get("\(page)&owner=Nobody").status == 400)
    }

    @Test("an export is not begun, on its desk where it would be made")
    func exports() throws {
        for path in Self.paths where path != "/v1/events" {
            #expect(try desk.client.send("GET", "\(path)?format=csv").status == 200, "\(path)")
        }
        account.take(800 << 10)
        #expect(try desk.client.send("GET", "/v1/cases?format=csv").status == 503)
    }
}
