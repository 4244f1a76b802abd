/// A case of the past with the promises made in it, as another system kept them.
public struct ImportRequest: Sendable, Hashable {
    /// As of today: what can be edited has no history. `externalID` is what makes an import idempotent.
    public var fields: CaseFields
    /// The customer's own words, kept verbatim (T5).
    public var complaint: String
    /// Who complained.
    public var customer: CustomerRequest
    /// When the complaint came in, and so when the promise was made; nil: now.
    public var receivedAt: PastInstant?
    /// The promises that are known of it; most systems know of one.
    public var promises: [ImportedPromiseRequest]
    /// How it ended, where an export of Casekeeper says so; nil: when the last of its promises was kept, if all were.
    public var end: ImportedEnd?

    /// A case of the past; without a `promise` of its own it gets the policy's, unsettled.
    public init(
        fields: CaseFields = CaseFields(), complaint: String, customer: CustomerRequest, receivedAt: PastInstant? = nil,
        promise: ImportedPromiseRequest = ImportedPromiseRequest()
    ) {
        self.fields = fields
        self.complaint = complaint
        self.customer = customer
        self.receivedAt = receivedAt
        promises = [promise]
    }

    /// The first promise.
    public var promise: ImportedPromiseRequest { promises.first ?? ImportedPromiseRequest() }
}

/// What a row of an export of Casekeeper says of where it was: ids of that database.
public struct ImportOrigin: Sendable, Hashable {
    /// The case's id there.
    public let caseID: Int64
    /// Its customer's id there: cases of one are those of one again.
    public let customerID: Int64?

    /// A row of that case.
    public init(caseID: Int64, customerID: Int64?) {
        self.caseID = caseID
        self.customerID = customerID
    }
}

/// What the columns of a row make of a case that is there already, and of its customer.
public struct ImportEdits: Sendable, Hashable {
    /// Of the case.
    public var fields: CaseEdit
    /// Of its customer.
    public var customer: CustomerEdit
    /// When the complaint came in, as the row's own cells have it: what no import changes.
    public var receivedAt: PastInstant?
    /// What the row's own cells say of promises, nil for what they don't: what no import changes either.
    public var promises: [ImportedPromiseRequest]

    /// All of them.
    public init(
        fields: CaseEdit = CaseEdit(), customer: CustomerEdit = CustomerEdit(), receivedAt: PastInstant? = nil,
        promises: [ImportedPromiseRequest] = []
    ) {
        self.fields = fields
        self.customer = customer
        self.receivedAt = receivedAt
        self.promises = promises
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
    /// Where no more is known than the day on which it was done: the first instant after that. `keptAt` is its first one.
    public var keptUntil: Instant?
    /// Says that it was done; means nothing without `keptAt`.
    public var evidence: String?
    /// Whether it is known that nobody owns it: the case's owner does not then.
    public var isOwnerless = false
    /// Whether it is known that the customer was not told of it, as of those that the policy makes.
    public var isUntold = false

    /// The clock of a regime that it was of, by an own export; nil for none, or where nobody knows.
    public var clock: String?
    /// Whether it comes from a list of promises of its own, which has all that there were.
    public var isOwn = false

    /// What a promise says when its text was not kept.
    public static let unknownText = "Answer the complaint"

    /// What is known of the promise; nil for the rest.
    public init(
        kind: PromiseKind? = nil, what: String? = nil, owner: String? = nil, channel: Channel? = nil,
        nextStep: String? = nil, due: ImportedDue? = nil, keptAt: PastInstant? = nil, keptUntil: Instant? = nil,
        evidence: String? = nil
    ) {
        self.kind = kind
        self.what = what
        self.owner = owner
        self.channel = channel
        self.nextStep = nextStep
        self.due = due
        self.keptAt = keptAt
        self.keptUntil = keptUntil
        self.evidence = evidence
    }
}

/// By when a promise of the past was due.
public enum ImportedDue: Sendable, Hashable {
    /// Not before the complaint was received.
    case at(Instant)
    /// Elapsed time from the receipt of the complaint.
    case after(ElapsedTime)
    /// Business time from then on, on the calendar of the case's team.
    case business(BusinessSpan)
}
