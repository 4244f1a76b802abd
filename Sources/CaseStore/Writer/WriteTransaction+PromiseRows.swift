import Complaints
import GRDB

extension WriteTransaction {
    func insert(_ promise: Promise) throws {
        let notice = promise.customerNotified
        let settled = SettlementColumns(promise.settlement)
        let statement = try db.cachedStatement(
            sql: """
                INSERT INTO promise (id, case_id, kind, what, promised_by, promised_to, owner_id, made_by_id,
                    maker_token_id, made_at, channel, due_at, original_due_at, due_explained, next_step,
                    notified_channel, notified_outcome, notified_at, reason_made, slips, supersedes, imported, told_at,
                    told_recorded_at, kept_at, superseded_at, withdrawn_at, voided_at, recorded_at, superseded_by,
                    release, settled_by_id, reason_settled, evidence, version)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?,
                    ?, ?, ?)
                """)
        let promised: StatementArguments = [
            promise.id, promise.caseID, promise.kind.rawValue, promise.what, promise.by.rawValue, promise.to.rawValue,
            try names.optionalID(promise.owner, .owner, db), try names.id(promise.madeBy, .actor, db),
            promise.makerTokenID, promise.madeAt.milliseconds, promise.channel?.rawValue, promise.dueAt.milliseconds,
            promise.originalDueAt.milliseconds, promise.dueExplained, promise.nextStep, notice?.channel.rawValue,
            notice?.outcome.rawValue, notice?.at.milliseconds, promise.reasonMade, promise.slips, promise.supersedes,
            promise.imported, promise.told?.at.milliseconds, promise.told?.recordedAt.milliseconds,
        ]
        try statement.execute(
            arguments: promised + (settled.arguments(names, db)) + [promise.version])
    }

    /// Writes back what may change: owner, what the customer knows, and the settlement.
    func update(_ promise: Promise) throws {
        let settled = SettlementColumns(promise.settlement)
        let statement = try db.cachedStatement(
            sql: """
                UPDATE promise
                SET owner_id = ?, told_at = ?, told_recorded_at = ?, kept_at = ?, superseded_at = ?, withdrawn_at = ?,
                    voided_at = ?, recorded_at = ?, superseded_by = ?, release = ?, settled_by_id = ?,
                    reason_settled = ?, evidence = ?, version = ?
                WHERE id = ?
                """)
        let open: StatementArguments = [
            try names.optionalID(promise.owner, .owner, db), promise.told?.at.milliseconds,
            promise.told?.recordedAt.milliseconds,
        ]
        try statement.execute(
            arguments: open + (settled.arguments(names, db)) + [promise.version, promise.id])
    }

    func insertOwnerChange(ofPromise id: Int64, from owner: String?) throws {
        let statement = try db.cachedStatement(
            sql: "INSERT INTO owner_change (promise_id, recorded_at, from_owner_id) VALUES (?, ?, ?)")
        try statement.execute(arguments: [id, now.milliseconds, try names.optionalID(owner, .owner, db)])
    }
}

/// A settlement as the ten columns from `kept_at` to `evidence`.
private struct SettlementColumns {
    private let settlement: Settlement?
    private var keptAt: Int64?
    private var supersededAt: Int64?
    private var withdrawnAt: Int64?
    private var voidedAt: Int64?
    private var supersededBy: Int64?
    private var release: String?

    init(_ settlement: Settlement?) {
        self.settlement = settlement
        switch settlement?.outcome {
        case .kept(let at): keptAt = at.milliseconds
        case .superseded(let at, let successor):
            supersededAt = at.milliseconds
            supersededBy = successor
        case .withdrawn(let at, let release):
            withdrawnAt = at.milliseconds
            self.release = PromiseColumns.word(release)
        case .void(let at): voidedAt = at.milliseconds
        case nil: break
        }
    }

    func arguments(_ names: NameBook, _ db: Database) throws -> StatementArguments {
        [
            keptAt, supersededAt, withdrawnAt, voidedAt, settlement?.recordedAt.milliseconds, supersededBy, release,
            try names.optionalID(settlement?.by, .actor, db), settlement?.reason, settlement?.evidence,
        ]
    }
}
