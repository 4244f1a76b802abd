import HTTPTypes

@testable import CaseAPI
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
            var violations = whole.violations + cut
            violations += remembering(bytes, whole, limits)
            violations += together(bytes, limits)
            for message in whole.messages {
                violations += sizes(of: message, limits: limits)
                violations += meaning(of: message)
                violations += reading(of: message)
                violations += rereading(of: message)
            }
            return violations
        }
    }

    /// A header section that is remembered means what it meant.
    private static func remembering(_ bytes: [UInt8], _ whole: ParserRun, _ limits: ParserLimits) -> [String] {
        let cache = HeaderSectionCache()
        return (1...2).flatMap { time in
            let run = ParserRun(bytes, cuts: [], limits: limits, cache: cache)
            return run == whole ? [] : ["the time \(time) with a cache it comes to \(run), without to \(whole)"]
        }
    }

    /// How much more the service lets some requests have: what it goes by is not what a header section says.
    private static func bodyLimit(_ head: RequestHead) -> Int {
        head.target.path.hasPrefix("/b") && head.method != .get ? 40 : 0
    }

    /// Requests that follow each other, with sections that are remembered and bodies that may have more by their path,
    /// are each what they are alone.
    private static func together(_ bytes: [UInt8], _ limits: ParserLimits) -> [String] {
        let cache = HeaderSectionCache()
        return (1...2).flatMap { time in
            let run = ParserRun(bytes, cuts: [], limits: limits, cache: cache, bodyLimit: bodyLimit)
            return run.messages.indices.flatMap { index in
                let end = index + 1 < run.starts.count ? run.starts[index + 1] : bytes.count
                let own = Array(bytes[run.starts[index]..<end])
                let alone = ParserRun(own, cuts: [], limits: limits, bodyLimit: bodyLimit)
                let isLast = index + 1 == run.messages.count
                if alone.messages.first != run.messages[index] {
                    return ["the time \(time) request \(index) comes to \(run), alone to \(alone)"]
                }
                if isLast, case .refused = run.ending, alone.ending != run.ending {
                    return ["the time \(time) it ends with \(run.ending), alone with \(alone.ending)"]
                }
                return []
            }
        }
    }

    /// What the service reads of the fields: whatever stands there, it is taken or refused.
    static func reading(of message: ParserRun.Message) -> [String] {
        let fields = message.fields
        let request = Request(
            id: "r", method: message.method, path: message.target.path, query: message.target.query,
            headerFields: fields,
            authority: message.target.authority.map { FieldValue($0) }, peer: PeerAddress(host: "::1", isLoopback: true)
        )
        _ = try? Preconditions(fields, AcceptedCodings())
        _ = try? Origin.requireOwn(request)
        _ = try? RequestBody.requireTaken(request, isEmpty: false, as: nil)
        _ = Requester(request, trusting: [AddressRange("::1/128")!])
        let chosen = try? Representation.negotiated(for: fields, offered: [Representation.csv])
        return chosen == .csv || fields.contains(.accept) ? [] : ["nothing was asked for, and nothing is to be had"]
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
        let fields = message.fields
        let headers = fields.map { $0.name.rawName.utf8.count + $0.value.bytes.count }.reduce(0, +)
        var wrong: [String] = []
        if line > limits.requestLine { wrong.append("a target of \(line) bytes was taken") }
        if headers > limits.headers { wrong.append("header fields of \(headers) bytes were taken") }
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
        if message.minorVersion == 1, fields.count(where: { $0.name == FieldNameTable.host }) != 1 {
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
        let scheme = message.method == .connect && isBare ? "" : "http://"
        let place = (target.authority.map { scheme + $0 } ?? "") + (isBare ? "" : target.path)
        let query = target.query.map { "?\($0)" } ?? ""
        var bytes = Array("\(message.method.rawValue) \(place)\(query) HTTP/1.\(message.minorVersion)\r\n".utf8)
        for field in message.fields {
            bytes += Array("\(field.name.rawName):".utf8)
            bytes += field.value.bytes
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
