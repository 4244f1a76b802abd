/// A point in time, in whole milliseconds since 1970-01-01T00:00:00Z. Years 0001 to 9999.
public struct Instant: Sendable, Hashable, Comparable {
    /// Since 1970-01-01T00:00:00Z without leap seconds; negative before it.
    public let milliseconds: Int64

    /// The instant that many milliseconds after 1970-01-01T00:00:00Z. The range is not checked: what parses text does.
    public init(milliseconds: Int64) {
        self.milliseconds = milliseconds
    }

    /// The earlier one first.
    public static func < (a: Instant, b: Instant) -> Bool { a.milliseconds < b.milliseconds }

    /// The instant `span` later.
    public static func + (instant: Instant, span: ElapsedTime) -> Instant {
        Instant(milliseconds: instant.milliseconds + span.milliseconds)
    }

    /// The elapsed time from `b` to `a`; negative when `a` is earlier.
    public static func - (a: Instant, b: Instant) -> ElapsedTime {
        ElapsedTime(milliseconds: a.milliseconds - b.milliseconds)
    }

    /// 0001-01-01T00:00:00Z.
    public static let earliest = Instant(milliseconds: -62_135_596_800_000)
    /// 9999-12-31T23:59:59.999Z.
    public static let latest = Instant(milliseconds: 253_402_300_799_999)
}
