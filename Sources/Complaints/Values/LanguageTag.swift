/// A language tag of BCP 47 (RFC 5646 section 2.1): well-formed, and written as section 2.1.1 recommends, so that two
/// spellings of one are the same text. Of its parts only a language that there can't be is refused; whether a registry has the
/// others is not looked up, and tags from before RFC 4646 that are of another form (`i-klingon`) are not taken.
package struct LanguageTag: Sendable, Hashable {
    /// The longest that is taken; RFC 5646 section 4.4.1 asks for at least 35.
    package static let longest = 64

    /// `de`, `zh-Hant-TW`, `en-GB`.
    package let text: ExactText

    /// Nil where the text is no such tag.
    package init?(_ text: Substring) {
        let bytes = Array(text.utf8)
        guard bytes.count <= Self.longest, bytes.allSatisfy({ $0 == UInt8(ascii: "-") || $0.isLetter || $0.isDigit })
        else { return nil }
        let parts = bytes.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false).map(Array.init)
        guard parts.allSatisfy({ (1...8).contains($0.count) }), Self.isWellFormed(parts) else { return nil }
        self.text = ExactText(Self.written(parts))
    }

    private static func isWellFormed(_ parts: [[UInt8]]) -> Bool {
        var rest = parts[...]
        /// Takes up to so many of the next ones that are of that kind.
        func take(_ most: Int, _ isOfKind: ([UInt8]) -> Bool) -> [[UInt8]] {
            let taken = Array(rest.prefix(while: isOfKind).prefix(most))
            rest = rest.dropFirst(taken.count)
            return taken
        }
        func isAlone(_ part: [UInt8], _ letter: Character) -> Bool {
            part.count == 1 && part[0] | 0x20 == letter.asciiValue
        }
        if !isAlone(parts[0], "x") {
            guard !take(1, { $0.allSatisfy(\.isLetter) && isRegistered(lowercased($0)) }).isEmpty else { return false }
            _ = take(3) { $0.count == 3 && $0.allSatisfy(\.isLetter) }
            _ = take(1) { $0.count == 4 && $0.allSatisfy(\.isLetter) }
            _ = take(1) {
                $0.count == 2 && $0.allSatisfy(\.isLetter) || $0.count == 3 && $0.allSatisfy(\.isDigit)
            }
            let variants = take(.max) { (5...8).contains($0.count) || $0.count == 4 && $0[0].isDigit }
            guard Set(variants.map(lowercased)).count == variants.count else { return false }
            var singletons: Set<[UInt8]> = []
            while let singleton = take(1, { $0.count == 1 && !isAlone($0, "x") }).first {
                guard singletons.insert(lowercased(singleton)).inserted, !take(.max, { $0.count >= 2 }).isEmpty else {
                    return false
                }
            }
        }
        // What is of private use stands last.
        if !take(1, { isAlone($0, "x") }).isEmpty, take(.max, { _ in true }).isEmpty { return false }
        return rest.isEmpty
    }

    /// A region in capitals, a script with one, all else in small letters; and so all that comes after a single letter.
    private static func written(_ parts: [[UInt8]]) -> String {
        var isAfterSingle = false
        let written = parts.enumerated().map { index, part in
            var part = lowercased(part)
            if index > 0, !isAfterSingle {
                if part.count == 2 { part = part.map(\.asciiUppercased) }
                if part.count == 4, !part[0].isDigit { part[0] = part[0].asciiUppercased }
            }
            isAfterSingle = isAfterSingle || part.count == 1
            return String(decoding: part, as: UTF8.self)
        }
        return written.joined(separator: "-")
    }

    private static func lowercased(_ part: [UInt8]) -> [UInt8] { part.map { $0.isLetter ? $0 | 0x20 : $0 } }
}

extension UInt8 {
    fileprivate var isLetter: Bool { (0x61...0x7A).contains(self | 0x20) }
    fileprivate var isDigit: Bool { (0x30...0x39).contains(self) }
    fileprivate var asciiUppercased: UInt8 { (0x61...0x7A).contains(self) ? self & 0xDF : self }
}
