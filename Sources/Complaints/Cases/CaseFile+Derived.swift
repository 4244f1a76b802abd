/// How many promises to the customer stand in each state.
public struct PromiseCounts: Sendable, Hashable {
    private var counts = [Int](repeating: 0, count: PromiseState.allCases.count)

    /// No promise in any state.
    public init() {}

    /// How many stand in that state; 0 when none does.
    public subscript(state: PromiseState) -> Int {
        get { counts[Self.place(of: state)] }
        set { counts[Self.place(of: state)] = newValue }
    }

    private static func place(of state: PromiseState) -> Int {
        switch state {
        case .open: 0
        case .overdue: 1
        case .kept: 2
        case .keptLate: 3
        case .renegotiated: 4
        case .withdrawn: 5
        case .broken: 6
        case .transferred: 7
        case .void: 8
        }
    }
}

/// What follows from the promises a case has made to its customer.
public struct CaseTimeline: Sendable, Hashable {
    /// As they stand at the instant asked about.
    public let counts: PromiseCounts
    /// The due instant of the oldest overdue promise.
    public let overdueSince: Instant?
    /// The due instant of the next promise that is still open.
    public let nextDueAt: Instant?
    /// Some promise to the customer was on record as unsettled past its due instant at some time, even if it was kept
    /// late, told of late or taken back, or was given up without their release.
    public let everBroken: Bool
    /// Open, without an unsettled promise to the customer (T1).
    public let isSilent: Bool

    /// Whether some promise to the customer is unsettled past its due instant.
    public var isOverdue: Bool { overdueSince != nil }
}

extension CaseFile {
    /// The promises from the desk to the customer that wait to be kept.
    public var unsettledToCustomer: [Promise] {
        promises.filter { $0.isToCustomer && $0.isUnsettled }
    }

    /// The case's derived fields at `now`. Only promises from the desk to the customer count.
    public func timeline(at now: Instant) -> CaseTimeline {
        var counts = PromiseCounts()
        var overdueSince: Instant?
        var nextDueAt: Instant?
        var everBroken = false
        for promise in promises where promise.isToCustomer {
            let state = promise.state(at: now)
            counts[state] += 1
            everBroken = everBroken || promise.wasEverBroken(at: now)
            if state == .overdue { overdueSince = min(overdueSince ?? promise.dueAt, promise.dueAt) }
            if state == .open { nextDueAt = min(nextDueAt ?? promise.dueAt, promise.dueAt) }
        }
        return CaseTimeline(
            counts: counts, overdueSince: overdueSince, nextDueAt: nextDueAt, everBroken: everBroken,
            isSilent: record.status == .open && counts[.open] + counts[.overdue] == 0)
    }

    /// How many promises, of any parties, are unsettled past their due instant: with the version it makes the
    /// entity tag, so that a tag changes when a promise falls due.
    public func pastDueCount(at now: Instant) -> Int {
        promises.count { $0.state(at: now) == .overdue }
    }

    /// The file as the record had it at `instant`; nil when there was no such case yet.
    public func asOf(_ instant: Instant, history: CaseHistory) -> CaseFile? {
        guard var record = record.asOf(instant, statusChanges: history.statusChanges) else { return nil }
        let stages = everyStage.filter { $0.recordedAt <= instant }.map { stage in
            var stage = stage
            if let undoneAt = stage.undoneAt, undoneAt > instant { stage.undoneAt = nil }
            return stage
        }
        record.stages = stages.count
        return CaseFile(
            record: record,
            promises: promises.compactMap {
                $0.asOf(instant, ownerChanges: history.ownerChanges[$0.id] ?? [])
            },
            matters: matters.compactMap { $0.asOf(instant) },
            duplicates: duplicates.mapValues { $0.asOf(instant) }, stages: stages,
            resolutions: resolutions.filter { $0.recordedAt <= instant })
    }
}

/// What a case needs to be seen as of an earlier instant, each list oldest first.
public struct CaseHistory: Sendable, Hashable {
    /// All of the case's after its opening.
    public var statusChanges: [StatusChange]
    /// By promise.
    public var ownerChanges: [Int64: [OwnerChange]]

    /// What was read of a case's history; without changes it always was as it is.
    public init(statusChanges: [StatusChange] = [], ownerChanges: [Int64: [OwnerChange]] = [:]) {
        self.statusChanges = statusChanges
        self.ownerChanges = ownerChanges
    }
}
