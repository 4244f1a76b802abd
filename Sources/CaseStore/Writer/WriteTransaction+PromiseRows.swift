import Complaints

extension WriteTransaction {
    private static let insertPromise = SQL(
        """
        INSERT INTO promise (id, case_id, kind, what, promised_by, promised_to, owner_id, made_by_id,
            maker_token_id, made_at, channel, due_at, original_due_at, due_explained, next_step,
            notified_channel, notified_outcome, notified_at, reason_made, slips, supersedes, imported, told_at,
            told_recorded_at, kept_at, superseded_at, withdrawn_at, voided_at, recorded_at, superseded_by,
            release, settled_by_id, reason_settled, evidence, explanation_settled, version, asked_at, accepted_at,
            concession_seq, asked_by_id, explanation_made, transferred_from, first_made_at, counted_from,
            concession_case_id, clock, stage, clock_from, marks, next_mark_at)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?,
            ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """)

    /// Writes a promise, with what the clock has to say of it.
    func insert(_ promise: Promise, _ plan: MarkPlan) throws {
        let notice = promise.customerNotified
        let (owner, maker) = (try id(promise.owner, .owner), try id(promise.madeBy, .actor))
        let giver = try id(promise.acceptance?.askedBy, .actor)
        let settled = SettlementColumns(of: promise, by: try id(promise.settlement?.by, .actor))
        try statements.run(Self.insertPromise, db) { row in
            row.add(promise.id)
            row.add(promise.caseID)
            row.add(promise.kind.rawValue)
            row.add(promise.what)
            row.add(promise.by.rawValue)
            row.add(promise.to.rawValue)
            row.add(owner)
            row.add(maker)
            row.add(promise.makerTokenID)
            row.add(promise.madeAt)
            row.add(promise.channel?.rawValue)
            row.add(promise.dueAt)
            row.add(promise.originalDueAt)
            row.add(promise.dueExplained)
            row.add(promise.nextStep)
            row.add(notice?.channel.rawValue)
            row.add(notice?.outcome.rawValue)
            row.add(notice?.at)
            row.add(promise.reasonMade)
            row.add(Int64(promise.slips))
            row.add(promise.supersedes)
            row.add(promise.imported)
            row.add(promise.told?.at)
            row.add(promise.told?.recordedAt)
            settled.add(to: &row)
            row.add(promise.version)
            row.add(promise.acceptance?.askedAt)
            row.add(promise.acceptance?.acceptedAt)
            row.add(promise.concession)
            row.add(giver)
            row.add(promise.explanationMade)
            row.add(promise.origin?.promise)
            row.add(promise.origin?.madeAt)
            row.add(promise.origin?.countedFrom)
            row.add(promise.concessionCase)
            row.add(promise.clock?.name)
            row.add(promise.clock.map { Int64($0.stage) })
            row.add(promise.clock?.from)
            row.add(MarkColumn.text(plan.marks))
            row.add(plan.next)
        }
        inserted(promise.id, Self.nextPromise)
        if let owner = promise.owner, promise.isUnsettled, promise.by == .desk { owners.owns(FoldedName(owner)) }
        try countLoad(of: promise)
    }

    private static let updatePromise = SQL(
        """
        UPDATE promise
        SET owner_id = ?, told_at = ?, told_recorded_at = ?, kept_at = ?, superseded_at = ?, withdrawn_at = ?,
            voided_at = ?, recorded_at = ?, superseded_by = ?, release = ?, settled_by_id = ?,
            reason_settled = ?, evidence = ?, explanation_settled = ?, version = ?, asked_at = ?, accepted_at = ?,
            upheld_at = ?, asked_by_id = ?, transferred_at = ?, transferred_to = ?
        WHERE id = ?
        """)

    /// Writes back what may change: owner and their word, who gave it to them, what the customer knows, the settlement,
    /// and that it was found to be none.
    func update(_ promise: Promise) throws {
        ownerCounts.forget()
        let (owner, giver) = (try id(promise.owner, .owner), try id(promise.acceptance?.askedBy, .actor))
        let settled = SettlementColumns(of: promise, by: try id(promise.settlement?.by, .actor))
        try statements.run(Self.updatePromise, db) { row in
            row.add(owner)
            row.add(promise.told?.at)
            row.add(promise.told?.recordedAt)
            settled.add(to: &row)
            row.add(promise.version)
            row.add(promise.acceptance?.askedAt)
            row.add(promise.acceptance?.acceptedAt)
            row.add(promise.upheld?.recordedAt)
            row.add(giver)
            row.add(settled.transferredAt)
            row.add(promise.settlement?.outcome.transferredTo)
            row.add(promise.id)
        }
    }

    private static let insertOwner = SQL(
        """
        INSERT INTO owner_change (promise_id, recorded_at, from_owner_id, from_asked_at, from_accepted_at,
            from_asked_by_id, declined)
        VALUES (?, ?, ?, ?, ?, ?, ?)
        """)

    func insertOwnerChange(
        ofPromise promiseID: Int64, from owner: String?, _ acceptance: Promise.Acceptance?, isDecline: Bool
    ) throws {
        let (owner, giver) = (try id(owner, .owner), try id(acceptance?.askedBy, .actor))
        try statements.run(Self.insertOwner, db) { row in
            row.add(promiseID)
            row.add(now)
            row.add(owner)
            row.add(acceptance?.askedAt)
            row.add(acceptance?.acceptedAt)
            row.add(giver)
            row.add(isDecline)
        }
    }
}

/// A settlement as the ten columns from `kept_at` to `evidence`, and `explanation_settled`; and as those of one that goes on
/// elsewhere, which no promise is as it is made.
private struct SettlementColumns {
    private let settlement: Settlement?
    private let settledBy: Int64?
    private var keptAt: Instant?
    private var supersededAt: Instant?
    private var withdrawnAt: Instant?
    private var voidedAt: Instant?
    private(set) var transferredAt: Instant?
    private let supersededBy: Int64?
    private var release: String?

    init(of promise: Promise, by settledBy: Int64?) {
        settlement = promise.settlement
        supersededBy = promise.successor
        self.settledBy = settledBy
        switch settlement?.outcome {
        case .kept(let at): keptAt = at
        case .superseded(let at, _): supersededAt = at
        case .withdrawn(let at, let release):
            withdrawnAt = at
            self.release = PromiseColumns.word(release)
        case .void(let at): voidedAt = at
        case .transferred(let at, _): transferredAt = at
        case nil: break
        }
    }

    func add(to row: inout Bindings) {
        row.add(keptAt)
        row.add(supersededAt)
        row.add(withdrawnAt)
        row.add(voidedAt)
        row.add(settlement?.recordedAt)
        row.add(supersededBy)
        row.add(release)
        row.add(settledBy)
        row.add(settlement?.reason)
        row.add(settlement?.evidence)
        row.add(settlement?.explanation)
    }
}
