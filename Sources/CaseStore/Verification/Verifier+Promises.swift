import Complaints
import GRDB

extension Verifier {
    /// What a promise's row says, beside what the log said when it was made and settled.
    mutating func checkPromises() throws {
        let statement = try db.makeStatement(
            sql: """
                SELECT \(PromiseColumns.list), m.at, m.imported, m.facts, m.texts,
                    s.kind, s.at, s.recorded_at, s.facts, s.texts
                FROM promise p
                LEFT JOIN case_log m ON m.case_id = p.case_id AND m.promise_id = p.id AND m.kind = 'promise_made'
                LEFT JOIN case_log s ON s.case_id = p.case_id AND s.promise_id = p.id AND s.kind IN (
                    'promise_kept', 'promise_renegotiated', 'promise_recovered', 'promise_withdrawn', 'promise_voided')
                """)
        try statement.rows([]) { row in
            let promise: Promise
            do {
                promise = try PromiseColumns.promise(row, names: names, db)
            } catch StoreError.failed(let reason) {
                add("rows", "Promise \(row.integer(0)) can't be understood: \(reason).")
                return false
            }
            let column = PromiseColumns.count
            guard row.optionalInstant(column) != nil else {
                add("promises", "Promise \(promise.id) has no log entry that says it was made.")
                return false
            }
            guard isMade(promise, asLoggedIn: row, from: column) else {
                add(
                    "promises",
                    "Promise \(promise.id) was made at another instant, for another date, or in other words, than its "
                        + "row says.")
                return false
            }
            guard try isSettled(promise, asLoggedIn: row, from: column + 4) else {
                add("promises", "Promise \(promise.id) was settled otherwise than its row says.")
                return false
            }
            return true
        }
    }

    /// Whether the log says of a promise's making what its row says.
    private func isMade(_ promise: Promise, asLoggedIn row: Columns, from column: Int) -> Bool {
        var facts = [
            Fact("promise_kind", .text(promise.kind.rawValue)), Fact("by", .text(promise.by.rawValue)),
            Fact("to", .text(promise.to.rawValue)), Fact("due_at", .instant(promise.dueAt)),
        ]
        if let id = promise.supersedes { facts.append(Fact("supersedes", .integer(id))) }
        var texts = [Fact("what", .text(promise.what)), Fact("made_by", .text(promise.madeBy))]
        if let step = promise.nextStep { texts.append(Fact("next_step", .text(step))) }
        return row.instant(column) == promise.madeAt && row.flag(column + 1) == promise.imported
            && says(row.text(column + 2), facts) && says(row.optionalText(column + 3), texts)
    }

    /// Whether the log says of a promise's settlement what its row says.
    private func isSettled(_ promise: Promise, asLoggedIn row: Columns, from column: Int) throws -> Bool {
        let logged: LogKind? = try row.optionalWord(column)
        guard let settlement = promise.settlement else { return logged == nil }
        var facts = [Fact("state", .text(promise.state(at: settlement.recordedAt).rawValue))]
        let kinds: [LogKind]
        switch settlement.outcome {
        case .kept(let at):
            kinds = [.promiseKept]
            facts.append(Fact("kept_at", .instant(at)))
        case .superseded(_, let successor):
            kinds = [.promiseRenegotiated, .promiseRecovered]
            facts.append(Fact("superseded_by", .integer(successor)))
        case .withdrawn(_, .customerAgreed):
            kinds = [.promiseWithdrawn]
            facts.append(Fact("customer_agreed", .boolean(true)))
        case .withdrawn(_, .without(let cause)):
            kinds = [.promiseWithdrawn]
            facts += [Fact("customer_agreed", .boolean(false)), Fact("cause", .text(cause.rawValue))]
        case .void: kinds = [.promiseVoided]
        }
        guard let logged, kinds.contains(logged) else { return false }
        var texts: [Fact] = []
        if let reason = settlement.reason { texts.append(Fact("reason", .text(reason))) }
        if let evidence = settlement.evidence { texts.append(Fact("evidence", .text(evidence))) }
        return row.instant(column + 1) == settlement.outcome.at
            && row.instant(column + 2) == settlement.recordedAt && says(row.text(column + 3), facts)
            && says(row.optionalText(column + 4), texts)
    }

    /// An entry's texts may have been erased on request: then it says nothing against any.
    private func says(_ json: String?, _ facts: [Fact]) -> Bool {
        guard let json else { return true }
        return facts.allSatisfy { Self.says(json, $0) }
    }

    /// A promise that supersedes another goes on where that one ended, with its first due instant and one slip more;
    /// each knows of the other. (The columns of the first in a chain are held by the log too.)
    mutating func checkRenewals() throws {
        let id = try Int64.fetchOne(
            db,
            sql: """
                SELECT n.id FROM promise n LEFT JOIN promise p ON p.id = n.supersedes
                WHERE n.supersedes IS NOT NULL AND (p.superseded_by IS NOT n.id OR p.case_id <> n.case_id
                        OR p.superseded_at <> n.made_at OR p.original_due_at <> n.original_due_at
                        OR p.slips + 1 <> n.slips OR p.promised_by <> n.promised_by OR p.promised_to <> n.promised_to)
                    OR n.supersedes IS NULL AND (n.original_due_at <> n.due_at OR n.slips <> 0)
                    OR n.superseded_by IS NOT NULL AND NOT EXISTS (
                        SELECT 1 FROM promise s WHERE s.id = n.superseded_by AND s.supersedes = n.id)
                ORDER BY n.id
                LIMIT 1
                """)
        if let id { add("renewals", "Promise \(id) does not go on from the one it supersedes, or in its successor.") }
    }
}
