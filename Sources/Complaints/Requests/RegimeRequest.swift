/// A regime as it is sent whole: each time it is, a new version is made of it.
public struct RegimeRequest: Sendable, Hashable {
    /// What it is, in a line.
    public var title: String
    /// Whose rules they are.
    public var authority: String
    /// Where the rules stand, as a citation.
    public var source: String
    /// The calendar of its business days, by name.
    public var calendar: String
    /// Which date is day 0 of a complaint that came on a closed one.
    public var receivedClosed: Regime.ReceivedClosed
    /// The first and the last local date of receipt that it holds for.
    public var period: RegimePeriod
    /// In order, the first one first.
    public var stages: [RegimeStage]

    /// A regime as it was sent.
    public init(
        title: String, authority: String, source: String, calendar: String,
        receivedClosed: Regime.ReceivedClosed = .same, period: RegimePeriod = RegimePeriod(from: nil, until: nil),
        stages: [RegimeStage]
    ) {
        self.title = title
        self.authority = authority
        self.source = source
        self.calendar = calendar
        self.receivedClosed = receivedClosed
        self.period = period
        self.stages = stages
    }

    /// The version of a regime that is made of it.
    public func regime(named name: String, version: Int64 = 1) -> Regime {
        Regime(
            name: name, title: title, authority: authority, source: source, calendar: calendar,
            receivedClosed: receivedClosed, validFrom: period.from, validUntil: period.until, stages: stages,
            version: version)
    }
}
