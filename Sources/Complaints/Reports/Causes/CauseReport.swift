/// What lessons were learnt in a range, the causes of the most cases first.
public typealias CauseReport = Report<CauseGrouping, CauseFigures>

/// Which lessons the report counts, and how it puts them together.
public typealias CauseReportRequest = ReportRequest<CauseGrouping>
