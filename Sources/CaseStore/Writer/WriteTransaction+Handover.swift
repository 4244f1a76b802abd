public import Complaints
import GRDB

// How work is handed over
//
// A handover is one entry about whoever had the work, and at once after it an entry for each promise and each case that goes
// over, in the log of its case. So which they were is told by their places in the log, which has them one after the other;
// and each says of which handover it is a part.
//
// All of it is one commit, during which nobody else writes: so there is a bound. What is past it stays where it is, and the
// answer says how much that is: another handover takes it. The cases are loaded, changed and written one after the other, and
// of each only what went over is kept.

extension WriteTransaction {
    /// What goes over, case by case, in the order in which it is due.
    private struct Plan {
        var cases: [Int64: (takesCase: Bool, promises: [Int64: HandoverPart.Passing])] = [:]
        var order: [Int64] = []
        var promiseCount = 0
        var caseCount = 0
        var promisesLeft = 0
        var casesLeft = 0
        /// Promises that stay, as they were taken on since.
        var accepted = 0

        var isEmpty: Bool { promiseCount + caseCount == 0 }
        private var isFull: Bool { promiseCount + caseCount >= Limits.handover }

        mutating func add(promise: Int64, of caseID: Int64, as passing: HandoverPart.Passing = .given) {
            guard !isFull else { return promisesLeft += 1 }
            enter(caseID)
            cases[caseID]?.promises[promise] = passing
            promiseCount += 1
        }

        mutating func add(case caseID: Int64) {
            guard !isFull else { return casesLeft += 1 }
            enter(caseID)
            cases[caseID]?.takesCase = true
            caseCount += 1
        }

        private mutating func enter(_ caseID: Int64) {
            guard cases[caseID] == nil else { return }
            cases[caseID] = (false, [:])
            order.append(caseID)
        }
    }

    /// Hands work over, from whom the path names, as this transaction has read them.
    ///
    /// - Throws: `Refusal`.
    public func handOver(
        from subject: OwnerRecord, _ incoming: Incoming<HandoverRequest>, by actor: Actor
    ) throws -> Handover {
        let to = FoldedName(incoming.value.to)
        let undone = try incoming.value.only.flatMap { try record.handover($0, of: to, to: FoldedName(subject.name)) }
        let isTheirs = actor.speaks(for: subject.name)
        // Where it went by mistake, and to a name that may be nobody's, nobody else can take it back.
        guard isTheirs || undone?.madeBy.isName(of: actor) == true else {
            throw Refusal.forbidden(
                "What is \(subject.name)'s they hand over themselves, or a manager does. Whoever handed it to them takes back what "
                    + "they have not accepted, with that handover's seq as only.")
        }
        var issues: [FieldIssue] = []
        if to == FoldedName(subject.name) {
            issues.append(FieldIssue("to", .invalidValue, "has it already: name somebody else."))
        } else if incoming.value.only != nil {
            if undone == nil {
                issues.append(
                    FieldIssue(
                        "only", .invalidValue,
                        "is no handover from \(incoming.value.to) to \(subject.name): give the seq that it was answered with."
                    ))
            }
        }
        let given = try look(at: [NamedOwner("to", incoming.value.to)], people: [], by: actor)
        let request = try incoming.adding(issues + given.issues).taken()
        let name = try owners.owner(to, record)?.name ?? request.to
        var plan = Plan()
        if let undone {
            try fill(&plan, undoing: undone, from: subject, takingAccepted: isTheirs)
        } else {
            try fill(&plan, request, from: subject)
        }
        return try write(plan, request, from: subject, to: name, new: given.new, by: actor)
    }

    private func fill(_ plan: inout Plan, _ request: HandoverRequest, from subject: OwnerRecord) throws {
        let name = FoldedName(subject.name)
        for held in try record.unsettled(of: name) { plan.add(promise: held.promise, of: held.caseID) }
        guard request.cases else { return }
        for caseID in try record.openCases(of: name) { plan.add(case: caseID) }
    }

    /// What went over then and is still theirs goes back. What nobody has taken on since, nor given to anybody else, is
    /// again what it was; whatever else they have by their own word, or by another's, and whoever had it is asked.
    ///
    /// - Parameter takingAccepted: whether that goes back too.
    private func fill(
        _ plan: inout Plan, undoing undone: EarlierHandover, from subject: OwnerRecord, takingAccepted: Bool
    ) throws {
        let name = FoldedName(subject.name)
        let parts = try record.parts(of: undone)
        let theirs = Dictionary(
            uniqueKeysWithValues: try record.unsettled(of: name).map { ($0.promise, $0) })
        let promises = parts.compactMap { part in part.promise.map { ($0, part.caseID) } }.filter {
            theirs[$0.0] != nil
        }
        let changes = try record.ownerChanges(ofPromises: promises.map(\.0))
        for (promise, caseID) in promises {
            if let held = theirs[promise], !held.isTakenOn,
                let change = changes[promise]?.undone(by: undone, askedAt: held.askedAt)
            {
                plan.add(promise: promise, of: caseID, as: .takenBack(change.acceptance))
            } else if takingAccepted {
                plan.add(promise: promise, of: caseID)
            } else {
                plan.accepted += 1
            }
        }
        let handled = Set(try record.openCases(of: name))
        for part in parts where part.promise == nil && handled.contains(part.caseID) { plan.add(case: part.caseID) }
    }

    private func write(
        _ plan: Plan, _ request: HandoverRequest, from subject: OwnerRecord, to name: String, new: [NewName],
        by actor: Actor
    ) throws -> Handover {
        var handed: [(promise: Promise, policy: Policy)] = []
        let seq = try plan.isEmpty ? nil : enter(plan, request, from: subject, to: name, by: actor)
        for caseID in plan.order {
            guard let seq, let part = plan.cases[caseID], let file = try record.caseFile(caseID) else { continue }
            var change = CaseChange(of: file, nextPromiseID: try nextPromiseID)
            change.handOver(
                HandoverPart(
                    to: name, reason: request.reason, seq: seq, takesCase: part.takesCase, promises: part.promises),
                by: actor, at: now)
            let saved = try save(change, by: actor, advises: false).file
            let policy = try record.policy(for: saved.record)
            for promise in saved.promises where part.promises[promise.id] != nil { handed.append((promise, policy)) }
        }
        handed.sort { ($0.promise.dueAt, $0.promise.id) < ($1.promise.dueAt, $1.promise.id) }
        // Only now all that they carry is theirs.
        let parts = try handed.map { promise, policy in
            Handover.Part(promise: promise, advice: try advice(onHanded: promise, under: policy, new))
        }
        return Handover(
            seq: seq, from: subject.name, to: name, reason: request.reason, only: request.only, at: now,
            promises: parts,
            caseIDs: plan.order.filter { plan.cases[$0]?.takesCase == true }.sorted(), promisesLeft: plan.promisesLeft,
            casesLeft: plan.casesLeft, accepted: plan.accepted,
            load: try load(of: name, onDayOf: now, under: record.policy(.normal)), new: new)
    }

    /// Writes the handover's entry, and says which one it is.
    private func enter(
        _ plan: Plan, _ request: HandoverRequest, from subject: OwnerRecord, to name: String, by actor: Actor
    ) throws -> Int64 {
        let owner = try loggedOwner(subject.name)
        let seq = try record.lastSeq(about: .owner(owner.id)) + 1
        try log(
            .handover(request, to: name, promises: plan.promiseCount, cases: plan.caseCount, at: now),
            about: .owner(owner.id), by: actor)
        return seq
    }

    private func advice(onHanded promise: Promise, under policy: Policy, _ new: [NewName]) throws -> PromiseAdvice {
        let load = promise.isToCustomer ? try load(of: promise.owner, onDayOf: promise.dueAt, under: policy) : nil
        return PromiseAdvice(
            handing: promise, load: load, absence: try absence(for: promise), under: policy, newNames: new)
    }
}

/// A handover on record.
private struct EarlierHandover {
    /// Where its entry is.
    let id: Int64
    /// How many entries follow it that are parts of it.
    let count: Int64
    let recordedAt: Instant
    /// Who had what went over.
    let from: FoldedName
    let madeBy: String
}

extension OwnerChange {
    /// Whether a promise went over by it. Other changes of its hands may have the same stamp.
    fileprivate func isPart(of handover: EarlierHandover) -> Bool {
        recordedAt == handover.recordedAt && from.map { FoldedName($0) == handover.from } ?? false
    }
}

extension [OwnerChange] {
    /// The change by which a promise went over, oldest first as they are; nil where something else has come of it since. What
    /// went on and came back waits for the answer that the handover asked for, as it did before; of what nobody is asked about
    /// nothing may have come after it.
    fileprivate func undone(by handover: EarlierHandover, askedAt: Instant?) -> OwnerChange? {
        if askedAt == nil { return last.flatMap { $0.isPart(of: handover) ? $0 : nil } }
        return askedAt == handover.recordedAt ? last { $0.isPart(of: handover) } : nil
    }
}

extension ReadTransaction {
    /// A handover by its number in the log of who had the work; nil where that is none to `to`.
    fileprivate func handover(_ seq: Int64, of name: FoldedName, to: FoldedName) throws -> EarlierHandover? {
        guard let owner = try owner(name) else { return nil }
        let found = try statements.first(
            Self.handoverBySeq, db,
            bind: { row in
                row.add(owner.id)
                row.add(seq)
            }
        ) { row in
            (
                id: row.integer(0), facts: try FactCoding.decode(row.text(1)),
                to: FactCoding.text("to", in: row.text(2)), recordedAt: row.instant(3),
                madeBy: try names.spelling(row.integer(4), db)
            )
        }
        guard let found, found.to.map({ FoldedName($0) == to }) ?? false else { return nil }
        let count = found.facts.reduce(into: Int64(0)) { count, fact in
            if case .integer(let number) = fact.value, ["promises", "cases"].contains(fact.name) { count += number }
        }
        return EarlierHandover(
            id: found.id, count: count, recordedAt: found.recordedAt, from: name, madeBy: found.madeBy)
    }

    private static let handoverBySeq = SQL(
        """
        SELECT id, facts, texts, recorded_at, actor_id FROM case_log
        WHERE about = 'owner' AND about_id = ? AND seq = ? AND kind = 'handover'
        """)

    /// The promises and cases that went over, in the order of their entries: a case has no promise.
    fileprivate func parts(of handover: EarlierHandover) throws -> [(caseID: Int64, promise: Int64?)] {
        var parts: [(caseID: Int64, promise: Int64?)] = []
        try statements.rows(
            Self.entriesAfter, db,
            bind: { row in
                row.add(handover.id)
                row.add(handover.id + handover.count)
            }
        ) { parts.append(($0.integer(0), $0.optionalInteger(1))) }
        return parts
    }

    private static let entriesAfter = SQL(
        "SELECT case_id, promise_id FROM case_log WHERE id > ? AND id <= ? ORDER BY id")

    private static let unsettledOf = SQL(
        """
        SELECT p.id, p.case_id, p.due_at, p.asked_at IS NULL OR p.accepted_at IS NOT NULL, p.asked_at
        FROM promise p INDEXED BY promise_unsettled_by_owner
        WHERE p.recorded_at IS NULL AND p.promised_by = 'desk' AND p.promised_to = 'customer'
            AND p.owner_id IN (SELECT n.id FROM name n WHERE n.role = 'owner' AND n.folded = ?1)
        UNION ALL
        SELECT p.id, p.case_id, p.due_at, p.promised_by = 'desk' AND (p.asked_at IS NULL OR p.accepted_at IS NOT NULL),
            p.asked_at
        FROM promise p INDEXED BY promise_unsettled
        WHERE p.recorded_at IS NULL AND p.promised_to = 'us' AND p.promised_by IN ('desk', 'customer')
            AND p.owner_id IN (SELECT n.id FROM name n WHERE n.role = 'owner' AND n.folded = ?1)
        ORDER BY 3, 1
        """)

    /// Everything that somebody has to keep or to mind, the earliest due first; whether it counts for them by their own word,
    /// and when they were asked for that: nobody gives theirs to what a customer promised.
    func unsettled(
        of name: FoldedName
    ) throws -> [(promise: Int64, caseID: Int64, isTakenOn: Bool, askedAt: Instant?)] {
        var promises: [(promise: Int64, caseID: Int64, isTakenOn: Bool, askedAt: Instant?)] = []
        try statements.rows(Self.unsettledOf, db, bind: { $0.add(name.text.string) }) {
            promises.append(($0.integer(0), $0.integer(1), $0.flag(3), $0.optionalInstant(4)))
        }
        return promises
    }

    /// What a handover of all of somebody's takes, as far as one reaches: the promises, the earliest due first, and then the cases.
    ///
    /// - Parameter takesCases: whether their open cases go over too.
    package func goingOver(from name: String, takesCases: Bool) throws -> (promises: [Int64], cases: [Int64]) {
        let promises = try unsettled(of: FoldedName(name)).prefix(Limits.handover).map(\.promise)
        let cases = takesCases ? try openCases(of: FoldedName(name)) : []
        return (promises, Array(cases.prefix(Limits.handover - promises.count)))
    }

    private static let openCasesOf = SQL(
        """
        SELECT c.id FROM complaint_case c INDEXED BY complaint_case_open_by_owner
        WHERE c.status = 'open' AND c.owner_id IN (SELECT n.id FROM name n WHERE n.role = 'owner' AND n.folded = ?1)
        ORDER BY c.id
        """)

    /// The open cases that somebody handles.
    func openCases(of name: FoldedName) throws -> [Int64] {
        var ids: [Int64] = []
        try statements.rows(Self.openCasesOf, db, bind: { $0.add(name.text.string) }) { ids.append($0.integer(0)) }
        return ids
    }
}
