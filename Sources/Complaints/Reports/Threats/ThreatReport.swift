/// What customers threatened with in a range, and what was in it.
public typealias ThreatReport = Report<ThreatGrouping, ThreatFigures>

/// Which threats the report counts, and how it puts them together.
public typealias ThreatReportRequest = ReportRequest<ThreatGrouping>
