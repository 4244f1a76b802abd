import Complaints

/// Random numbers that a seed repeats (SplitMix64).
struct SeededRandom: RandomNumberGenerator {
    private var state: UInt64

    init(_ seed: UInt64) {
        state = seed
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }

    /// True once in `count` times.
    mutating func once(in count: Int) -> Bool {
        Int.random(in: 0..<count, using: &self) == 0
    }

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
