/// That everything of somebody's is somebody else's from now on, or goes back.
public struct HandoverRequest: Sendable, Hashable {
    /// Who has it from now on.
    public var to: String
    /// Why.
    public var reason: String
    /// Whether their open cases go with it.
    public var cases: Bool
    /// The handover that is undone, by its entry's number in the log of whom it was taken from: what went over by it goes
    /// back, as far as it is still there. Nil: everything that they have not settled.
    public var only: Int64?

    /// A handover to `to`.
    public init(to: String, reason: String, cases: Bool = false, only: Int64? = nil) {
        self.to = to
        self.reason = reason
        self.cases = cases
        self.only = only
    }
}
