/// Where a concession stands (T15).
public enum ConcessionState: String, Vocabulary {
    /// Within the policy's limit: nobody had to be asked.
    case granted
    /// Waits for a manager.
    case pending
    /// A manager said yes.
    case approved
    /// A manager said no.
    case refused

    /// By how its matter was settled; nil while it waits. One that waits no longer without anybody's word, as its customer
    /// was erased, stays pending: no report changes with an erasure.
    public init(_ outcome: Matter.Outcome?) {
        switch outcome {
        case .granted: self = .granted
        case .approved: self = .approved
        case .refused: self = .refused
        case nil, .assessed, .joined, .upheld, .dismissed, .decided, .replaced, .reopened, .closed, .lapsed, .settled:
            self = .pending
        }
    }

    /// Whether the customer gets it.
    public var isGiven: Bool { self == .granted || self == .approved }
}
