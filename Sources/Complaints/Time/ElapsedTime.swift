/// A length of time in whole milliseconds, as a clock on the wall counts it: a day is always 24 hours.
public struct ElapsedTime: Sendable, Hashable, Comparable {
    /// Its whole length; negative when it runs backwards.
    public let milliseconds: Int64

    /// That many thousandths of a second.
    public init(milliseconds: Int64) {
        self.milliseconds = milliseconds
    }

    /// The shorter one first; a negative one is shorter than none.
    public static func < (a: ElapsedTime, b: ElapsedTime) -> Bool { a.milliseconds < b.milliseconds }

    /// No time at all.
    public static let zero = ElapsedTime(milliseconds: 0)

    /// That many times 1,000 ms.
    public static func seconds(_ count: Int64) -> ElapsedTime { ElapsedTime(milliseconds: count * 1000) }
    /// That many times 60 s.
    public static func minutes(_ count: Int64) -> ElapsedTime { seconds(count * 60) }
    /// That many times 60 min.
    public static func hours(_ count: Int64) -> ElapsedTime { minutes(count * 60) }
    /// That many times 24 h: no daylight saving is known here.
    public static func days(_ count: Int64) -> ElapsedTime { hours(count * 24) }

    /// Whole seconds, rounded towards zero.
    public var wholeSeconds: Int64 { milliseconds / 1000 }
}
