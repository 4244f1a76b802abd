import Complaints

/// A complaint as it goes on: what people do, and what guidance says then. It keeps the log and what waits as the store
/// does.
struct Story {
    private(set) var file: CaseFile
    private(set) var entries: [LogEntry] = []
    private(set) var now = Desk.morning
    var policy: Policy
    /// How many hot contacts in a row the owner has had.
    var hotInARow = 0
    private var nextPromiseID: Int64 = 1

    /// Opened in the morning by Ann, whose case it is.
    init(
        mood: Mood = .calm, promise: PromiseRequest? = nil, customer: Customer = Desk.customer, owner: String? = "Ann",
        policy: Policy = Desk.policy
    ) throws {
        self.policy = policy
        let request = CaseRequest(
            fields: CaseFields(mood: mood, owner: owner), complaint: "It broke.", customer: .known(id: customer.id),
            promise: promise)
        let opened = try CaseChange.open(
            Incoming(request), customer: customer, id: 7, promiseID: 1, policy: policy, by: Desk.ann, at: now)
        file = opened.file
        commit(opened, by: Desk.ann)
    }

    /// A copy at a later time.
    mutating func wait(_ span: ElapsedTime) {
        now = now + span
    }

    /// Does something, as Ann unless somebody else is named. A second goes by.
    mutating func change(
        by actor: Actor = Desk.ann, _ body: (inout CaseChange, Policy, Instant) throws -> Void
    ) throws {
        var draft = CaseChange(of: file, knowing: entries, nextPromiseID: nextPromiseID)
        try body(&draft, policy, now)
        if !draft.log.isEmpty { draft.escalateIfBroken(under: policy, at: now) }
        commit(draft, by: actor)
        now = now + .seconds(1)
    }

    mutating func write(_ request: LogRequest, by actor: Actor = Desk.ann) throws {
        try change(by: actor) { try $0.write(Incoming(request), under: $1, by: actor, at: $2) }
    }

    private mutating func commit(_ draft: CaseChange, by actor: Actor) {
        let last = entries.last?.seq ?? 0
        for (index, entry) in draft.log.enumerated() {
            entries.append(
                LogEntry(
                    subject: .case(7), seq: last + Int64(index) + 1, kind: entry.kind, at: entry.at, recordedAt: now,
                    actor: (entry.actor ?? actor).name, tokenName: nil, promiseID: entry.promiseID, facts: entry.facts,
                    texts: entry.texts, imported: false))
        }
        let settled = draft.matters.map { matter in
            guard let end = draft.settled.first(where: { $0.kind == matter.kind && $0.seq == matter.seq }) else {
                return matter
            }
            return Matter(
                kind: matter.kind, seq: matter.seq, raisedAt: matter.raisedAt, settledAt: now,
                settledSeq: last + Int64(end.entry) + 1, outcome: end.outcome)
        }
        let raised = draft.raised.map { matter in
            let seq = last + Int64(matter.entry) + 1
            return Matter(
                kind: matter.kind, seq: matter.of ?? seq, raisedAt: now, settledAt: matter.outcome.map { _ in now },
                settledSeq: matter.outcome.map { _ in seq }, outcome: matter.outcome)
        }
        let saved = draft.committed(at: now)
        file = CaseFile(record: saved.record, promises: saved.promises, matters: settled + raised)
        nextPromiseID = (file.promises.map(\.id).max() ?? 0) + 1
    }
}

extension PromiseRequest {
    /// A promise that the customer was told of as it was made.
    static func told(_ span: ElapsedTime) -> PromiseRequest {
        PromiseRequest(
            what: "Say more", due: .after(span), customerNotified: NoticeRequest(channel: .phone, outcome: .reached))
    }
}

// What guidance says.
extension Story {
    var guidance: Guidance {
        let latest = entries.last { $0.kind == Guidance.latestKind }?.seq
        return Guidance(
            of: file, entries: entries.filter { Guidance.kinds.contains($0.kind) || $0.seq == latest }, under: policy,
            hotInARow: hotInARow, at: now)
    }

    /// How long it is until half an hour before the promise that is to be kept next is due.
    var untilNext: ElapsedTime {
        let ids = item(.keepPromises).why.promises
        return file.promises.first { $0.id == ids.first }.map { $0.dueAt + .minutes(-30) - now } ?? .zero
    }

    /// What is to be done now, in order.
    var toDo: [Tactic] { guidance.items.filter { $0.state == .now }.map(\.tactic) }

    func item(_ tactic: Tactic) -> Guidance.Item {
        guidance.items.first { $0.tactic == tactic }!
    }

    func state(_ tactic: Tactic) -> Guidance.State { item(tactic).state }

    /// The tactics that are in a state, in their own order.
    func tactics(_ state: Guidance.State) -> [Tactic] {
        guidance.items.filter { $0.state == state }.map(\.tactic).sorted()
    }

    /// Does what guidance says about a tactic.
    mutating func follow(_ tactic: Tactic) throws {
        guard let call = item(tactic).call else { throw NoCall(tactic: tactic) }
        try make(call)
    }

    struct NoCall: Error {
        let tactic: Tactic
    }

    /// Does what a call does, as whoever may.
    mutating func make(_ call: GuidedCall) throws {
        let actor = Actor(name: call.actor ?? (call.role == .manager ? "Mia" : "Ann"), role: call.role)
        try change(by: actor) { file, policy, now in
            switch call {
            case .write(let request): try file.write(Incoming(request), under: policy, by: actor, at: now)
            case .join(let name, _):
                try file.write(Incoming(.supervisorJoined(name)), under: policy, by: actor, at: now)
            case .agree(let request, _):
                try file.write(Incoming(.agreement(request)), under: policy, by: actor, at: now)
            case .coolOff(let request): try file.write(Incoming(.coolOff(request)), under: policy, by: actor, at: now)
            case .promise(let request):
                try file.add(Incoming(AddPromiseRequest(request)), under: policy, by: actor, at: now)
            case .keep(let id, let evidence, let continuation):
                try file.keep(
                    id, Incoming(SettleAndContinue(KeepRequest(evidence: evidence), then: continuation)), under: policy,
                    by: actor,
                    at: now)
            case .renew(let id, let kind, let request):
                try file.renew(id, kind, Incoming(request), under: policy, by: actor, at: now)
            case .accept(let id, _): try file.accept(id, Incoming(()), by: actor, at: now)
            case .escalate(let request, _): try file.escalate(Incoming(request), by: actor, at: now)
            case .decide(let request): try file.decide(Incoming(request), under: policy, by: actor, at: now)
            case .wish(let text):
                var edit = CaseEdit()
                edit.desiredOutcome = text
                try file.edit(Incoming(edit), under: policy, by: actor, at: now)
            case .estimate(let estimate):
                var edit = CaseEdit()
                edit.estimate = estimate
                try file.edit(Incoming(edit), under: policy, by: actor, at: now)
            case .handOver(let owner):
                var edit = CaseEdit()
                // To somebody else than who has it.
                edit.owner = file.record.fields.owner.isExactly(owner) ? "Kim" : owner
                try file.edit(Incoming(edit), under: policy, by: actor, at: now)
            }
        }
    }
}
