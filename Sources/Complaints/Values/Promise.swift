/// What was promised, to whom, by when, and what became of it (T2). The due instant never changes: a later date is
/// a new promise that supersedes this one.
public struct Promise: Sendable, Hashable {
    public let id: Int64
    public let caseID: Int64
    public let kind: PromiseKind
    public let what: String
    public let by: Promiser
    public let to: Promisee
    public var owner: String?
    public let madeBy: String
    /// The token it was made with; with `madeBy`, who may take it back.
    public let makerTokenID: Int64?
    public let madeAt: Instant
    public let channel: Channel?
    public let dueAt: Instant
    /// The due instant of the first promise of the chain.
    public let originalDueAt: Instant
    /// The steps from a business time to `dueAt`; nil for the other ways to say a due date.
    public let dueExplained: String?
    public let nextStep: String?
    /// How the customer was told when it was made.
    public let customerNotified: CustomerNotice?
    /// Why it took the place of the one it supersedes.
    public let reasonMade: String?
    /// How often the date has moved, up to this promise.
    public let slips: Int
    public let supersedes: Int64?
    public let imported: Bool

    public var told: Told?
    public var settlement: Settlement?
    /// 1, and one more with every change.
    public var version: Int64

    /// That the customer knows of the promise.
    public struct Told: Sendable, Hashable {
        public var at: Instant
        public var recordedAt: Instant

        public init(at: Instant, recordedAt: Instant) {
            self.at = at
            self.recordedAt = recordedAt
        }
    }

    public init(
        id: Int64, caseID: Int64, kind: PromiseKind, what: String, by: Promiser = .desk, to: Promisee = .customer,
        owner: String? = nil, madeBy: String, makerTokenID: Int64? = nil, madeAt: Instant, channel: Channel? = nil,
        dueAt: Instant, originalDueAt: Instant? = nil, dueExplained: String? = nil, nextStep: String? = nil,
        customerNotified: CustomerNotice? = nil, reasonMade: String? = nil, slips: Int = 0, supersedes: Int64? = nil,
        imported: Bool = false, told: Told? = nil, settlement: Settlement? = nil, version: Int64 = 1
    ) {
        self.id = id
        self.caseID = caseID
        self.kind = kind
        self.what = what
        self.by = by
        self.to = to
        self.owner = owner
        self.madeBy = madeBy
        self.makerTokenID = makerTokenID
        self.madeAt = madeAt
        self.channel = channel
        self.dueAt = dueAt
        self.originalDueAt = originalDueAt ?? dueAt
        self.dueExplained = dueExplained
        self.nextStep = nextStep
        self.customerNotified = customerNotified
        self.reasonMade = reasonMade
        self.slips = slips
        self.supersedes = supersedes
        self.imported = imported
        self.told = told
        self.settlement = settlement
        self.version = version
    }
}
