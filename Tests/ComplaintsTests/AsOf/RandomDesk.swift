import Complaints
import TestSupport

/// One case with a random history: people do random things to it at random instants, sensible or not, and whoever
/// watches sees the whole record after each step.
struct RandomDesk {
    private(set) var file: CaseFile
    /// What the store would have written beside the rows.
    private(set) var history = CaseHistory()
    private(set) var now: Instant
    private var random: SeededRandom
    private var nextPromiseID: Int64 = 1

    private static let actors = [Desk.ann, Desk.bea, Desk.manager]
    private static let owners = ["Ann", "Bea", "Dan"]

    init(seed: UInt64) throws {
        random = SeededRandom(seed)
        now = Desk.morning
        file = Desk.file()
        let receivedAt = now + .hours(-Int64.random(in: 0...96, using: &random))
        let promise = random.once(in: 2) ? Desk.request(randomDue(), owner: randomOwner()) : nil
        let request = CaseRequest(
            fields: CaseFields(owner: randomOwner()), complaint: "It broke.", customer: .known(id: 5),
            receivedAt: PastInstant(receivedAt), promise: promise)
        let opened = try CaseChange.open(
            Incoming(request), customer: Desk.customer, id: 7, promiseID: 1, policy: Desk.policy, by: Desk.ann, at: now)
        commit(opened)
    }

    /// Lets some time pass and tries something, which the rules may refuse: then nothing changes.
    mutating func step() {
        now = now + ElapsedTime(milliseconds: random.pick([1, 60_000, 3_600_000, 7_200_000, 86_400_000]))
        var draft = CaseChange(of: file, nextPromiseID: nextPromiseID)
        do {
            try change(&draft)
            commit(draft)
        } catch {
            // A refusal: the draft is dropped.
        }
    }

    private mutating func commit(_ changed: CaseChange) {
        history.statusChanges += changed.statusesTaken
        for (id, owner) in changed.ownersBefore {
            history.ownerChanges[id, default: []].append(
                OwnerChange(
                    recordedAt: now, from: owner, acceptance: changed.acceptancesBefore[id] ?? nil,
                    isDecline: changed.declined.contains(id)))
        }
        file = changed.committed(at: now)
        nextPromiseID = (file.promises.map(\.id).max() ?? 0) + 1
    }

    private mutating func change(_ draft: inout CaseChange) throws(Refusal) {
        let id = random.pick(draft.promises.map(\.id))
        let actor = random.pick(Self.actors)
        switch Int.random(in: 0..<17, using: &random) {
        case 0, 1:
            let request = SettleAndContinue(randomKeep(), then: randomContinuation(of: draft))
            try draft.keep(id, Incoming(request), under: Desk.policy, by: actor, at: now)
        case 2, 3:
            let renewal = Desk.renewal(randomDue(), outcome: random.pick(ContactOutcome.allCases))
            try draft.renew(
                id, random.once(in: 2) ? .renegotiate : .recover, renewal, under: Desk.policy, by: actor, at: now)
        case 4:
            let request = SettleAndContinue(randomWithdrawal(), then: randomContinuation(of: draft))
            try draft.withdraw(id, Incoming(request), under: Desk.policy, by: actor, at: now)
        case 5:
            let request = SettleAndContinue(
                VoidRequest(reason: "Twice", customerNotified: random.once(in: 6) ? nil : Desk.reached),
                then: randomContinuation(of: draft))
            try draft.void(id, Incoming(request), under: Desk.policy, by: actor, at: now)
        case 6, 7:
            try draft.reassign(
                id, Incoming(ReassignRequest(owner: random.pick(Self.owners), reason: "Shift")), by: actor, at: now)
        case 8:
            let request = AddPromiseRequest(randomPromise(), keeps: random.once(in: 2) ? id : nil)
            try draft.add(Incoming(request), under: Desk.policy, by: actor, at: now)
        case 9:
            try draft.resolve(Incoming(randomResolution(of: draft)), under: Desk.policy, by: actor, at: now)
        case 10: try draft.close(Incoming(nil), by: Desk.ann, at: now)
        case 11:
            let request = ReopenRequest(reason: "Again", promise: random.once(in: 2) ? randomPromise() : nil)
            try draft.reopen(Incoming(request), under: Desk.policy, by: actor, at: now)
        case 16:
            // Of a case that nothing else is known of.
            let other = CaseFile(
                record: Case(
                    id: 8, customer: Desk.customer, complaint: "It broke.", receivedAt: Desk.morning,
                    openedAt: Desk.morning, updatedAt: Desk.morning), promises: [])
            draft = try CaseTransfer(
                Incoming(DuplicateRequest(caseID: 8, reason: "Twice")), of: draft.file, knowing: [],
                to: CaseTransfer.Goal(other, policy: Desk.policy, isRing: false), nextPromiseID: 10_000, by: actor,
                at: now
            ).duplicate
        case 12:
            var edit = CaseEdit()
            edit.owner = .some(randomOwner())
            try draft.edit(Incoming(edit), under: Desk.policy, by: actor, at: now)
        case 13:
            let owner = Actor(name: draft.promise(id)?.owner ?? "Eve", role: .agent)
            try draft.accept(id, Incoming(()), by: owner, at: now)
        case 14:
            let owner = Actor(name: draft.promise(id)?.owner ?? "Eve", role: .agent)
            try draft.decline(id, Incoming(DeclineRequest(reason: "Away")), by: owner, at: now)
        default:
            let notice = NoticeRequest(channel: .phone, outcome: random.pick(ContactOutcome.allCases))
            try draft.write(
                Incoming(.customerNotified(notice, promiseID: random.once(in: 2) ? id : nil, text: nil)),
                under: Desk.policy, by: actor, at: now)
        }
    }

    private mutating func randomDue() -> DueRequest {
        .after(ElapsedTime(milliseconds: random.pick([1000, 3_600_000, 7_200_001, 86_400_000, 172_800_000])))
    }

    private mutating func randomOwner() -> String? {
        random.once(in: 3) ? nil : random.pick(Self.owners)
    }

    private mutating func randomKeep() -> KeepRequest {
        guard random.once(in: 2) else { return KeepRequest() }
        let ago = ElapsedTime(milliseconds: -Int64.random(in: 0...14_400_000, using: &random))
        return KeepRequest(keptAt: PastInstant(now + ago), evidence: random.once(in: 3) ? nil : "Call recording 17")
    }

    private mutating func randomWithdrawal() -> WithdrawRequest {
        WithdrawRequest(
            reason: "No use",
            release: random.once(in: 2) ? .customerAgreed : .without(random.pick(Release.Cause.allCases)),
            customerNotified: random.once(in: 6) ? nil : Desk.reached)
    }

    private mutating func randomPromise() -> PromiseRequest {
        let byCustomer = random.once(in: 4)
        let notice = NoticeRequest(channel: .email, outcome: random.pick(ContactOutcome.allCases))
        return Desk.request(
            randomDue(), owner: randomOwner(), by: byCustomer ? .customer : .desk,
            notified: random.once(in: 2) ? notice : nil)
    }

    private mutating func randomContinuation(of draft: CaseChange) -> Continuation {
        switch Int.random(in: 0..<4, using: &random) {
        case 0: .none
        case 1: .resolve(randomResolution(of: draft))
        default: .promise(randomPromise())
        }
    }

    private mutating func randomResolution(of draft: CaseChange) -> ResolveRequest {
        var settle: [SettleRequest] = []
        for promise in draft.promises where promise.isUnsettled && !random.once(in: 8) {
            let action: SettleRequest.Action = random.once(in: 2) ? .keep(randomKeep()) : .withdraw(randomWithdrawal())
            settle.append(SettleRequest(promiseID: promise.id, action: action))
        }
        return ResolveRequest(
            summary: "Done", customerAccepted: true,
            outcome: random.once(in: 4) ? nil : random.pick(CaseOutcome.allCases),
            redress: random.once(in: 2) ? nil : Money(amount: 500, currency: .usDollar),
            finalResponse: random.once(in: 2) ? nil : FinalResponseRequest(channel: .letter), settle: settle,
            followUp: random.once(in: 3) ? randomPromise() : nil)
    }
}
