/// A customer with what follows from all of their cases.
public struct CustomerRecord: Sendable, Hashable {
    /// The customer, with what was last decided about going on with them.
    public let customer: Customer
    /// Where it was decided, and why; nil while nobody decided.
    public let decision: Decision?
    /// How many of their cases are open.
    public let openCases: Int
    /// How many are resolved, and not closed.
    public let resolvedCases: Int
    /// How many are closed.
    public let closedCases: Int
    /// How many promises to them are not settled.
    public let unsettledPromises: Int
    /// Some promise to them was ever broken, in any case of theirs (`CaseTimeline.everBroken`).
    public let everBroken: Bool

    /// The case in which a decision about going on with a customer was taken (T17).
    public struct Decision: Sendable, Hashable {
        /// The case.
        public let caseID: Int64
        /// As its log has it.
        public let reason: String?

        /// A decision as it stands on record.
        public init(caseID: Int64, reason: String?) {
            self.caseID = caseID
            self.reason = reason
        }
    }

    /// A customer as they stand on record.
    public init(
        customer: Customer, decision: Decision?, openCases: Int, resolvedCases: Int, closedCases: Int,
        unsettledPromises: Int, everBroken: Bool
    ) {
        self.customer = customer
        self.decision = decision
        self.openCases = openCases
        self.resolvedCases = resolvedCases
        self.closedCases = closedCases
        self.unsettledPromises = unsettledPromises
        self.everBroken = everBroken
    }
}
