/// Something in a case that waits for somebody: raised by one entry of its log and settled by another.
public struct Matter: Sendable, Hashable {
    /// What it is that waits, and for whom.
    public enum Kind: String, Vocabulary {
        /// A threat, for its assessment by a named person (T16).
        case threat
        /// A case, for the supervisor who was asked to join (T13).
        case escalation
        /// A concession, for a manager's approval (T15). One within the policy's limit is settled as it is made.
        case concession
        /// The new case of a customer whose relationship was ended, for a new decision (T17).
        case `return`
        /// A promise that somebody says was not kept, though another one did, for a manager's decision (T2).
        case dispute
        /// A credible threat to somebody's safety, for the supervisor who joins (T16).
        case danger
        /// A resolution that the customer is not content with, for a manager: reopened, or closed by one (T14).
        case notAccepted = "not_accepted"
        /// A promise that a step of the ladder has brought up, for whoever hears of it (T3, T13).
        case ladder
    }

    /// How a matter was settled.
    public enum Outcome: String, Vocabulary {
        /// The threat was looked into.
        case assessed
        /// The supervisor joined.
        case joined
        /// The concession lies within the policy's limit, so that nobody had to be asked.
        case granted
        /// A manager said yes to the concession.
        case approved
        /// A manager said no to it.
        case refused
        /// A manager found that the promise had not been kept.
        case upheld
        /// A manager found that it had been.
        case dismissed
        /// It was decided anew whether the relationship goes on.
        case decided
        /// Another supervisor was asked instead.
        case replaced
        /// The case goes on.
        case reopened
        /// A manager closed the case as it was.
        case closed
        /// The case ended before.
        case lapsed
        /// The promise was settled.
        case settled
    }

    /// What it is.
    public let kind: Kind
    /// The log entry that raised it.
    public let seq: Int64
    /// The stamp of that entry.
    public let raisedAt: Instant
    /// When it was settled; nil while it waits.
    public let settledAt: Instant?
    /// The log entry that settled it.
    public let settledSeq: Int64?
    /// How it was settled; nil while it waits.
    public let outcome: Outcome?
    /// The promise that was brought up; nil for anything else.
    public let promiseID: Int64?

    /// A matter as it stands on record.
    public init(
        kind: Kind, seq: Int64, raisedAt: Instant, settledAt: Instant? = nil, settledSeq: Int64? = nil,
        outcome: Outcome? = nil, promiseID: Int64? = nil
    ) {
        self.promiseID = promiseID
        self.kind = kind
        self.seq = seq
        self.raisedAt = raisedAt
        self.settledAt = settledAt
        self.settledSeq = settledSeq
        self.outcome = outcome
    }

    /// Whether it still waits.
    public var isWaiting: Bool { settledAt == nil }

    /// The matter as the record had it at `instant`; nil when it was not raised yet.
    public func asOf(_ instant: Instant) -> Matter? {
        guard raisedAt <= instant else { return nil }
        guard let settledAt, settledAt > instant else { return self }
        return Matter(kind: kind, seq: seq, raisedAt: raisedAt, promiseID: promiseID)
    }
}
