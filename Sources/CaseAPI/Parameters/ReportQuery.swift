import Complaints

/// What a report counts when its query says nothing else.
struct ReportScope<Grouping: ReportGrouping>: Sendable {
    /// What has to have happened in the range: the beginning of a sentence.
    var range = "Recorded"
    /// What it is grouped by.
    let grouping: Grouping
    /// What else it can be grouped by, for instance.
    let example: Grouping
}

/// What a report is asked for.
struct ReportQuery<Grouping: ReportGrouping> {
    /// Nil where the range is empty, which is among the issues.
    let request: ReportRequest<Grouping>?
    let asOf: Instant?
    let table: TableParameters

    init(_ query: inout QueryReader, _ scope: ReportScope<Grouping>) {
        let from = query.instant("from", "\(scope.range) at or after that instant.")
        let to = query.instant(
            "to", "\(scope.range) before that instant, which lies after from.", example: "2100-01-01T00:00:00Z")
        let grouping: Grouping? = query.word(
            "group_by", "Without it, \(scope.grouping.rawValue).", example: scope.example)
        asOf = query.asOf()
        table = TableParameters(
            &query, zoneMeaning: Grouping.hasPeriods ? "The time zone of days, weeks and months." : nil)
        request = ReportRequest(
            from: from ?? .earliest, to: to ?? .latest, groupBy: grouping ?? scope.grouping,
            timeZone: table.timeZone ?? .utc)
        if request == nil { query.issue("to", "must lie after from.") }
    }
}
