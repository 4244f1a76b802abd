import Complaints

/// By which words a length of time is typed into a form, in the language of its page: `4 hours`, `2 days`, `1 week`.
package struct DurationWords: Sendable {
    /// A unit, the longest first.
    package enum Unit: Int, CaseIterable, Sendable {
        case weeks, days, hours, minutes, seconds

        /// How ISO 8601 has it.
        fileprivate var letter: UInt8 {
            switch self {
            case .weeks: UInt8(ascii: "W")
            case .days: UInt8(ascii: "D")
            case .hours: UInt8(ascii: "H")
            case .minutes: UInt8(ascii: "M")
            case .seconds: UInt8(ascii: "S")
            }
        }

        fileprivate var isOfClock: Bool { rawValue >= Self.hours.rawValue }
    }

    private let units: [(word: [UInt8], unit: Unit)]

    /// - Parameter words: what each unit is called, in small letters of ASCII.
    package init(_ words: [(unit: Unit, words: [String])]) {
        units = words.flatMap { unit, words in words.map { (Array($0.utf8), unit) } }
    }

    /// The most digits of a number: the API takes no more of any unit.
    private static let mostDigits = 4

    /// What was typed as an ISO 8601 duration, in the units in which it was typed, as two days of a calendar are not 48 hours; nil for
    /// what is none. What is one already stays as it is.
    package func duration(typed text: String) -> String? {
        if (try? ElapsedTime(iso8601: text)) != nil { return text }
        guard let parts = parts(typed: text) else { return nil }
        let date = parts.filter { !$0.unit.isOfClock }
        let clock = parts.filter(\.unit.isOfClock)
        func written(_ parts: [(count: Int64, unit: Unit)]) -> String {
            parts.map { "\($0.count)\(UnicodeScalar($0.unit.letter))" }.joined()
        }
        return "P" + written(date) + (clock.isEmpty ? "" : "T" + written(clock))
    }

    /// Numbers with a unit behind each, from long to short, with spaces, commas and "and" left out.
    private func parts(typed text: String) -> [(count: Int64, unit: Unit)]? {
        var parts: [(count: Int64, unit: Unit)] = []
        var rest = text.utf8.map { (0x41...0x5A).contains($0) ? $0 + 0x20 : $0 }[...]
        let separators = Set(" ,\u{9}".utf8)
        while true {
            rest = rest.drop(while: separators.contains)
            guard !rest.isEmpty else { break }
            if !parts.isEmpty, rest.starts(with: "and ".utf8) {
                rest = rest.dropFirst(4).drop(while: separators.contains)
            }
            let digits = rest.prefix { (0x30...0x39).contains($0) }
            guard !digits.isEmpty, digits.count <= Self.mostDigits else { return nil }
            rest = rest.dropFirst(digits.count).drop(while: separators.contains)
            let word = rest.prefix { (0x61...0x7A).contains($0) }
            guard let unit = units.first(where: { $0.word.elementsEqual(word) })?.unit,
                parts.last.map({ $0.unit.rawValue < unit.rawValue }) ?? true
            else { return nil }
            rest = rest.dropFirst(word.count)
            parts.append((digits.reduce(0) { $0 * 10 + Int64($1 - 0x30) }, unit))
        }
        return parts.isEmpty ? nil : parts
    }

    /// An ISO 8601 duration in its units, from long to short; nil for what is none of whole numbers.
    package static func parts(of iso8601: String) -> [(count: Int64, unit: Unit)]? {
        guard (try? ElapsedTime(iso8601: iso8601)) != nil else { return nil }
        var parts: [(count: Int64, unit: Unit)] = []
        var count: Int64 = 0
        for byte in iso8601.utf8 {
            switch byte {
            case UInt8(ascii: "P"), UInt8(ascii: "T"): continue
            case 0x30...0x39: count = count * 10 + Int64(byte - 0x30)
            default:
                guard let unit = Unit.allCases.first(where: { $0.letter == byte }) else { return nil }
                if count > 0 { parts.append((count, unit)) }
                count = 0
            }
        }
        return parts.isEmpty ? [(0, .minutes)] : parts
    }
}
