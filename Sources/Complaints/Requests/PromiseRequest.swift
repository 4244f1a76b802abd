/// By when, as the sender says it.
public enum DueRequest: Sendable, Hashable {
    /// `due_at`: an instant after now.
    case at(Instant)
    /// Elapsed time from now.
    case after(ElapsedTime)
    /// `due_in_business` or `due_on`: on the calendar of the case's team, from now.
    case business(BusinessDueRequest)
    /// It could not be read; an issue says why.
    case unreadable
}

/// How the customer was told, as the sender says it; without an instant it is now.
public struct NoticeRequest: Sendable, Hashable {
    /// The way it was tried.
    public var channel: Channel
    /// Whether they now know.
    public var outcome: ContactOutcome
    /// When it was tried; nil: now.
    public var at: PastInstant?

    /// A notice as it was sent.
    public init(channel: Channel, outcome: ContactOutcome, at: PastInstant? = nil) {
        self.channel = channel
        self.outcome = outcome
        self.at = at
    }
}

/// A new promise.
public struct PromiseRequest: Sendable, Hashable {
    /// What it is about; `other` when nobody said.
    public var kind: PromiseKind
    /// What is promised, in the words of the desk.
    public var what: String
    /// After now, and within the policy's `maxSpan`.
    public var due: DueRequest
    /// Nil: the case's owner.
    public var owner: String?
    /// The way it is to be kept; nil when nobody said.
    public var channel: Channel?
    /// What happens next, as the customer is told (T1); nil when nobody said.
    public var nextStep: String?
    /// Whose word it is: the desk's, or the customer's own.
    public var by: Promiser
    /// Whom it is made to; a customer promises to us only.
    public var to: Promisee
    /// How the customer was told of it; nil: they know of it as it is made.
    public var customerNotified: NoticeRequest?
    /// The concession that it makes good, by its entry's number in the case's log (T15); nil: none.
    public var concession: Int64?

    /// A promise to be made: to the customer when the desk makes it, else to us, unless `to` says otherwise.
    public init(
        kind: PromiseKind = .other, what: String, due: DueRequest, owner: String? = nil, channel: Channel? = nil,
        nextStep: String? = nil, by: Promiser = .desk, to: Promisee? = nil, customerNotified: NoticeRequest? = nil,
        concession: Int64? = nil
    ) {
        self.kind = kind
        self.what = what
        self.due = due
        self.owner = owner
        self.channel = channel
        self.nextStep = nextStep
        self.by = by
        self.to = to ?? (by == .desk ? .customer : .us)
        self.customerNotified = customerNotified
        self.concession = concession
    }
}
