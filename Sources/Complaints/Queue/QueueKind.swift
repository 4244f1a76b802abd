/// Why something is in a manager's queue, in the order in which the queue has them.
public enum QueueKind: String, Vocabulary {
    /// A credible threat to somebody's safety that no supervisor has joined for (T16).
    case danger
    /// A threat that nobody has looked into (T16); those to somebody's safety first.
    case threat
    /// A case that a supervisor was asked to join, and has not (T13).
    case escalation
    /// An unsettled promise that a step of the policy's ladder has brought up (T3, T13): once for each step.
    case ladder
    /// A promise that is past due (T2): to a customer, to ourselves, or a customer's own, unless the desk has promised to check in with
    /// them.
    case overdue
    /// An open case whose `hard_deadline` nears or has passed, the soonest first.
    case deadline
    /// A resolution that the customer is not content with (T14).
    case notAccepted = "not_accepted"
    /// A concession that a manager has yet to decide on (T15).
    case concession
    /// A promise that is said not to have been kept, though somebody said so (T2).
    case dispute
    /// The new case of a customer whose relationship was ended (T17).
    case `return`
    /// A promise that its owner has yet to accept, or that nobody took on since it was declined (T4).
    case acceptance

    /// What has it in the queue, several of them, as a part of a sentence.
    public var meaning: String {
        switch self {
        case .danger: "credible threats to somebody's safety that no supervisor has joined for"
        case .threat: "threats that nobody has looked into (those to safety first)"
        case .escalation: "escalations that no supervisor has joined"
        case .ladder: "unsettled promises that a step of the ladder has brought up"
        case .overdue:
            "overdue promises, to customers, to ourselves and by customers (unless we have promised to check in)"
        case .deadline: "open cases whose hard_deadline is within 14 days or past (the soonest first)"
        case .notAccepted: "resolutions that the customer is not content with"
        case .concession: "concessions that wait for a manager"
        case .dispute: "disputes that no manager has decided"
        case .return: "new cases of customers whose relationship was ended"
        case .acceptance: "promises that their owners have yet to accept or have declined"
        }
    }

    /// The matter that waits; nil for a promise, and for a case itself.
    public var matter: Matter.Kind? {
        switch self {
        case .danger: .danger
        case .threat: .threat
        case .escalation: .escalation
        case .notAccepted: .notAccepted
        case .concession: .concession
        case .return: .return
        case .dispute: .dispute
        case .ladder: .ladder
        case .overdue, .acceptance, .deadline: nil
        }
    }
}
