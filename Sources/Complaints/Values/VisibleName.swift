/// Rule for short names that the desk gives work to and goes by: of people, teams, calendars, policies. Such a name has nothing in it
/// that nobody sees: two that look the same would be two teams, and half of what is one's in nobody's list. Texts that were copied
/// bring zero-width spaces and marks of direction along. What is on record from before is read and filtered by whatever is in it.
package enum VisibleName {
    /// Characters that nobody sees, but for white space.
    package static let hidden: [ClosedRange<UInt32>] = Invisible.all.without(Invisible.whiteSpace)

    /// Where scripts begin that are spelt with some of them (the first is Arabic): Persian and the scripts of India have joiners
    /// between letters (Unicode Standard, 9.2 and 12.1), Han, Mongolian and emoji selectors after a character (23.4).
    private static let firstJoined: UInt32 = 0x0600

    /// That everything in it can be seen.
    ///
    /// - Throws: `invalid_value` for what nobody sees, which it names.
    static func check(_ name: String) throws(FieldFault) {
        guard !name[...].isPlainLine, let scalar = firstHidden(in: name) else { return }
        let digits = String(scalar.value, radix: 16, uppercase: true)
        let code = "U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
        throw FieldFault(
            .invalidValue,
            "must be a name of characters that can be seen: \(code) is none. Type it anew; texts that are copied bring such "
                + "along.")
    }

    /// What is wrong with a name that a path gives something new, as an issue of the request; nil where it can be taken.
    package static func issue(ofNew name: String) -> FieldIssue? {
        do throws(FieldFault) {
            try check(name)
            return nil
        } catch {
            return FieldIssue(.body, error.code, "The name in the path \(error.detail)")
        }
    }

    private static func firstHidden(in name: String) -> Unicode.Scalar? {
        // After a letter that joins one selector may follow, and then one joiner before the next letter.
        var (follows, isSelected) = (false, false)
        var joiner: Unicode.Scalar?
        for scalar in name.unicodeScalars {
            if scalar.isIn(hidden) {
                guard follows, joiner == nil else { return joiner ?? scalar }
                if scalar.properties.isJoinControl {
                    joiner = scalar
                } else if scalar.properties.isVariationSelector, !isSelected {
                    isSelected = true
                } else {
                    return scalar
                }
            } else {
                (follows, isSelected) = (scalar.value >= firstJoined && !scalar.properties.isWhitespace, false)
                if let joiner, !follows { return joiner }
                joiner = nil
            }
        }
        return joiner
    }
}
