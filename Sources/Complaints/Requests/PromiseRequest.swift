/// By when, as the sender says it.
public enum DueRequest: Sendable, Hashable {
    case at(Instant)
    /// Elapsed time from now.
    case after(ElapsedTime)
    /// A time on the desk's business calendar from now.
    case afterBusiness(String)
    /// It could not be read; an issue says why.
    case unreadable
}

/// How the customer was told, as the sender says it; without an instant it is now.
public struct NoticeRequest: Sendable, Hashable {
    public var channel: Channel
    public var outcome: ContactOutcome
    public var at: Instant?

    public init(channel: Channel, outcome: ContactOutcome, at: Instant? = nil) {
        self.channel = channel
        self.outcome = outcome
        self.at = at
    }
}

/// A new promise.
public struct PromiseRequest: Sendable, Hashable {
    public var kind: PromiseKind
    public var what: String
    public var due: DueRequest
    /// Nil: the case's owner.
    public var owner: String?
    public var channel: Channel?
    public var nextStep: String?
    public var by: Promiser
    public var to: Promisee
    public var customerNotified: NoticeRequest?

    public init(
        kind: PromiseKind = .other, what: String, due: DueRequest, owner: String? = nil, channel: Channel? = nil,
        nextStep: String? = nil, by: Promiser = .desk, to: Promisee? = nil, customerNotified: NoticeRequest? = nil
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
    }
}
