/// What came of a request that went out.
public struct OutgoingOutcome: Sendable, Hashable {
    /// Of the request.
    public let id: UInt64
    /// The answer, or why there is none.
    public let result: Result<OutgoingAnswer, OutgoingFailure>
    /// How long it took, in milliseconds.
    public let milliseconds: Int64
}

/// An answer whose head has come. What follows is for a log alone, so one that breaks off in its body is an answer too.
public struct OutgoingAnswer: Sendable, Hashable {
    /// Of RFC 9110 section 15; never one of 1xx.
    public let status: Int
    /// Seconds of a Retry-After (RFC 9110 section 10.2.3), be it sent as a date; nil without one.
    public let retryAfter: Int64?
    /// How its body begins.
    public let beginning: [UInt8]
    /// Why its body did not come to its end; nil where it did.
    public let breach: OutgoingFailure?

    /// An answer as it came.
    public init(status: Int, retryAfter: Int64? = nil, beginning: [UInt8] = [], breach: OutgoingFailure? = nil) {
        self.status = status
        self.retryAfter = retryAfter
        self.beginning = beginning
        self.breach = breach
    }
}

/// Why there is no answer.
public enum OutgoingFailure: Error, Sendable, Hashable {
    /// Every address that it could be reached at is one that nothing is sent to.
    case addressRefused
    /// Its name leads to no address.
    case unresolved
    /// Nobody takes connections there.
    case notConnected
    /// It took too long.
    case timedOut
    /// It could not show who it is, or speaks no TLS.
    case notTrusted
    /// The connection ended before an answer.
    case brokenOff
    /// Anything else, as what is no HTTP.
    case failed
}
