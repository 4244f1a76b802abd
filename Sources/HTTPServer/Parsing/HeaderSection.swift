import HTTPTypes

/// Collects the header fields of one request and works out what they mean for the message and the connection.
struct HeaderSection {
    private var fields = HeaderFields(capacity: 8, bytes: 256)
    private var hosts = 0
    private var contentLength: Int?
    private var codings = TransferCodings()
    private var saysClose = false
    private var saysKeepAlive = false
    private var expectation = Expectation.none
    private var acceptEncodings: [FieldValue] = []
    /// Commas and semicolons in fields that are lists.
    private var separators = 0

    private enum Expectation { case none, continue100, unknown }

    /// Takes one header line.
    mutating func add(_ line: FieldLine, names: FieldNameTable) throws(ServerRefusal) {
        let entry = names.entry(for: line.name)
        if entry.isList { try countSeparators(line.value) }
        switch entry.role {
        case .other: break
        case .host:
            hosts += 1
            guard hosts == 1 else { throw .malformed("Host must be given once.") }
            guard Authority.isValid(line.value) else { throw .malformed("Host is not a valid host and port.") }
        case .contentLength: try addContentLength(line.value)
        case .transferEncoding: try codings.add(FieldValue(Array(line.value)[...]))
        case .connection: addConnectionOptions(line.value)
        case .acceptEncoding: acceptEncodings.append(FieldValue(Array(line.value)[...]))
        case .expect: addExpectations(FieldValue(Array(line.value)[...]))
        }
        fields.append(entry.name, line.value)
    }

    /// Says what the fields mean, once all are there.
    mutating func finish(_ head: inout RequestHead) throws(ServerRefusal) {
        let isHTTP10 = head.minorVersion == 0
        // RFC 9112 section 3.2.
        guard hosts == 1 || isHTTP10 else { throw .malformed("Host is missing.") }
        head.fields = fields
        if !acceptEncodings.isEmpty { head.codings = AcceptedCodings(acceptEncodings) }
        // Who wants a tunnel may send what is no HTTP behind its request (RFC 9110 section 9.3.6).
        let mayStay = !saysClose && head.method != .connect
        head.keepAlive = mayStay && (isHTTP10 ? saysKeepAlive : true)
        if codings.isGiven {
            // RFC 9112 sections 6.1 and 6.3: both are how requests are smuggled, whatever the codings, and HTTP/1.0 has
            // no chunks.
            guard contentLength == nil else {
                throw .malformed("Content-Length and Transfer-Encoding must not come together.")
            }
            try codings.requireKnown()
            guard !isHTTP10 else { throw .malformed("HTTP/1.0 has no Transfer-Encoding; send Content-Length.") }
            head.framing = .chunked
        } else if let contentLength, contentLength > 0 {
            head.framing = .length(contentLength)
        }
        // RFC 9110 section 10.1.1: an expectation in an HTTP/1.0 request is ignored.
        if !isHTTP10, expectation != .none {
            guard expectation == .continue100 else { throw .expectationFailed }
            head.expectsContinue = head.framing != .none
        }
    }

    private mutating func countSeparators(_ value: UnsafeRawBufferPointer) throws(ServerRefusal) {
        for byte in value where byte == UInt8(ascii: ",") || byte == UInt8(ascii: ";") { separators += 1 }
        guard separators <= ParserLimits.listSeparators else {
            throw .headerTooLarge(
                "The header fields that are lists have more than \(ParserLimits.listSeparators) commas and semicolons "
                    + "together; send fewer.")
        }
    }

    /// One number, or the same number repeated (RFC 9112 section 6.3, item 5).
    private mutating func addContentLength(_ value: UnsafeRawBufferPointer) throws(ServerRefusal) {
        var start = 0
        while true {
            let end = value[start...].firstIndex(of: UInt8(ascii: ",")) ?? value.endIndex
            var digits = value[start..<end]
            while let byte = digits.first, byte == .space || byte == .tab { digits.removeFirst() }
            while let byte = digits.last, byte == .space || byte == .tab { digits.removeLast() }
            let number = try Self.number(digits)
            guard contentLength == nil || contentLength == number else {
                throw .malformed("Content-Length is given twice with different values.")
            }
            contentLength = number
            guard end < value.endIndex else { return }
            start = end + 1
        }
    }

    private static func number(_ digits: Slice<UnsafeRawBufferPointer>) throws(ServerRefusal) -> Int {
        guard !digits.isEmpty else { throw .malformed("Content-Length is empty.") }
        var number = 0
        for byte in digits {
            guard (0x30...0x39).contains(byte) else { throw .malformed("Content-Length must be digits alone.") }
            let (product, tooLarge) = number.multipliedReportingOverflow(by: 10)
            let (sum, stillTooLarge) = product.addingReportingOverflow(Int(byte - 0x30))
            guard !tooLarge, !stillTooLarge else { throw .malformed("Content-Length is too large a number.") }
            number = sum
        }
        return number
    }

    /// `close` and `keep-alive` (RFC 9110 section 7.6.1); other options change nothing here.
    private mutating func addConnectionOptions(_ value: UnsafeRawBufferPointer) {
        for option in value.split(separator: UInt8(ascii: ",")) {
            var option = option
            while let byte = option.first, byte == .space || byte == .tab { option.removeFirst() }
            while let byte = option.last, byte == .space || byte == .tab { option.removeLast() }
            if Self.equals(option, "close") { saysClose = true }
            if Self.equals(option, "keep-alive") { saysKeepAlive = true }
        }
    }

    /// Compares without case; `word` is in lower case.
    private static func equals(_ option: Slice<UnsafeRawBufferPointer>, _ word: StaticString) -> Bool {
        option.count == word.utf8CodeUnitCount
            && zip(option, 0..<option.count).allSatisfy { $0.lowercased == word.utf8Start[$1] }
    }

    /// A list (RFC 9110 section 10.1.1), which may name the same expectation twice.
    private mutating func addExpectations(_ value: FieldValue) {
        for element in value.elements {
            if !element.isWord("100-continue") {
                expectation = .unknown
            } else if expectation == .none {
                expectation = .continue100
            }
        }
    }
}
