import Complaints

/// Everything that can be done to a promise.
enum PromiseAction: String, CaseIterable, Sendable {
    case keep
    case keepBackdated = "keep, backdated"
    case renegotiate, recover
    case withdrawReleased = "withdraw, released"
    case withdrawUnreleased = "withdraw, not released"
    case void, reassign

    /// Does it to promise `id` of `file`, as a manager.
    func apply(
        to id: Int64, of file: inout CaseChange, at now: Instant, then: Continuation = .none
    ) throws(Refusal) {
        let actor = Desk.manager
        let policy = Desk.policy
        switch self {
        case .keep:
            try file.keep(
                id, Incoming(SettleAndContinue(KeepRequest(), then: then)), under: policy, by: actor, at: now)
        case .keepBackdated:
            let keep = KeepRequest(keptAt: PastInstant(Desk.morning + .minutes(1)), evidence: "Call recording 17")
            try file.keep(
                id, Incoming(SettleAndContinue(keep, then: then)), under: policy, by: actor, at: now)
        case .renegotiate, .recover:
            try file.renew(
                id, self == .renegotiate ? .renegotiate : .recover, Desk.renewal(), under: policy, by: actor, at: now)
        case .withdrawReleased:
            try file.withdraw(
                id, Incoming(SettleAndContinue(Desk.released, then: then)), under: policy, by: actor, at: now)
        case .withdrawUnreleased:
            let withdraw = WithdrawRequest(
                reason: "Nobody answers", release: .without(.unreachable),
                customerNotified: NoticeRequest(channel: .letter, outcome: .messageLeft))
            try file.withdraw(
                id, Incoming(SettleAndContinue(withdraw, then: then)), under: policy, by: actor, at: now)
        case .void:
            let void = VoidRequest(reason: "Wrong case", customerNotified: Desk.reached)
            try file.void(
                id, Incoming(SettleAndContinue(void, then: then)), under: policy, by: actor, at: now)
        case .reassign:
            try file.reassign(id, Incoming(ReassignRequest(owner: "Dan", reason: "Shift")), by: actor, at: now)
        }
    }

    /// Whether it leaves the promise unsettled or puts another one in its place, so that no case falls silent by it.
    var keepsTheTimeline: Bool {
        switch self {
        case .renegotiate, .recover, .reassign: true
        case .keep, .keepBackdated, .withdrawReleased, .withdrawUnreleased, .void: false
        }
    }
}
