/// How the text of a field is taken: how long it may be, and whether the white space around it counts. Every Unicode
/// scalar is kept as it came, except NUL, which no text may contain.
public struct TextRule: Sendable, Hashable {
    /// In Unicode scalars.
    public let limit: Int
    /// Whether white space at either end is taken away before anything else is looked at.
    public let isTrimmed: Bool

    private init(limit: Int, isTrimmed: Bool) {
        self.limit = limit
        self.isTrimmed = isTrimmed
    }

    /// A field of one line.
    public static func line(_ limit: Int) -> TextRule { TextRule(limit: limit, isTrimmed: true) }

    /// A field whose every character counts.
    public static func verbatim(_ limit: Int) -> TextRule { TextRule(limit: limit, isTrimmed: false) }

    /// The complaint, and the text of a log entry.
    public static let complaint = verbatim(Limits.complaint)
    /// The line a case is known by.
    public static let subject = line(Limits.subject)
    /// A person, a team, a category, a key or an address.
    public static let name = line(Limits.name)
    /// What was promised, why, what comes next, evidence, a summary.
    public static let narrative = verbatim(Limits.narrative)
    /// A tag.
    public static let tag = line(Limits.tag)

    /// The text as it is stored.
    ///
    /// - Throws: `invalid_value` when it contains NUL, `too_short` when nothing but white space is left of it,
    ///   `too_long`.
    public func checked(_ text: String) throws(FieldFault) -> String {
        let kept = isTrimmed ? text.trimmed : text[...]
        if kept.utf8.withContiguousStorageIfAvailable({ $0.contains(0) }) ?? kept.utf8.contains(0) {
            throw FieldFault(.invalidValue, "must not contain the character NUL.")
        }
        if !kept.beginsWithInk, kept.unicodeScalars.allSatisfy(\.properties.isWhitespace) {
            throw FieldFault(.tooShort, "must not be empty or only white space.")
        }
        // A scalar takes at least one byte, so most texts need not be counted.
        if kept.utf8.count > limit {
            let count = kept.unicodeScalars.count
            if count > limit {
                throw FieldFault(
                    .tooLong, "has \(count) characters; at most \(limit) (Unicode scalars) are taken.")
            }
        }
        return String(kept)
    }
}

extension String {
    /// Without the white space at either end.
    fileprivate var trimmed: Substring {
        if self[...].beginsWithInk, utf8.last?.isInk == true { return self[...] }
        guard let first = unicodeScalars.firstIndex(where: { !$0.properties.isWhitespace }),
            let last = unicodeScalars.lastIndex(where: { !$0.properties.isWhitespace })
        else { return "" }
        return self[first..<unicodeScalars.index(after: last)]
    }
}

extension Substring {
    /// Whether it surely does not begin with white space: most texts need not be looked up in Unicode's tables.
    fileprivate var beginsWithInk: Bool { utf8.first?.isInk == true }
}

extension UInt8 {
    /// Whether it is an ASCII character that can be seen.
    fileprivate var isInk: Bool { (0x21...0x7E).contains(self) }
}
