/// What does what guidance or the queue says: a whole request that is valid for the case as it stands. Where `blanks` are,
/// its values are examples; without them it says only what is known, and nothing that nobody did.
public enum GuidedCall: Sendable, Hashable {
    /// Writes an entry to the case's log.
    case write(LogRequest)
    /// Goes on once all are calm (T11).
    case coolOff(CoolOffRequest)
    /// Makes a promise.
    case promise(PromiseRequest)
    /// Keeps a promise, with what shows that it was done, and goes on.
    case keep(Int64, evidence: String, Continuation)
    /// Writes down that the customer agreed to an option: the only one, or whoever calls says which.
    case agree(AgreementRequest, isOnlyOption: Bool)
    /// Moves a promise to a new date.
    case renew(Int64, RenewalKind, RenegotiateRequest)
    /// Takes a promise on; it is for that owner to do.
    case accept(Int64, owner: String?)
    /// Says that a supervisor joined: the one who was asked, or whoever calls says which.
    case join(String, isNamed: Bool)
    /// Asks a supervisor to join: one who is known, or whoever calls says which.
    case escalate(EscalateRequest, isNamed: Bool)
    /// Decides whether to go on with the customer.
    case decide(RelationshipRequest)
    /// Writes down what would make the customer happy.
    case wish(String)
    /// Writes down how long the whole will take.
    case estimate(Estimate)
    /// Gives the case to somebody else.
    case handOver(String)

    /// That whoever was asked to join did, or somebody whom only the caller knows.
    static func joined(_ name: String?) -> GuidedCall { .join(name ?? supervisorOnDuty, isNamed: name != nil) }

    /// Who it would be, in examples.
    static let supervisorOnDuty = "Supervisor on duty"

    /// That it goes on with a customer.
    static let goingOn = GuidedCall.decide(
        RelationshipRequest(decision: .keep, reason: "They were polite, and the complaint is real."))

    /// What a manager says to a dispute.
    static func decision(onDispute seq: Int64) -> GuidedCall {
        .write(.disputeDecision(DisputeDecisionRequest(of: seq, upheld: false, reason: "What is on record stands.")))
    }

    /// The least role that may.
    public var role: Role {
        switch self {
        case .decide, .write(.concessionDecision), .write(.disputeDecision), .write(.supervisorJoined(nil)),
            .join(_, isNamed: false):
            .manager
        default: .agent
        }
    }

    /// Who has to act, by name; nil: whoever may.
    public var actor: String? {
        switch self {
        case .accept(_, let owner): owner
        case .write(.supervisorJoined(let name)): name
        case .join(let name, isNamed: true): name
        default: nil
        }
    }
}
