/// A case of the past with the promise made in it, as another system kept them.
public struct ImportRequest: Sendable, Hashable {
    public var fields: CaseFields
    public var complaint: String
    public var customer: CustomerRequest
    /// When the complaint came in, and so when the promise was made; nil: now.
    public var receivedAt: Instant?
    public var promise: ImportedPromiseRequest

    public init(
        fields: CaseFields = CaseFields(), complaint: String, customer: CustomerRequest, receivedAt: Instant? = nil,
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
    public var what: String?
    /// Nil: the case's owner.
    public var owner: String?
    public var channel: Channel?
    public var nextStep: String?
    public var due: ImportedDue?
    /// When it was done; nil: it is not settled.
    public var keptAt: Instant?
    /// Says that it was done; means nothing without `keptAt`.
    public var evidence: String?

    /// What a promise says when its text was not kept.
    public static let unknownText = "Answer the complaint"

    public init(
        kind: PromiseKind? = nil, what: String? = nil, owner: String? = nil, channel: Channel? = nil,
        nextStep: String? = nil, due: ImportedDue? = nil, keptAt: Instant? = nil, evidence: String? = nil
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
    case at(Instant)
    /// Elapsed time from the receipt of the complaint.
    case after(ElapsedTime)
}
