/// Characters that nobody sees: a text of nothing else is as good as empty.
package enum Invisible {
    /// What ends a line (Unicode Standard Annex #14: BK, CR, LF and NL).
    package static let lineBreaks: [ClosedRange<UInt32>] = [0x0A...0x0D, 0x85...0x85, 0x2028...0x2029]

    /// White space: the property White_Space.
    package static let whiteSpace: [ClosedRange<UInt32>] = [
        0x09...0x0D, 0x20...0x20, 0x85...0x85, 0xA0...0xA0, 0x1680...0x1680, 0x2000...0x200A, 0x2028...0x2029,
        0x202F...0x202F, 0x205F...0x205F, 0x3000...0x3000,
    ]

    /// All of them, line breaks too: control characters, white space (the property White_Space), what has no shape of its own
    /// (Default_Ignorable_Code_Point), the marks around annotations, and the pattern of Braille without dots.
    package static let all: [ClosedRange<UInt32>] = [
        0x00...0x20, 0x7F...0xA0, 0xAD...0xAD, 0x034F...0x034F, 0x061C...0x061C, 0x115F...0x1160, 0x1680...0x1680,
        0x17B4...0x17B5, 0x180B...0x180F, 0x2000...0x200F, 0x2028...0x202F, 0x205F...0x206F, 0x2800...0x2800,
        0x3000...0x3000, 0x3164...0x3164, 0xFE00...0xFE0F, 0xFEFF...0xFEFF, 0xFFA0...0xFFA0, 0xFFF0...0xFFFB,
        0x1BCA0...0x1BCA3, 0x1D173...0x1D17A, 0xE0000...0xE0FFF,
    ]
}

extension ClosedRange<UInt32> {
    /// What is left of it.
    package func without(_ other: ClosedRange<UInt32>) -> [ClosedRange<UInt32>] {
        guard overlaps(other) else { return [self] }
        return (lowerBound < other.lowerBound ? [lowerBound...(other.lowerBound - 1)] : [])
            + (upperBound > other.upperBound ? [(other.upperBound + 1)...upperBound] : [])
    }
}

extension [ClosedRange<UInt32>] {
    /// What is left of them.
    package func without(_ others: [ClosedRange<UInt32>]) -> [ClosedRange<UInt32>] {
        others.reduce(self) { rest, other in rest.flatMap { $0.without(other) } }
    }
}

extension Unicode.Scalar {
    /// Whether nobody sees it.
    package var isInvisible: Bool { isIn(Invisible.all) }

    /// Whether it ends a line.
    var isLineBreak: Bool { isIn(Invisible.lineBreaks) }

    func isIn(_ ranges: [ClosedRange<UInt32>]) -> Bool {
        ranges.contains { $0.contains(value) }
    }
}
