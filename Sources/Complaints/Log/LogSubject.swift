/// The thing that an entry of the log is about: each has its own sequence of entries.
public enum LogSubject: Sendable, Hashable {
    case `case`(Int64)
    case customer(Int64)
    case policy(Int64)
    case token(Int64)
    case owner(Int64)
    case calendar(Int64)
    case regime(Int64)
    case webhook(Int64)
    /// Who alone takes changes since, by its number.
    case epoch(Int64)

    /// What sorts of things there are.
    public enum Sort: String, Vocabulary {
        case `case`
        case customer
        case policy
        case token
        case owner
        case calendar
        case regime
        case webhook
        case epoch
    }

    /// The thing of that sort and number.
    public init(_ sort: Sort, id: Int64) {
        switch sort {
        case .case: self = .case(id)
        case .customer: self = .customer(id)
        case .policy: self = .policy(id)
        case .token: self = .token(id)
        case .owner: self = .owner(id)
        case .calendar: self = .calendar(id)
        case .regime: self = .regime(id)
        case .webhook: self = .webhook(id)
        case .epoch: self = .epoch(id)
        }
    }

    /// What sort of thing it is.
    public var sort: Sort {
        switch self {
        case .case: .case
        case .customer: .customer
        case .policy: .policy
        case .token: .token
        case .owner: .owner
        case .calendar: .calendar
        case .regime: .regime
        case .webhook: .webhook
        case .epoch: .epoch
        }
    }

    /// Its number among those of its sort: the id.
    public var id: Int64 {
        switch self {
        case .case(let id), .customer(let id), .policy(let id), .token(let id), .owner(let id), .calendar(let id),
            .regime(let id), .webhook(let id), .epoch(let id):
            id
        }
    }

    /// How people call it.
    public var text: String { "\(sort.rawValue) \(id)" }

    /// The id of the case, where it is one.
    public var caseID: Int64? {
        if case .case(let id) = self { id } else { nil }
    }
}

extension Severity {
    /// What the log numbers its policy with: 1 for the mildest. The hash chain covers it, so it stays as it is.
    public var number: Int64 {
        switch self {
        case .low: 1
        case .normal: 2
        case .high: 3
        case .critical: 4
        }
    }
}
