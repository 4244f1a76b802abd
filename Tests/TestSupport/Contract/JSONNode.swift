import Foundation

/// A JSON value as a client reads it, by a parser that is not the service's own.
public indirect enum JSONNode: Sendable, Hashable {
    case null
    case boolean(Bool)
    case number(Double)
    case string(String)
    case array([JSONNode])
    case object([String: JSONNode])

    /// Why a text is no JSON, and where.
    public struct SyntaxError: Error, Sendable {
        /// In bytes.
        public let offset: Int
    }

    /// Reads a whole text.
    public init(_ text: some Sequence<UInt8>) throws(SyntaxError) {
        var reader = Reader(bytes: Array(text))
        self = try reader.value()
        reader.skipSpace()
        guard reader.isAtEnd else { throw reader.error }
    }

    /// A member of an object; nil when there is none.
    public subscript(name: String) -> JSONNode? {
        if case .object(let members) = self { members[name] } else { nil }
    }

    /// The text of a string.
    public var text: String? { if case .string(let text) = self { text } else { nil } }
    /// The items of an array.
    public var items: [JSONNode]? { if case .array(let items) = self { items } else { nil } }
    /// The members of an object.
    public var members: [String: JSONNode]? { if case .object(let members) = self { members } else { nil } }
    /// A number.
    public var number: Double? { if case .number(let number) = self { number } else { nil } }
}

extension JSONNode {
    private struct Reader {
        let bytes: [UInt8]
        var position = 0

        var isAtEnd: Bool { position == bytes.count }
        var error: SyntaxError { SyntaxError(offset: position) }

        mutating func skipSpace() {
            while position < bytes.count {
                switch bytes[position] {
                case 0x20, 0x09, 0x0A, 0x0D: position += 1
                default: return
                }
            }
        }

        /// What a letter after a backslash stands for.
        private static let plain: [UInt8: UInt8] = [
            0x22: 0x22, 0x5C: 0x5C, 0x2F: 0x2F, 0x62: 0x08, 0x66: 0x0C, 0x6E: 0x0A, 0x72: 0x0D, 0x74: 0x09,
        ]

        mutating func value() throws(SyntaxError) -> JSONNode {
            skipSpace()
            guard position < bytes.count else { throw error }
            switch bytes[position] {
            case UInt8(ascii: "{"): return try object()
            case UInt8(ascii: "["): return try array()
            case UInt8(ascii: "\""): return .string(try string())
            case UInt8(ascii: "t"): return try word("true", .boolean(true))
            case UInt8(ascii: "f"): return try word("false", .boolean(false))
            case UInt8(ascii: "n"): return try word("null", .null)
            default: return try number()
            }
        }

        private mutating func take(_ byte: Unicode.Scalar) -> Bool {
            skipSpace()
            guard position < bytes.count, bytes[position] == UInt8(ascii: byte) else { return false }
            position += 1
            return true
        }

        private mutating func object() throws(SyntaxError) -> JSONNode {
            position += 1
            var members: [String: JSONNode] = [:]
            if take("}") { return .object(members) }
            repeat {
                skipSpace()
                let name = try string()
                guard members[name] == nil, take(":") else { throw error }
                members[name] = try value()
            } while take(",")
            guard take("}") else { throw error }
            return .object(members)
        }

        private mutating func array() throws(SyntaxError) -> JSONNode {
            position += 1
            var items: [JSONNode] = []
            if take("]") { return .array(items) }
            repeat { items.append(try value()) } while take(",")
            guard take("]") else { throw error }
            return .array(items)
        }

        private mutating func word(_ word: StaticString, _ value: JSONNode) throws(SyntaxError) -> JSONNode {
            for index in 0..<word.utf8CodeUnitCount {
                guard position < bytes.count, bytes[position] == word.utf8Start[index] else { throw error }
                position += 1
            }
            return value
        }

        private mutating func number() throws(SyntaxError) -> JSONNode {
            let start = position
            scan: while position < bytes.count {
                switch bytes[position] {
                case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."),
                    UInt8(ascii: "e"), UInt8(ascii: "E"):
                    position += 1
                default: break scan
                }
            }
            guard let number = Double(String(decoding: bytes[start..<position], as: UTF8.self)) else { throw error }
            return .number(number)
        }

        private mutating func string() throws(SyntaxError) -> String {
            guard position < bytes.count, bytes[position] == UInt8(ascii: "\"") else { throw error }
            position += 1
            var text: [UInt8] = []
            while position < bytes.count, bytes[position] != UInt8(ascii: "\"") {
                let start = position
                while position < bytes.count, bytes[position] >= 0x20, bytes[position] != UInt8(ascii: "\""),
                    bytes[position] != UInt8(ascii: "\\")
                { position += 1 }
                text += bytes[start..<position]
                guard position < bytes.count, bytes[position] >= 0x20 else { throw error }
                if bytes[position] == UInt8(ascii: "\\") {
                    position += 1
                    text += try escaped()
                }
            }
            guard position < bytes.count, let whole = String(validating: text, as: UTF8.self) else { throw error }
            position += 1
            return whole
        }

        private mutating func escaped() throws(SyntaxError) -> [UInt8] {
            guard position < bytes.count else { throw error }
            let byte = bytes[position]
            position += 1
            if let plain = Self.plain[byte] { return [plain] }
            guard byte == UInt8(ascii: "u"), position + 4 <= bytes.count,
                let unit = UInt32(String(decoding: bytes[position..<position + 4], as: UTF8.self), radix: 16),
                // The service escapes control characters alone.
                let scalar = Unicode.Scalar(unit)
            else { throw error }
            position += 4
            return Array(String(scalar).utf8)
        }
    }
}
