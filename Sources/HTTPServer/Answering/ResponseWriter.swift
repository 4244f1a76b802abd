import HTTPTypes

/// Writes a response's head straight into bytes (RFC 9112 section 4), with the fields that are the server's to set.
struct ResponseWriter {
    enum BodyFraming {
        /// No body follows, and no length is told: 204, 304, and a stream asked for by HEAD.
        case unstated
        case length(Int)
        case chunked
        /// The end of the connection ends the body: a stream to an HTTP/1.0 client.
        case untilClose
    }

    enum Persistence {
        /// HTTP/1.1's default, unsaid.
        case keepAlive
        /// Said to an HTTP/1.0 client that asked for it.
        case keepAliveSaid
        case close
    }

    /// `date` is a whole line with its CRLF.
    static func writeHead(
        of response: Response, requestID: String, framing: BodyFraming, persistence: Persistence, date: [UInt8],
        into output: inout [UInt8]
    ) {
        output.append("HTTP/1.1 ")
        output.append(decimal: response.status.code)
        output.append(" ")
        output.append(response.status.reasonPhrase)
        output.append("\r\n")
        output.append(contentsOf: date)
        switch framing {
        case .length(let count):
            output.append("Content-Length: ")
            output.append(decimal: count)
            output.append("\r\n")
        case .chunked: output.append("Transfer-Encoding: chunked\r\n")
        case .unstated, .untilClose: break
        }
        switch persistence {
        case .keepAlive: break
        case .keepAliveSaid: output.append("Connection: keep-alive\r\n")
        case .close: output.append("Connection: close\r\n")
        }
        output.append("X-Request-Id: ")
        output.append(requestID)
        // A browser neither guesses what it is nor hands it to a page of another origin (Fetch section 3.7).
        output.append("\r\nX-Content-Type-Options: nosniff\r\nCross-Origin-Resource-Policy: same-origin\r\n")
        if response.isCodable {
            output.append("Vary: Accept-Encoding")
            if let vary = response.headerFields[.vary] {
                output.append(", ")
                output.append(vary)
            }
            output.append("\r\n")
        }
        for field in response.headerFields
        where !isServerSet(field.name) && !(response.isCodable && field.name == .vary) {
            output.append(field.name.rawName)
            output.append(": ")
            field.withUnsafeBytesOfValue { output.append(contentsOf: $0) }
            output.append("\r\n")
        }
        output.append("\r\n")
    }

    private static func isServerSet(_ name: HTTPField.Name) -> Bool {
        switch name.canonicalName {
        case "date", "content-length", "transfer-encoding", "connection", "x-request-id", "x-content-type-options",
            "cross-origin-resource-policy":
            true
        default: false
        }
    }

    /// One chunk of a stream (RFC 9112 section 7.1).
    static func writeChunk(_ piece: [UInt8], into output: inout [UInt8]) {
        output.append(String(piece.count, radix: 16))
        output.append("\r\n")
        output.append(contentsOf: piece)
        output.append("\r\n")
    }
}

extension [UInt8] {
    @inline(__always)
    mutating func append(_ text: StaticString) {
        append(contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }

    @inline(__always)
    @_disfavoredOverload
    mutating func append(_ text: String) {
        var text = text
        text.withUTF8 { append(contentsOf: $0) }
    }

    mutating func append(decimal number: Int) {
        precondition(number >= 0)
        var digits: (UInt64, UInt64, UInt64) = (0, 0, 0)
        Swift.withUnsafeMutableBytes(of: &digits) { digits in
            var rest = number
            var start = digits.count
            repeat {
                start -= 1
                digits[start] = UInt8(truncatingIfNeeded: rest % 10) + 0x30
                rest /= 10
            } while rest > 0
            append(contentsOf: UnsafeRawBufferPointer(rebasing: digits[start...]))
        }
    }
}
