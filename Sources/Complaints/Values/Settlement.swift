/// How, when and by whom a promise was settled. There are two times: when it happened (in the outcome) and when the
/// service was told (`recordedAt`).
public struct Settlement: Sendable, Hashable {
    /// What became of the promise. In good time or too late is not said here: it follows from `dueAt`.
    public enum Outcome: Sendable, Hashable {
        /// Done, at that instant.
        case kept(at: Instant)
        /// Replaced by the promise with that id.
        case superseded(at: Instant, by: Int64)
        /// Given up, with the customer's release or without.
        case withdrawn(at: Instant, release: Release)
        /// Entered by mistake and taken back.
        case void(at: Instant)
        /// Goes on as the promise with that id, of the case that its own is a duplicate of.
        case transferred(at: Instant, to: Int64)

        /// When it happened.
        public var at: Instant {
            switch self {
            case .kept(let at), .superseded(let at, _), .withdrawn(let at, _), .void(let at), .transferred(let at, _):
                at
            }
        }

        /// The promise of another case that it goes on as; nil: it does not.
        public var transferredTo: Int64? {
            if case .transferred(_, let id) = self { id } else { nil }
        }
    }

    /// What became of the promise, and when.
    public let outcome: Outcome
    /// When the service was told; for imported history, when it happened.
    public let recordedAt: Instant
    /// The name of the actor who said so (`settled_by`).
    public let by: String
    /// Why it was superseded, given up or taken back; nil for a keep.
    public let reason: String?
    /// Why, as the customer was told when it was superseded or given up; nil when it was not put into words.
    public let explanation: String?
    /// What shows that it was kept; always there for a backdated keep, nil for what is no keep.
    public let evidence: String?
    /// The promise that took its place with the settlement; nil: none.
    public let successor: Int64?

    /// A settlement as it stands on record. What supersedes a promise takes its place.
    public init(
        outcome: Outcome, recordedAt: Instant, by: String, reason: String? = nil, explanation: String? = nil,
        evidence: String? = nil, successor: Int64? = nil
    ) {
        if case .superseded(_, let next) = outcome { self.successor = next } else { self.successor = successor }
        self.outcome = outcome
        self.recordedAt = recordedAt
        self.by = by
        self.reason = reason
        self.explanation = explanation
        self.evidence = evidence
    }
}

/// Whether the customer let the desk off a promise, and if not, why it was given up all the same.
public enum Release: Sendable, Hashable {
    /// The customer agreed that it need not be kept: at or before its due instant it is not broken.
    case customerAgreed
    /// They did not, and the promise is broken at whatever time it is given up.
    case without(Cause)
    /// The relationship ended (T17): at or before its due instant it is not broken, and in no rate.
    case ended

    /// What the log calls the cause of `ended`.
    package static let endedCause = "ended"

    /// Whether the promise is not broken by being given up, at or before its due instant.
    public var isRelease: Bool {
        switch self {
        case .customerAgreed, .ended: true
        case .without: false
        }
    }

    /// Why a promise is given up without the customer's release.
    public enum Cause: String, Vocabulary {
        case unreachable, impossible, duplicate
    }
}
