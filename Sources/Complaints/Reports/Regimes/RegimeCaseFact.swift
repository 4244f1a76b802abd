/// What the report on a regime needs of one case under it, as the record had it at the report's `as_of`.
public struct RegimeCaseFact: Sendable, Hashable {
    /// When the complaint reached the desk.
    public let receivedAt: Instant
    /// When the case was recorded.
    public let openedAt: Instant
    /// Whether it is history from another system, recorded at its events' own instants.
    public let imported: Bool
    /// Whether it was open.
    public let isOpen: Bool
    /// When the service was told that it was resolved, each time, in their order.
    public let resolutions: [Instant]
    /// When it was opened again, each time, in their order.
    public let reopenings: [Instant]
    /// When that was, where it was earlier, by when the service was told.
    public let toldLate: [Instant: Instant]
    /// How it ended; nothing of one that was open.
    public let ending: CaseEnding
    /// Whether it was resolved as a duplicate of another one.
    public let isDuplicate: Bool
    /// By when it must be settled; nil: nobody set a date.
    public let hardDeadline: Instant?
    /// The field of the case that the report groups by; nil when it has none, or the report groups by something else.
    public let caseValue: String?
    /// The stages that it came to, of whichever regimes, in their order.
    public let stages: [CaseStage]
    /// What the desk promised the customer, in the order of their making; needed of a case with stages alone.
    public let promises: [Promised]

    /// A case as its rows have it.
    public init(
        receivedAt: Instant, openedAt: Instant, imported: Bool = false, isOpen: Bool, resolutions: [Instant],
        reopenings: [Instant] = [], toldLate: [Instant: Instant] = [:],
        ending: CaseEnding,
        isDuplicate: Bool, hardDeadline: Instant?, caseValue: String?, stages: [CaseStage], promises: [Promised]
    ) {
        self.receivedAt = receivedAt
        self.openedAt = openedAt
        self.imported = imported
        self.isOpen = isOpen
        self.resolutions = resolutions
        self.reopenings = reopenings
        self.toldLate = toldLate
        self.ending = ending
        self.isDuplicate = isDuplicate
        self.hardDeadline = hardDeadline
        self.caseValue = caseValue
        self.stages = stages
        self.promises = promises
    }

    /// A promise from the desk to the customer.
    public struct Promised: Sendable, Hashable {
        /// Its id.
        public let id: Int64
        /// What it is.
        public let kind: PromiseKind
        /// The clock that made it, or the one whose place it took; nil: none did.
        public let clock: Promise.StageClock?
        /// The promise whose place it took; nil for the first of a chain.
        public let supersedes: Int64?
        /// What became of it.
        public let fact: PromiseFact

        /// A promise as its row has it.
        public init(
            id: Int64, kind: PromiseKind, clock: Promise.StageClock?, supersedes: Int64?, fact: PromiseFact
        ) {
            self.id = id
            self.kind = kind
            self.clock = clock
            self.supersedes = supersedes
            self.fact = fact
        }

        /// When it was kept; nil where it was not, or a dispute of that was upheld.
        var keptAt: Instant? {
            guard fact.upheldAt == nil, case .kept(let at)? = fact.outcome else { return nil }
            return at
        }
    }

    /// When it was resolved, where it has not been opened again since.
    var resolvedAt: Instant? { isOpen ? nil : resolutions.last.map(whenResolved) }

    /// When a resolution was of which the service was told at an instant.
    private func whenResolved(_ recordedAt: Instant) -> Instant { toldLate[recordedAt] ?? recordedAt }

    /// Whether it must have been settled by then, and was open.
    func isPastDeadline(at now: Instant) -> Bool { isOpen && hardDeadline.map { $0 < now } ?? false }

    /// What the report groups by; of no account for days, weeks and months.
    func key(_ grouping: RegimeGrouping, stages own: [CaseStage]) -> String? {
        switch grouping {
        case .stage: own.last?.name
        case .category, .outcome, .channel, .severity, .team, .owner, .day, .week, .month: caseValue
        }
    }
}

// MARK: - In a stage
extension RegimeCaseFact {
    /// As of when the calendar counts for what a stage has that no promise says (`CaseStage.calendarAsOf`).
    func calendarAsOf(_ stage: CaseStage) -> Instant { stage.calendarAsOf(imported: imported, openedAt: openedAt) }

    /// Whether a promise is one of that stage, as `CaseFile` has it: a clock of it made it, or it was settled while the case was at
    /// it.
    func isIn(_ stage: CaseStage, _ promise: Promised) -> Bool {
        stages.stage(of: promise.clock, settledAt: promise.fact.recordedAt, keptAt: promise.keptAt)?.number
            == stage.number
    }

    /// The resolution on which the case stood as the stage ended, or stands now; nil while there is none.
    func resolution(at stage: CaseStage) -> Instant? { toldResolution(at: stage).map(whenResolved) }

    /// When the service was told of that.
    func toldResolution(at stage: CaseStage) -> Instant? {
        guard let last = resolutions.last(where: { stages.isAt(stage, in: $0) }) else { return nil }
        // What opens the next stage opens the case.
        let end = stages.first { $0.number > stage.number }?.beginning ?? .latest
        return reopenings.contains { last < $0 && $0 < end } ? nil : last
    }
}
