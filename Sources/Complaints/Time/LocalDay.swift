/// A day as the clocks of a time zone have it: from the first instant of its date to the first one of the next. It has 23
/// hours, or 25, where the clocks are changed.
public struct LocalDay: Sendable, Hashable {
    /// Its first instant.
    public let start: Instant
    /// The first instant after it.
    public let end: Instant
    /// Days since 1970-01-01, by the clocks of the zone.
    private let number: Int
    /// Whose clocks these are.
    public let zone: Zone

    private static let milliseconds: Int64 = 86_400_000

    /// The day that an instant lies in.
    public init(of instant: Instant, in zone: Zone) {
        self.zone = zone
        let shown = Self.number(of: instant, zone)
        let begins = Self.start(ofDay: shown, zone)
        // Where midnight comes twice, it is the second one.
        number = begins <= instant ? shown : shown - 1
        start = begins <= instant ? begins : Self.start(ofDay: number, zone)
        end = begins <= instant ? Self.start(ofDay: number + 1, zone) : begins
    }

    /// As a full-date of RFC 3339.
    public var date: String {
        let date = CivilDate(daysSince1970: number)
        func padded(_ number: Int, _ width: Int) -> String {
            let digits = String(number)
            return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
        }
        return "\(padded(date.year, 4))-\(padded(date.month, 2))-\(padded(date.day, 2))"
    }

    /// Whether an instant lies in it.
    public func contains(_ instant: Instant) -> Bool { start <= instant && instant < end }

    private static func number(of instant: Instant, _ zone: Zone) -> Int {
        Int((instant.milliseconds + zone.offset(at: instant)).flooredDivision(by: milliseconds).quotient)
    }

    /// The instant from which on the zone's clocks show that date, or a later one, for good.
    private static func start(ofDay number: Int, _ zone: Zone) -> Instant {
        let midnight = Int64(number) * milliseconds
        let near = Instant(milliseconds: midnight - zone.offset(at: Instant(milliseconds: midnight)))
        let start = Instant(milliseconds: midnight - zone.offset(at: near))
        let before = Instant(milliseconds: start.milliseconds - 1)
        if self.number(of: start, zone) == number, self.number(of: before, zone) < number,
            zone.offset(at: start) == zone.offset(at: start + .hours(3))
        {
            return start
        }
        // The clocks are changed about midnight: there is none, or there are two.
        var (low, high) = (midnight - milliseconds, midnight + milliseconds)
        while high - low > 1 {
            let middle = low + (high - low) / 2
            let isFromThenOn = [0, 1, 2, 3].allSatisfy {
                self.number(of: Instant(milliseconds: middle) + .hours($0), zone) >= number
            }
            if isFromThenOn { high = middle } else { low = middle }
        }
        return Instant(milliseconds: high)
    }
}

/// The days that were asked for, as it costs more to find out what a zone's clocks show than to remember it.
package struct LocalDays {
    private struct Key: Hashable {
        let zone: Zone
        let dayOfUTC: Int
    }

    private static let limit = 1_024
    /// At most three for each day of UTC.
    private var days: [Key: [LocalDay]] = [:]

    package init() {}

    /// The day that an instant lies in.
    package mutating func day(of instant: Instant, in zone: Zone) -> LocalDay {
        let key = Key(zone: zone, dayOfUTC: instant.dayOfUTC)
        if let known = days[key]?.first(where: { $0.contains(instant) }) { return known }
        if days.count >= Self.limit { days.removeAll() }
        let day = LocalDay(of: instant, in: zone)
        days[key, default: []].append(day)
        return day
    }
}
