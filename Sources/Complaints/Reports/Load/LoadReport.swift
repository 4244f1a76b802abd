/// What people had to bear in a range, and what they have to do now.
public typealias LoadReport = Report<LoadGrouping, LoadFigures>

/// Which observations the report counts, and how it puts them together.
public typealias LoadReportRequest = ReportRequest<LoadGrouping>
