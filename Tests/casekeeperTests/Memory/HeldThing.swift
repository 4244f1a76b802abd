import Foundation
import Testing

/// What a client can make the service hold, by the names that the table in the README has for it, and how it is asked to
/// hold as much of it as it will.
enum HeldThing: String, CaseIterable, CustomTestStringConvertible {
    case header = "a header section that is not whole"
    case shortBody = "a body of up to 64 KiB that is not whole"
    case longBody = "a longer body that is not whole"
    case chunkedBody = "a body of unknown length that is not whole"
    case pipeline = "requests behind those that are worked on"
    case heldAnswer = "answers behind one that waits"
    case unreadAnswer = "answers that are not read"
    case coding = "answers to be compressed"
    case sharedAnswer = "the description and the pages of problems"
    case export = "pieces of exports"
    case follower = "requests that wait for events"
    case report = "reports that wait"
    case change = "changes that wait for the writer"
    case bulk = "bulks that wait"
    case name = "names of people, teams and categories"
    case read = "reads that are remembered"
    case key = "idempotency keys"
    case bucket = "rates of tokens and peers"
    case connection = "connections"

    var testDescription: String { rawValue }

    /// A peer's part of it.
    struct Part {
        var connections: Int
        var bytes: [UInt8]

        init(_ connections: Int, _ text: String) {
            self.connections = connections
            bytes = Array(text.utf8)
        }
    }

    /// What is sent, and then left as it is.
    var parts: [Part] {
        let end = "Host: localhost\r\n\r\n"
        func get(_ target: String, _ fields: String = "") -> String { "GET \(target) HTTP/1.1\r\n\(fields)\(end)" }
        func post(_ target: String, _ fields: String) -> String {
            "POST \(target) HTTP/1.1\r\nContent-Type: application/json\r\n\(fields)\(end)"
        }
        func times(_ count: Int, _ text: String) -> String { String(repeating: text, count: count) }
        let follow = get("/v1/events?after=100000000&wait=60")
        let page = "/v1/cases?limit=500"
        let gzip = "Accept-Encoding: gzip\r\n"
        switch self {
        case .header:
            let fields = (0..<90).map { "X-Field-\($0): \(times(320, "x"))\r\n" }.joined()
            return [Part(900, "GET / HTTP/1.1\r\n" + fields), Part(900, "GET / HTTP/1.1\r\nHost: a\r\n\(fields)")]
        case .shortBody:
            return [Part(1800, post("/v1/cases", "Content-Length: 65536\r\n") + times(60_000, " "))]
        case .longBody:
            return [Part(300, post("/v1/cases", "Content-Length: 1048576\r\n") + times(1_000_000, " "))]
        case .chunkedBody:
            let chunk = "4000\r\n\(times(0x4000, " "))\r\n"
            return [Part(300, post("/v1/cases", "Transfer-Encoding: chunked\r\n") + times(60, chunk))]
        case .pipeline:
            return [Part(300, times(16, follow) + times(4000, get("/healthz")))]
        case .heldAnswer: return [Part(8, follow + times(15, get(page)))]
        case .unreadAnswer: return [Part(50, get(page))]
        case .coding:
            return [Part(8, times(4, get(page, gzip))), Part(8, follow + times(15, get(page, gzip)))]
        case .sharedAnswer:
            let all = ["/openapi.json", "/openapi.json?pretty=true", "/problems/busy"].map { get($0, gzip) + get($0) }
            return [Part(60, times(5, all.joined())), Part(30, follow + times(5, all.joined()))]
        case .export: return [Part(200, get("/v1/cases?format=csv"))]
        case .follower: return [Part(1800, follow)]
        case .report:
            return [Part(200, times(8, get("/v1/reports/promises?from=2020-01-01T00:00:00Z&to=2100-01-01T00:00:00Z")))]
        case .change:
            let text = times(60_000, "x")
            let body = #"{"complaint":"\#(text)","customer":{"name":"Ann"}}"#
            return [Part(100, times(4, post("/v1/cases", "Content-Length: \(body.utf8.count)\r\n") + body))]
        case .bulk:
            let item = #"{"complaint":"\#(times(8000, "x"))","customer":{"name":"Ann"}}"#
            let body = #"{"items":[\#((0..<900).map { _ in item }.joined(separator: ","))]}"#
            return [Part(12, post("/v1/cases/bulk", "Content-Length: \(body.utf8.count)\r\n") + body)]
        case .name:
            let items = (0..<900).map { index in
                let name = "\(index)\(times(190, "n"))"
                return #"{"complaint":"x","customer":{"name":"Ann"},"owner":"\#(name)","category":"\#(name)"}"#
            }
            let body = #"{"items":[\#(items.joined(separator: ","))]}"#
            return [Part(4, post("/v1/cases/bulk", "Content-Length: \(body.utf8.count)\r\n") + body)]
        case .read:
            return [
                Part(6, (0..<20).map { times(2, get("\(page)&updated_after=2020-01-01T00:00:\(10 + $0)Z")) }.joined())
            ]
        case .key:
            return [
                Part(
                    20,
                    (0..<50).map { index in
                        let body = #"{"complaint":"x","customer":{"name":"Ann"}}"#
                        let key =
                            "Idempotency-Key: \(index)-\(times(150, "k"))\r\nContent-Length: \(body.utf8.count)\r\n"
                        return post("/v1/cases", key) + body
                    }.joined())
            ]
        case .bucket: return [Part(50, times(200, get("/v1/me", "Authorization: Bearer nobody\r\n")))]
        case .connection: return [Part(1800, "")]
        }
    }
}
