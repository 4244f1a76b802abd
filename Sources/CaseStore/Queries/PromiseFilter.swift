public import Complaints

/// Which promises a list shows. An empty set means any; names compare without case.
public struct PromiseFilter: Sendable, Hashable {
    public enum Order: Sendable, Hashable {
        /// Oldest due first, then by id.
        case dueAt
        case dueAtDescending
    }

    public var states: Set<PromiseState> = []
    public var owner: String?
    /// Only promises that are nobody's.
    public var unowned = false
    /// The team of the promise's case, as of today.
    public var team: String?
    public var kinds: Set<PromiseKind> = []
    public var by: Promiser? = .desk
    public var to: Promisee? = .customer
    public var caseID: Int64?
    public var customerID: Int64?
    /// The category of the promise's case, as of today.
    public var category: String?
    /// The severity of the promise's case, as of today.
    public var severities: Set<Severity> = []
    /// Only promises due before this instant.
    public var dueBefore: Instant?
    /// Only promises due at or after this instant.
    public var dueAfter: Instant?
    public var slipsMin: Int?
    public var order: Order = .dueAt

    public init() {}
}

/// A promise in a list, with the case it is about.
public struct PromiseRow: Sendable, Hashable {
    public let promise: Promise
    public let summary: CaseSummary

    public init(promise: Promise, summary: CaseSummary) {
        self.promise = promise
        self.summary = summary
    }
}
