import Complaints

/// What a report counts when its query says nothing else.
struct ReportScope<Grouping: ReportGrouping>: Sendable {
    /// What has to have happened in the range: the beginning of a sentence.
    var range = "Recorded"
    /// What it is grouped by.
    let grouping: Grouping
    /// What else it can be grouped by, for instance.
    let example: Grouping
    /// What the regime is asked for, as a sentence; nil in a report that is of none.
    var regime: String?
}

/// What a report is asked for.
struct ReportQuery<Grouping: ReportGrouping> {
    /// Nil where the report is of none, or it was left out, which is among the issues.
    let regime: String?
    let by: RegimeRange
    /// Nil where it is empty or said twice, which is among the issues.
    let range: ReportRange?
    let grouping: Grouping
    let timeZone: Zone
    let asOf: Instant?
    let table: TableParameters<Representation>

    init(_ query: inout QueryReader, _ scope: ReportScope<Grouping>) {
        regime = scope.regime.flatMap { query.regime($0, isRequired: true) }
        by = scope.regime.flatMap { _ in query.rangeDate() } ?? .received
        table = TableParameters(&query, zoneMeaning: "The time zone of days, weeks, months and years.")
        timeZone = table.timeZone ?? query.deskZone
        range = query.range(scope.range)
        grouping =
            query.word("group_by", "Without it, \(scope.grouping.rawValue).", example: scope.example) ?? scope.grouping
        asOf = query.asOf()
    }

    /// What is to be counted as of an instant, of a query without issues.
    func request(at now: Instant) -> ReportRequest<Grouping> {
        let (from, to) = (range ?? .all).ends(at: now)
        let asked = ReportRequest(from: from, to: to, groupBy: grouping, timeZone: timeZone, regime: regime, by: by)
        guard let request = asked else {
            preconditionFailure("an empty range was let through")
        }
        return request
    }
}

extension QueryReader {
    /// Which date of a case the range is about.
    fileprivate mutating func rangeDate() -> RegimeRange? {
        word(
            "by",
            "Which date of a case lies in [from, to): that of the receipt, or of the resolution that it stands on; of what is "
                + "open there is none. Without it, received.",
            example: .settled)
    }

    /// From an instant or a day on, before another, or a length of time by the calendar; nil where it is empty or said twice.
    ///
    /// - Parameter what: what has to have happened in it: the beginning of a sentence.
    fileprivate mutating func range(_ what: String) -> ReportRange? {
        let from = rangeEnd("from", "\(what) at or after that instant, or on that day or later.")
        let to = rangeEnd(
            "to", "\(what) before that instant, which lies after from, or before that day.",
            example: "2100-01-01")
        if let period = period(what, besides: (from?.instant, "from"), (to?.instant, "to")) { return period }
        let ends = (from: from ?? .instant(.earliest), to: to ?? .instant(.latest))
        guard ends.from.instant < ends.to.instant else {
            issue("to", "must lie after from.")
            return nil
        }
        return .between(ends.from, ends.to)
    }
}
