/// A settling action and what goes on after it.
public struct SettleAndContinue<Request: Sendable>: Sendable {
    /// The action's own fields.
    public var request: Request
    /// What holds the case to its timeline after it (T1).
    public var then: Continuation

    /// An action, and nothing after it unless `then` says so.
    public init(_ request: Request, then: Continuation = .none) {
        self.request = request
        self.then = then
    }
}

/// A new promise, and the one it settles as kept in the same step.
public struct AddPromiseRequest: Sendable, Hashable {
    /// What is promised.
    public var promise: PromiseRequest
    /// The promise of the same case that is kept with it, as of now; nil: none.
    public var keeps: Int64?

    /// A promise to be added to a case.
    public init(_ promise: PromiseRequest, keeps: Int64? = nil) {
        self.promise = promise
        self.keeps = keeps
    }
}

/// What goes on after a promise is settled, so that no open case falls silent (T1).
public enum Continuation: Sendable, Hashable {
    /// Nothing: another promise must hold the case to its timeline.
    case none
    /// A further promise takes over (`next_promise`).
    case promise(PromiseRequest)
    /// The case ends here, in the same step.
    case resolve(ResolveRequest)

    /// Whether the case ends with it.
    var endsCase: Bool { if case .resolve = self { true } else { false } }
}

/// That a promise was done.
public struct KeepRequest: Sendable, Hashable {
    /// When it was done; nil: now.
    public var keptAt: PastInstant?
    /// What shows that it was done; required when the keep is backdated.
    public var evidence: String?

    /// A keep at `keptAt`.
    public init(keptAt: PastInstant? = nil, evidence: String? = nil) {
        self.keptAt = keptAt
        self.evidence = evidence
    }
}

/// A new date for a promise (T3), before it is due (`renegotiate`) or after (`recover`).
public struct RenegotiateRequest: Sendable, Hashable {
    /// The new date; it lies after now and within the policy's `maxSpan`.
    public var due: DueRequest
    /// Why the date moves, for the desk.
    public var reason: String
    /// The same as the customer was told (T21), who may read it; nil when it was not put into words.
    public var explanation: String?
    /// What happens next, as the customer was told.
    public var nextStep: String
    /// When and how the customer was told of it: a date never moves behind their back, so only a promise to ourselves
    /// does without.
    public var customerNotified: NoticeRequest?
    /// Nil: the same as before.
    public var what: String?
    /// Another concession of the case that it makes good from now on (T15); nil: the same as before, and none where that was
    /// refused and `what` is something else.
    public var concession: Int64?

    /// A new date, with all that T3 asks to be told with it.
    public init(
        due: DueRequest, reason: String, explanation: String? = nil, nextStep: String,
        customerNotified: NoticeRequest? = nil, what: String? = nil, concession: Int64? = nil
    ) {
        self.due = due
        self.reason = reason
        self.explanation = explanation
        self.nextStep = nextStep
        self.customerNotified = customerNotified
        self.what = what
        self.concession = concession
    }
}

/// That a promise is given up.
public struct WithdrawRequest: Sendable, Hashable {
    /// Why it is given up, for the desk.
    public var reason: String
    /// The same as the customer was told (T21), who may read it; nil when it was not put into words.
    public var explanation: String?
    /// Whether the customer agreed; without that the promise is broken, even before it is due.
    public var release: Release
    /// How the customer was spoken to: whoever releases the desk was reached.
    public var customerNotified: NoticeRequest?

    /// A withdrawal for that reason.
    public init(
        reason: String, explanation: String? = nil, release: Release, customerNotified: NoticeRequest? = nil
    ) {
        self.reason = reason
        self.explanation = explanation
        self.release = release
        self.customerNotified = customerNotified
    }
}

/// That a promise was entered by mistake.
public struct VoidRequest: Sendable, Hashable {
    /// What the mistake was.
    public var reason: String
    /// How the customer was told, who had been told of the promise.
    public var customerNotified: NoticeRequest?

    /// A retraction for that reason.
    public init(reason: String, customerNotified: NoticeRequest? = nil) {
        self.reason = reason
        self.customerNotified = customerNotified
    }
}

/// That a promise is somebody else's from now on.
public struct ReassignRequest: Sendable, Hashable {
    /// Who has to keep it from now on.
    public var owner: String
    /// Why it changes hands.
    public var reason: String

    /// A change of hands to `owner`.
    public init(owner: String, reason: String) {
        self.owner = owner
        self.reason = reason
    }
}

/// That whoever a promise was given to does not take it on.
public struct DeclineRequest: Sendable, Hashable {
    /// Why not.
    public var reason: String

    /// A no, for that reason.
    public init(reason: String) {
        self.reason = reason
    }
}

/// How one promise is settled while its case is resolved.
public struct SettleRequest: Sendable, Hashable {
    /// The ways to settle a promise while resolving; a new date is no way to end a case.
    public enum Action: Sendable, Hashable {
        case keep(KeepRequest)
        case withdraw(WithdrawRequest)
    }

    /// One of the case's own promises, named at most once.
    public var promiseID: Int64
    /// What is done with it, with that action's own fields.
    public var action: Action

    /// The settling of one promise.
    public init(promiseID: Int64, action: Action) {
        self.promiseID = promiseID
        self.action = action
    }
}

/// That the complaint is resolved.
public struct ResolveRequest: Sendable, Hashable {
    /// What was found and done, for whoever reads the case later.
    public var summary: String
    /// How it ended, in words for the customer (T21); nil when they are told in another way.
    public var outcomeText: String?
    /// Whether the customer said that they are content with it; false does not stand in the way. Nil where nobody was asked, as
    /// the case was a mistake.
    public var customerAccepted: Bool?
    /// What was found; nil where nobody says.
    public var outcome: CaseOutcome?
    /// What the customer gets for it; nil where they get nothing, or nobody says.
    public var redress: Money?
    /// The desk's last word to the customer; nil where none was sent.
    public var finalResponse: FinalResponseRequest?
    /// When it was resolved; nil: now.
    public var resolvedAt: PastInstant?
    /// What shows that it was resolved then; required where a date by which it was to be has passed since.
    public var evidence: String?
    /// The promises settled in the same step, in this order.
    public var settle: [SettleRequest]
    /// A promise that outlives the resolution (T21).
    public var followUp: PromiseRequest?

    /// A resolution; whatever `settle` leaves unsettled to the customer refuses it.
    public init(
        summary: String, outcomeText: String? = nil, customerAccepted: Bool?, outcome: CaseOutcome? = nil,
        redress: Money? = nil, finalResponse: FinalResponseRequest? = nil, resolvedAt: PastInstant? = nil,
        evidence: String? = nil, settle: [SettleRequest] = [], followUp: PromiseRequest? = nil
    ) {
        self.summary = summary
        self.outcomeText = outcomeText
        self.customerAccepted = customerAccepted
        self.outcome = outcome
        self.redress = redress
        self.finalResponse = finalResponse
        self.resolvedAt = resolvedAt
        self.evidence = evidence
        self.settle = settle
        self.followUp = followUp
    }
}

/// The desk's last word to the customer, as the sender says it; without an instant it goes out now.
public struct FinalResponseRequest: Sendable, Hashable {
    /// When it went out; nil: now.
    public var sentAt: PastInstant?
    /// The way it went.
    public var channel: Channel

    /// A final response as it was sent.
    public init(sentAt: PastInstant? = nil, channel: Channel) {
        self.sentAt = sentAt
        self.channel = channel
    }
}

/// That a case is a duplicate of another one.
public struct DuplicateRequest: Sendable, Hashable {
    /// The case that goes on.
    public var caseID: Int64
    /// How that was found.
    public var reason: String

    /// A duplicate of that case.
    public init(caseID: Int64, reason: String) {
        self.caseID = caseID
        self.reason = reason
    }
}

/// That a resolved or closed case goes on.
public struct ReopenRequest: Sendable, Hashable {
    /// Why it goes on; kept in the log.
    public var reason: String
    /// Nil: the policy's `acknowledge` promise.
    public var promise: PromiseRequest?

    /// A reopening for that reason.
    public init(reason: String, promise: PromiseRequest? = nil) {
        self.reason = reason
        self.promise = promise
    }
}
