/// Something that waits for somebody, in a manager's queue: one item a reason.
public struct QueueItem: Sendable, Hashable {
    /// Where it can be read: what raised it.
    public enum Place: Sendable, Hashable {
        /// An entry of the case's log, by its number.
        case entry(Int64)
        /// A promise, by its id.
        case promise(Int64)
        /// The case itself.
        case `case`
    }

    /// What waits, and why.
    public let reason: QueueReason
    /// Since when: the stamp of the entry, the due instant of an overdue promise, when an owner was asked to accept one,
    /// when a deadline came near.
    public let since: Instant
    /// What raised it.
    public let place: Place
    /// Whom it waits for: the owner of a case whose deadline nears; the case's supervisor, for want of one the owner of a case with a threat; the owner of a
    /// promise, or whoever stands in for an owner who is away that day, where it is overdue or has come up the ladder to its owner; of one that came up the ladder to others whoever that step is for. Nil when nobody is named, for what waits for any manager, and for a concession that the supervisor made: another manager decides.
    public let waitsFor: String?
    /// The case, and whom to call.
    public let summary: CaseSummary
    /// By when something could be promised that settles it, in examples.
    public let exampleDue: Instant

    /// The item with its case as of another instant.
    public func showing(_ summary: CaseSummary) -> QueueItem {
        QueueItem(
            reason: reason, since: since, place: place, waitsFor: waitsFor, summary: summary, exampleDue: exampleDue)
    }

    /// An item as it was read.
    public init(
        reason: QueueReason, since: Instant, place: Place, waitsFor: String?, summary: CaseSummary, exampleDue: Instant
    ) {
        self.reason = reason
        self.since = since
        self.place = place
        self.waitsFor = waitsFor
        self.summary = summary
        self.exampleDue = exampleDue
    }

    /// What settles it. It is sent as it is by who looks no further, so it claims no more than that.
    public var call: GuidedCall {
        switch (reason, place) {
        case (.threat, .entry(let seq)):
            .write(
                .threatAssessment(
                    AssessmentRequest(
                        of: seq, verdict: .unknown, reason: "Taken up from the queue: nothing can be said for sure.")))
        case (.concession, .entry(let seq)):
            .write(
                .concessionDecision(
                    ConcessionDecisionRequest(of: seq, approved: false, reason: "Not granted as it stands.")))
        case (.dispute, .entry(let seq)): .decision(onDispute: seq)
        case (.return, .entry): .goingOn
        case (.escalation(let supervisor, _), _): .write(.supervisorJoined(supervisor))
        case (.danger, _), (.notAccepted, _): .write(.supervisorJoined(waitsFor))
        case (.acceptance(_, let owner), .promise(let id)): .accept(id, owner: owner)
        case (.ladder(_, _, let to, let isOverdue), .promise(let id)):
            isOverdue ? recovery(of: id, to: to) : .renew(id, .renegotiate, moved("We will not make the date", to: to))
        // Their word is theirs to keep: what is up to the desk is to ask.
        case (.overdue(_, .customer, _, isCaseOpen: true), .promise): .promise(.checkIn(due: .at(exampleDue)))
        case (.overdue(_, _, let to, _), .promise(let id)): recovery(of: id, to: to)
        case (.deadline, _):
            .escalate(
                EscalateRequest(
                    supervisor: GuidedCall.supervisorOnDuty,
                    reason: "The case's hard deadline nears."), isNamed: false)
        case (.threat, _), (.concession, _), (.dispute, _), (.return, _), (.acceptance, _), (.overdue, _),
            (.ladder, _):
            preconditionFailure("\(reason.kind) has no such place")
        }
    }

    private func recovery(of id: Int64, to: Promisee) -> GuidedCall {
        .renew(id, .recover, moved("We missed the date", to: to))
    }

    private func moved(_ reason: String, to: Promisee) -> RenegotiateRequest {
        RenegotiateRequest(
            due: .at(exampleDue), reason: reason, nextStep: "We call as soon as it is done",
            customerNotified: to == .us ? nil : NoticeRequest(channel: .phone, outcome: .attempted))
    }
}
