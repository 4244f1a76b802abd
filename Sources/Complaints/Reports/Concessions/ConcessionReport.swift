/// What was given away in a range, or was to be.
public typealias ConcessionReport = Report<ConcessionGrouping, ConcessionFigures>

/// Which concessions the report counts, and how it puts them together.
public typealias ConcessionReportRequest = ReportRequest<ConcessionGrouping>
