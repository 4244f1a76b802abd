/// What became of the promises that were due in a range, in groups and in total.
public typealias PromiseReport = Report<PromiseGrouping, PromiseFigures>

/// Which promises the report counts, by their due instants, and how it puts them together.
public typealias PromiseReportRequest = ReportRequest<PromiseGrouping>

extension PromiseFigures {
    /// What the kept rate is of.
    public static let keptRateDenominator = "kept - instant + kept_late + broken + overdue"
}
