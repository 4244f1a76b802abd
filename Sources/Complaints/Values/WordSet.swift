/// A set of words of a closed set, always in the order of that: what a record keeps of a field that takes several of them.
public struct WordSet<Word: Vocabulary>: Sendable, Hashable {
    /// Each once, in the order of the closed set.
    public let words: [Word]

    /// The set of these.
    public init(_ words: [Word] = []) {
        let members = Set(words)
        self.words = Word.allCases.filter(members.contains)
    }
}

extension WordSet: EditableValue {
    /// True: there may be none.
    public static var mayBeMissing: Bool { true }

    /// The words as texts.
    public var editedValue: EditedValue? { .texts(words.map(\.rawValue)) }

    /// Back from a field's value; nil where one of the texts is no word.
    public init?(editedValue value: EditedValue?) {
        switch value {
        case .texts(let texts):
            let words = texts.compactMap(Word.init(rawValue:))
            guard words.count == texts.count else { return nil }
            self.init(words)
        case nil: self.init()
        default: return nil
        }
    }
}
