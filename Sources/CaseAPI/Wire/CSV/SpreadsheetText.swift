import Complaints

/// Text that stays what it is in a spreadsheet program.
///
/// Such a program asks of each cell of a CSV file whether it is a number, a date or a formula, and quotes are nothing to
/// it: `+46812345` loses its plus sign, `0123` its nought, `3-4` becomes a day, and `=…` is worked out (OWASP, "CSV
/// Injection"). Which character separates the cells goes by the reader's country: a file with commas that is opened where
/// they are semicolons falls apart at those within texts. So
///
/// - what could be taken for a formula has an apostrophe in front;
/// - what could be taken for a number, a date or a truth has a tab in front, which is not seen; most phone numbers need none,
///   as they are written in groups that no number has;
/// - what would stand at the beginning of a cell, were the file cut at another separator or at a line break, and could be
///   taken for a formula then, has an apostrophe in front too.
enum SpreadsheetText {
    /// What a cell has of a text.
    static func cell(_ text: String, separator: CSVSeparator) -> String {
        if isTakenForValue(text) { return isSafePhone(text) ? text : "\t" + text }
        let inner = guardedInside(text, separator: separator)
        return CSVWriter.isTakenForFormula(text) ? "'" + inner : inner
    }

    // MARK: - Numbers, dates and truths

    /// No number or date that a program knows is longer.
    private static let longest = 64

    private static let words: Set<ExactText> = [
        "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec", "january",
        "february",
        "march", "april", "june", "july", "august", "september", "october", "november", "december", "am", "pm", "a",
        "p",
        "e", "t", "z",
    ]

    private static let signs = Set(" +-().,/:%'$".utf8)

    /// Whether it could be a number, a date, a time or a truth: digits, what stands between them, and words of dates.
    private static func isTakenForValue(_ text: String) -> Bool {
        guard text.utf8.count <= longest else { return false }
        let folded = ExactText(text).asciiLowercased
        if folded == "true" || folded == "false" { return true }
        var hasDigit = false
        var word: [UInt8] = []
        // A letter alone is the exponent of a number, or half a day behind one.
        func isKnown(_ word: [UInt8]) -> Bool {
            word.isEmpty
                || (word.count > 1 || hasDigit) && words.contains(ExactText(String(decoding: word, as: UTF8.self)))
        }
        for scalar in folded.string.unicodeScalars {
            if scalar.properties.isAlphabetic {
                guard scalar.isASCII else { return false }
                word.append(UInt8(ascii: scalar))
                continue
            }
            guard isKnown(word) else { return false }
            word.removeAll(keepingCapacity: true)
            // Digits of other scripts are digits to such programs, too.
            if scalar.properties.numericType == .decimal {
                hasDigit = true
                continue
            }
            let isSign = scalar.isASCII ? signs.contains(UInt8(ascii: scalar)) : scalar.isOfNumbers
            guard isSign else { return false }
        }
        return hasDigit && isKnown(word)
    }

    /// Whether it is a phone number that no program takes for anything else: at least two groups of digits, six in all,
    /// of which not all but the first are of three, as those of a number are. It begins with a plus sign, a bracket or
    /// a nought.
    private static func isSafePhone(_ text: String) -> Bool {
        var groups: [Int] = []
        let isInternational = text.utf8.first == UInt8(ascii: "+")
        guard isInternational || [UInt8(ascii: "("), UInt8(ascii: "0")].contains(text.utf8.first) else { return false }
        let rest = isInternational ? text.utf8.dropFirst() : text.utf8[...]
        for group in rest.split(separator: UInt8(ascii: " "), omittingEmptySubsequences: false) {
            let digits = group.filter { (0x30...0x39).contains($0) }.count
            // A plus sign would be a formula's, had it more than groups of digits behind it.
            let isPlain = digits == group.count || !isInternational && group.allSatisfy(isOfPhone)
            guard digits > 0, isPlain else { return false }
            groups.append(digits)
        }
        let isDate = !isInternational && groups.count == 3 && groups[0] <= 2 && groups[1] <= 2
        return groups.count > 1 && groups.reduce(0, +) >= 6 && !isDate && groups.dropFirst().contains { $0 != 3 }
    }

    private static func isOfPhone(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || [UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: "-")].contains(byte)
    }

    // MARK: - Formulas within

    /// With an apostrophe before whatever could be taken for a formula at the beginning of a cell, were the file cut at
    /// another separator. Spaces and quotes before it count for nothing.
    private static func guardedInside(_ text: String, separator: CSVSeparator) -> String {
        let own = separator.byte
        let cuts = Set(
            [UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "|"), 0x09, 0x0A, 0x0D].filter { $0 != own })
        guard text.utf8.contains(where: cuts.contains) else { return text }
        var kept = String.UnicodeScalarView()
        var isAtBeginning = false
        for scalar in text.unicodeScalars {
            if isAtBeginning, CSVWriter.formulaBeginnings.contains(scalar), scalar.value > 0x20 { kept.append("'") }
            kept.append(scalar)
            if scalar.isASCII, cuts.contains(UInt8(ascii: scalar)) {
                isAtBeginning = true
            } else if scalar != " ", scalar != "\"" {
                isAtBeginning = false
            }
        }
        return String(kept)
    }
}

extension Unicode.Scalar {
    /// Whether it is a sign that numbers have: of money, a space that keeps digits together, or a minus sign.
    fileprivate var isOfNumbers: Bool {
        switch properties.generalCategory {
        case .currencySymbol, .spaceSeparator: true
        default: self == "\u{2212}"
        }
    }
}
