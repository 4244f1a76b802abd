/// A stage of a regime that a case came to. It stays as it began, whatever becomes of the case or of the regime.
public struct CaseStage: Sendable, Hashable {
    /// Its place among the stages of the case, whichever regimes they are of: 1 for the first.
    public let number: Int
    /// What the regime calls it.
    public let name: String
    /// The regime, by name.
    public let regime: String
    /// The version of it that holds for the case, chosen by when the complaint was received; 0 for one that came with the
    /// service.
    public let version: Int64
    /// When the customer asked for it; of the first stage of a regime, when the complaint was received.
    public let requestedAt: Instant
    /// The stamp of the batch in which the service was told.
    public let recordedAt: Instant
    /// The case's `hard_deadline` by its clocks, as it began; nil where they set none.
    public let hardDeadline: Instant?
    /// Why the case came to it; nil where the case is under the regime, and nobody said more.
    public let reason: String?
    /// Since when what was done counts as done at it, where it takes the place of what was a mistake; nil: since the service was
    /// told of it.
    public let since: Instant?
    /// When it was found to be a mistake itself; nil: it was not.
    public internal(set) var undoneAt: Instant?

    /// Since when what was done counts as done at it.
    public var beginning: Instant { since ?? recordedAt }

    /// As of when the regime's calendar counts for what no promise says of the stage: when it began on record, so that a later
    /// edit of the calendar moves nothing. When a case was imported is on no record: for the stage that it came in at it is always
    /// the latest version.
    package func calendarAsOf(imported: Bool, openedAt: Instant) -> Instant {
        imported && recordedAt <= openedAt ? .latest : recordedAt
    }

    /// A stage as it stands on record.
    public init(
        number: Int, name: String, regime: String, version: Int64, requestedAt: Instant, recordedAt: Instant,
        hardDeadline: Instant? = nil, reason: String? = nil, since: Instant? = nil, undoneAt: Instant? = nil
    ) {
        self.number = number
        self.name = name
        self.regime = regime
        self.version = version
        self.requestedAt = requestedAt
        self.recordedAt = recordedAt
        self.hardDeadline = hardDeadline
        self.reason = reason
        self.since = since
        self.undoneAt = undoneAt
    }
}

/// That a case was resolved, and by whom.
public struct Resolution: Sendable, Hashable {
    /// The stamp of the batch in which it was, or in which the service was told.
    public let recordedAt: Instant
    /// When it was.
    public let at: Instant
    /// Who did.
    public let by: String

    /// A resolution as the log has it.
    public init(recordedAt: Instant, at: Instant, by: String) {
        self.recordedAt = recordedAt
        self.at = at
        self.by = by
    }
}

/// The desk's answer at a stage.
public struct StageAnswer: Sendable, Hashable {
    /// When it was given.
    public let at: Instant
    /// Who gave it: whose promise it was, else who said that it was kept, or resolved the case.
    public let by: String
}

extension CaseFile {
    /// The stage that the case is at; nil where it came to none.
    public var stage: CaseStage? { stages.last }

    /// The answer at a stage: the first promise of an answer to the customer that was kept in it, else the last resolution while
    /// the case was at it. Nil while there is none.
    public func answer(at stage: CaseStage) -> StageAnswer? {
        let kept = promises.filter { promise in
            promise.kind == .answer && promise.isToCustomer && promise.keptAt != nil && promise.upheld == nil
                && isIn(stage, promise)
        }
        if let first = kept.min(by: { ($0.keptAt ?? .latest, $0.id) < ($1.keptAt ?? .latest, $1.id) }),
            let at = first.keptAt, let settlement = first.settlement
        {
            return StageAnswer(at: at, by: first.owner ?? settlement.by)
        }
        return resolutions.last { stages.isAt(stage, in: $0.recordedAt) }.map { StageAnswer(at: $0.at, by: $0.by) }
    }

    /// Whether the answer at a stage came from somebody who had answered at an earlier one of the same regime; nil while there
    /// is no answer.
    public func isAnsweredAgain(at stage: CaseStage) -> Bool? {
        answer(at: stage).map { answer in answererBefore(stage, is: answer.by) }
    }

    /// Whether somebody answered at an earlier stage of the same regime. Names compare without case.
    func answererBefore(_ stage: CaseStage, is name: String) -> Bool {
        stages.contains { earlier in
            earlier.number < stage.number && FoldedName(earlier.regime) == FoldedName(stage.regime)
                && answer(at: earlier).map { FoldedName($0.by) == FoldedName(name) } ?? false
        }
    }

    /// Whether a promise is one of that stage: a clock of it made it, or it was settled as one of it.
    func isIn(_ stage: CaseStage, _ promise: Promise) -> Bool {
        let its = stages.stage(of: promise.clock, settledAt: promise.settlement?.recordedAt, keptAt: promise.keptAt)
        return stage.number == (its ?? (promise.isUnsettled ? self.stage : nil))?.number
    }
}

extension [CaseStage] {
    /// The stage that a promise is of: its clock's, where that stands, else the one that the case was at as the service was told
    /// that it was settled. What was kept before the customer asked for that, and is told of late, is of the one before. Nil for
    /// what is of none, and for what no clock made and is unsettled.
    func stage(of clock: Promise.StageClock?, settledAt recordedAt: Instant?, keptAt: Instant?) -> CaseStage? {
        if let clock, let its = first(where: { $0.number == clock.stage }) { return its }
        guard let recordedAt else { return nil }
        return last { stage in stage.beginning <= recordedAt && (keptAt.map { stage.requestedAt <= $0 } ?? true) }
    }

    /// Whether the case was at a stage in a batch. What is settled in the batch of the next one is settled before that.
    func isAt(_ stage: CaseStage, in instant: Instant) -> Bool {
        let next = first { $0.number > stage.number }
        return instant >= stage.beginning && next.map { instant < $0.beginning } ?? true
    }
}
