public import Complaints

/// Which promises a list shows. An empty set means any; names compare without case.
public struct PromiseFilter: Sendable, Hashable {
    /// What a list of promises is sorted by.
    public enum Order: Sendable, Hashable, CaseIterable {
        /// Oldest due first, then by id.
        case dueAt
        /// Latest due first, then by id downwards.
        case dueAtDescending
    }

    /// What has become of the promises by the record's instant.
    public var states: Set<PromiseState> = []
    /// Whose promise it was at the record's instant: the owner has history. Nil: anybody's or nobody's.
    public var owner: String?
    /// For whom it counted at the record's instant (`Promise.accountable`), which has history too. Nil: for anybody or nobody.
    public var accountable: String?
    /// Only promises that are nobody's (or somebody's).
    public var unowned: Bool?
    /// The team of the promise's case.
    public var team: String?
    /// What the promises are about.
    public var kinds: Set<PromiseKind> = []
    /// Whose word it is; nil: anybody's. A list shows the desk's unless told otherwise.
    public var by: Promiser? = .desk
    /// Whom it was made to; nil: anybody. A list shows the customer's unless told otherwise.
    public var to: Promisee? = .customer
    /// Only promises made in this case; nil: in any.
    public var caseID: Int64?
    /// Only promises made in cases of this customer; nil: of any.
    public var customerID: Int64?
    /// Only promises made in cases of whoever calls or writes so; nil: of any.
    public var contact: CustomerContact?
    /// The category of the promise's case.
    public var category: String?
    /// Any of the tags of the promise's case, compared as names are; none: any, or none.
    public var tags: [String] = []
    /// The severity of the promise's case.
    public var severities: Set<Severity> = []
    /// Only promises due before this instant.
    public var dueBefore: Instant?
    /// Only promises due at or after this instant.
    public var dueAfter: Instant?
    /// Only promises whose date has moved at least this often (T3).
    public var slipsMin: Int?
    /// Only promises whose owner is (or is not) to be warned, by the policy of the case (T3).
    public var dueSoon: Bool?
    /// Only promises that their owner has (or has not) yet to accept (T4).
    public var unaccepted: Bool?
    /// Only promises that are not settled, and due while their owner is away (or all others).
    public var inAbsence: Bool?
    /// What comes first; a cursor is only good for the order it was made in.
    public var order: Order = .dueAt

    /// Every promise from the desk to a customer, oldest due first.
    public init() {}
}

/// A promise in a list, with the case it is about.
public struct PromiseRow: Sendable, Hashable {
    /// As the record had it at its instant.
    public let promise: Promise
    /// The case, and whom to call.
    public let summary: CaseSummary

    /// A row as it was read.
    public init(promise: Promise, summary: CaseSummary) {
        self.promise = promise
        self.summary = summary
    }
}
