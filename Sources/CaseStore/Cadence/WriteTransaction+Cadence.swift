import Complaints
import GRDB

// How it is known whose customer is to hear something
//
// Each open case has the instant at which the clock is to say so (`update_due_at`), for its index alone: a change of the case writes
// it anew with its rows. What changes it for many cases at once, a policy, or what was decided about a customer, only says that
// it is to be found out anew (`cadence_sweep`), and the clock does that, a bounded part at a time with others' changes in between,
// by the ids of cases. Before anything is said it is reckoned once more, so nothing is said too early.
extension WriteTransaction {
    private static let setUpdateDue = SQL(
        "UPDATE complaint_case SET update_due_at = ?1 WHERE id = ?2 AND update_due_at IS NOT ?1")

    private func setUpdateDue(_ due: Instant?, ofCase id: Int64) throws {
        try statements.run(Self.setUpdateDue, db) { row in
            row.add(due)
            row.add(id)
        }
    }

    /// Has the clock say of a case that was changed when an update is due.
    ///
    /// - Parameter isNew: whether nothing was known of it before.
    func planUpdate(of file: CaseFile, isNew: Bool) throws {
        let due = file.updatePlannedAt
        if let due { wake(at: due) }
        // Where no policy says how often, or has said so until now, nothing is to be taken away.
        guard try due != nil || !isNew && (record.policyRules().haveCadence || record.cadenceSweep() != nil) else {
            return
        }
        try setUpdateDue(due, ofCase: file.record.id)
    }

    private static let beginSweep = SQL("UPDATE cadence_sweep SET after_case = 0")

    /// Has it found out anew, of all cases, when an update is due: by other rules, or policies.
    func replanUpdates() throws {
        try statements.run(Self.beginSweep, db) { _ in }
        wake(at: now)
    }

    /// The same where something has changed of a customer that rules may ask for.
    func replanUpdatesOfCustomers() throws {
        let rules = try record.policyRules()
        if rules.haveCadence, !rules.isBySeverityAlone { try replanUpdates() }
    }

    private static let sweptRows = SQL(
        """
        SELECT id FROM complaint_case NOT INDEXED
        WHERE id > ?1 AND id <= ?2 AND (status = 'open' OR update_due_at IS NOT NULL)
        ORDER BY id
        """)
    private static let lastCase = SQL("SELECT max(id) FROM complaint_case")
    private static let moveSweep = SQL("UPDATE cadence_sweep SET after_case = ?")

    /// Finds out of the next cases when an update is due, where that is asked for. Returns whether there are more.
    func sweepUpdates(limit: Int) throws -> Bool {
        guard let after = try record.cadenceSweep() else { return false }
        let end = after + Int64(limit)
        var ids: [Int64] = []
        try statements.rows(
            Self.sweptRows, db,
            bind: { row in
                row.add(after)
                row.add(end)
            }
        ) { ids.append($0.integer(0)) }
        for id in ids {
            guard let file = try record.caseRecord(id) else { continue }
            try setUpdateDue(record.plannedUpdate(of: file), ofCase: id)
        }
        let last = try statements.first(Self.lastCase, db) { $0.optionalInteger(0) } ?? nil
        let hasMore = last.map { $0 > end } ?? false
        try statements.run(Self.moveSweep, db) { $0.add(hasMore ? end : nil) }
        return hasMore
    }

    /// Says that the customer of a case is to hear something, if that is still so.
    func say(of unheard: UnheardCase) throws {
        guard let file = try record.caseRecord(unheard.id) else {
            throw StoreError.unreadable("case \(unheard.id) is not there")
        }
        var planned = try record.plannedUpdate(of: file)
        if let due = planned, due < now {
            let seq = try write(
                .updateDue(at: due, since: file.unheardSince, owner: file.fields.owner), ofCase: unheard.id)
            try raise(.update, by: seq, ofCase: unheard.id)
            planned = nil
        }
        try setUpdateDue(planned, ofCase: unheard.id)
    }
}
