/// What a webhook is told of an event, and what decides whether it is: ids, and no words of anybody's.
public struct WebhookEvent: Sendable, Hashable {
    /// Its place among all.
    public let id: Int64
    /// What it is about.
    public let subject: LogSubject
    /// Its place in the log of that.
    public let seq: Int64
    /// What kind of entry it is.
    public let kind: LogKind
    /// When it happened.
    public let at: Instant
    /// Whether it tells of history from another system, which is no news.
    public let imported: Bool
    /// The promise that it is about.
    public let promiseID: Int64?
    /// Who has the case today.
    public let caseOwner: String?
    /// Who has the promise today.
    public let promiseOwner: String?
    /// Whose digest is ready, where it says so.
    public let digestOwner: String?
    /// Who is told of it in place of an owner who was away.
    public let standIn: String?
    /// Which team has the case today, or they whose digest is ready are in.
    public let team: String?
    /// How much hangs on the case today.
    public let severity: Severity?
    /// What tells it from any other event, in this database and in any that was restored from its copies: some of its
    /// entry's hash, in hexadecimal.
    public let mark: String

    /// The type that the feed of events calls it.
    public var type: EventType { kind.form.event }

    /// An event as the log has it, with its case as it is today.
    public init(
        id: Int64, subject: LogSubject, seq: Int64, kind: LogKind, at: Instant, imported: Bool = false,
        promiseID: Int64? = nil, caseOwner: String? = nil, promiseOwner: String? = nil, digestOwner: String? = nil,
        standIn: String? = nil,
        team: String? = nil, severity: Severity? = nil, mark: String
    ) {
        self.id = id
        self.subject = subject
        self.seq = seq
        self.kind = kind
        self.at = at
        self.imported = imported
        self.promiseID = promiseID
        self.caseOwner = caseOwner
        self.promiseOwner = promiseOwner
        self.digestOwner = digestOwner
        self.standIn = standIn
        self.team = team
        self.severity = severity
        self.mark = mark
    }
}
