import Foundation

/// Reserved names: the policy's and the clock's, which say in the record that nobody did it, the word by which lists are asked
/// for what nobody owns, and the one that stands for whoever acts. Nobody acts, has a token or is given anything under one of them, nor under what a reader would take for one
/// (a confusable of Unicode Technical Standard #39). `local` is none: it is whoever works on the machine itself.
package enum NobodysName {
    /// As they are written.
    package static let all = [Actor.policy.name, Actor.clock.name, unowned, Speaker.word]

    /// Whose it is that is nobody's, for people: `/board?owner=nobody`.
    package static let unowned = "nobody"

    /// All of them, for a sentence.
    package static let words = "\(all.dropLast().joined(separator: ", ")) and \(Speaker.word)"

    /// What is wrong with one.
    static let fault = FieldFault(
        .invalidValue, "must be somebody's name: \(words) are nobody's, and neither is what looks like one of them.")

    private static let outlines = Set(all.map { outline(Array($0.unicodeScalars)) })
    private static let lengths = Set(all.map(\.utf8.count))
    private static let longest = lengths.max() ?? 0

    /// Whether a name is one of them, or looks so.
    package static func looksLike(_ name: String) -> Bool {
        // Of ASCII each letter is seen as one, and most names have more or fewer of them.
        if name[...].isPlainLine, !lengths.contains(name.utf8.count) { return false }
        var seen: [Unicode.Scalar] = []
        for scalar in name.unicodeScalars where !scalar.isInvisible || scalar.properties.isWhitespace {
            guard seen.count < longest else { return false }
            seen.append(scalar)
        }
        return outlines.contains(outline(seen))
    }

    /// What two texts have in common that look alike: one of each letter that is written like another.
    private static func outline(_ letters: [Unicode.Scalar]) -> ExactText {
        var text = String(String.UnicodeScalarView(letters))
        if !text.utf8.allSatisfy({ $0 < 0x80 }) { text = text.precomposedStringWithCompatibilityMapping }
        let plain = FoldedName(text).text.string.unicodeScalars.map { twins[$0] ?? $0 }
        return ExactText(String(String.UnicodeScalarView(plain)))
    }

    /// What is taken for a letter of theirs, by its small or its capital form. Compatibility forms, such as of full width, are
    /// found by Unicode's own tables.
    private static let twins: [Unicode.Scalar: Unicode.Scalar] = {
        let rows: [(Unicode.Scalar, String)] = [
            // Latin and digits, Cyrillic, Greek, Armenian.
            ("l", "iı1|" + "\u{456}\u{4CF}" + "\u{3B9}"), ("o", "0" + "\u{43E}" + "\u{3BF}" + "\u{585}"),
            ("m", "\u{43C}" + "\u{3BC}"), ("e", "\u{435}" + "\u{3B5}"), ("p", "\u{440}" + "\u{3C1}"),
            ("c", "\u{441}" + "\u{3C3}"), ("y", "\u{443}\u{4AF}" + "\u{3C5}\u{3B3}"),
            ("k", "\u{138}" + "\u{43A}" + "\u{3BA}"), ("n", "\u{578}\u{57C}"), ("b", "\u{44C}"), ("d", "\u{501}"),
        ]
        return Dictionary(uniqueKeysWithValues: rows.flatMap { row in row.1.unicodeScalars.map { ($0, row.0) } })
    }()
}
