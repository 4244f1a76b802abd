/// A closed set of words that means the same in JSON, Swift, SQL and the documentation: the raw value is the word.
public protocol Vocabulary: RawRepresentable, CaseIterable, Sendable, Hashable where RawValue == String {}

extension Vocabulary {
    /// The words of the set, for messages that say what would have been right.
    public static var words: String {
        allCases.map(\.rawValue).joined(separator: ", ")
    }

    /// The word that is these bytes; nil for all others, those that only look the same among them.
    ///
    /// It stands in place of the initialiser that the compiler would write, which compares by Swift's `==`: see
    /// `ExactText`.
    @inlinable
    public init?(rawValue text: String) {
        let bytes = text.utf8
        let count = bytes.count
        for word in Self.allCases {
            let own = word.rawValue.utf8
            guard own.count == count, own.elementsEqual(bytes) else { continue }
            self = word
            return
        }
        return nil
    }
}
