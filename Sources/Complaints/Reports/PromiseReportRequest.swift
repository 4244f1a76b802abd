public import Foundation

/// Which promises a report counts, and how it puts them together.
public struct PromiseReportRequest: Sendable, Hashable {
    /// Promises due at or after this instant count.
    public let from: Instant
    /// Promises due before this instant count.
    public let to: Instant
    /// By what promises are put together.
    public let groupBy: ReportGrouping
    /// Where the days, weeks and months of the grouping begin.
    public let timeZone: TimeZone

    /// Nil when the range is empty: `from` lies before `to`.
    public init?(from: Instant, to: Instant, groupBy: ReportGrouping, timeZone: TimeZone = .gmt) {
        guard from < to else { return nil }
        self.from = from
        self.to = to
        self.groupBy = groupBy
        self.timeZone = timeZone
    }
}
