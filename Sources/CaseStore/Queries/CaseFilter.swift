public import Complaints

/// Which cases a list shows. An empty set means any; names compare without case.
public struct CaseFilter: Sendable, Hashable {
    /// What a list of cases is sorted by; the id decides between equals.
    public enum Order: Sendable, Hashable, CaseIterable {
        /// Longest open first.
        case openedAt
        /// Newest first.
        case openedAtDescending
        /// By the earliest promise that is still open; cases without one last.
        case nextDueAt
    }

    /// As of the record's instant: status has history.
    public var statuses: Set<CaseStatus> = []
    /// Only cases with (or without) an overdue promise to the customer.
    public var overdue: Bool?
    /// Only open cases without (or with) an unsettled promise to the customer.
    public var silent: Bool?
    /// Only open cases whose customer has promised something that is not done (or all others).
    public var waitingOnCustomer: Bool?
    /// Only cases whose customer said of their resolution that they are (or are not) content with it.
    public var accepted: Bool?
    /// Only cases that are over, of which that was found by the resolution that they stand on.
    public var outcomes: Set<SoughtOutcome> = []
    /// Only cases whose customer is (or is not) to be treated with particular care.
    public var vulnerable: Bool?
    /// Only cases that nobody (or that somebody) handles.
    public var unowned: Bool?
    /// Who handles the case; nil: anybody or nobody.
    public var owner: String?
    /// The team the case is with; nil: any or none.
    public var team: String?
    /// Only cases of this customer; nil: anybody's.
    public var customerID: Int64?
    /// Only cases of whoever calls or writes so; nil: anybody's.
    public var contact: CustomerContact?
    /// What the complaint is about; nil: any or none.
    public var category: String?
    /// Any of the case's tags, compared as names are; none: any, or none.
    public var tags: [String] = []
    /// How much hangs on it.
    public var severities: Set<Severity> = []
    /// How the customer is.
    public var moods: Set<Mood> = []
    /// The ways the complaint came in.
    public var channels: Set<Channel> = []
    /// Words that must all occur in the subject, the complaint, the customer or the log.
    public var search: SearchQuery?
    /// The regime it is under; nil: any or none.
    public var regime: String?
    /// The key in another system, compared exactly; at most one case has it. Nil: any or none.
    public var externalID: String?
    /// Only cases changed after this instant.
    public var updatedAfter: Instant?
    /// Only resolved or closed cases that were resolved, the last time, at or after this instant.
    public var resolvedAfter: Instant?
    /// The same, before this instant.
    public var resolvedBefore: Instant?
    /// What comes first; a cursor is only good for the order it was made in.
    public var order: Order = .openedAtDescending

    /// Every case, newest first.
    public init() {}
}
