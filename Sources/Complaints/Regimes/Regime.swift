/// A version of a regime: the clocks that an authority sets for answering complaints, as data. A case under a regime gets the
/// promises and the deadline of its first stage by itself.
public struct Regime: Sendable, Hashable {
    /// What it is called; names compare without case.
    public let name: String
    /// What it is, in a line.
    public var title: String
    /// Whose rules they are.
    public var authority: String
    /// Where the rules stand, as a citation.
    public var source: String
    /// The calendar with the authority's weekends and holidays, by name: its clocks count business days on that one alone, never
    /// on a desk's.
    public var calendar: String
    /// Which date is day 0 of a complaint that came on one that the calendar has closed.
    public var receivedClosed: ReceivedClosed
    /// The first local date (by the calendar's clocks) of receipt that it holds for; nil: from ever.
    public var validFrom: CivilDate?
    /// The last one; nil: it still holds.
    public var validUntil: CivilDate?
    /// In order, the first one first; never empty.
    public var stages: [RegimeStage]
    /// 1, and one more with every change; 0 for one that is shipped.
    public var version: Int64

    /// A version as it stands on record.
    public init(
        name: String, title: String, authority: String, source: String, calendar: String,
        receivedClosed: ReceivedClosed = .same, validFrom: CivilDate? = nil, validUntil: CivilDate? = nil,
        stages: [RegimeStage], version: Int64 = 1
    ) {
        self.name = name
        self.title = title
        self.authority = authority
        self.source = source
        self.calendar = calendar
        self.receivedClosed = receivedClosed
        self.validFrom = validFrom
        self.validUntil = validUntil
        self.stages = stages
        self.version = version
    }

    /// Which date is day 0 of what came on a closed one.
    public enum ReceivedClosed: String, Vocabulary {
        /// That date itself.
        case same
        /// The next open one.
        case next
    }
}

/// A stage of a regime's procedure: what runs from when it begins.
public struct RegimeStage: Sendable, Hashable {
    /// What it is called, once in a regime; names compare without case.
    public var name: String
    /// What runs in it; each has its name once.
    public var clocks: [RegimeClock]

    /// A stage as it stands on record.
    public init(name: String, clocks: [RegimeClock]) {
        self.name = name
        self.clocks = clocks
    }
}
