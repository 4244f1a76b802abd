/// A time that a delivery was tried, and what came of it.
public struct DeliveryAttempt: Sendable, Hashable {
    /// 1 for the first, and one more for each.
    public let number: Int64
    /// When it began.
    public let at: Instant
    /// How long it took.
    public let duration: ElapsedTime
    /// The receiver's answer, or why there was none.
    public let outcome: Outcome

    /// What a receiver did.
    public enum Outcome: Sendable, Hashable {
        /// It answered with a status; `beginning` is how the body begins, which is anything.
        case answered(status: Int, retryAfter: ElapsedTime?, beginning: [UInt8])
        /// It did not.
        case failed(DeliveryFailure)
    }

    /// How many bytes of an answer are kept.
    public static let keptBytes = 1_024

    /// An attempt as it was made.
    public init(number: Int64, at: Instant, duration: ElapsedTime, outcome: Outcome) {
        self.number = number
        self.at = at
        self.duration = duration
        self.outcome = outcome
    }

    /// Whether the receiver took it: any status of 2xx, and no redirect.
    public var isTaken: Bool {
        if case .answered(200..<300, _, _) = outcome { true } else { false }
    }

    /// Whether the receiver takes nothing at all for the moment: it can't be reached, or says so (429, 503).
    public var isOfReceiver: Bool {
        switch outcome {
        case .failed: true
        case .answered(let status, _, _): status == 429 || status == 503
        }
    }

    /// How long the receiver asks to be left alone; nil where it does not.
    public var retryAfter: ElapsedTime? {
        if case .answered(_, let span, _) = outcome { span } else { nil }
    }
}

/// Why a receiver did not answer.
public enum DeliveryFailure: String, Vocabulary {
    /// Its address is one that nothing is sent to.
    case addressRefused = "address_refused"
    /// Its name leads to no address.
    case unresolved
    /// Nobody takes connections there.
    case notConnected = "not_connected"
    /// It took too long.
    case timedOut = "timed_out"
    /// It could not show who it is, or speaks no TLS.
    case notTrusted = "not_trusted"
    /// The connection ended before an answer.
    case brokenOff = "broken_off"
    /// Anything else, as what is no HTTP.
    case failed
}
