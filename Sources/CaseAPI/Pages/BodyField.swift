/// A field of a form, which stands for one of the body that the API takes of the same request.
package struct BodyField: Sendable, Hashable {
    /// How it is asked for.
    package enum Kind: Sendable, Hashable {
        /// Text in one line.
        case line(limit: Int64?)
        /// Text in lines.
        case text(limit: Int64?)
        /// One word of a closed set.
        case words([String])
        /// Yes or no.
        case flag
        /// A whole number.
        case number
        /// A date and a time.
        case instant
        /// A length of time.
        case duration
        /// A date.
        case date
        /// Texts, one in a line.
        case texts
    }

    /// What can't be without a field.
    package enum Need: Sendable, Hashable {
        /// It can be left out.
        case none
        /// The object in the body that it is a field of, which can be left out as a whole.
        case object
        /// The body.
        case body
    }

    /// Whether the body can't be without it, or one of its alternatives.
    package var isNeeded: Bool { need == .body }
    /// Whether the body can't be without this very one.
    package var isRequired: Bool { need == .body && alternatives.isEmpty }

    /// Where it stands in the body: names and positions from the outside in.
    package let path: [String]
    package let kind: Kind
    /// What can't be without it.
    package let need: Need
    /// The fields of which one is needed, this one among them, by their names; empty where it stands for itself.
    package let alternatives: [String]
    /// Whether it is an instant that has passed.
    package let isPast: Bool

    /// What the form sends it as: the JSON pointer to it, without what begins one.
    package var name: String { path.joined(separator: "/") }
}
