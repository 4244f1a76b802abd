import Glibc
import HTTPTypes

/// Takes requests out of a stream of bytes, strictly by RFC 9112. It is pure and keeps no bytes: what it has not
/// consumed comes again at the front of the next call, with more behind it. After it has thrown it must not be
/// asked again, so no byte after a refused request is ever read as another one.
struct RequestParser {
    enum Event {
        /// The request line and all header fields. `body` and `end` follow.
        case head(RequestHead)
        /// Some of the body, valid until the bytes given to `next` change.
        case body(UnsafeRawBufferPointer)
        /// The request is whole.
        case end
    }

    /// Where in a message the parser stands.
    enum Phase: Sendable { case betweenRequests, head, body }

    private enum State {
        case requestLine, headers, bodyLength(Int), body(remaining: Int), chunkSize, chunk(remaining: Int), chunkEnd,
            trailers, end
    }

    let limits: ParserLimits
    private let names = FieldNameTable.standard
    private let cache: HeaderSectionCache?
    private var state = State.requestLine
    /// How many bytes of the unfinished line have been searched for its end.
    private var searched = 0
    private var skippedEmptyLine = false
    /// What is known of the request being read; for a refused one, as far as it was understood.
    private(set) var head: RequestHead?
    /// Whether the request line that was refused is HEAD's: its answer has no content either.
    private(set) var refusesHead = false
    private var section = HeaderSection()
    private var fieldCount = 0
    private var fieldBytes = 0
    private var bodyBytes = 0
    /// Of the header lines of the request being read, once they are all there.
    private(set) var headBytes = 0
    /// The most that the body of the request being read may have. It is `limits.body` until somebody who has seen the
    /// head says otherwise; what has come of the body is held to it only by the next call.
    var bodyLimit: Int

    /// - Parameter cache: where header sections are remembered; it changes nothing but the time it takes.
    init(limits: ParserLimits, cache: HeaderSectionCache? = nil) {
        self.limits = limits
        self.cache = cache
        bodyLimit = limits.body
    }

    var phase: Phase {
        switch state {
        case .requestLine: searched == 0 ? .betweenRequests : .head
        case .headers: .head
        default: .body
        }
    }

    /// About how many bytes what is known of the request being read takes, its body aside.
    var holds: Int {
        guard let head else { return 0 }
        // A field is a text, and has a place in a list.
        return head.target.path.utf8.count + (head.target.query?.utf8.count ?? 0) + 2 * max(fieldBytes, headBytes)
    }

    /// How long the body being read will be or, where its head does not say, may be.
    var bodyLength: Int {
        switch head?.framing {
        case .length(let length): length
        case .chunked: bodyLimit
        case nil, .some(.none): 0
        }
    }

    /// The next event in `bytes` from `offset` on, which moves past what was consumed; nil when more is needed.
    mutating func next(_ bytes: UnsafeRawBufferPointer, _ offset: inout Int) throws(ServerRefusal) -> Event? {
        /// Where the header section begins, when it does so in these bytes.
        var sectionStart: Int?
        while true {
            switch state {
            case .requestLine:
                let start = offset
                do throws(ServerRefusal) {
                    guard let head = try requestLine(bytes, &offset) else { return nil }
                    self.head = head
                } catch {
                    refusesHead = RequestLine.mayBeHead(bytes, at: start)
                    throw error
                }
                section = HeaderSection()
                (fieldCount, fieldBytes, bodyBytes, headBytes) = (0, 0, 0, 0)
                bodyLimit = limits.body
                state = .headers
            case .headers:
                if let cache, fieldCount == 0, searched == 0, offset < bytes.count {
                    let known = cache.recall(UnsafeRawBufferPointer(rebasing: bytes[offset...]), for: &head!)
                    guard known == 0 else {
                        offset += known
                        return .head(finishHead())
                    }
                    sectionStart = offset
                }
                guard let line = try fieldLine(bytes, &offset) else { return nil }
                guard line.isEmpty else {
                    try section.add(FieldLine(parsing: line), names: names)
                    continue
                }
                try section.finish(&head!)
                if let cache, let sectionStart {
                    cache.remember(UnsafeRawBufferPointer(rebasing: bytes[sectionStart..<offset]), as: head!)
                }
                return .head(finishHead())
            case .bodyLength(let length):
                guard length <= bodyLimit else { throw .bodyTooLarge(limit: bodyLimit) }
                state = .body(remaining: length)
            case .body(let remaining):
                guard let piece = Self.piece(bytes, &offset, atMost: remaining) else { return nil }
                state = piece.count == remaining ? .end : .body(remaining: remaining - piece.count)
                return .body(piece)
            case .chunkSize:
                guard let line = try line(bytes, &offset, limit: limits.chunkLine, else: Self.chunkLineTooLong)
                else { return nil }
                let size = try ChunkLine.size(parsing: line)
                let (count, isTooLarge) = bodyBytes.addingReportingOverflow(size)
                guard !isTooLarge, count <= bodyLimit else { throw .bodyTooLarge(limit: bodyLimit) }
                bodyBytes += size
                state = size == 0 ? .trailers : .chunk(remaining: size)
            case .chunk(let remaining):
                guard let piece = Self.piece(bytes, &offset, atMost: remaining) else { return nil }
                state = piece.count == remaining ? .chunkEnd : .chunk(remaining: remaining - piece.count)
                return .body(piece)
            case .chunkEnd:
                if offset < bytes.count, bytes[offset] != .carriageReturn { throw Self.unendedChunk }
                guard offset + 1 < bytes.count else { return nil }
                guard bytes[offset + 1] == .lineFeed else { throw Self.unendedChunk }
                offset += 2
                state = .chunkSize
            case .trailers:
                guard let line = try fieldLine(bytes, &offset) else { return nil }
                if line.isEmpty { state = .end } else { _ = try FieldLine(parsing: line) }
            case .end:
                state = .requestLine
                skippedEmptyLine = false
                head = nil
                return .end
            }
        }
    }

    /// The request line, behind the empty line that may stand before it (RFC 9112 section 2.2).
    private mutating func requestLine(
        _ bytes: UnsafeRawBufferPointer, _ offset: inout Int
    ) throws(ServerRefusal) -> RequestHead? {
        while true {
            let start = offset
            let line = try line(
                bytes, &offset, limit: limits.requestLine,
                // RFC 9112 section 3: 501 for a method longer than any that is known, 414 for a target too long.
                else: { limit in
                    RequestLine.hasLongMethod(bytes, at: start) ? .notImplemented : .requestLineTooLong(limit: limit)
                })
            guard let line else { return nil }
            guard line.isEmpty else { return try RequestLine.parse(line) }
            guard !skippedEmptyLine else { throw .malformed("A request must start with its request line.") }
            skippedEmptyLine = true
        }
    }

    /// Goes on to what follows the header section.
    private mutating func finishHead() -> RequestHead {
        let head = self.head!
        headBytes = fieldBytes
        switch head.framing {
        case .none: state = .end
        case .length(let length): state = .bodyLength(length)
        case .chunked:
            (fieldCount, fieldBytes) = (0, 0)
            state = .chunkSize
        }
        return head
    }

    private static let controlCharacter = ServerRefusal.malformed(
        "The request has a control character where none may be.")

    private static let unendedChunk = ServerRefusal.malformed("A chunk is not as long as its size says.")

    private static func chunkLineTooLong(limit: Int) -> ServerRefusal {
        .malformed("A chunk's size with its extensions is longer than \(limit) bytes.")
    }

    private static func piece(
        _ bytes: UnsafeRawBufferPointer, _ offset: inout Int, atMost limit: Int
    ) -> UnsafeRawBufferPointer? {
        let count = min(limit, bytes.count - offset)
        guard count > 0 else { return nil }
        defer { offset += count }
        return UnsafeRawBufferPointer(rebasing: bytes[offset..<(offset + count)])
    }

    /// A header or trailer line, counted against the limits of a section.
    private mutating func fieldLine(
        _ bytes: UnsafeRawBufferPointer, _ offset: inout Int
    ) throws(ServerRefusal) -> UnsafeRawBufferPointer? {
        let room = limits.headers - fieldBytes
        let line = try line(
            bytes, &offset, limit: min(limits.headerLine, room),
            else: { limit in
                limit < room
                    ? .headerTooLarge("A header line is longer than \(limit) bytes.")
                    : .headerTooLarge(
                        "The header fields are together larger than they may be; send fewer or shorter ones.")
            })
        guard let line, !line.isEmpty else { return line }
        fieldBytes += line.count + 2
        fieldCount += 1
        guard fieldBytes <= limits.headers, fieldCount <= limits.headerFields else {
            // Cut within the line, it would have been refused for that.
            guard line.allSatisfy(\.isFieldValueByte) else { throw Self.controlCharacter }
            throw .headerTooLarge(
                fieldBytes > limits.headers
                    ? "The header fields are together larger than \(limits.headers) bytes."
                    : "There are more than \(limits.headerFields) header fields.")
        }
        return line
    }

    /// The next line without its CRLF, or nil when it is not whole. A bare CR is found by whoever reads the line,
    /// a bare LF here.
    private mutating func line(
        _ bytes: UnsafeRawBufferPointer, _ offset: inout Int, limit: Int, else tooLong: (Int) -> ServerRefusal
    ) throws(ServerRefusal) -> UnsafeRawBufferPointer? {
        let start = offset + searched
        let found =
            start < bytes.count ? memchr(bytes.baseAddress! + start, Int32(UInt8.lineFeed), bytes.count - start) : nil
        let end = found.map { bytes.baseAddress!.distance(to: UnsafeRawPointer($0)) } ?? bytes.count
        if found == nil || end - offset > limit + 1 {
            // Nothing further on counts, so that it comes to the same wherever the bytes were cut.
            let lookedAt = min(end, offset + limit + 2)
            // From one before, where a CR may have been last.
            for index in max(offset, start - 1)..<lookedAt where !bytes[index].isFieldValueByte {
                guard bytes[index] == .carriageReturn, index == lookedAt - 1 else { throw Self.controlCharacter }
            }
            guard end - offset <= limit + 1 else { throw tooLong(limit) }
            searched = end - offset
            return nil
        }
        guard end > offset, bytes[end - 1] == .carriageReturn else {
            throw .malformed("Lines must end with CR LF, not with LF alone.")
        }
        let line = UnsafeRawBufferPointer(rebasing: bytes[offset..<(end - 1)])
        offset = end + 1
        searched = 0
        return line
    }
}
