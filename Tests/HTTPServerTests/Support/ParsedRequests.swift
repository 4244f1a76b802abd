import HTTPTypes

@testable import HTTPServer

/// What a parser made of some bytes: whole requests, and the refusal that ended it, if any.
struct ParsedRequests: Equatable {
    struct Whole: Equatable {
        var method: HTTPRequest.Method
        var target: RequestTarget
        var minorVersion: UInt8
        var fields: HeaderFields
        var keepAlive: Bool
        var expectsContinue: Bool
        var body: [UInt8] = []
    }

    var requests: [Whole] = []
    var refusal: ServerRefusal?
    /// The request that is not whole yet.
    private var current: Whole?

    /// Gives the parser `bytes` piece by piece, cut before each index of `cuts`, as a connection does: what was
    /// not consumed comes again.
    init(
        _ bytes: [UInt8], cuts: [Int] = [], limits: ParserLimits = ParserLimits(), cache: HeaderSectionCache? = nil
    ) {
        var parser = RequestParser(limits: limits, cache: cache)
        var pending: [UInt8] = []
        var start = 0
        for cut in cuts + [bytes.count] where refusal == nil {
            pending += bytes[start..<cut]
            start = cut
            let consumed = pending.withUnsafeBytes { read($0, with: &parser) }
            pending.removeFirst(consumed)
        }
        current = nil
    }

    private mutating func read(_ bytes: UnsafeRawBufferPointer, with parser: inout RequestParser) -> Int {
        var offset = 0
        do throws(ServerRefusal) {
            while let event = try parser.next(bytes, &offset) {
                switch event {
                case .head(let head):
                    current = Whole(
                        method: head.method, target: head.target, minorVersion: head.minorVersion, fields: head.fields,
                        keepAlive: head.keepAlive, expectsContinue: head.expectsContinue)
                case .body(let piece): current?.body += Array(piece)
                case .end: requests.append(current.take()!)
                }
            }
        } catch {
            refusal = error
        }
        return offset
    }
}
