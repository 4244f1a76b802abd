import HTTPTypes

@testable import HTTPServer

/// What must hold of the request parser for whatever bytes.
enum ParserCheck {
    /// The claims that do not hold for these bytes.
    static func violations(_ bytes: [UInt8]) -> [String] {
        [ParserLimits(), tight].flatMap { limits in
            let whole = ParserRun(bytes, cuts: [], limits: limits)
            let cut = [Array(1..<max(1, bytes.count)), someCuts(of: bytes)].flatMap { cuts in
                let run = ParserRun(bytes, cuts: cuts, limits: limits)
                return run == whole ? [] : ["cut at \(cuts) it comes to \(run), whole to \(whole)"]
            }
            return whole.violations + cut + remembering(bytes, whole, limits)
                + whole.messages.flatMap { self.sizes(of: $0, limits: limits) + meaning(of: $0) + rereading(of: $0) }
        }
    }

    /// A header section that is remembered means what it meant.
    private static func remembering(_ bytes: [UInt8], _ whole: ParserRun, _ limits: ParserLimits) -> [String] {
        let memo = HeaderMemo()
        return (1...2).flatMap { time in
            let run = ParserRun(bytes, cuts: [], limits: limits, memo: memo)
            return run == whole ? [] : ["the time \(time) with a memo it comes to \(run), without to \(whole)"]
        }
    }

    /// So low that short inputs come to every one of them.
    private static let tight = {
        var limits = ParserLimits()
        limits.requestLine = 40
        limits.headerLine = 32
        limits.headers = 96
        limits.headerFields = 5
        limits.body = 12
        limits.chunkLine = 10
        return limits
    }()

    /// A few cuts that depend on nothing but the bytes (FNV-1a), so that a find stays a find.
    private static func someCuts(of bytes: [UInt8]) -> [Int] {
        let seed = bytes.reduce(0xCBF2_9CE4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
        return [0, 16, 32, 48].map { Int((seed >> $0) & 0xFFFF) % (bytes.count + 1) }.sorted()
    }

    private static func sizes(of message: ParserRun.Message, limits: ParserLimits) -> [String] {
        let target = message.target
        let line = target.path.utf8.count + (target.query?.utf8.count ?? 0)
        // The host of an absolute-form target may take the place of a shorter Host, or of none.
        let fields = message.fields.filter { target.authority == nil || $0.name != FieldNameTable.host }
        let headers = fields.map { $0.name.rawName.utf8.count + $0.value.utf8.count }.reduce(0, +)
        var wrong: [String] = []
        if line > limits.requestLine { wrong.append("a target of \(line) bytes was taken") }
        // Bytes that are not UTF-8 are counted thrice where they are shown as text.
        if headers > limits.headers * 3 { wrong.append("header fields of \(headers) bytes were taken") }
        if fields.count > limits.headerFields { wrong.append("\(fields.count) header fields were taken") }
        if message.body.count > limits.body { wrong.append("a body of \(message.body.count) bytes was taken") }
        if case .length(let length) = message.framing {
            if length > limits.body, message.isWhole || !message.body.isEmpty {
                wrong.append("a body of \(length) bytes was announced and not refused")
            }
            if message.isWhole ? message.body.count != length : message.body.count > length {
                wrong.append("a body of \(length) bytes has \(message.body.count)")
            }
        }
        if message.framing == .none, !message.body.isEmpty { wrong.append("a request without a body has one") }
        return wrong
    }

    /// What another reader of the same fields could understand otherwise (RFC 9112 section 6.3).
    private static func meaning(of message: ParserRun.Message) -> [String] {
        let fields = message.fields
        var wrong: [String] = []
        if fields[.transferEncoding] != nil {
            if fields[.contentLength] != nil {
                wrong.append("Content-Length and Transfer-Encoding were taken together")
            }
            if message.framing != .chunked { wrong.append("a Transfer-Encoding was taken and not followed") }
        }
        if fields[.contentLength] != nil, case .chunked = message.framing {
            wrong.append("a body with Content-Length was read as chunks")
        }
        if message.minorVersion > 1 { wrong.append("version 1.\(message.minorVersion) came out") }
        if message.minorVersion == 1, fields[values: FieldNameTable.host].count != 1 {
            wrong.append("a request of HTTP/1.1 has not one Host")
        }
        if message.target.path.utf8.first != UInt8(ascii: "/"), message.target.path != "*" {
            wrong.append("the path \(message.target.path) came out")
        }
        return wrong
    }

    /// A whole request written down again is the same request.
    private static func rereading(of message: ParserRun.Message) -> [String] {
        guard message.isWhole else { return [] }
        var generous = ParserLimits()
        generous.requestLine = 1 << 20
        generous.headerLine = 1 << 20
        generous.headers = 1 << 21
        let bytes = written(message)
        let again = ParserRun(bytes, cuts: [], limits: generous)
        guard again.messages == [message], again.ending == .waiting(phase: .betweenRequests, consumed: bytes.count)
        else { return ["\(message) written again comes to \(again)"] }
        return []
    }

    private static func written(_ message: ParserRun.Message) -> [UInt8] {
        let target = message.target
        let isBare = target.path == "*" && target.authority != nil
        let place = (target.authority.map { "http://\($0)" } ?? "") + (isBare ? "" : target.path)
        let query = target.query.map { "?\($0)" } ?? ""
        var bytes = Array("\(message.method.rawValue) \(place)\(query) HTTP/1.\(message.minorVersion)\r\n".utf8)
        for field in message.fields {
            bytes += Array("\(field.name.rawName):".utf8)
            field.withUnsafeBytesOfValue { bytes += $0 }
            bytes += Array("\r\n".utf8)
        }
        bytes += Array("\r\n".utf8)
        guard message.framing == .chunked else { return bytes + message.body }
        if !message.body.isEmpty {
            bytes += Array("\(String(message.body.count, radix: 16))\r\n".utf8) + message.body + Array("\r\n".utf8)
        }
        return bytes + Array("0\r\n\r\n".utf8)
    }
}
