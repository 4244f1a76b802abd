/// What a token may do; each role may do all that the ones before it may.
public enum Role: String, Vocabulary, Comparable {
    /// Reads.
    case reader
    /// Works cases.
    case agent
    /// Decides what is put before a manager, and sets policy.
    case manager
    /// Makes tokens.
    case admin

    /// By what each may do: the lesser role first.
    public static func < (a: Role, b: Role) -> Bool { a.rank < b.rank }

    private var rank: Int {
        switch self {
        case .reader: 0
        case .agent: 1
        case .manager: 2
        case .admin: 3
        }
    }
}
