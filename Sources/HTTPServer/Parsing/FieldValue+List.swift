extension FieldValue {
    /// The elements of a list (RFC 9110 section 5.6.1.2): what commas part that stand in no quoted string. Empty elements
    /// are none.
    public var elements: [FieldValue] { parts(at: UInt8(ascii: ",")).filter { !$0.isEmpty } }

    /// A value and its parameters (section 5.6.6): what semicolons part that stand in no quoted string.
    public var parts: [FieldValue] { parts(at: UInt8(ascii: ";")) }

    /// A parameter's name and its value, which is unquoted. Nil for what is none.
    public var parameter: (name: FieldValue, value: FieldValue)? {
        guard let equals = bytes.firstIndex(of: UInt8(ascii: "=")) else { return nil }
        let name = FieldValue(bytes[..<equals])
        guard name.isToken, let value = FieldValue(bytes[(equals + 1)...]).unquoted else { return nil }
        return (name, value)
    }

    /// Whether it is a `token` (section 5.6.2).
    public var isToken: Bool { !isEmpty && bytes.allSatisfy(ByteSet.token.contains) }

    /// The text of a `quoted-string` (section 5.6.4), or a token as it is; nil for anything else.
    var unquoted: FieldValue? {
        guard bytes.first == UInt8(ascii: "\"") else { return isToken ? self : nil }
        var text: [UInt8] = []
        var index = bytes.startIndex + 1
        while index < bytes.endIndex {
            switch bytes[index] {
            case UInt8(ascii: "\""): return index + 1 == bytes.endIndex ? FieldValue(text[...]) : nil
            case UInt8(ascii: "\\"): index += 1
            default: break
            }
            guard index < bytes.endIndex else { return nil }
            text.append(bytes[index])
            index += 1
        }
        return nil
    }

    /// A weight (section 12.4.2) in thousandths; nil for what is none. Digits past the third make no difference.
    public var weight: Int? {
        guard let first = bytes.first, first == 0x30 || first == 0x31 else { return nil }
        var weight = first == 0x31 ? 1000 : 0
        var rest = bytes.dropFirst()
        guard let point = rest.popFirst() else { return weight }
        guard point == UInt8(ascii: "."), rest.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
        for (digit, unit) in zip(rest, [100, 10, 1]) { weight += Int(digit - 0x30) * unit }
        return weight <= 1000 ? weight : nil
    }

    private func parts(at separator: UInt8) -> [FieldValue] {
        var parts: [FieldValue] = []
        var start = bytes.startIndex
        var isQuoted = false
        var index = start
        while index < bytes.endIndex {
            let byte = bytes[index]
            if byte == UInt8(ascii: "\"") {
                isQuoted.toggle()
            } else if isQuoted, byte == UInt8(ascii: "\\") {
                index += 1
            } else if !isQuoted, byte == separator {
                parts.append(FieldValue(bytes[start..<index]))
                start = index + 1
            }
            index += 1
        }
        parts.append(FieldValue(bytes[start...]))
        return parts
    }
}
