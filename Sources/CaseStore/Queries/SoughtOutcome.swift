public import Complaints

/// What cases are looked for by that are over: what was found, or that nobody said.
public enum SoughtOutcome: Vocabulary {
    /// This was found.
    case found(CaseOutcome)
    /// Nobody said.
    case none

    /// Every outcome there is, and none.
    public static let allCases: [SoughtOutcome] = CaseOutcome.allCases.map { .found($0) } + [.none]

    /// The outcome's own word, or `none`.
    public var rawValue: String {
        switch self {
        case .found(let outcome): outcome.rawValue
        case .none: "none"
        }
    }
}
