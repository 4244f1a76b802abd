import HTTPTypes
import Testing

@testable import HTTPServer

@Suite("A header section that is remembered")
struct HeaderSectionCacheTests {
    /// One section after another request line each.
    private static let lines = [
        "GET / HTTP/1.1", "POST /bulk HTTP/1.1", "GET / HTTP/1.0", "HEAD / HTTP/1.1", "GET http://other:81/ HTTP/1.1",
        "CONNECT b:443 HTTP/1.1", "OPTIONS * HTTP/1.1", "POST / HTTP/1.9", "TRACE / HTTP/1.1", "PUT /x?y HTTP/1.0",
    ]

    private static let sections = [
        "Host: a", "Host: a\r\nConnection: close", "Host: a\r\nConnection: keep-alive", "Host: a\r\nContent-Length: 5",
        "Host: a\r\nContent-Length: 40", "Host: a\r\nTransfer-Encoding: chunked", "Accept: b",
        "Host: a\r\nExpect: 100-continue\r\nContent-Length: 5", "Host: a\r\nExpect: tea", "Host: a:81",
        "Host: a\r\nAccept-Encoding: gzip", "Host: a\r\nAccept-Encoding: gzip;q=0",
    ]

    /// What a parser makes of one request whose body may have so much.
    private func outcome(_ request: String, bodyLimit: Int, cache: HeaderSectionCache?) -> String {
        var limits = ParserLimits()
        limits.body = 20
        var parser = RequestParser(limits: limits, cache: cache)
        let bytes = Array(request.utf8)
        var events: [String] = []
        bytes.withUnsafeBytes { bytes in
            var offset = 0
            do throws(ServerRefusal) {
                while let event = try parser.next(bytes, &offset) {
                    switch event {
                    case .head(let head):
                        parser.bodyLimit = max(parser.bodyLimit, bodyLimit)
                        events.append("\(head)")
                    case .body(let piece): events.append("\(piece.count)")
                    case .end: events.append("end")
                    }
                }
            } catch {
                events.append("\(error)")
            }
            events.append("\(offset)")
        }
        return events.joined(separator: "\n")
    }

    @Test("means what it would if nobody had remembered it, after any request line and any limit of the body")
    func meansTheSame() {
        let cache = HeaderSectionCache()
        for section in Self.sections {
            for _ in 1...2 {
                for line in Self.lines {
                    for limit in [20, 60] {
                        let request = "\(line)\r\n\(section)\r\n\r\n" + String(repeating: "x", count: 40)
                        let remembered = outcome(request, bodyLimit: limit, cache: cache)
                        #expect(remembered == outcome(request, bodyLimit: limit, cache: nil), "\(line), \(section)")
                    }
                }
            }
        }
    }

    @Test("is found by all of its bytes, and not by some")
    func isCompared() {
        let cache = HeaderSectionCache()
        func fields(_ section: String) -> [String] {
            let parsed = ParsedRequests(Array("GET / HTTP/1.1\r\n\(section)\r\n\r\n".utf8), cache: cache)
            return parsed.requests.first?.fields.map { $0.value.ascii ?? "" } ?? []
        }
        for _ in 1...3 {
            #expect(fields("Host: a") == ["a"])
            #expect(fields("Host: b") == ["b"])
            #expect(fields("Host: a\r\nB: c") == ["a", "c"])
            #expect(fields("Host: a\r\nB: C") == ["a", "C"])
            #expect(fields("Host: A\r\nB: c") == ["A", "c"])
        }
    }
}
