import HTTPTypes

@testable import HTTPServer

/// What a parser made of some bytes: every request as far as it came, and how it ended.
struct ParserRun: Equatable {
    static func == (a: ParserRun, b: ParserRun) -> Bool {
        a.messages == b.messages && a.ending == b.ending && a.violations == b.violations
    }

    struct Message: Equatable {
        var method: HTTPRequest.Method
        var target: RequestTarget
        var minorVersion: UInt8
        var fields: HeaderFields
        var framing: RequestHead.Framing
        var keepAlive: Bool
        var expectsContinue: Bool
        var body: [UInt8] = []
        var isWhole = false

        init(_ head: RequestHead) {
            (method, target, minorVersion) = (head.method, head.target, head.minorVersion)
            (fields, framing) = (head.fields, head.framing)
            (keepAlive, expectsContinue) = (head.keepAlive, head.expectsContinue)
        }
    }

    /// How it ended. A refusal's sentence may depend on how much was there to be looked at, its meaning may not.
    enum Ending: Equatable {
        case refused(status: Int, code: String)
        case waiting(phase: RequestParser.Phase, consumed: Int)
    }

    private(set) var messages: [Message] = []
    /// Where each begins in the bytes.
    private(set) var starts: [Int] = []
    private(set) var ending = Ending.waiting(phase: .betweenRequests, consumed: 0)
    /// Events that came out of order, and bytes taken that were not there.
    private(set) var violations: [String] = []
    private let bodyLimit: (RequestHead) -> Int
    /// Where the request being read began.
    private var start = 0

    /// Gives the parser `bytes`, cut before each index of `cuts`, as a connection does: what was not consumed comes
    /// again, and nothing comes after a refusal.
    ///
    /// - Parameter bodyLimit: how much the service lets a request have, by its head.
    init(
        _ bytes: [UInt8], cuts: [Int], limits: ParserLimits, cache: HeaderSectionCache? = nil,
        bodyLimit: @escaping (RequestHead) -> Int = { _ in 0 }
    ) {
        self.bodyLimit = bodyLimit
        var parser = RequestParser(limits: limits, cache: cache)
        var consumed = 0
        for cut in cuts + [bytes.count] {
            let (count, refusal) = bytes[consumed..<cut].withUnsafeBytes { read($0, from: consumed, with: &parser) }
            consumed += count
            if let refusal {
                ending = .refused(status: refusal.status.code, code: refusal.code.rawValue)
                return
            }
        }
        ending = .waiting(phase: parser.phase, consumed: consumed)
    }

    private mutating func read(
        _ bytes: UnsafeRawBufferPointer, from base: Int, with parser: inout RequestParser
    ) -> (consumed: Int, refusal: ServerRefusal?) {
        var offset = 0
        do throws(ServerRefusal) {
            while true {
                let start = offset
                guard let event = try parser.next(bytes, &offset) else { break }
                if offset < start || offset > bytes.count { violations.append("it took bytes that are not there") }
                if case .head(let head) = event {
                    parser.bodyLimit = max(parser.bodyLimit, bodyLimit(head))
                    starts.append(self.start)
                }
                if case .end = event { self.start = base + offset }
                take(event)
            }
            return (offset, nil)
        } catch {
            return (offset, error)
        }
    }

    private mutating func take(_ event: RequestParser.Event) {
        switch event {
        case .head(let head):
            if messages.last?.isWhole == false { violations.append("a head came before the end of a request") }
            messages.append(Message(head))
        case .body(let piece):
            guard messages.last?.isWhole == false else { return violations.append("a body came without a head") }
            if piece.isEmpty { violations.append("a piece of body is empty") }
            messages[messages.count - 1].body += piece
        case .end:
            guard messages.last?.isWhole == false else { return violations.append("an end came without a head") }
            messages[messages.count - 1].isWhole = true
        }
    }
}
