/// A case of the past with the promise made in it, as another system kept them.
public struct ImportRequest: Sendable, Hashable {
    /// As of today: what can be edited has no history. `externalID` is what makes an import idempotent.
    public var fields: CaseFields
    /// The customer's own words, kept verbatim (T5).
    public var complaint: String
    /// Who complained.
    public var customer: CustomerRequest
    /// When the complaint came in, and so when the promise was made; nil: now.
    public var receivedAt: PastInstant?
    /// The one promise that is known of it.
    public var promise: ImportedPromiseRequest

    /// A case of the past; without a `promise` of its own it gets the policy's, unsettled.
    public init(
        fields: CaseFields = CaseFields(), complaint: String, customer: CustomerRequest, receivedAt: PastInstant? = nil,
        promise: ImportedPromiseRequest = ImportedPromiseRequest()
    ) {
        self.fields = fields
        self.complaint = complaint
        self.customer = customer
        self.receivedAt = receivedAt
        self.promise = promise
    }
}

/// A promise of the past. One of which nothing is known but perhaps that it was kept is the policy's.
public struct ImportedPromiseRequest: Sendable, Hashable {
    /// Nil: `other`, or the policy's `acknowledge`.
    public var kind: PromiseKind?
    /// Nil: `unknownText`, or the policy's acknowledgement.
    public var what: String?
    /// Nil: the case's owner.
    public var owner: String?
    /// The way it was to be kept; nil when unknown.
    public var channel: Channel?
    /// What the customer was told would happen next; nil when unknown.
    public var nextStep: String?
    /// Nil: as soon after the receipt as the policy acknowledges.
    public var due: ImportedDue?
    /// When it was done; nil: it is not settled.
    public var keptAt: PastInstant?
    /// Says that it was done; means nothing without `keptAt`.
    public var evidence: String?

    /// What a promise says when its text was not kept.
    public static let unknownText = "Answer the complaint"

    /// What is known of the promise; nil for the rest.
    public init(
        kind: PromiseKind? = nil, what: String? = nil, owner: String? = nil, channel: Channel? = nil,
        nextStep: String? = nil, due: ImportedDue? = nil, keptAt: PastInstant? = nil, evidence: String? = nil
    ) {
        self.kind = kind
        self.what = what
        self.owner = owner
        self.channel = channel
        self.nextStep = nextStep
        self.due = due
        self.keptAt = keptAt
        self.evidence = evidence
    }
}

/// By when a promise of the past was due.
public enum ImportedDue: Sendable, Hashable {
    /// Not before the complaint was received.
    case at(Instant)
    /// Elapsed time from the receipt of the complaint.
    case after(ElapsedTime)
}
