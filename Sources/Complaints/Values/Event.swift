/// Something that happened, as whoever follows the service is told of it: an entry of the log at its place among all, and
/// what it is about.
public struct Event: Sendable, Hashable {
    /// Its place among all events: 1 for the first and one more for each, in the order they were committed.
    public let id: Int64
    /// What it is about.
    public let subject: LogSubject
    /// Its place in the log of that.
    public let seq: Int64
    /// What the log calls it.
    public let kind: LogKind
    /// When it happened.
    public let at: Instant
    /// The stamp of the batch it was written in; for imported history, the same as `at`.
    public let recordedAt: Instant
    /// Whether it tells of history from another system.
    public let imported: Bool
    /// Who acted.
    public let actor: String
    /// The token behind the actor, if any.
    public let tokenName: String?
    /// The promise it is about; nil when it is about no single one.
    public let promiseID: Int64?
    /// That promise, for an event of a promise.
    public let promise: EventPromise?
    /// Who hears of the promise by a step of the ladder; nil for any other event.
    public let hearer: LadderStep.Hearer?
    /// Who is told of it in place of an owner who was away; nil for anything but what the clock says.
    public let standIn: String?
    /// The case, as of today; nil when it is about none.
    public let today: EventCase?
    /// The entry itself, where it is in no case's log.
    public let entry: LogEntry?

    /// What it tells of.
    public var type: EventType { kind.form.event }

    /// An event as it was read.
    public init(
        id: Int64, subject: LogSubject, seq: Int64, kind: LogKind, at: Instant, recordedAt: Instant, imported: Bool,
        actor: String, tokenName: String?, promiseID: Int64?, promise: EventPromise?,
        hearer: LadderStep.Hearer?, standIn: String?, today: EventCase?, entry: LogEntry?
    ) {
        self.id = id
        self.subject = subject
        self.seq = seq
        self.kind = kind
        self.at = at
        self.recordedAt = recordedAt
        self.imported = imported
        self.actor = actor
        self.tokenName = tokenName
        self.promiseID = promiseID
        self.promise = promise
        self.hearer = hearer
        self.standIn = standIn
        self.today = today
        self.entry = entry
    }
}

/// The case of an event as it is today.
public struct EventCase: Sendable, Hashable {
    /// As much of it as a promise in a list shows.
    public let summary: CaseSummary
    /// Where it stands.
    public let status: CaseStatus
    /// Whose case it is.
    public let owner: String?

    /// A case as it was read.
    public init(summary: CaseSummary, status: CaseStatus, owner: String?) {
        self.summary = summary
        self.status = status
        self.owner = owner
    }
}

/// A promise as an event left it: enough to act on without asking for more.
public struct EventPromise: Sendable, Hashable {
    /// What `/v1/promises/{id}` calls it.
    public let id: Int64
    /// What it is about.
    public let kind: PromiseKind
    /// What was promised, in the words of the desk.
    public let what: String
    /// Whose word it is.
    public let by: Promiser
    /// Whom it was made to.
    public let to: Promisee
    /// Who had to keep it then; nil when it was nobody's.
    public let owner: String?
    /// The last instant at which it could be kept in time.
    public let dueAt: Instant
    /// What had become of it then.
    public let state: PromiseState

    /// A promise as an event left it.
    public init(
        id: Int64, kind: PromiseKind, what: String, by: Promiser, to: Promisee, owner: String?, dueAt: Instant,
        state: PromiseState
    ) {
        self.id = id
        self.kind = kind
        self.what = what
        self.by = by
        self.to = to
        self.owner = owner
        self.dueAt = dueAt
        self.state = state
    }
}
