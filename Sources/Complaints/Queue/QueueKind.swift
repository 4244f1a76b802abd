/// Why something is in a manager's queue, in the order in which the queue has them.
public enum QueueKind: String, Vocabulary {
    /// A threat that nobody has looked into (T16).
    case threat
    /// A case that a supervisor was asked to join, and has not (T13).
    case escalation
    /// A promise to a customer that is past due (T2).
    case overdue
    /// A concession that a manager has yet to decide on (T15).
    case concession
    /// A promise that is said not to have been kept, though somebody said so (T2).
    case dispute
    /// The new case of a customer whose relationship was ended (T17).
    case `return`
    /// A promise that its owner has yet to accept, or that nobody took on since it was declined (T4).
    case acceptance

    /// The matter that waits; nil for a promise.
    public var matter: Matter.Kind? {
        switch self {
        case .threat: .threat
        case .escalation: .escalation
        case .concession: .concession
        case .return: .return
        case .dispute: .dispute
        case .overdue, .acceptance: nil
        }
    }
}
