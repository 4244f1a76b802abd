extension ClockUnit {
    /// How many of it a clock, or an extension of one, may have: some five years at most, so that both together lie within
    /// `Limits.longestMaxSpan`. A calendar that is open once a week has so many business days.
    public var counts: ClosedRange<Int> {
        switch self {
        case .hours: 1...43_680
        case .days: 1...1_820
        case .weeks: 1...260
        case .months: 1...59
        case .businessDays: 1...500
        }
    }
}

extension ClockLength {
    /// How many days it has at least: whatever lies between two dates is no shorter.
    private var leastDays: Int {
        switch unit {
        case .hours: count / 24
        case .days, .businessDays: count
        case .weeks: 7 * count
        case .months: 28 * count
        }
    }

    /// How many it has at most; nil where that is the calendar's to say.
    private var mostDays: Int? {
        switch unit {
        case .hours: count / 24 + 1
        case .days: count
        case .weeks: 7 * count
        case .months: 31 * count
        case .businessDays: nil
        }
    }

    /// Whether it is shorter than another one, whatever the dates.
    func isShorter(than other: ClockLength) -> Bool {
        if unit == other.unit { return count < other.count }
        return mostDays.map { $0 < other.leastDays } ?? false
    }
}
