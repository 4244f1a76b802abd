import Complaints
import TestSupport

extension SeededRandom {
    /// One of several, or nil.
    mutating func perhaps<Value>(_ values: [Value]) -> Value? {
        once(in: 2) ? nil : values.randomElement(using: &self)
    }

    mutating func one<Value>(_ values: [Value]) -> Value {
        guard let value = values.randomElement(using: &self) else { preconditionFailure("there is none to take") }
        return value
    }

    /// Some of the words, at least one.
    mutating func some<Word: Vocabulary>(_: Word.Type) -> Set<Word> {
        let words = Array(Word.allCases)
        var taken: Set<Word> = [one(words)]
        while once(in: 2) { taken.insert(one(words)) }
        return taken
    }

    /// A length of time in the range, in milliseconds.
    mutating func span(_ range: ClosedRange<ElapsedTime>) -> ElapsedTime {
        ElapsedTime(
            milliseconds: .random(in: range.lowerBound.milliseconds...range.upperBound.milliseconds, using: &self))
    }
}
