import FuzzCost
import HTTPTypes

@testable import HTTPServer

/// What a request costs to read, whatever stands in its head, is in proportion to its bytes.
enum CostCheck {
    /// The claims that do not hold for the first request in these bytes.
    static func violations(_ bytes: [UInt8]) -> [String] {
        let run = ParserRun(bytes, cuts: [], limits: ParserLimits())
        let own = Array(bytes[..<(run.starts.count > 1 ? run.starts[1] : bytes.count)])
        guard own.count >= Cost.shortest else { return [] }
        let honest = request(of: max(Cost.shortestHonest, own.count))
        return Cost.violations("a request of \(own.count) bytes", { read(own) }, honest: { read(honest) })
    }

    private static func read(_ bytes: [UInt8]) {
        for message in ParserRun(bytes, cuts: [], limits: ParserLimits()).messages {
            _ = ParserCheck.reading(of: message)
        }
    }

    /// Each kind of head that has as much in as few bytes as it can, so long as that.
    static func kinds(of count: Int) -> [(name: String, bytes: [UInt8])] {
        let lists = [
            "Accept", "Accept-Encoding", "Connection", "Content-Encoding", "Content-Length", "Content-Type", "Expect",
            "If-Match", "If-None-Match", "Sec-Fetch-Site", "TE", "Transfer-Encoding", "Vary", "X-Forwarded-For", "X",
        ]
        let elements = [
            "a,", ",", "a;", "a/b;q=1,", "\"a\",", "W/\"\",", "\"\\\",", "*/*,", "1,", "q=0;", " \t,", "::1,",
        ]
        return lists.flatMap { name in
            elements.map { element in
                let lines = (0..<3).map { _ in
                    "\(name): \(String(repeating: element, count: count / 3 / element.utf8.count))"
                }
                return ("\(name): \(element)…", head(lines))
            }
        }
    }

    /// An ordinary request with ordinary fields, so long as that.
    private static func request(of count: Int) -> [UInt8] {
        let value = String(repeating: "the quick brown fox, ", count: max(3, count / 90 / 21))
        return Cost.filled(
            count, "GET /v1/cases?status=open HTTP/1.1\r\nHost: localhost\r\nAccept: application/json\r\n",
            { "X-Field-\($0 % 90): \(value)" }, separator: "\r\n", "\r\n\r\n")
    }

    private static func head(_ lines: [String]) -> [UInt8] {
        Array("POST / HTTP/1.1\r\nHost: localhost\r\n\(lines.map { "\($0)\r\n" }.joined())\r\n".utf8)
    }
}
