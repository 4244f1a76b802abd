/// What was promised, to whom, by when, and what became of it (T2). The due instant never changes: a later date is
/// a new promise that supersedes this one.
public struct Promise: Sendable, Hashable {
    /// What `/v1/promises/{id}` calls it.
    public let id: Int64
    /// The case it was made in; a promise never moves to another one.
    public let caseID: Int64
    /// What it is about: a closed set that reports can group by.
    public let kind: PromiseKind
    /// What was promised, in the words of the desk.
    public let what: String
    /// Whose word it is: the desk's, or the customer's own.
    public let by: Promiser
    /// Whom it was made to. Only desk to customer counts for the timeline (T1).
    public let to: Promisee
    /// Who has to keep it; nil when it is nobody's yet. It has history (`OwnerChange`).
    public var owner: String?
    /// Who made it: the actor's name, or `policy` for a default promise (T1).
    public let madeBy: String
    /// The token it was made with; with `madeBy`, who may take it back.
    public let makerTokenID: Int64?
    /// The stamp of the batch it was made in; for imported history, when the complaint was received.
    public let madeAt: Instant
    /// The way it is to be kept; nil when nobody said.
    public let channel: Channel?
    /// The last instant at which it can be kept in time.
    public let dueAt: Instant
    /// The due instant of the first promise of the chain.
    public let originalDueAt: Instant
    /// The steps from a business time to `dueAt`; nil for the other ways to say a due date.
    public let dueExplained: String?
    /// What happens next, as the customer was told (T1); nil when nobody said.
    public let nextStep: String?
    /// How the customer was told when it was made.
    public let customerNotified: CustomerNotice?
    /// Why it took the place of the one it supersedes.
    public let reasonMade: String?
    /// The same as the customer was told; nil when it was not put into words.
    public let explanationMade: String?
    /// How often the date has moved to a later one, up to this promise.
    public let slips: Int
    /// The promise whose place it took (T3); nil for the first one of a chain.
    public let supersedes: Int64?
    /// Whether it is history from another system, recorded at its events' own instants.
    public let imported: Bool
    /// The concession that it makes good, by its entry's number in the case's log (T15); nil: none.
    public let concession: Int64?
    /// The case whose concession that is, where it is another one: it stays there, and is decided there.
    public let concessionCase: Int64?
    /// Where it goes on from, of a case that was found to be a duplicate of this one; nil: it was made here.
    public let origin: Origin?
    /// The clock of a regime that made it, or the one whose place it took; nil: none did.
    public let clock: StageClock?

    /// What its owner said to it, when somebody else gave it to them (T4); nil where nobody had to be asked.
    public var acceptance: Acceptance?
    /// Since when the customer knows of it; nil when they do not.
    public var told: Told?
    /// How it was settled, once and for good; nil while it is unsettled.
    public var settlement: Settlement?
    /// That it was found not to have been kept, though somebody had said so; nil: nobody has.
    public var upheld: Upheld?
    /// 1, and one more with every change.
    public var version: Int64

    /// That the customer knows of the promise.
    public struct Told: Sendable, Hashable {
        /// When they were told; for one they were never told of, when it was kept.
        public var at: Instant
        /// When the service was told that they know.
        public var recordedAt: Instant

        /// That they knew from `at` on.
        public init(at: Instant, recordedAt: Instant) {
            self.at = at
            self.recordedAt = recordedAt
        }
    }

    /// That a promise goes on from another one, with all that was said of it, as its case was found to be a duplicate: no
    /// date begins anew with that, nor does what is counted from a making.
    public struct Origin: Sendable, Hashable {
        /// The promise of the other case (`transferred_from`).
        public let promise: Int64
        /// When the first one was made: what is told of may have happened since then.
        public let madeAt: Instant
        /// From when the time of the first one was counted (`Promise.countedFrom(receivedAt:openedAt:)`).
        public let countedFrom: Instant

        /// An origin as it stands on record.
        public init(promise: Int64, madeAt: Instant, countedFrom: Instant) {
            self.promise = promise
            self.madeAt = madeAt
            self.countedFrom = countedFrom
        }
    }

    /// A clock that runs in a case.
    public struct StageClock: Sendable, Hashable {
        /// What the regime calls it.
        public let name: String
        /// The stage that it is of, by its number in the case.
        public let stage: Int
        /// What it is counted from.
        public let from: Instant

        /// A clock as it stands on record.
        public init(name: String, stage: Int, from: Instant) {
            self.name = name
            self.stage = stage
            self.from = from
        }
    }

    /// That whoever has to keep a promise is to take it on, as it was given to them (T4).
    public struct Acceptance: Sendable, Hashable {
        /// Since when they are asked.
        public var askedAt: Instant
        /// Who gave it to them; nil for one that was declined and went back to nobody: whoever takes it on is asked.
        public var askedBy: String?
        /// When they took it on; nil while they have not.
        public var acceptedAt: Instant?

        /// An owner who is asked, or was.
        public init(askedAt: Instant, askedBy: String?, acceptedAt: Instant? = nil) {
            self.askedAt = askedAt
            self.askedBy = askedBy
            self.acceptedAt = acceptedAt
        }
    }

    /// That a dispute of its keep was upheld. What was recorded of the keep stays as it is.
    public struct Upheld: Sendable, Hashable {
        /// The stamp of the decision.
        public var recordedAt: Instant
        /// The promise that took its place with the decision; nil: none.
        public var successor: Int64?

        /// A dispute that was upheld.
        public init(recordedAt: Instant, successor: Int64? = nil) {
            self.recordedAt = recordedAt
            self.successor = successor
        }
    }

    /// A promise as it stands on record. Without `originalDueAt` it is the first one of its chain.
    public init(
        id: Int64, caseID: Int64, kind: PromiseKind, what: String, by: Promiser = .desk, to: Promisee = .customer,
        owner: String? = nil, madeBy: String, makerTokenID: Int64? = nil, madeAt: Instant, channel: Channel? = nil,
        dueAt: Instant, originalDueAt: Instant? = nil, dueExplained: String? = nil, nextStep: String? = nil,
        customerNotified: CustomerNotice? = nil, reasonMade: String? = nil, explanationMade: String? = nil,
        slips: Int = 0, supersedes: Int64? = nil,
        imported: Bool = false, concession: Int64? = nil, concessionCase: Int64? = nil, origin: Origin? = nil,
        clock: StageClock? = nil,
        acceptance: Acceptance? = nil, told: Told? = nil,
        settlement: Settlement? = nil, upheld: Upheld? = nil, version: Int64 = 1
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
        self.explanationMade = explanationMade
        self.slips = slips
        self.supersedes = supersedes
        self.imported = imported
        self.concession = concession
        self.concessionCase = concessionCase
        self.origin = origin
        self.clock = clock
        self.acceptance = acceptance
        self.told = told
        self.settlement = settlement
        self.upheld = upheld
        self.version = version
    }
}
