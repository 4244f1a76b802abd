/// What goes on after a promise is settled, so that no open case falls silent (T1).
public enum Continuation: Sendable, Hashable {
    case none
    case promise(PromiseRequest)
    case resolve(ResolveRequest)
}

/// That a promise was done.
public struct KeepRequest: Sendable, Hashable {
    /// When it was done; nil: now.
    public var keptAt: Instant?
    public var evidence: String?

    public init(keptAt: Instant? = nil, evidence: String? = nil) {
        self.keptAt = keptAt
        self.evidence = evidence
    }
}

/// A new date for a promise (T3), before it is due (`renegotiate`) or after (`recover`).
public struct RenegotiateRequest: Sendable, Hashable {
    public var due: DueRequest
    public var reason: String
    public var nextStep: String
    public var customerNotified: NoticeRequest
    /// Nil: the same as before.
    public var what: String?

    public init(
        due: DueRequest, reason: String, nextStep: String, customerNotified: NoticeRequest, what: String? = nil
    ) {
        self.due = due
        self.reason = reason
        self.nextStep = nextStep
        self.customerNotified = customerNotified
        self.what = what
    }
}

/// That a promise is given up.
public struct WithdrawRequest: Sendable, Hashable {
    public var reason: String
    public var release: Release

    public init(reason: String, release: Release) {
        self.reason = reason
        self.release = release
    }
}

/// That a promise was entered by mistake.
public struct VoidRequest: Sendable, Hashable {
    public var reason: String

    public init(reason: String) {
        self.reason = reason
    }
}

/// That a promise is somebody else's from now on.
public struct ReassignRequest: Sendable, Hashable {
    public var owner: String
    public var reason: String?

    public init(owner: String, reason: String? = nil) {
        self.owner = owner
        self.reason = reason
    }
}

/// How one promise is settled while its case is resolved.
public struct SettleRequest: Sendable, Hashable {
    public enum Action: Sendable, Hashable {
        case keep(KeepRequest)
        case withdraw(WithdrawRequest)
    }

    public var promiseID: Int64
    public var action: Action

    public init(promiseID: Int64, action: Action) {
        self.promiseID = promiseID
        self.action = action
    }
}

/// That the complaint is resolved.
public struct ResolveRequest: Sendable, Hashable {
    public var summary: String
    public var customerAccepted: Bool
    public var settle: [SettleRequest]
    /// A promise that outlives the resolution (T21).
    public var followUp: PromiseRequest?

    public init(
        summary: String, customerAccepted: Bool, settle: [SettleRequest] = [], followUp: PromiseRequest? = nil
    ) {
        self.summary = summary
        self.customerAccepted = customerAccepted
        self.settle = settle
        self.followUp = followUp
    }
}

/// That a resolved or closed case goes on.
public struct ReopenRequest: Sendable, Hashable {
    public var reason: String
    /// Nil: the policy's `acknowledge` promise.
    public var promise: PromiseRequest?

    public init(reason: String, promise: PromiseRequest? = nil) {
        self.reason = reason
        self.promise = promise
    }
}

/// An entry that a client writes to a case's log.
public enum LogRequest: Sendable, Hashable {
    case note(text: String)
    /// Words of the customer (or of `saidBy`) that follow the complaint (T5).
    case statement(text: String, saidBy: String?)
    /// That the customer was told; of that promise, or of all that they do not know of yet (T1).
    case customerNotified(NoticeRequest, promiseID: Int64?, text: String?)
}
