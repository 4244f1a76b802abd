/// What somebody already carries, for whoever is about to promise more on their behalf (T4). Only promises to customers
/// count.
public struct OwnerLoad: Sendable, Hashable {
    /// Whose it is.
    public let owner: String
    /// The day in UTC on which the new promise is due, as a full-date of RFC 3339.
    public let day: String
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

    /// What an owner carries; `record` is what became of all they ever carried.
    public init(owner: String, day: String, dueThatDay: Int, record: OwnerRecord) {
        self.owner = owner
        self.day = day
        self.dueThatDay = dueThatDay
        overdue = min(record.overdue, Self.mostOverdue)
        var figures = PromiseFigures()
        figures.kept = record.kept
        figures.keptLate = record.keptLate
        figures.broken = record.broken
        figures.backdated = record.backdated
        figures.overdue = record.overdue
        keptRate = figures.keptRate
    }
}

/// What became of the promises to customers that somebody owned, as far as their kept rate counts them.
public struct OwnerRecord: Sendable, Hashable {
    /// Kept in time, with the backdated ones.
    public var kept = 0
    /// Kept after the due instant.
    public var keptLate = 0
    /// Superseded or given up too late, or given up without the customer's release.
    public var broken = 0
    /// Kept in time, but the service was told only after the due instant.
    public var backdated = 0
    /// Not settled, and past the due instant.
    public var overdue = 0

    /// Nothing yet.
    public init() {}
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

/// Something that speaks against a promise that was made.
public struct PromiseWarning: Sendable, Hashable {
    /// Which it is, for programs.
    public enum Code: String, Vocabulary {
        /// Its owner has too many promises due that day, by the policy's `load_cap` (T4).
        case overCap = "over_cap"
        /// Somebody else made it: its owner has yet to accept it (T4).
        case waitsForAcceptance = "waits_for_acceptance"
        /// Nobody has to keep it yet.
        case unowned
        /// The concession that it makes good waits for a manager (T15).
        case concessionPending = "concession_pending"
        /// A manager said no to the concession that it makes good (T15).
        case concessionRefused = "concession_refused"
        /// It is due after the case's hard deadline.
        case afterHardDeadline = "after_hard_deadline"
    }

    /// Which it is.
    public let code: Code
    /// What to do about it, in a sentence for people.
    public let detail: String
}

extension CaseFile {
    /// What whoever made one of its promises is to be told.
    public func advice(on promise: Promise, load: OwnerLoad?, under policy: Policy) -> PromiseAdvice {
        var warnings: [PromiseWarning] = []
        func warn(_ code: PromiseWarning.Code, _ detail: String) {
            warnings.append(PromiseWarning(code: code, detail: detail))
        }
        if let load, load.dueThatDay > policy.loadCap {
            warn(
                .overCap,
                "\(load.owner) has \(load.dueThatDay) promises due on \(load.day); the policy's load_cap is "
                    + "\(policy.loadCap): give it to somebody else, or agree on another day.")
        }
        if promise.waitsForAcceptance, let owner = promise.owner {
            warn(.waitsForAcceptance, "\(owner) has yet to accept it.")
        }
        if promise.owner == nil, promise.by == .desk {
            warn(.unowned, "Nobody has to keep it: reassign it to somebody.")
        }
        switch matters.first(where: { $0.kind == .concession && $0.seq == promise.concession })?.outcome {
        case nil where promise.concession != nil:
            warn(.concessionPending, "The concession waits for a manager: nothing may be promised on it until then.")
        case .refused: warn(.concessionRefused, "A manager refused the concession: tell the customer.")
        default: break
        }
        if let deadline = record.fields.hardDeadline, promise.dueAt > deadline {
            warn(.afterHardDeadline, "It is due after the case's hard deadline, \(deadline.rfc3339).")
        }
        return PromiseAdvice(load: load, warnings: warnings)
    }
}
