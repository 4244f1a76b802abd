import Complaints

/// Scanner of facts in exactly the form in which `FactCoding` writes them: one pass over the bytes, and nothing is thrown on
/// the way. A general decoder finds out what a value is by failing at all that it is not, which takes ten times as long, and
/// every entry that is listed, sent or verified is read.
struct FactScanner {
    private let bytes: UnsafePointer<UInt8>
    private let count: Int
    private var place = 0

    /// Those of a text; nil where any of it is in another form, be it one that JSON has.
    static func facts(in json: String) -> [Fact]? {
        var json = json
        return json.withUTF8 { bytes in
            guard let first = bytes.baseAddress else { return nil }
            var scanner = FactScanner(bytes: first, count: bytes.count)
            guard let facts = scanner.takeFacts(), scanner.place == scanner.count else { return nil }
            return facts
        }
    }

    private init(bytes: UnsafePointer<UInt8>, count: Int) {
        self.bytes = bytes
        self.count = count
    }

    private mutating func takeFacts() -> [Fact]? {
        guard takes(Self.opening) else { return nil }
        var facts: [Fact] = []
        if takes(Self.closing) { return facts }
        repeat {
            guard takes(Self.opening), let name = takeText(), takes(Self.comma), let value = takeValue(),
                takes(Self.closing)
            else { return nil }
            facts.append(Fact(name, value))
        } while takes(Self.comma)
        return takes(Self.closing) ? facts : nil
    }

    private mutating func takeValue() -> Fact.Value? {
        guard place < count else { return nil }
        switch bytes[place] {
        case Self.quote: return takeText().map { .text($0) }
        case Self.opening: return takeTexts().map { .texts($0) }
        case UInt8(ascii: "t"): return takes(word: "true") ? .boolean(true) : nil
        case UInt8(ascii: "f"): return takes(word: "false") ? .boolean(false) : nil
        default: return takeInteger().map { .integer($0) }
        }
    }

    private mutating func takeTexts() -> [String]? {
        guard takes(Self.opening) else { return nil }
        var texts: [String] = []
        if takes(Self.closing) { return texts }
        repeat {
            guard let text = takeText() else { return nil }
            texts.append(text)
        } while takes(Self.comma)
        return takes(Self.closing) ? texts : nil
    }

    private mutating func takeInteger() -> Int64? {
        let start = place
        if bytes[place] == UInt8(ascii: "-") { place += 1 }
        let digits = place
        while place < count, bytes[place] &- UInt8(ascii: "0") < 10 { place += 1 }
        // A zero stands alone.
        guard place > digits, bytes[digits] != UInt8(ascii: "0") || place == start + 1 else { return nil }
        return Int64(text(from: start, to: place))
    }

    private mutating func takeText() -> String? {
        guard takes(Self.quote) else { return nil }
        let (quote, backslash) = (Self.quote, Self.backslash)
        // Most texts have nothing escaped, and are taken over in one piece.
        var text = ""
        var start = place
        while place < count {
            let byte = bytes[place]
            if byte == quote {
                let last = self.text(from: start, to: place)
                place += 1
                return text.isEmpty ? last : text + last
            }
            // Nothing is as it is that JSON wants escaped.
            guard byte >= 0x20 else { return nil }
            place += 1
            guard byte == backslash else { continue }
            text += self.text(from: start, to: place - 1)
            guard let escaped = takeEscaped() else { return nil }
            text.unicodeScalars.append(escaped)
            start = place
        }
        return nil
    }

    /// What stands after a backslash.
    private mutating func takeEscaped() -> Unicode.Scalar? {
        guard place < count else { return nil }
        switch bytes[place] {
        case Self.quote, Self.backslash:
            defer { place += 1 }
            return Unicode.Scalar(bytes[place])
        case UInt8(ascii: "n"):
            place += 1
            return "\n"
        case UInt8(ascii: "u"):
            // Of what has no form of its own, all is below a space.
            guard takes(word: "u00"), place + 2 <= count,
                bytes[place] == UInt8(ascii: "0") || bytes[place] == UInt8(ascii: "1"),
                let byte = UInt8(text(from: place, to: place + 2), radix: 16)
            else { return nil }
            place += 2
            return Unicode.Scalar(byte)
        default: return nil
        }
    }

    private mutating func takes(_ byte: UInt8) -> Bool {
        guard place < count, bytes[place] == byte else { return false }
        place += 1
        return true
    }

    private mutating func takes(word: StaticString) -> Bool {
        let length = word.utf8CodeUnitCount
        guard place + length <= count else { return false }
        for offset in 0..<length where bytes[place + offset] != word.utf8Start[offset] { return false }
        place += length
        return true
    }

    private func text(from start: Int, to end: Int) -> String {
        String(decoding: UnsafeBufferPointer(start: bytes + start, count: end - start), as: UTF8.self)
    }

    private static let opening = UInt8(ascii: "[")
    private static let closing = UInt8(ascii: "]")
    private static let comma = UInt8(ascii: ",")
    private static let quote = UInt8(ascii: "\"")
    private static let backslash = UInt8(ascii: "\\")
}
