import Foundation

/// The name of a person, a team or a category, as names are compared: after NFC (UAX #15), by full case folding (Unicode
/// section 3.13), so without regard to case, to how an accent was typed, and to what space is between the words. Straße is
/// STRASSE.
///
/// Normalising takes time that can grow with the square of a run of combining marks; a name has at most `Limits.name`
/// scalars before it comes here.
package struct FoldedName: Sendable, Hashable, Comparable {
    /// What two spellings of one name have in common.
    package let text: ExactText

    /// A name in whatever spelling.
    package init(_ name: String) {
        text = ExactText(Self.folded(name))
    }

    package static func < (a: FoldedName, b: FoldedName) -> Bool { a.text < b.text }

    private static func folded(_ name: String) -> String {
        if name[...].isPlainLine { return ExactText(name).asciiLowercased.string }
        var folded = String.UnicodeScalarView()
        var isAfterSpace = false
        for scalar in name.precomposedStringWithCanonicalMapping.unicodeScalars {
            if scalar.properties.isWhitespace {
                isAfterSpace = true
                continue
            }
            if isAfterSpace, !folded.isEmpty { folded.append(" ") }
            isAfterSpace = false
            folded.append(contentsOf: scalar.foldedCase)
        }
        return String(folded).precomposedStringWithCanonicalMapping
    }
}

extension Unicode.Scalar {
    /// One spelling for all that differ in case only. The standard library has no table of full case folding, but for
    /// what changes under it, the small letters of the capitals of the small letters are in the same relation.
    var foldedCase: String.UnicodeScalarView {
        var folded = String.UnicodeScalarView()
        guard properties.changesWhenCaseFolded || properties.changesWhenLowercased else {
            folded.append(self)
            return folded
        }
        for small in properties.lowercaseMapping.unicodeScalars {
            for capital in small.properties.uppercaseMapping.unicodeScalars {
                folded.append(contentsOf: capital.properties.lowercaseMapping.unicodeScalars)
            }
        }
        return folded
    }
}
