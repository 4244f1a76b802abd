/// How the clocks of a regime were kept for the complaints that were received, or were settled, in a range.
public typealias RegimeReport = Report<RegimeGrouping, RegimeFigures>

/// Which cases the report counts, and how it puts them together: its `regime` is the one that they are under.
public typealias RegimeReportRequest = ReportRequest<RegimeGrouping>
