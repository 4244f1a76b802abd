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
    let format: Representation?

    init(_ query: inout QueryReader, _ scope: ReportScope<Grouping>) {
        let from = query.instant("from", "\(scope.range) at or after that instant.")
        let to = query.instant(
            "to", "\(scope.range) before that instant, which lies after from.", example: "2100-01-01T00:00:00Z")
        let grouping: Grouping? = query.word(
            "group_by", "Without it, \(scope.grouping.rawValue).", example: scope.example)
        let timeZone = Grouping.hasPeriods ? query.timeZone() : nil
        asOf = query.asOf()
        format = query.format()
        request = ReportRequest(
            from: from ?? .earliest, to: to ?? .latest, groupBy: grouping ?? scope.grouping,
            timeZone: timeZone ?? .utc)
        if request == nil { query.issue("to", "must lie after from.") }
    }
}

extension QueryReader {
    /// A time zone by its name in the IANA database.
    fileprivate mutating func timeZone() -> Zone? {
        let text = text(
            "tz",
            "The time zone of days, weeks and months, by its name in the IANA database, in capital or small letters. Of "
                + "abbreviations it has some as names, such as CET and EST; no other is taken, and no offset. Without "
                + "it, UTC.",
            example: "Europe/Berlin", .withoutNUL)
        guard let text else { return nil }
        if let zone = ZoneDatabase.system.zone(named: text) { return zone }
        issue("tz", ZoneDatabase.system.advice(for: text))
        return nil
    }
}
