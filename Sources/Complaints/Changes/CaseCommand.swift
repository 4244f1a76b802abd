/// A change that is asked for of a case on record, as a value. It is read from a request, and performed in the writer's
/// transaction as often as its batch has to be made: it holds nothing of what it is performed on.
///
/// A new one is a case here and a branch of `CaseChange.perform`, with its rule beside the others.
public enum CaseCommand: Sendable {
    /// Settles a promise as kept (T2).
    case keep(promise: Int64, Incoming<SettleAndContinue<KeepRequest>>)
    /// Gives a promise up, released by the customer or not.
    case withdraw(promise: Int64, Incoming<SettleAndContinue<WithdrawRequest>>)
    /// Takes back a promise entered by mistake.
    case void(promise: Int64, Incoming<SettleAndContinue<VoidRequest>>)
    /// Moves a promise to a new date, before it is due or after (T3).
    case renew(promise: Int64, RenewalKind, Incoming<RenegotiateRequest>)
    /// Gives a promise to somebody else.
    case reassign(promise: Int64, Incoming<ReassignRequest>)
    /// Takes on a promise that somebody else gave to its owner (T4).
    case accept(promise: Int64, Incoming<Void>)
    /// Gives a promise back to whoever gave it to its owner (T4).
    case decline(promise: Int64, Incoming<DeclineRequest>)
    /// Edits the case's own fields, says whose it is, where that is another customer's than it was, and how it ended.
    case edit(case: Int64, Incoming<CaseEdit>, customer: Int64? = nil, ending: EndingEdit = EndingEdit())
    /// Makes a further promise.
    case promise(case: Int64, Incoming<AddPromiseRequest>)
    /// Writes an entry to the log, and does what goes with it.
    case write(case: Int64, Incoming<LogRequest>)
    /// Asks a supervisor to join (T13).
    case escalate(case: Int64, Incoming<EscalateRequest>)
    /// Decides whether the relationship with the customer goes on (T17).
    case decide(case: Int64, Incoming<RelationshipRequest>)
    /// Resolves an open case.
    case resolve(case: Int64, Incoming<ResolveRequest>)
    /// Closes a resolved case, for that reason.
    case close(case: Int64, Incoming<String?>)
    /// Opens a resolved or closed case again (T1).
    case reopen(case: Int64, Incoming<ReopenRequest>)
    /// Has a case come to a later stage of its regime.
    case stage(case: Int64, Incoming<StageRequest>)
    /// Makes a link to the customer's page of the case (T21).
    case share(case: Int64, Incoming<ShareRequest>)
    /// Takes back all links to it, for that reason.
    case unshare(case: Int64, Incoming<String?>)

    /// What a command is about.
    public enum Target: Sendable, Hashable {
        /// The case of that id.
        case `case`(Int64)
        /// The promise of that id, and the case it is of.
        case promise(Int64)
    }

    /// What it is about.
    public var target: Target {
        switch self {
        case .keep(let id, _), .withdraw(let id, _), .void(let id, _), .renew(let id, _, _), .reassign(let id, _),
            .accept(let id, _), .decline(let id, _):
            .promise(id)
        case .edit(let id, _, _, _), .promise(let id, _), .write(let id, _), .escalate(let id, _), .decide(let id, _),
            .resolve(let id, _), .close(let id, _), .reopen(let id, _), .stage(let id, _), .share(let id, _),
            .unshare(let id, _):
            .case(id)
        }
    }

    /// The customer that it names as the case's; nil where it names none.
    public var customerID: Int64? {
        if case .edit(_, _, let id, _) = self { id } else { nil }
    }

    /// Whether it may be something that one does not do about oneself: then it is looked up whether anybody else is there
    /// (`Actor.isAlone`).
    public var isForAnother: Bool {
        switch self {
        case .void, .escalate, .decide, .stage: true
        case .edit(_, let incoming, _, _): incoming.value.regime != nil
        case .write(_, let incoming): incoming.value.isForAnother
        default: false
        }
    }

    /// The kinds of entries in the case's log that it has to be held against.
    public var neededEntries: [LogKind] {
        switch self {
        case .keep(_, let incoming): incoming.value.then.neededEntries
        case .withdraw(_, let incoming): incoming.value.then.neededEntries
        case .resolve(_, let incoming): incoming.value.neededEntries
        case .write(_, let incoming): incoming.value.neededEntries
        case .edit(_, let incoming, let customer, _):
            (incoming.value.mood == nil ? [] : [.mood]) + (customer == nil ? [] : [.relationship] + CaseShare.kinds)
                + (incoming.value.regime == nil ? [] : [.stageOpened] + LogKind.handingOn)
        case .void(_, let incoming): [.promiseMade] + LogKind.handingOn + incoming.value.then.neededEntries
        case .decline: LogKind.changesOfHands
        case .reopen: [.relationship]
        case .share, .unshare: CaseShare.kinds
        case .stage:
            [
                .relationship, .caseResolved, .caseClosed, .caseReopened, .caseUpdated, .resolutionCorrected,
                .stageOpened,
            ] + LogKind.handingOn
        default: []
        }
    }

    /// The same of the logs of those cases that went on in its own: what counts for all of a matter.
    public var neededEntriesElsewhere: [LogKind] {
        switch self {
        case .write(_, let incoming):
            if case .concession = incoming.value { neededEntries } else { [] }
        case .void: [.caseOpened, .promiseMade] + LogKind.handingOn
        default: []
        }
    }
}

extension CaseChange {
    /// Performs a command by the rules, with what follows from it by itself.
    public mutating func perform(
        _ command: CaseCommand, under policy: Policy, by actor: Actor, at now: Instant
    ) throws(Refusal) {
        switch command {
        case .keep(let id, let incoming): try keep(id, incoming, under: policy, by: actor, at: now)
        case .withdraw(let id, let incoming): try withdraw(id, incoming, under: policy, by: actor, at: now)
        case .void(let id, let incoming): try void(id, incoming, under: policy, by: actor, at: now)
        case .renew(let id, let kind, let incoming): try renew(id, kind, incoming, under: policy, by: actor, at: now)
        case .reassign(let id, let incoming): try reassign(id, incoming, by: actor, at: now)
        case .accept(let id, let incoming): try accept(id, incoming, by: actor, at: now)
        case .decline(let id, let incoming): try decline(id, incoming, by: actor, at: now)
        case .edit(_, let incoming, let customerID, let ending):
            try edit(incoming, customer: customerID, ending: ending, under: policy, by: actor, at: now)
        case .promise(_, let incoming): try add(incoming, under: policy, by: actor, at: now)
        case .write(_, let incoming): try write(incoming, under: policy, by: actor, at: now)
        case .escalate(_, let incoming): try escalate(incoming, by: actor, at: now)
        case .decide(_, let incoming): try decide(incoming, under: policy, by: actor, at: now)
        case .resolve(_, let incoming): try resolve(incoming, under: policy, by: actor, at: now)
        case .close(_, let incoming): try close(incoming, by: actor, at: now)
        case .reopen(_, let incoming): try reopen(incoming, under: policy, by: actor, at: now)
        case .stage(_, let incoming): try open(incoming, under: policy, by: actor, at: now)
        case .share(_, let incoming): try share(incoming, at: now)
        case .unshare(_, let incoming): try unshare(incoming, at: now)
        }
        guard !log.isEmpty else { return }
        escalateIfBroken(under: policy, at: now)
        escalateIfSlipped(under: policy, at: now)
    }
}

extension Continuation {
    /// What a resolution that goes with it has to know.
    fileprivate var neededEntries: [LogKind] {
        if case .resolve(let request) = self { request.neededEntries } else { [] }
    }
}

extension ResolveRequest {
    /// Since when the case is open, where it says when it was resolved.
    fileprivate var neededEntries: [LogKind] { resolvedAt == nil ? [] : [.caseReopened] }
}
