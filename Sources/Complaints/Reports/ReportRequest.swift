/// What a report counts, and how it puts it together.
public struct ReportRequest<Grouping: ReportGrouping>: Sendable, Hashable {
    /// What happened, or was due, at or after this instant counts.
    public let from: Instant
    /// What happened, or was due, before this instant counts.
    public let to: Instant
    /// What is due at or after this instant counts, where dues are what is counted.
    public let firstDue: Instant
    /// What is due before this instant counts, where dues are what is counted.
    public let endOfDues: Instant
    /// By what it is put together.
    public let groupBy: Grouping
    /// Where the days, weeks and months of the grouping begin.
    public let timeZone: Zone
    /// The regime whose cases are counted, by name; nil in a report that is of no regime.
    public var regime: String?
    /// Which date of a case the range is about, in the report on a regime alone.
    public let by: RegimeRange

    /// Nil when the range is empty: `from` lies before `to`.
    public init?(
        from: RangeEnd, to: RangeEnd, groupBy: Grouping, timeZone: Zone = .utc, regime: String? = nil,
        by: RegimeRange = .received
    ) {
        guard from.instant < to.instant else { return nil }
        self.from = from.instant
        self.to = to.instant
        firstDue = from.forDues
        endOfDues = to.forDues
        self.groupBy = groupBy
        self.timeZone = timeZone
        self.regime = regime
        self.by = by
    }

    /// Nil when the range is empty: `from` lies before `to`.
    public init?(
        from: Instant, to: Instant, groupBy: Grouping, timeZone: Zone = .utc, regime: String? = nil,
        by: RegimeRange = .received
    ) {
        self.init(
            from: .instant(from), to: .instant(to), groupBy: groupBy, timeZone: timeZone, regime: regime, by: by)
    }

    /// Whether what happened then lies in the range.
    func contains(_ instant: Instant) -> Bool { instant >= from && instant < to }

    /// Whether what is due then lies in the range.
    func contains(due: Instant) -> Bool { due >= firstDue && due < endOfDues }
}
