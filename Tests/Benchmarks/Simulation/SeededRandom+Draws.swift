import TestSupport

extension SeededRandom {
    /// True in that share of the draws.
    mutating func happens(_ share: Double) -> Bool { Double.random(in: 0..<1, using: &self) < share }

    /// Any of several, each as likely as the others.
    mutating func one<Value>(_ values: [Value]) -> Value { values[Int.random(in: 0..<values.count, using: &self)] }

    /// The first ones far more often than the last ones, as with anything that some have much of.
    mutating func skewed<Value>(_ values: [Value]) -> Value {
        let share = Double.random(in: 0..<1, using: &self)
        return values[Int(Double(values.count) * share * share * share)]
    }
}
