import Complaints
import Foundation
import GRDB

extension Verifier {
    /// What a promise's row says, beside what the log said when it was made and settled.
    mutating func checkPromises() throws {
        var found: VerificationFinding?
        try rows(
            """
            SELECT \(PromiseColumns.list), m.at, m.imported, m.facts, m.texts,
                s.kind, s.at, s.recorded_at, s.facts, s.texts
            FROM promise p
            LEFT JOIN case_log m ON m.case_id = p.case_id AND m.promise_id = p.id AND m.kind = 'promise_made'
            LEFT JOIN case_log s ON s.case_id = p.case_id AND s.promise_id = p.id
                AND s.kind IN (\(Self.words(LogKind.settling)))
            """
        ) { row in
            found = try fault(of: row)
            return found == nil
        }
        if let found { add(found.check, found.detail) }
    }

    private func fault(of row: Columns) throws -> VerificationFinding? {
        func fault(_ detail: String) -> VerificationFinding { VerificationFinding(check: "promises", detail: detail) }
        let promise: Promise
        do {
            promise = try PromiseColumns.promise(row, names: names, db)
        } catch StoreError.unreadable(let reason) {
            return VerificationFinding(
                check: "rows", detail: "Promise \(row.integer(0)) can't be understood: \(reason).")
        }
        let column = PromiseColumns.count
        guard row.optionalInstant(column) != nil else {
            return fault("Promise \(promise.id) has no log entry that says it was made.")
        }
        guard try isMade(promise, asLoggedIn: row, from: column) else {
            return fault(
                "Promise \(promise.id) was made at another instant, for another date, or in other words, than its row "
                    + "says.")
        }
        guard try isSettled(promise, asLoggedIn: row, from: column + 4) else {
            return fault("Promise \(promise.id) was settled otherwise than its row says.")
        }
        return nil
    }

    /// Whether the log says of a promise's making what its row says. Its owner may be another since; and that entries say
    /// how the customer was told is younger than the oldest databases.
    private func isMade(_ promise: Promise, asLoggedIn row: Columns, from column: Int) throws -> Bool {
        let made = LogDraft.promiseMade(promise)
        // What goes on from a duplicate does so here, wherever it came from at first.
        let isImported = promise.imported && promise.origin == nil
        return row.instant(column) == made.at && row.flag(column + 1) == isImported
            && says(
                row.text(column + 2), made.facts.filter { !$0.name.hasPrefix("notified_") },
                orNone: ["supersedes", "transferred_from", "stage", "clock_from"])
            && says(
                row.optionalText(column + 3), made.texts.filter { $0.name != "owner" }, orNone: ["next_step", "clock"])
    }

    /// Whether the log says of a promise's settlement what its row says.
    private func isSettled(_ promise: Promise, asLoggedIn row: Columns, from column: Int) throws -> Bool {
        let logged: LogKind? = try row.optionalWord(column)
        guard let settlement = promise.settlement else { return logged == nil }
        let kinds: [LogKind] =
            switch settlement.outcome {
            case .kept: [.promiseKept]
            case .superseded: [.promiseRenegotiated, .promiseRecovered]
            case .withdrawn: [.promiseWithdrawn]
            case .void: [.promiseVoided]
            case .transferred: [.promiseTransferred]
            }
        guard let logged, kinds.contains(logged) else { return false }
        let settled = LogDraft.promiseSettled(logged, promise)
        return row.instant(column + 1) == settled.at && row.instant(column + 2) == settlement.recordedAt
            && says(row.text(column + 3), settled.facts, orNone: ["superseded_by", "backdated", "cause"])
            && says(row.optionalText(column + 4), settled.texts, orNone: ["reason", "explanation", "evidence"])
    }

    /// Whether an entry says these facts, and none of those others that a row has where its entry does: a value that was
    /// taken away by hand would be no fact at all.
    func says(_ json: String?, _ facts: [Fact], orNone names: [String]) -> Bool {
        guard let json else { return facts.isEmpty }
        return facts.allSatisfy { Self.says(json, $0) }
            && names.allSatisfy { name in
                // No text has quotes that are not escaped.
                facts.contains { $0.name == name } || strstr(json, "[\"\(name)\",") == nil
            }
    }

    /// A promise that takes the place of another goes on where that one ended, with its first due instant, and with one slip
    /// more when it is due later; each knows of the other. In place of a mistake that nobody was told of a chain begins anew.
    /// (The columns of the first in a chain are held by the log too.)
    mutating func checkRenewals() throws {
        let id = try firstID(
            """
            SELECT n.id FROM promise n LEFT JOIN promise p ON p.id = n.supersedes
            WHERE n.supersedes IS NOT NULL AND (p.superseded_by IS NOT n.id OR p.case_id <> n.case_id
                    OR coalesce(p.superseded_at, p.withdrawn_at, p.voided_at, p.upheld_at) IS NOT n.made_at
                    OR p.promised_by <> n.promised_by OR p.promised_to <> n.promised_to
                    OR n.reason_made IS NOT CASE WHEN p.upheld_at IS NULL THEN p.reason_settled ELSE (
                        SELECT t.value ->> 1 FROM case_log d, json_each(d.texts) t
                        WHERE d.case_id = p.case_id AND d.promise_id = p.id AND d.kind = 'dispute_decision'
                            AND d.recorded_at = p.upheld_at AND t.value ->> 0 = 'reason') END
                    OR p.superseded_at IS NOT NULL AND p.explanation_settled IS NOT n.explanation_made
                    OR p.superseded_at IS NULL AND n.explanation_made IS NOT NULL
                    OR NOT (n.original_due_at = p.original_due_at
                            AND n.slips = p.slips + (n.due_at > p.due_at)
                        OR n.original_due_at = n.due_at AND n.slips = 0 AND p.voided_at IS NOT NULL
                            AND p.supersedes IS NULL AND p.transferred_from IS NULL AND (p.told_at IS NULL OR p.told_recorded_at > p.voided_at)
                            AND p.voided_at - p.made_at <= \(Promise.makerMayVoidFor.milliseconds)
                            AND p.settled_by_id = p.made_by_id))
                OR n.supersedes IS NULL AND n.transferred_from IS NULL AND (n.original_due_at <> n.due_at OR n.slips <> 0
                    OR n.reason_made IS NOT NULL OR n.explanation_made IS NOT NULL)
                OR n.superseded_by IS NOT NULL AND NOT EXISTS (
                    SELECT 1 FROM promise s WHERE s.id = n.superseded_by AND s.supersedes = n.id)
            ORDER BY n.id
            LIMIT 1
            """)
        if let id { add("renewals", "Promise \(id) does not go on from the one it supersedes, or in its successor.") }
    }
}
