import HTTPTypes
import Testing

@testable import HTTPServer

@Suite("The request parser")
struct RequestParserTests {
    /// Every way of sending that the tables are held to.
    static func cuts(of bytes: [UInt8]) -> [[Int]] {
        [[], Array(1..<max(1, bytes.count))] + (1..<max(1, bytes.count)).map { [$0] }
    }

    static let refused: [(String, String)] = [
        // The request line
        ("GET / HTTP/1.1\nHost: a\r\n\r\n", "malformed_request"),
        ("GET  / HTTP/1.1\r\nHost: a\r\n\r\n", "malformed_request"),
        ("GET /  HTTP/1.1\r\nHost: a\r\n\r\n", "malformed_request"),
        (" GET / HTTP/1.1\r\nHost: a\r\n\r\n", "malformed_request"),
        ("GET / HTTP/1.1 \r\nHost: a\r\n\r\n", "malformed_request"),
        ("GET /\r\nHost: a\r\n\r\n", "malformed_request"),
        ("GET\r\n\r\n", "malformed_request"),
        ("GET / a HTTP/1.1\r\nHost: a\r\n\r\n", "malformed_request"),
        ("GET\t/ HTTP/1.1\r\nHost: a\r\n\r\n", "malformed_request"),
        ("G(T / HTTP/1.1\r\nHost: a\r\n\r\n", "malformed_request"),
        ("GET / http/1.1\r\nHost: a\r\n\r\n", "malformed_request"),
        ("GET / HTTP/1.10\r\nHost: a\r\n\r\n", "malformed_request"),
        ("GET / HTTP/1\r\nHost: a\r\n\r\n", "malformed_request"),
        ("GET / HTTP/1,1\r\nHost: a\r\n\r\n", "malformed_request"),
        ("GET / HTTP/x.1\r\nHost: a\r\n\r\n", "malformed_request"),
        ("GET / HTTP/2.0\r\nHost: a\r\n\r\n", "http_version"),
        ("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", "http_version"),
        ("GET / HTTP/0.9\r\nHost: a\r\n\r\n", "http_version"),
        ("BREW / HTTP/1.1\r\nHost: a\r\n\r\n", "not_implemented"),
        ("get / HTTP/1.1\r\nHost: a\r\n\r\n", "not_implemented"),
        ("TRAC / HTTP/1.1\r\nHost: a\r\n\r\n", "not_implemented"),
        ("CONNECTS a:443 HTTP/1.1\r\nHost: a\r\n\r\n", "not_implemented"),
        ("\r\n\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n", "malformed_request"),
        ("\nGET / HTTP/1.1\r\nHost: a\r\n\r\n", "malformed_request"),
        ("\u{16}\u{03}\u{01}\u{02}\u{00}\u{01}", "malformed_request"),
        // The target
        ("GET a HTTP/1.1\r\nHost: a\r\n\r\n", "malformed_request"),
        ("GET * HTTP/1.1\r\nHost: a\r\n\r\n", "malformed_request"),
        ("GET /#a HTTP/1.1\r\nHost: a\r\n\r\n", "malformed_request"),
        ("GET /a?b#c HTTP/1.1\r\nHost: a\r\n\r\n", "malformed_request"),
        ("GET /é HTTP/1.1\r\nHost: a\r\n\r\n", "malformed_request"),
        ("GET /a\u{7F} HTTP/1.1\r\nHost: a\r\n\r\n", "malformed_request"),
        ("GET /a\u{0} HTTP/1.1\r\nHost: a\r\n\r\n", "malformed_request"),
        ("GET /% HTTP/1.1\r\nHost: a\r\n\r\n", "malformed_request"),
        ("GET /%4 HTTP/1.1\r\nHost: a\r\n\r\n", "malformed_request"),
        ("GET /%4x HTTP/1.1\r\nHost: a\r\n\r\n", "malformed_request"),
        ("GET /%00 HTTP/1.1\r\nHost: a\r\n\r\n", "malformed_request"),
        ("GET /?a=%00 HTTP/1.1\r\nHost: a\r\n\r\n", "malformed_request"),
        ("GET /?a=%zz HTTP/1.1\r\nHost: a\r\n\r\n", "malformed_request"),
        ("GET /a\"b HTTP/1.1\r\nHost: a\r\n\r\n", "malformed_request"),
        ("GET /a<b HTTP/1.1\r\nHost: a\r\n\r\n", "malformed_request"),
        ("GET /a\\b HTTP/1.1\r\nHost: a\r\n\r\n", "malformed_request"),
        ("GET ftp://a/ HTTP/1.1\r\nHost: a\r\n\r\n", "malformed_request"),
        ("GET http:/// HTTP/1.1\r\nHost: a\r\n\r\n", "malformed_request"),
        ("GET http://b@a/ HTTP/1.1\r\nHost: a\r\n\r\n", "malformed_request"),
        ("GET http://a:99999/ HTTP/1.1\r\nHost: a\r\n\r\n", "malformed_request"),
        // Host
        ("GET / HTTP/1.1\r\n\r\n", "malformed_request"),
        ("GET / HTTP/1.1\r\nHost:\r\n\r\n", "malformed_request"),
        ("GET / HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n", "malformed_request"),
        ("GET / HTTP/1.1\r\nHost: a b\r\n\r\n", "malformed_request"),
        ("GET / HTTP/1.1\r\nHost: a/b\r\n\r\n", "malformed_request"),
        ("GET / HTTP/1.1\r\nHost: a@b\r\n\r\n", "malformed_request"),
        ("GET / HTTP/1.1\r\nHost: a:b\r\n\r\n", "malformed_request"),
        ("GET / HTTP/1.1\r\nHost: a:1:2\r\n\r\n", "malformed_request"),
        ("GET / HTTP/1.1\r\nHost: [::1\r\n\r\n", "malformed_request"),
        ("GET / HTTP/1.1\r\nHost: []\r\n\r\n", "malformed_request"),
        ("GET / HTTP/1.1\r\nHost: a, b\r\n\r\n", "malformed_request"),
        ("GET / HTTP/1.0\r\nHost: a\r\nHost: a\r\n\r\n", "malformed_request"),
        ("GET http://a/ HTTP/1.1\r\n\r\n", "malformed_request"),
        // Header lines
        ("GET / HTTP/1.1\r\nHost : a\r\n\r\n", "malformed_request"),
        ("GET / HTTP/1.1\r\nHost: a\r\nB\t: c\r\n\r\n", "malformed_request"),
        ("GET / HTTP/1.1\r\nHost: a\r\n b\r\n\r\n", "malformed_request"),
        ("GET / HTTP/1.1\r\n Host: a\r\n\r\n", "malformed_request"),
        ("GET / HTTP/1.1\r\nHost: a\r\nB: c\r\n\td\r\n\r\n", "malformed_request"),
        ("GET / HTTP/1.1\r\nHost: a\r\n: c\r\n\r\n", "malformed_request"),
        ("GET / HTTP/1.1\r\nHost: a\r\nb\r\n\r\n", "malformed_request"),
        ("GET / HTTP/1.1\r\nHost: a\r\nB(: c\r\n\r\n", "malformed_request"),
        ("GET / HTTP/1.1\r\nHost: a\r\nBé: c\r\n\r\n", "malformed_request"),
        ("GET / HTTP/1.1\r\nHost: a\r\nB: c\u{0}\r\n\r\n", "malformed_request"),
        ("GET / HTTP/1.1\r\nHost: a\r\nB: c\u{7F}\r\n\r\n", "malformed_request"),
        ("GET / HTTP/1.1\r\nHost: a\r\nB: c\u{1}d\r\n\r\n", "malformed_request"),
        ("GET / HTTP/1.1\r\nHost: a\r\nB: c\rd\r\n\r\n", "malformed_request"),
        ("GET / HTTP/1.1\rHost: a\r\n\r\n", "malformed_request"),
        ("GET / HTTP/1.1\r\nHost: a\n\r\n", "malformed_request"),
        ("GET / HTTP/1.1\r\nHost: a\r\n\n", "malformed_request"),
        // Content-Length and Transfer-Encoding
        ("POST / HTTP/1.1\r\nHost: a\r\nContent-Length:\r\n\r\n", "malformed_request"),
        ("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: +1\r\n\r\na", "malformed_request"),
        ("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n", "malformed_request"),
        ("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1 1\r\n\r\na", "malformed_request"),
        ("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 0x1\r\n\r\na", "malformed_request"),
        ("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1.0\r\n\r\na", "malformed_request"),
        ("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1,2\r\n\r\na", "malformed_request"),
        ("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1,\r\n\r\na", "malformed_request"),
        ("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\na", "malformed_request"),
        ("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9223372036854775808\r\n\r\n", "malformed_request"),
        ("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 18446744073709551617\r\n\r\n", "malformed_request"),
        ("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1048577\r\n\r\n", "body_too_large"),
        ("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n", "malformed_request"),
        ("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nContent-Length: 0\r\n\r\n", "malformed_request"),
        ("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip, chunked\r\n\r\n", "not_implemented"),
        ("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: identity\r\n\r\n", "malformed_request"),
        ("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: xchunked\r\n\r\n", "malformed_request"),
        ("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked, chunked\r\n\r\n", "malformed_request"),
        ("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding:\r\n\r\n", "malformed_request"),
        (
            "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n",
            "malformed_request"
        ),
        ("POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", "malformed_request"),
        ("POST / HTTP/1.1\r\nHost: a\r\nExpect: a\r\n\r\n", "expectation_failed"),
        ("POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue, a\r\n\r\n", "expectation_failed"),
    ]

    static let refusedChunks = [
        "\r\n", "x\r\n", "-1\r\n", "+1\r\n", "0x1\r\na\r\n0\r\n\r\n", " 1\r\na\r\n", "1 \r\na\r\n", "1\na\r\n",
        "1\r\nab\r\n", "1\r\na\n0\r\n\r\n", "1\r\na\r0\r\n", "1\r\na0\r\n\r\n", "2\r\na\r\n0\r\n\r\n",
        "10000000000000000\r\n", "ffffffffffffffffffff\r\n", "1;\r\na\r\n", "1;a=\r\na\r\n", "1;a=\"b\r\na\r\n",
        "1;a=\"b\"c\r\na\r\n", "1;=a\r\na\r\n", "1,a\r\na\r\n", "1;a\u{0}\r\na\r\n", "0\r\nA : b\r\n\r\n",
        "0\r\n a\r\n\r\n", "0\r\nA: b\n\r\n", "0\r\nb\r\n\r\n",
    ]

    @Test("refuses what the grammar does not have, however it is cut", arguments: refused)
    func refuses(_ text: String, code: String) {
        let bytes = Array(text.utf8)
        let wrong = Self.cuts(of: bytes).filter { cuts in
            let parsed = ParsedRequests(bytes, cuts: cuts)
            return parsed.refusal?.code.rawValue != code || !parsed.requests.isEmpty
        }
        #expect(wrong == [], "cut there, it comes out otherwise")
    }

    @Test("refuses broken chunks, however they are cut", arguments: refusedChunks)
    func refusesChunks(_ chunks: String) {
        let bytes = Array("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n\(chunks)".utf8)
        let wrong = Self.cuts(of: bytes).filter { cuts in
            let parsed = ParsedRequests(bytes, cuts: cuts)
            return parsed.refusal?.code.rawValue != "malformed_request" || !parsed.requests.isEmpty
        }
        #expect(wrong == [], "cut there, it comes out otherwise")
    }

    static let bodies: [(String, String)] = [
        ("Content-Length: 3\r\n\r\nabc", "abc"),
        ("Content-Length: 0\r\n\r\n", ""),
        ("Content-Length: 003\r\n\r\nabc", "abc"),
        ("Content-Length: 3, 3\r\n\r\nabc", "abc"),
        ("Content-Length: 3\r\ncontent-length: 3\r\n\r\nabc", "abc"),
        ("\r\n", ""),
        ("Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n", ""),
        ("Transfer-Encoding: CHUNKED\r\n\r\n3\r\nabc\r\n0\r\n\r\n", "abc"),
        ("Transfer-Encoding: chunked\r\n\r\n1\r\na\r\n002\r\nbc\r\n000\r\n\r\n", "abc"),
        ("Transfer-Encoding: chunked\r\n\r\nA\r\n0123456789\r\na\r\n0123456789\r\n0\r\n\r\n", "01234567890123456789"),
        ("Transfer-Encoding: chunked\r\n\r\n1;a\r\na\r\n1 ; b = c ;d=\"e\\\"f\"\r\nb\r\n0\r\n\r\n", "ab"),
        ("Transfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\nA: b\r\nC: d\r\n\r\n", "a"),
    ]

    @Test("reads bodies of either framing, and the request behind them, however they are cut", arguments: bodies)
    func readsBodies(_ rest: String, body: String) {
        let next = "GET /next HTTP/1.1\r\nHost: b\r\n\r\n"
        let head = "POST /a HTTP/1.1\r\nHost: a\r\n"
        let bytes = Array((head + rest + next).utf8)
        let wrong = Self.cuts(of: bytes).filter { cuts in
            let parsed = ParsedRequests(bytes, cuts: cuts)
            return parsed.refusal != nil || parsed.requests.map(\.target.path) != ["/a", "/next"]
                || parsed.requests.map(\.body) != [Array(body.utf8), []]
        }
        #expect(wrong == [], "cut there, it comes out otherwise")
    }

    static let targets: [(String, String, String?, String?)] = [
        ("GET /", "/", nil, nil),
        ("GET /a/b", "/a/b", nil, nil),
        ("GET /a?", "/a", "", nil),
        ("GET /a?b=c&d?e=/", "/a", "b=c&d?e=/", nil),
        ("GET /%C3%A9?%20", "/%C3%A9", "%20", nil),
        ("GET //a", "//a", nil, nil),
        ("GET /-._~!$&'()*+,;=:@", "/-._~!$&'()*+,;=:@", nil, nil),
        ("GET http://b:80/c?d", "/c", "d", "b:80"),
        ("GET HTTP://b", "/", nil, "b"),
        ("GET https://[::1]:1?d", "/", "d", "[::1]:1"),
        ("OPTIONS *", "*", nil, nil),
        ("OPTIONS http://b", "*", nil, "b"),
        ("OPTIONS http://b/", "/", nil, "b"),
    ]

    @Test("takes targets apart and leaves them encoded", arguments: targets)
    func readsTargets(_ start: String, path: String, query: String?, authority: String?) throws {
        let parsed = ParsedRequests(Array("\(start) HTTP/1.1\r\nHost: a\r\n\r\n".utf8))
        let request = try #require(parsed.requests.first)
        #expect(request.target.path == path)
        #expect(request.target.query == query)
        #expect(request.target.authority == authority)
        #expect(request.fields[FieldNameTable.host]?.ascii == "a")
    }

    static let persistence: [(String, Bool)] = [
        ("1.1\r\nHost: a", true), ("1.1\r\nHost: a\r\nConnection: close", false),
        ("1.1\r\nHost: a\r\nConnection: x, Close", false), ("1.1\r\nHost: a\r\nConnection: keep-alive", true),
        ("1.1\r\nHost: a\r\nConnection: keep-alive\r\nConnection: close", false), ("1.9\r\nHost: a", true),
        ("1.0", false), ("1.0\r\nConnection: Keep-Alive", true), ("1.0\r\nConnection: keep-alive, close", false),
    ]

    @Test("knows whether the connection goes on", arguments: persistence)
    func knowsPersistence(_ rest: String, keepAlive: Bool) throws {
        let parsed = ParsedRequests(Array("GET / HTTP/\(rest)\r\n\r\n".utf8))
        #expect(try #require(parsed.requests.first).keepAlive == keepAlive)
    }

    @Test("expects 100-continue only of HTTP/1.1 and only before a body")
    func readsExpect() throws {
        let expecting = "POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-Continue\r\nContent-Length: 1\r\n\r\na"
        #expect(try #require(ParsedRequests(Array(expecting.utf8)).requests.first).expectsContinue)
        let empty = "POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\n\r\n"
        #expect(try !#require(ParsedRequests(Array(empty.utf8)).requests.first).expectsContinue)
        let old = "POST / HTTP/1.0\r\nExpect: 100-continue\r\nContent-Length: 1\r\n\r\na"
        #expect(try !#require(ParsedRequests(Array(old.utf8)).requests.first).expectsContinue)
    }

    @Test("keeps field values verbatim but for the white space around them, and known names by any case")
    func readsFields() throws {
        let text = "GET / HTTP/1.1\r\nhOST: a\r\nUSER-AGENT: \t b  c \t\r\nX-Odd_~: Zoë\r\nX-Empty:\r\n\r\n"
        let fields = try #require(ParsedRequests(Array(text.utf8)).requests.first).fields
        #expect(fields[.userAgent]?.ascii == "b  c")
        #expect(fields[HTTPField.Name("x-odd_~")!]?.utf8 == "Zoë")
        #expect(fields[HTTPField.Name("x-odd_~")!]?.ascii == nil)
        #expect(fields[HTTPField.Name("x-empty")!]?.isEmpty == true)
        #expect(fields.count == 4)
    }

    @Test("forgives one empty line before a request")
    func forgivesEmptyLine() {
        let request = "\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n"
        let parsed = ParsedRequests(Array((request + request).utf8))
        #expect(parsed.refusal == nil)
        #expect(parsed.requests.count == 2)
    }

    @Test("counts every limit to the byte", arguments: [0, 1])
    func countsLimits(over: Int) {
        var limits = ParserLimits()
        limits.requestLine = 50
        limits.headerLine = 40
        limits.headers = 100
        limits.headerFields = 4
        limits.body = 10
        func code(_ text: String) -> String? { ParsedRequests(Array(text.utf8), limits: limits).refusal?.code.rawValue }
        func fill(_ count: Int) -> String { String(repeating: "a", count: count + over) }

        let line = "GET /\(fill(36)) HTTP/1.1"
        #expect(code("\(line)\r\nHost: a\r\n\r\n") == (over == 0 ? nil : "request_line_too_long"))
        #expect(code("GET / HTTP/1.1\r\nHost: a\r\nB: \(fill(37))\r\n\r\n") == (over == 0 ? nil : "header_too_large"))
        let sections = "Host: a\r\nB: \(fill(36))\r\nC: \(fill(36))\r\nD: e\r\n"
        #expect(sections.utf8.count == 97 + 2 * over)
        #expect(code("GET / HTTP/1.1\r\n\(sections)\r\n") == nil)
        let full = "Host: a\r\nB: \(String(repeating: "a", count: 37))\r\nC: \(fill(37))\r\nD: e\r\n"
        #expect(code("GET / HTTP/1.1\r\n\(full)\r\n") == (over == 0 ? nil : "header_too_large"))
        let many = String(repeating: "B: c\r\n", count: 3 + over)
        #expect(code("GET / HTTP/1.1\r\nHost: a\r\n\(many)\r\n") == (over == 0 ? nil : "header_too_large"))
        #expect(
            code("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: \(10 + over)\r\n\r\n")
                == (over == 0 ? nil : "body_too_large"))
        let chunks = "6\r\naaaaaa\r\n\(4 + over)\r\n\(fill(4))\r\n0\r\n\r\n"
        #expect(
            code("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n\(chunks)")
                == (over == 0 ? nil : "body_too_large"))
        let trailers = "0\r\n\(many)B: c\r\n\r\n"
        #expect(
            code("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n\(trailers)")
                == (over == 0 ? nil : "header_too_large"))
    }

    @Test(
        "takes so many elements and parameters of lists, over all their lines and all lists together, and no more",
        arguments: [
            "Accept", "accept-encoding", "Connection", "Content-Encoding", "Content-Type", "Expect", "If-Match",
            "IF-NONE-MATCH", "Sec-Fetch-Site", "X-Forwarded-For",
        ])
    func countsElements(name: String) {
        func code(_ lines: [String]) -> String? {
            let head = "GET / HTTP/1.1\r\nHost: a\r\n\(lines.map { "\($0)\r\n" }.joined())\r\n"
            return ParsedRequests(Array(head.utf8)).refusal?.code.rawValue
        }
        let most = ParserLimits.listSeparators
        // None of them is one that Expect may have.
        let allowed = name == "Expect" ? "100-continue" : "a"
        for element in ["\(allowed),", ",", "\(allowed) ,\t"] + (name == "Expect" ? [] : ["a;", "a;b,"]) {
            let separators = element.utf8.count { $0 == UInt8(ascii: ",") || $0 == UInt8(ascii: ";") }
            let full = String(repeating: element, count: most / separators)
            #expect(code(["\(name): \(full)"]) == nil, "\(element)")
            #expect(code(["\(name): \(full),"]) == "header_too_large", "\(element)")
            #expect(code(["\(name): \(full)", "Accept: a;b"]) == "header_too_large", "\(element)")
            let half = String(repeating: element, count: most / separators / 2)
            #expect(code(["\(name): \(half)", "\(name): \(half)"]) == nil, "\(element)")
            #expect(code(["\(name): \(half)", "\(name): \(half)", "\(name): ,"]) == "header_too_large", "\(element)")
        }
    }

    @Test("counts no commas where they part nothing", arguments: ["User-Agent", "Cookie", "X-Unknown", "Referer"])
    func countsNoOtherCommas(name: String) {
        let head = "GET / HTTP/1.1\r\nHost: a\r\n\(name): \(String(repeating: ",;", count: 4000))\r\n\r\n"
        #expect(ParsedRequests(Array(head.utf8)).refusal == nil)
    }

    @Test("refuses a line that is too long before its end comes")
    func refusesEndlessLines() {
        let line = Array("GET /\(String(repeating: "a", count: 9000))".utf8)
        #expect(ParsedRequests(line).refusal?.code.rawValue == "request_line_too_long")
        let header = Array("GET / HTTP/1.1\r\nHost: a\r\nB: \(String(repeating: "a", count: 9000))".utf8)
        #expect(ParsedRequests(header).refusal?.code.rawValue == "header_too_large")
        let chunk =
            "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n1;\(String(repeating: "a", count: 2000))"
        #expect(ParsedRequests(Array(chunk.utf8)).refusal?.code.rawValue == "malformed_request")
    }
}
