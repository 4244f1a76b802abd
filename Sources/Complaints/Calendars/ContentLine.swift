/// A line of an iCalendar file (RFC 5545 section 3.1): `NAME;PARAMETER=VALUE:value`, after what was folded is put together.
struct ContentLine: Sendable, Hashable {
    /// Where it begins in the file, from 1.
    let number: Int
    /// In capital letters.
    let name: ExactText
    /// Names in capital letters, values as they are, without quotes.
    let parameters: [(name: ExactText, value: String)]
    /// As it stands there, with its escapes.
    let value: String

    static func == (a: ContentLine, b: ContentLine) -> Bool { a.number == b.number }

    func hash(into hasher: inout Hasher) { hasher.combine(number) }

    /// The lines of a file: they end with CRLF, or with LF alone as many programs write it; one that begins with a space or a
    /// tab goes on with the one before, maybe in the middle of a letter. What is no line of this form has an empty name. Nil
    /// when it is not UTF-8.
    static func lines(_ bytes: [UInt8]) -> [ContentLine]? {
        let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
        let text = bytes.starts(with: mark) ? bytes.dropFirst(mark.count) : bytes[...]
        var unfolded: [(number: Int, bytes: [UInt8])] = []
        for (index, var line) in text.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
            .enumerated()
        {
            if line.last == UInt8(ascii: "\r") { line.removeLast() }
            if let first = line.first, first == UInt8(ascii: " ") || first == UInt8(ascii: "\t"), !unfolded.isEmpty {
                unfolded[unfolded.count - 1].bytes += line.dropFirst()
            } else if !line.isEmpty {
                unfolded.append((index + 1, Array(line)))
            }
        }
        guard unfolded.allSatisfy({ String(validating: $0.bytes, as: UTF8.self) != nil }) else { return nil }
        return unfolded.map { ContentLine(number: $0.number, $0.bytes) }
    }

    private init(number: Int, _ bytes: [UInt8]) {
        self.number = number
        var parts: [[UInt8]] = [[]]
        var isQuoted = false
        var end: Int?
        for (index, byte) in bytes.enumerated() where end == nil {
            switch byte {
            case UInt8(ascii: "\""): isQuoted.toggle()
            case UInt8(ascii: ";") where !isQuoted: parts.append([])
            case UInt8(ascii: ":") where !isQuoted: end = index
            default: parts[parts.count - 1].append(byte)
            }
        }
        name = end == nil ? "" : Self.capital(parts[0])
        parameters = parts.dropFirst().map { part in
            let pair = part.split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
            return (Self.capital(pair[0]), pair.count == 2 ? String(decoding: pair[1], as: UTF8.self) : "")
        }
        value = end.map { String(decoding: bytes[($0 + 1)...], as: UTF8.self) } ?? ""
    }

    private static func capital(_ bytes: some Sequence<UInt8>) -> ExactText {
        ExactText(
            String(decoding: bytes.map { (0x61...0x7A).contains($0) ? $0 & 0xDF : $0 }, as: UTF8.self))
    }

    /// Whether it is `BEGIN` or `END` of a component.
    func isMark(_ name: ExactText, _ component: ExactText) -> Bool {
        self.name == name && ExactText(value).asciiLowercased == component.asciiLowercased
    }

    /// The value of a parameter; nil without it.
    func parameter(_ name: ExactText) -> String? { parameters.first { $0.name == name }?.value }

    /// The value as text, its escapes taken back (section 3.3.11).
    var text: String {
        var bytes: [UInt8] = []
        var isEscaped = false
        for byte in value.utf8 {
            if isEscaped {
                bytes.append(byte == UInt8(ascii: "n") || byte == UInt8(ascii: "N") ? UInt8(ascii: "\n") : byte)
                isEscaped = false
            } else if byte == UInt8(ascii: "\\") {
                isEscaped = true
            } else {
                bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
