/// That a supervisor is to join (T13).
public struct EscalateRequest: Sendable, Hashable {
    /// Who is asked.
    public var supervisor: String
    /// Why.
    public var reason: String

    /// A call for a supervisor.
    public init(supervisor: String, reason: String) {
        self.supervisor = supervisor
        self.reason = reason
    }
}

/// Whether the desk goes on with a customer (T17).
public struct RelationshipRequest: Sendable, Hashable {
    /// What is decided.
    public var decision: Relationship
    /// Why.
    public var reason: String
    /// The promises settled in the same step, in this order.
    public var settle: [SettleRequest]

    /// A decision for that reason.
    public init(decision: Relationship, reason: String, settle: [SettleRequest] = []) {
        self.decision = decision
        self.reason = reason
        self.settle = settle
    }
}
