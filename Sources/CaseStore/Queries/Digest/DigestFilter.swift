public import Complaints

/// Whose digest it is, and by whose days. Names compare without case.
public struct DigestFilter: Sendable, Hashable {
    /// Who has to keep the promises; nil: anybody or nobody.
    public var owner: String?
    /// The team of their cases.
    public var team: String?
    /// By whose clocks days are told; nil: by those where the owner is, else the team.
    public var zone: Zone?

    /// The digest of the whole desk.
    public init() {}
}

extension DigestSection {
    /// The list of promises that it is the beginning of: what the desk has promised customers and itself.
    func filter(of digest: DigestFilter, _ days: DigestDays) -> PromiseFilter {
        var filter = PromiseFilter()
        filter.to = nil
        filter.owner = digest.owner
        filter.team = digest.team
        switch self {
        case .overdue: filter.states = [.overdue]
        case .dueToday:
            filter.states = [.open]
            filter.dueBefore = days.endOfToday
        case .dueThisWeek:
            filter.states = [.open]
            filter.dueAfter = days.endOfToday
            filter.dueBefore = days.endOfWeek
        case .waiting: filter.unaccepted = true
        }
        return filter
    }
}
