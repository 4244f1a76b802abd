/// How, when and by whom a promise was settled. There are two times: when it happened (in the outcome) and when the
/// service was told (`recordedAt`).
public struct Settlement: Sendable, Hashable {
    public enum Outcome: Sendable, Hashable {
        /// Done, at that instant.
        case kept(at: Instant)
        /// Replaced by the promise with that id.
        case superseded(at: Instant, by: Int64)
        case withdrawn(at: Instant, release: Release)
        case void(at: Instant)

        /// When it happened.
        public var at: Instant {
            switch self {
            case .kept(let at), .superseded(let at, _), .withdrawn(let at, _), .void(let at): at
            }
        }
    }

    public let outcome: Outcome
    public let recordedAt: Instant
    public let by: String
    public let reason: String?
    public let evidence: String?

    public init(outcome: Outcome, recordedAt: Instant, by: String, reason: String? = nil, evidence: String? = nil) {
        self.outcome = outcome
        self.recordedAt = recordedAt
        self.by = by
        self.reason = reason
        self.evidence = evidence
    }
}

/// Whether the customer let the desk off a promise, and if not, why it was given up all the same.
public enum Release: Sendable, Hashable {
    case customerAgreed
    case without(Cause)

    public enum Cause: String, Vocabulary {
        case unreachable, impossible, duplicate
    }
}
