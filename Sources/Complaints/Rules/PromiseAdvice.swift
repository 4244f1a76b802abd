/// What somebody already carries, for whoever is about to promise more on their behalf (T4). Only promises to customers
/// count.
public struct OwnerLoad: Sendable, Hashable {
    /// Whose it is.
    public let owner: String
    /// The day on which the promise is due, where they are.
    private let localDay: LocalDay
    /// How many unsettled promises are due on that day, the new one among them, counted as far as it matters:
    /// `countedTo(under:)`.
    public let dueThatDay: Int
    /// How many promises they have past due, counted no further than `mostOverdue`.
    public let overdue: Int
    /// The share of what they promised that they kept in time, whenever it was; nil while there is nothing to tell.
    public let keptRate: Double?

    /// Nobody keeps more apart.
    public static let mostOverdue = 100

    /// How far what is due on a day is counted: past the cap, and to what a person can see at a glance.
    public static func countedTo(under policy: Policy) -> Int { max(25, policy.loadCap + 1) }

    /// That day, as a full-date of RFC 3339.
    public var day: String { localDay.date }
    /// Whose clocks it is a day of, by its name in the IANA database.
    public var timeZone: String { localDay.zone.name }

    /// What an owner carries; `record` is what became of all they ever carried.
    public init(owner: String, day: LocalDay, dueThatDay: Int, record: KeptRecord) {
        self.owner = owner
        localDay = day
        self.dueThatDay = dueThatDay
        overdue = min(record.overdue, Self.mostOverdue)
        var figures = PromiseFigures()
        figures.kept = record.kept
        figures.keptLate = record.keptLate
        figures.broken = record.broken
        figures.backdated = record.backdated
        figures.instant = record.instant
        figures.overdue = record.overdue
        keptRate = figures.keptRate
    }
}

/// What became of the promises to customers that somebody owned, as far as their kept rate counts them.
public struct KeptRecord: Sendable, Hashable {
    /// Kept in time, with the backdated ones.
    public var kept = 0
    /// Kept after the due instant.
    public var keptLate = 0
    /// Superseded or given up too late, given up without the customer's release, or found not to have been kept.
    public var broken = 0
    /// Kept in time, but the service was told only after the due instant.
    public var backdated = 0
    /// Kept in time, within a minute of their making.
    public var instant = 0
    /// Not settled, and past the due instant.
    public var overdue = 0

    /// Nothing yet.
    public init() {}

    /// What became of one promise, once it is settled; nothing without one.
    package init(of promise: Promise?) {
        guard let promise, let settlement = promise.settlement else { return }
        switch promise.state(at: settlement.recordedAt) {
        case .kept:
            kept = 1
            backdated = promise.isBackdated ? 1 : 0
            instant = promise.isInstant ? 1 : 0
        case .keptLate: keptLate = 1
        case .broken: broken = 1
        case .renegotiated, .withdrawn, .transferred, .void, .open, .overdue: break
        }
    }
}

/// What whoever makes a promise is told with it: warnings, never a refusal (T4, T15).
public struct PromiseAdvice: Sendable, Hashable {
    /// What its owner carries; nil when it is nobody's.
    public let load: OwnerLoad?
    /// What speaks against it.
    public let warnings: [PromiseWarning]

    /// Advice with a promise.
    public init(load: OwnerLoad?, warnings: [PromiseWarning]) {
        self.load = load
        self.warnings = warnings
    }
}

extension PromiseAdvice {
    /// What whoever hands a promise over is to be told: what has to do with who has it from now on.
    ///
    /// - Parameter absence: in which it is due, of who has it.
    package init(
        handing promise: Promise, load: OwnerLoad?, absence: Absence? = nil, under policy: Policy, newNames: [NewName]
    ) {
        var warnings: [PromiseWarning] = []
        if let new = newNames.first(where: { $0.isName(promise.owner) }) { warnings.append(.newName(new)) }
        if let load, load.dueThatDay > policy.loadCap { warnings.append(.overCap(load, loadCap: policy.loadCap)) }
        if promise.waitsForAcceptance, let owner = promise.owner { warnings.append(.waitsForAcceptance(owner: owner)) }
        if let absence, let owner = promise.owner { warnings.append(.ownerAbsent(owner: owner, absence)) }
        self.init(load: load, warnings: warnings)
    }
}

extension CaseFile {
    /// What whoever made one of its promises, or gave it to somebody, is to be told.
    ///
    /// - Parameter absence: in which it is due, of its owner.
    package func advice(
        on promise: Promise, load: OwnerLoad?, absence: Absence? = nil, under policy: Policy,
        regime: RegimeInForce? = nil,
        newNames: [NewName] = []
    ) -> PromiseAdvice {
        var warnings: [PromiseWarning] = []
        if let new = newNames.first(where: { $0.isName(promise.owner) }) { warnings.append(.newName(new)) }
        if let load, load.dueThatDay > policy.loadCap { warnings.append(.overCap(load, loadCap: policy.loadCap)) }
        if promise.waitsForAcceptance, let owner = promise.owner { warnings.append(.waitsForAcceptance(owner: owner)) }
        if let absence, let owner = promise.owner { warnings.append(.ownerAbsent(owner: owner, absence)) }
        if promise.owner == nil, promise.by == .desk { warnings.append(.unowned) }
        switch concession(of: promise)?.outcome {
        case nil where promise.concession != nil: warnings.append(.concessionPending)
        case .refused: warnings.append(.concessionRefused)
        default: break
        }
        if let deadline = record.fields.hardDeadline, promise.dueAt > deadline {
            warnings.append(.afterHardDeadline(deadline))
        }
        if let warning = beyondExtension(promise, regime) { warnings.append(warning) }
        // How far off is right for a clock the regime says.
        if promise.isToCustomer, promise.clock == nil,
            let latest = policy.latest(promise.kind, from: promise.firstMadeAt),
            promise.dueAt > latest.instant
        {
            warnings.append(.farOff(latest.span))
        }
        if promise.isToCustomer, promise.dueExplained == nil, !promise.madeBy.isExactly(Actor.policy.name),
            let closed = policy.calendar?.closing(at: promise.dueAt)
        {
            warnings.append(
                .outsideHours(calendar: closed.calendar, closed: closed.local, opens: closed.opens))
        }
        return PromiseAdvice(load: load, warnings: warnings)
    }

    /// That a promise which took the place of a clock's is due later than the regime has that extended to.
    private func beyondExtension(_ promise: Promise, _ regime: RegimeInForce?) -> PromiseWarning? {
        guard promise.supersedes != nil, let running = promise.clock, let timetable = regime?.timetable,
            let stage = stages.first(where: { $0.number == running.stage }),
            let clock = timetable.clock(running, in: stage)
        else { return nil }
        let latest = (try? timetable.latest(clock, from: running.from)) ?? nil
        guard let last = latest ?? (try? timetable.due(clock, from: running.from))?.instant, promise.dueAt > last else {
            return nil
        }
        return .beyondExtension(clock: clock.name, latest: last, mayBeExtended: latest != nil)
    }
}
