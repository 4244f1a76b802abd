/// Random numbers that a seed repeats (SplitMix64: Steele, Lea and Flood, 2014), so that a failure found on random
/// input can be found again.
public struct SeededRandom: RandomNumberGenerator, Sendable {
    private var state: UInt64

    /// The same numbers for the same seed.
    public init(_ seed: UInt64) {
        state = seed
    }

    /// The next 64 bits.
    public mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }

    /// True once in `count` times.
    public mutating func once(in count: Int) -> Bool {
        Int.random(in: 0..<count, using: &self) == 0
    }
}
