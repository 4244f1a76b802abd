/// A rule of the workflow that a well-formed request would break (409). Each says what to do instead.
public struct RuleViolation: Error, Sendable, Hashable {
    /// The `code` of the problem document.
    public enum Code: String, Vocabulary {
        /// An open case would be left without an unsettled promise from the desk to the customer (T1).
        case timelineRequired = "timeline_required"
        /// The promise is settled already.
        case promiseSettled = "promise_settled"
        /// Past due: only `recover` makes a new promise (T3).
        case promiseBroken = "promise_broken"
        /// Not past due: `renegotiate` it.
        case promiseNotBroken = "promise_not_broken"
        /// The case has promises to the customer that are not settled.
        case promisesUnsettled = "promises_unsettled"
        /// Promises are made, and resolutions taken, in open cases only: reopen it first.
        case caseNotOpen = "case_not_open"
        /// Only a resolved case is closed, and only one that is not open is reopened.
        case caseNotResolved = "case_not_resolved"
        /// Another case or customer has this key of another system.
        case duplicateExternalID = "duplicate_external_id"
        /// Only one of the options that were offered in the case can be agreed to (T14).
        case optionNotOffered = "option_not_offered"
        /// Somebody else's promise is theirs to accept (T4).
        case notTheOwner = "not_the_owner"
        /// What somebody took on themselves is not declined, but reassigned (T4).
        case alreadyAccepted = "already_accepted"
        /// The concession that a promise makes good is not granted, so the promise can't be kept yet (T15).
        case concessionPending = "concession_pending"
        /// The concession waits for no decision (T15).
        case concessionDecided = "concession_decided"
        /// The dispute waits for no decision (T2).
        case disputeDecided = "dispute_decided"
        /// Only what is another open case of the same customer can be a case's duplicate, and none of its own.
        case notADuplicate = "not_a_duplicate"
        /// What was personal of the customer is erased, and nothing of theirs is changed any more.
        case customerErased = "customer_erased"
        /// As many links to the customer's page are good as there can be (T21).
        case tooManyLinks = "too_many_links"
        /// The case is under no regime, so it has no stages.
        case noRegime = "no_regime"
        /// The case is at that stage of its regime already, or past it.
        case stagePassed = "stage_passed"
        /// The customer was merged into another one, who is to be changed instead.
        case merged
        /// No valid token of an administrator would be left, and nobody could make one over HTTP.
        case adminTokenRequired = "admin_token_required"
        /// Somebody is named so already.
        case duplicateOwner = "duplicate_owner"
        /// The regime came with the program, and is as that has it.
        case regimeShipped = "regime_shipped"
        /// What waits for its turn is not sent while its webhook is off.
        case webhookOff = "webhook_off"
    }

    /// Which rule it is.
    public let code: Code
    /// What to do instead, in a sentence for people.
    public let detail: String
    /// The promises the rule speaks of.
    public let promiseIDs: [Int64]
    /// The case that stands in the way.
    public let caseID: Int64?
    /// The customer it speaks of.
    public let customerID: Int64?
    /// The settlement that came first.
    public let settlement: Settlement?
    /// The state that it left the promise in.
    public let state: PromiseState?
    /// What could be promised instead, by the policy.
    public let proposal: PromiseRequest?

    /// A violation, with what the problem document names besides its code.
    public init(
        _ code: Code, _ detail: String, promiseIDs: [Int64] = [], caseID: Int64? = nil, customerID: Int64? = nil,
        settlement: Settlement? = nil, state: PromiseState? = nil, proposal: PromiseRequest? = nil
    ) {
        self.code = code
        self.detail = detail
        self.promiseIDs = promiseIDs
        self.caseID = caseID
        self.customerID = customerID
        self.settlement = settlement
        self.state = state
        self.proposal = proposal
    }
}
