import HTTPTypes
import Testing

@testable import HTTPServer

@Suite("Writing a response's head")
struct ResponseWriterTests {
    func write(_ response: Response, _ framing: ResponseWriter.BodyFraming, _ persistence: ResponseWriter.Persistence)
        -> String
    {
        var output: [UInt8] = []
        ResponseWriter.writeHead(
            of: response, requestID: "r1", framing: framing, persistence: persistence, date: Array("Date: D\r\n".utf8),
            into: &output)
        return String(decoding: output, as: UTF8.self)
    }

    /// What every answer says.
    private let always = "X-Content-Type-Options: nosniff\r\nCross-Origin-Resource-Policy: same-origin\r\n"

    @Test("puts the server's fields first and the response's behind them")
    func writesFields() {
        let response = Response(status: .ok, headerFields: [.contentType: "a/b", .eTag: "\"é\""])
        #expect(
            write(response, .length(12), .keepAlive)
                == "HTTP/1.1 200 OK\r\nDate: D\r\nContent-Length: 12\r\nX-Request-Id: r1\r\n\(always)Content-Type: a/b\r\nETag: \"é\"\r\n\r\n"
        )
    }

    @Test("says what is particular about body and connection")
    func writesFraming() {
        let response = Response(status: .noContent)
        #expect(
            write(response, .unstated, .close)
                == "HTTP/1.1 204 No Content\r\nDate: D\r\nConnection: close\r\nX-Request-Id: r1\r\n\(always)\r\n")
        #expect(
            write(response, .chunked, .keepAliveSaid).contains(
                "Transfer-Encoding: chunked\r\nConnection: keep-alive\r\n"))
    }

    @Test("leaves out what a service may not set, and cannot be made to split")
    func leavesOut() {
        let response = Response(
            status: HTTPResponse.Status(code: 299),
            headerFields: [
                .date: "x", .contentLength: "9", .transferEncoding: "x", .connection: "x",
                HTTPField.Name("X-REQUEST-ID")!: "x", .xContentTypeOptions: "x",
                HTTPField.Name("Cross-Origin-Resource-Policy")!: "x", .location: "a\r\nB: c",
            ])
        #expect(
            write(response, .length(0), .keepAlive)
                == "HTTP/1.1 299 \r\nDate: D\r\nContent-Length: 0\r\nX-Request-Id: r1\r\n\(always)Location: a  B: c\r\n\r\n"
        )
    }

    @Test("writes numbers", arguments: [0, 7, 10, 999, 1000, Int.max])
    func writesNumbers(_ number: Int) {
        var output: [UInt8] = []
        output.append(decimal: number)
        #expect(String(decoding: output, as: UTF8.self) == String(number))
    }
}
