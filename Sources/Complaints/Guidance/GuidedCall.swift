/// What does what guidance says: a request that is valid for the case as it stands. Its words are examples.
public enum GuidedCall: Sendable, Hashable {
    /// Writes an entry to the case's log.
    case write(LogRequest)
    /// Goes on once all are calm (T11).
    case coolOff(CoolOffRequest)
    /// Makes a promise.
    case promise(PromiseRequest)
    /// Keeps a promise, and goes on.
    case keep(Int64, Continuation)
    /// Moves a promise to a new date.
    case renew(Int64, RenewalKind, RenegotiateRequest)
    /// Takes a promise on; it is for that owner to do.
    case accept(Int64, owner: String)
    /// Asks a supervisor to join.
    case escalate(EscalateRequest)
    /// Decides whether to go on with the customer.
    case decide(RelationshipRequest)
    /// Writes down what would make the customer happy.
    case wish(String)
    /// Lets somebody else take the case.
    case letGo

    /// The least role that may.
    public var role: Role {
        switch self {
        case .decide, .write(.concessionDecision): .manager
        default: .agent
        }
    }

    /// Who has to act, by name; nil: whoever may.
    public var actor: String? {
        if case .accept(_, let owner) = self { owner } else { nil }
    }
}
