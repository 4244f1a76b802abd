/// Why a text is no elapsed time.
public enum ElapsedTimeSyntaxError: Error, Sendable, Equatable {
    /// Not an ISO 8601 duration.
    case malformed
    /// Years and months have no fixed length.
    case calendarUnits
}

extension ElapsedTime {
    /// Reads an ISO 8601 duration of weeks, days, hours, minutes and seconds: `P2D`, `PT4H30M`, `P1W`, `PT0.5S`.
    /// Only seconds may have a fraction. Years and months are refused: how long they are depends on the calendar.
    public init(iso8601 text: some StringProtocol) throws(ElapsedTimeSyntaxError) {
        var scanner = DigitScanner(text)
        guard scanner.take("P"), !scanner.isAtEnd else { throw .malformed }
        var milliseconds: Int64 = 0
        var isInTime = false
        var rank = 0
        while !scanner.isAtEnd {
            if !isInTime, scanner.take("T") {
                isInTime = true
                guard !scanner.isAtEnd else { throw .malformed }
                continue
            }
            guard let number = scanner.digits(upTo: 12), let fraction = scanner.fraction() else { throw .malformed }
            let unit: (rank: Int, milliseconds: Int64)
            if isInTime {
                if scanner.take("H") {
                    unit = (3, 3_600_000)
                } else if scanner.take("M") {
                    unit = (4, 60_000)
                } else if scanner.take("S") {
                    unit = (5, 1000)
                } else {
                    throw .malformed
                }
            } else if scanner.take("W") {
                unit = (1, 604_800_000)
            } else if scanner.take("D") {
                unit = (2, 86_400_000)
            } else if scanner.takeEither("Y", "M") {
                throw .calendarUnits
            } else {
                throw .malformed
            }
            guard unit.rank > rank, fraction == 0 || unit.rank == 5 else { throw .malformed }
            rank = unit.rank
            let (product, overflowed) = number.multipliedReportingOverflow(by: unit.milliseconds)
            let (sum, overflowedSum) = milliseconds.addingReportingOverflow(product + Int64(fraction))
            guard !overflowed, !overflowedSum, sum < 1 << 53 else { throw .malformed }
            milliseconds = sum
        }
        self.init(milliseconds: milliseconds)
    }

    /// The shortest ISO 8601 duration of days, hours, minutes and seconds: `P2D`, `PT4H`, `P1DT12H`, `PT0S`.
    public var iso8601: String {
        var rest = milliseconds
        func take(_ unit: Int64) -> Int64 {
            let count = rest / unit
            rest -= count * unit
            return count
        }
        let days = take(86_400_000)
        let hours = take(3_600_000)
        let minutes = take(60_000)
        let seconds = take(1000)
        var text = "P"
        if days > 0 { text += "\(days)D" }
        guard hours > 0 || minutes > 0 || seconds > 0 || rest > 0 || days == 0 else { return text }
        text += "T"
        if hours > 0 { text += "\(hours)H" }
        if minutes > 0 { text += "\(minutes)M" }
        if rest > 0 {
            let padded = String(repeating: "0", count: rest < 10 ? 2 : rest < 100 ? 1 : 0) + String(rest)
            text += "\(seconds).\(padded)S"
        } else if seconds > 0 || text.hasSuffix("T") {
            text += "\(seconds)S"
        }
        return text
    }
}
