import Complaints

// Plain values, by what they are.
extension Shown {
    static func id<Value: ShownValue>(
        _ name: String, _ meaning: String = "", column: ColumnName = .same,
        _ value: @escaping @Sendable (Item) -> Value
    ) -> Shown { .value(name, .id, meaning, column: column, value) }

    /// Text of whatever length.
    static func text<Value: ShownValue>(
        _ name: String, _ meaning: String = "", column: ColumnName = .same,
        _ value: @escaping @Sendable (Item) -> Value
    ) -> Shown { .value(name, .text, meaning, column: column, value) }

    /// How many there are, or how long it takes in whole seconds: never negative.
    static func count<Value: ShownValue>(
        _ name: String, _ meaning: String = "", column: ColumnName = .same,
        _ value: @escaping @Sendable (Item) -> Value
    ) -> Shown { .value(name, .count, meaning, column: column, value) }

    /// A length of time in seconds with three decimals: never negative.
    static func seconds(
        _ name: String, _ meaning: String = "", _ value: @escaping @Sendable (Item) -> ElapsedTime?
    ) -> Shown { .value(name, .seconds, meaning) { value($0).map(ExactSeconds.init) } }

    /// A length of time in days with three decimals: never negative.
    static func days(
        _ name: String, _ meaning: String = "", _ value: @escaping @Sendable (Item) -> ElapsedTime?
    ) -> Shown { .value(name, .days, meaning) { value($0).map(ExactDays.init) } }

    static func flag<Value: ShownValue>(
        _ name: String, _ meaning: String = "", _ value: @escaping @Sendable (Item) -> Value
    ) -> Shown { .value(name, .flag, meaning, value) }

    static func instant<Value: ShownValue>(
        _ name: String, _ meaning: String = "", _ value: @escaping @Sendable (Item) -> Value
    ) -> Shown { .value(name, .utcInstant, meaning, value) }

    static func duration<Value: ShownValue>(
        _ name: String, _ meaning: String = "", _ value: @escaping @Sendable (Item) -> Value
    ) -> Shown { .value(name, .duration, meaning, value) }

    static func businessDuration<Value: ShownValue>(
        _ name: String, _ meaning: String = "", _ value: @escaping @Sendable (Item) -> Value
    ) -> Shown { .value(name, .businessDuration, meaning, value) }

    /// A word of a closed set.
    static func word<Word: Vocabulary>(
        _ name: String, _ meaning: String = "", column: ColumnName = .same,
        _ value: @escaping @Sendable (Item) -> Word
    ) -> Shown { .value(name, .word(of: Word.self), meaning, column: column) { ShownWord(word: value($0)) } }

    /// The same where there may be none.
    static func wordOrNull<Word: Vocabulary>(
        _ name: String, _ meaning: String = "", column: ColumnName = .same,
        _ value: @escaping @Sendable (Item) -> Word?
    ) -> Shown { .value(name, .word(of: Word.self), meaning, column: column) { value($0).map(ShownWord.init) } }
}
