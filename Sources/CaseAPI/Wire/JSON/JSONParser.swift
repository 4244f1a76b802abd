import Complaints

/// Takes a JSON text apart, strictly by RFC 8259: UTF-8 without a byte order mark, no name twice in an object, no half
/// surrogate pairs, nothing after the value.
///
/// Foundation's decoder takes trailing commas, lets the last of two equal names win, and looks at a string only when
/// it is asked for; a strict look at every byte is needed before it anyway, and that look is most of a parser.
struct JSONParser {
    static let depthLimit = 32
    /// What a list or an object costs, measured in plain values: it is a piece of memory of its own.
    private static let containerWeight = 4

    /// How much a text of so many bytes may have, in plain values. What reading it costs goes by that, and some shapes have
    /// a value every other byte; no request has one every four bytes, and the fewest bytes that make a case, a thousand
    /// times in a bulk, stay below it.
    static func weightLimit(of count: Int) -> Int { 4096 + count / 4 }

    let bytes: [UInt8]
    var position = 0
    private var depth = 0
    /// How much more it may have.
    private var room: Int

    private init(_ bytes: [UInt8]) {
        self.bytes = bytes
        room = Self.weightLimit(of: bytes.count)
    }

    /// The value of a whole text.
    static func value(of bytes: [UInt8]) throws(JSONSyntaxError) -> JSONValue {
        var parser = JSONParser(bytes)
        try parser.checkEncoding()
        parser.skipWhiteSpace()
        let value = try parser.value()
        parser.skipWhiteSpace()
        guard parser.position == bytes.count else { throw parser.error(.textAfterValue) }
        return value
    }

    private static let byteOrderMarks: [[UInt8]] = [[0xEF, 0xBB, 0xBF], [0xFE, 0xFF], [0xFF, 0xFE]]

    private mutating func checkEncoding() throws(JSONSyntaxError) {
        if Self.byteOrderMarks.contains(where: bytes.starts(with:)) { throw error(.byteOrderMark) }
        do {
            _ = try UTF8Span(validating: bytes.span)
        } catch {
            position = error.byteOffsets.lowerBound
            throw self.error(.notUTF8)
        }
    }

    private mutating func value() throws(JSONSyntaxError) -> JSONValue {
        guard let byte = peek else { throw error(.endOfText) }
        room -= 1
        guard room >= 0 else { throw error(.tooManyValues) }
        switch byte {
        case UInt8(ascii: "{"): return try object()
        case UInt8(ascii: "["): return try array()
        case UInt8(ascii: "\""): return .string(ExactText(try string()))
        case UInt8(ascii: "-"), 0x30...0x39: return try number()
        case UInt8(ascii: "t"): return try word("true", .boolean(true))
        case UInt8(ascii: "f"): return try word("false", .boolean(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        default: throw error(.unexpectedCharacter)
        }
    }

    /// Up to how many members of an object are looked through one by one.
    private static let few = 16

    private mutating func object() throws(JSONSyntaxError) -> JSONValue {
        try enter()
        var members: [JSONValue.Member] = []
        // Of many, so that they need not all be compared with each other.
        var names: Set<ExactText> = []
        if take("}") { return leave(.object(members)) }
        // Most have so many at least.
        members.reserveCapacity(4)
        repeat {
            skipWhiteSpace()
            let start = position
            guard peek == UInt8(ascii: "\"") else { throw unexpected() }
            let name = ExactText(try string())
            guard name.utf8.count <= JSONValue.nameLimit else {
                position = start
                throw error(.longName)
            }
            let isNew: Bool
            if members.count < Self.few {
                // By their places: a closure would be handed a copy of each.
                var index = 0
                while index < members.count, members[index].name != name { index += 1 }
                isNew = index == members.count
            } else {
                if names.isEmpty { names = Set(members.map(\.name)) }
                isNew = names.insert(name).inserted
            }
            guard isNew else {
                position = start
                throw error(.duplicateName(name))
            }
            guard take(":") else { throw unexpected() }
            skipWhiteSpace()
            members.append(JSONValue.Member(name: name, value: try value()))
        } while take(",")
        guard take("}") else { throw unexpected() }
        return leave(.object(members))
    }

    private mutating func array() throws(JSONSyntaxError) -> JSONValue {
        try enter()
        var items: [JSONValue] = []
        if take("]") { return leave(.array(items)) }
        repeat {
            skipWhiteSpace()
            items.append(try value())
        } while take(",")
        guard take("]") else { throw unexpected() }
        return leave(.array(items))
    }

    private mutating func word(_ word: StaticString, _ value: JSONValue) throws(JSONSyntaxError) -> JSONValue {
        for index in 0..<word.utf8CodeUnitCount {
            guard peek == word.utf8Start[index] else { throw unexpected() }
            position += 1
        }
        return value
    }
}

extension JSONParser {
    var peek: UInt8? { position < bytes.count ? bytes[position] : nil }

    private mutating func skipWhiteSpace() {
        let count = bytes.count
        var next = position
        // Most of what is looked at is no white space, and above all of it.
        while next < count {
            let byte = bytes[next]
            guard byte <= 0x20, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 else { break }
            next += 1
        }
        position = next
    }

    /// Takes a mark that may stand after white space.
    private mutating func take(_ mark: Unicode.Scalar) -> Bool {
        skipWhiteSpace()
        guard peek == UInt8(ascii: mark) else { return false }
        position += 1
        return true
    }

    private mutating func enter() throws(JSONSyntaxError) {
        depth += 1
        guard depth <= Self.depthLimit else { throw error(.tooDeep) }
        room -= Self.containerWeight - 1
        position += 1
    }

    private mutating func leave(_ value: JSONValue) -> JSONValue {
        depth -= 1
        return value
    }

    private func unexpected() -> JSONSyntaxError {
        error(peek == nil ? .endOfText : .unexpectedCharacter)
    }

    func error(_ reason: JSONSyntaxError.Reason) -> JSONSyntaxError {
        let before = bytes[..<position]
        let lineStart = before.lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
        return JSONSyntaxError(
            reason: reason, line: before.count { $0 == 0x0A } + 1,
            // Every scalar has one byte that is no continuation byte.
            column: before[lineStart...].count { $0 & 0xC0 != 0x80 } + 1)
    }
}
