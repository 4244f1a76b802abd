import ArgumentParser

/// The numbers that an option takes.
struct CountRange {
    let option: String
    let value: Int?
    let range: ClosedRange<Int>

    init(_ option: String, _ value: Int?, _ range: ClosedRange<Int>) {
        self.option = option
        self.value = value
        self.range = range
    }

    /// - Throws: what to say of the first value out of its range.
    static func check(_ ranges: [CountRange]) throws {
        for range in ranges {
            guard let value = range.value, !range.range.contains(value) else { continue }
            throw ValidationError(
                "--\(range.option) must be from \(range.range.lowerBound) to \(range.range.upperBound).")
        }
    }
}
