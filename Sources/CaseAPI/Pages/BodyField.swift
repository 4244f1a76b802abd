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

    /// Where it stands in the body: names and positions from the outside in.
    package let path: [String]
    package let kind: Kind
    /// Whether the body, or the object in it that this is a field of, can't be without it.
    package let isRequired: Bool
    /// Whether it is an instant that has passed.
    package let isPast: Bool

    /// What the form sends it as: the JSON pointer to it, without what begins one.
    package var name: String { path.joined(separator: "/") }
}
