/// Why the domain does not do what was asked. A file whose change was refused may hold half of it: it is dropped, and
/// nothing has changed in the record.
public enum Refusal: Error, Sendable, Hashable {
    /// Fields are wrong: all of them, at once (422).
    case invalid([FieldIssue])
    /// A rule of the workflow stands against it (409).
    case rule(RuleViolation)
    /// The actor's role is not enough (403).
    case forbidden(String)

    static func rule(
        _ code: RuleViolation.Code, _ detail: String, promiseIDs: [Int64] = [], caseID: Int64? = nil,
        customerID: Int64? = nil, settlement: Settlement? = nil, state: PromiseState? = nil,
        proposal: PromiseRequest? = nil
    ) -> Refusal {
        .rule(
            RuleViolation(
                code, detail, promiseIDs: promiseIDs, caseID: caseID, customerID: customerID, settlement: settlement,
                state: state, proposal: proposal))
    }
}
