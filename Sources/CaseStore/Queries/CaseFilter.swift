public import Complaints

/// Which cases a list shows. An empty set means any; names compare without case.
public struct CaseFilter: Sendable, Hashable {
    public enum Order: Sendable, Hashable {
        case openedAt
        case openedAtDescending
        /// By the earliest promise that is still open; cases without one last.
        case nextDueAt
    }

    public var statuses: Set<CaseStatus> = []
    /// Only cases with (or without) an overdue promise to the customer.
    public var overdue: Bool?
    /// Only open cases without (or with) an unsettled promise to the customer.
    public var silent: Bool?
    public var unowned = false
    public var owner: String?
    public var team: String?
    public var customerID: Int64?
    public var category: String?
    public var severities: Set<Severity> = []
    public var moods: Set<Mood> = []
    public var channels: Set<Channel> = []
    /// Words that must all occur in the subject, the complaint, the customer or the log.
    public var search: SearchQuery?
    public var externalID: String?
    /// Only cases changed after this instant.
    public var updatedAfter: Instant?
    public var order: Order = .openedAtDescending

    public init() {}
}
