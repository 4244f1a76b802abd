import HTTPServer

/// A media type or a range of them, with its parameters (RFC 9110 sections 8.3.1 and 12.5.1): `application/json;
/// charset=utf-8`, `text/*;q=0.5`. Without case, but for what the parameters' values make of it.
struct MediaType: Sendable {
    let type: FieldValue
    let subtype: FieldValue
    let parameters: [(name: FieldValue, value: FieldValue)]

    /// Nil when the value is no media type.
    init?(_ value: FieldValue) {
        let parts = value.parts
        let names = parts[0].bytes.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        guard names.count == 2 else { return nil }
        (type, subtype) = (FieldValue(names[0]), FieldValue(names[1]))
        guard type.isToken, subtype.isToken, type.bytes.count + subtype.bytes.count + 1 == parts[0].bytes.count
        else { return nil }
        var parameters: [(name: FieldValue, value: FieldValue)] = []
        for part in parts.dropFirst() where !part.isEmpty {
            guard let parameter = part.parameter else { return nil }
            parameters.append(parameter)
        }
        self.parameters = parameters
    }

    /// Whether it is that one, whatever its parameters.
    /// - Parameter name: in lower case, without parameters.
    func isNamed(_ name: StaticString) -> Bool {
        let slash = name.utf8CodeUnitCount - subtype.bytes.count - 1
        guard slash == type.bytes.count, name.utf8Start[slash] == UInt8(ascii: "/") else { return false }
        return type.isBeginning(of: name) && subtype.isEnd(of: name)
    }

    /// Whether it is the range of all types like that one.
    func isRange(of name: StaticString) -> Bool {
        subtype.isWord("*") && type.bytes.count < name.utf8CodeUnitCount
            && name.utf8Start[type.bytes.count] == UInt8(ascii: "/") && type.isBeginning(of: name)
    }

    /// Whether it is the range of all types.
    var isEverything: Bool { type.isWord("*") && subtype.isWord("*") }
}

extension FieldValue {
    fileprivate func isBeginning(of name: StaticString) -> Bool { isPart(of: name, at: 0) }

    fileprivate func isEnd(of name: StaticString) -> Bool { isPart(of: name, at: name.utf8CodeUnitCount - bytes.count) }

    private func isPart(of name: StaticString, at start: Int) -> Bool {
        zip(bytes, start..<(start + bytes.count)).allSatisfy { byte, index in
            ((0x41...0x5A).contains(byte) ? byte | 0x20 : byte) == name.utf8Start[index]
        }
    }
}

extension StringProtocol {
    /// Without spaces and tabs at either end (RFC 9110's OWS).
    var trimmingSpaces: Substring {
        let isSpace = { (byte: UInt8) in byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }
        var text = Substring(self)
        while let first = text.utf8.first, isSpace(first) { text = text[text.utf8.index(after: text.startIndex)...] }
        while let last = text.utf8.last, isSpace(last) { text = text[..<text.utf8.index(before: text.endIndex)] }
        return text
    }
}
