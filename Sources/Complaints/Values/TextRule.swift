/// How the text of a field is taken, wherever it comes from: how long it may be, and whether the white space in it counts.
/// A text has something in it that can be seen. Every Unicode scalar of that is kept as it came, except NUL, which no text
/// may contain.
public struct TextRule: Sendable, Hashable {
    /// What is made of the white space.
    private enum Spacing {
        /// One line: what is at either end goes, and between words one space is left.
        case line
        /// One line that means something to another system: only what is at either end goes.
        case key
        /// One line that is a language tag.
        case language
        /// One line that says when somebody is warned.
        case warningMark
        /// One line that says who hears when of a promise.
        case ladderStep
        /// Every character counts, line breaks too.
        case verbatim
    }

    /// In Unicode scalars.
    public let limit: Int
    private let spacing: Spacing
    /// Whether it names a regime, which is to be there.
    public let isRegime: Bool
    /// Whether it names somebody, for whom `me` stands in a request, and who has no name that is nobody's.
    public let isSomebody: Bool
    /// Whether all of it is to be seen, as what is found by it is not to be confused: then it has no zero-width characters nor
    /// marks of direction.
    public let isVisible: Bool

    private init(
        _ spacing: Spacing, limit: Int, isSomebody: Bool = false, isRegime: Bool = false, isVisible: Bool = false
    ) {
        self.isRegime = isRegime
        self.limit = limit
        self.spacing = spacing
        self.isSomebody = isSomebody
        self.isVisible = isVisible || isSomebody
    }

    /// Whether it is one line.
    public var isLine: Bool { spacing != .verbatim }

    /// The complaint, and the text of a log entry.
    public static let complaint = TextRule(.verbatim, limit: Limits.complaint)
    /// The line a case is known by.
    public static let subject = TextRule(.line, limit: Limits.subject)
    /// A customer, a category or an address, as they come from outside.
    public static let name = TextRule(.line, limit: Limits.name)
    /// What the desk gives work to, and goes by: a team, a calendar.
    public static let label = TextRule(.line, limit: Limits.name, isVisible: true)
    /// A regime, by name.
    public static let regime = TextRule(.line, limit: Limits.name, isRegime: true)
    /// Somebody by name, and no name that is nobody's.
    public static let somebody = TextRule(.line, limit: Limits.name, isSomebody: true)
    /// The same where a sentence could be meant.
    public static let person = TextRule(.line, limit: Limits.person, isSomebody: true)
    /// A key in another system.
    public static let key = TextRule(.key, limit: Limits.name)
    /// What was promised, why, what comes next, evidence, a summary.
    public static let narrative = TextRule(.verbatim, limit: Limits.narrative)
    /// A tag.
    public static let tag = TextRule(.line, limit: Limits.tag)
    /// A language tag of BCP 47; it is stored as the standard recommends to write it.
    public static let language = TextRule(.language, limit: LanguageTag.longest)

    /// When somebody is warned; it is stored as `WarningMark.text` has it.
    public static let warningMark = TextRule(.warningMark, limit: 32)
    /// Who hears when of a promise; it is stored as `LadderStep.text` has it.
    public static let ladderStep = TextRule(.ladderStep, limit: 64)

    /// Whether it is a language tag.
    public var isLanguage: Bool { spacing == .language }
    /// Whether it says when somebody is warned.
    public var isWarningMark: Bool { spacing == .warningMark }
    /// Whether it says who hears when of a promise.
    public var isLadderStep: Bool { spacing == .ladderStep }
    /// Whether what it says is stored in a form of its own.
    private var isParsed: Bool { isLanguage || isWarningMark || isLadderStep }

    /// The text as it is stored.
    ///
    /// - Throws: `invalid_value` when it contains NUL, a line break where it is one line, what nobody sees where all of it is to be
    ///   seen, what is no name of somebody's where it names somebody, or no tag where it is a language; `too_short` when nothing of
    ///   it can be seen; `too_long`.
    public func checked(_ text: String) throws(FieldFault) -> String {
        let kept = try spaced(text)
        try checkName(kept)
        return kept
    }

    private func checkName(_ text: String) throws(FieldFault) {
        if isSomebody {
            try SomebodysName.check(text)
        } else if isVisible {
            try VisibleName.check(text)
        }
    }

    /// The text of a request that `speaker` sent, as it is stored: `me` is their name.
    ///
    /// - Returns: nil for `me` where it stands for nobody.
    /// - Throws: what `checked` does of any other.
    public func taken(_ text: String, from speaker: Speaker) throws(FieldFault) -> String? {
        let kept = try spaced(text)
        if isSomebody, Speaker.isMeant(by: kept) { return speaker.name }
        try checkName(kept)
        return kept
    }

    private func spaced(_ text: String) throws(FieldFault) -> String {
        if isLine, text[...].isPlainLine, !isParsed {
            try requireLength(text[...])
            return text
        }
        var kept = isLine ? text.trimmed : text[...]
        if kept.utf8.withContiguousStorageIfAvailable({ $0.contains(0) }) ?? kept.utf8.contains(0) {
            throw FieldFault(.invalidValue, "must not contain the character NUL.")
        }
        if !kept.beginsWithInk, kept.unicodeScalars.allSatisfy(\.isInvisible) {
            throw FieldFault(.tooShort, "must have something in it that can be seen.")
        }
        if isLine, kept.unicodeScalars.contains(where: \.isLineBreak) {
            throw FieldFault(.invalidValue, "must be one line, without a line break.")
        }
        if spacing == .line || isLadderStep { kept = kept.singleSpaced }
        try requireLength(kept)
        if isWarningMark { return try WarningMark(kept).text }
        if isLadderStep { return try LadderStep(kept).text }
        guard spacing == .language else { return String(kept) }
        guard let tag = LanguageTag(kept) else {
            throw FieldFault(.invalidValue, LanguageTag.advice(for: kept))
        }
        return tag.text.string
    }

    private func requireLength(_ text: Substring) throws(FieldFault) {
        // A scalar takes at least one byte, so most texts need not be counted.
        guard text.utf8.count > limit else { return }
        let count = text.unicodeScalars.count
        guard count > limit else { return }
        throw FieldFault(.tooLong, "has \(count) characters; at most \(limit) (Unicode scalars) are taken.")
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
    /// Whether it surely does not begin with what can't be seen: most texts need not be looked up.
    fileprivate var beginsWithInk: Bool { utf8.first?.isInk == true }

    /// Whether it is words of ASCII with one space between them, as most lines are: then nothing is to be done to it.
    var isPlainLine: Bool {
        var text = self
        return text.withUTF8 { bytes in
            var last = UInt8(ascii: " ")
            for byte in bytes {
                guard byte.isInk || (byte == UInt8(ascii: " ") && last.isInk) else { return false }
                last = byte
            }
            return last.isInk
        }
    }

    /// With one space for white space of more than one character, and for what is no space, such as a tab. A space of
    /// another kind that stands alone, such as one that keeps words together, stays.
    fileprivate var singleSpaced: Substring {
        var line = String.UnicodeScalarView()
        var run: [Unicode.Scalar] = []
        func end(_ run: [Unicode.Scalar]) {
            guard let first = run.first else { return }
            line.append(run.count == 1 && first.properties.generalCategory == .spaceSeparator ? first : " ")
        }
        for scalar in unicodeScalars {
            if scalar.properties.isWhitespace {
                run.append(scalar)
            } else {
                end(run)
                run.removeAll(keepingCapacity: true)
                line.append(scalar)
            }
        }
        end(run)
        return String(line)[...]
    }
}

extension UInt8 {
    /// Whether it is an ASCII character that can be seen.
    fileprivate var isInk: Bool { (0x21...0x7E).contains(self) }
}
