/// A closed set of words that means the same in JSON, Swift, SQL and the documentation: the raw value is the word.
public protocol Vocabulary: RawRepresentable, CaseIterable, Sendable, Hashable where RawValue == String {}

extension Vocabulary {
    /// The words of the set, for messages that say what would have been right.
    public static var words: String {
        allCases.map(\.rawValue).joined(separator: ", ")
    }
}
