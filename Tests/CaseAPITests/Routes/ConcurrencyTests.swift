import Complaints
import Dispatch
import Testing

@testable import CaseAPI

@Suite("Many at once")
struct ConcurrencyTests {
    @Test("an answer for an instant is final, even while that very instant is being written")
    func asOfWhileWriting() throws {
        let desk = try TestDesk()
        let writers = DispatchGroup()
        for _ in 0..<4 {
            DispatchQueue.global().async(group: writers) {
                for _ in 0..<40 { _ = try? desk.openCase() }
            }
        }
        var seen: [String: JSONValue] = [:]
        while writers.wait(timeout: .now()) == .timedOut {
            let asOf = desk.clock.now.rfc3339
            let page = try desk.client.get("/v1/cases?limit=500&as_of=\(asOf)")
            #expect(page.status == 200, "\(page.response.text)")
            seen[asOf] = page.json
        }
        #expect(try desk.client.get("/v1/cases")["total"].integer == 160)
        for (asOf, page) in seen {
            #expect(try desk.client.get("/v1/cases?limit=500&as_of=\(asOf)").json == page)
        }
    }

    @Test("a service that has too much to write says so, and still reads")
    func busy() throws {
        let desk = try TestDesk(queueLimit: 0)
        let answer = try desk.openCase()
        #expect(answer.status == 503)
        #expect(answer.code == "busy")
        #expect(answer.fields["retry-after"] == "1")
        #expect(try desk.client.get("/v1/cases").status == 200)
    }

    @Test("requests in one pipeline are answered in order, writes and exports among them")
    func pipeline() throws {
        let desk = try TestDesk()
        let host = "Host: localhost\r\n"
        let body = #"{"complaint":"x","customer":{"name":"Ann"}}"#
        let post =
            "POST /v1/cases HTTP/1.1\r\n\(host)Content-Type: application/json\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)"
        let requests = [
            post, "GET /v1/cases/1 HTTP/1.1\r\n\(host)\r\n", "GET /v1/cases?format=csv HTTP/1.1\r\n\(host)\r\n", post,
            "GET /healthz HTTP/1.1\r\n\(host)Connection: close\r\n\r\n",
        ]
        let text = String(decoding: try desk.client.exchange(Array(requests.joined().utf8)), as: UTF8.self)
        let statuses = text.split(separator: "HTTP/1.1 ").map { $0.prefix(3) }
        // The second is looked at while the first is being written: it may come before or after it.
        #expect(statuses == ["201", "200", "200", "201", "200"] || statuses == ["201", "404", "200", "201", "200"])
        #expect(text.hasSuffix("{\"status\":\"ok\"}\n"))
    }
}
