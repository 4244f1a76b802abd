/// A length of time in whole milliseconds, as a clock on the wall counts it: a day is always 24 hours.
public struct ElapsedTime: Sendable, Hashable, Comparable {
    public let milliseconds: Int64

    public init(milliseconds: Int64) {
        self.milliseconds = milliseconds
    }

    public static func < (a: ElapsedTime, b: ElapsedTime) -> Bool { a.milliseconds < b.milliseconds }

    public static let zero = ElapsedTime(milliseconds: 0)

    public static func seconds(_ count: Int64) -> ElapsedTime { ElapsedTime(milliseconds: count * 1000) }
    public static func minutes(_ count: Int64) -> ElapsedTime { seconds(count * 60) }
    public static func hours(_ count: Int64) -> ElapsedTime { minutes(count * 60) }
    public static func days(_ count: Int64) -> ElapsedTime { hours(count * 24) }

    /// Whole seconds, rounded towards zero.
    public var wholeSeconds: Int64 { milliseconds / 1000 }
}
