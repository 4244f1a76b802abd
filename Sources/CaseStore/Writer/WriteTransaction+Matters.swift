import Complaints
import GRDB

extension WriteTransaction {
    private static let insertMatter = SQL(
        """
        INSERT INTO matter (case_id, kind, seq, again_seq, is_safety, raised_at, settled_at, settled_seq, outcome)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
        """)
    private static let settleMatter = SQL(
        """
        UPDATE matter SET settled_at = ?, settled_seq = ?, outcome = ?
        WHERE case_id = ? AND kind = ? AND seq = ? AND settled_at IS NULL
        """)

    /// Writes what the change raised and settled, its log's entries following `last`. Returns all of the case's.
    func writeMatters(of change: CaseChange, after last: Int64) throws -> [Matter] {
        let steps = change.stepsSettled
        guard !change.raised.isEmpty || !change.settled.isEmpty || !steps.isEmpty else { return change.matters }
        let id = change.record.id
        for raised in change.raised {
            let seq = last + Int64(raised.entry) + 1
            let isSettled = raised.outcome != nil
            try statements.run(Self.insertMatter, db) { row in
                row.add(id)
                row.add(raised.kind.rawValue)
                row.add(raised.of ?? seq)
                row.add(raised.of == nil ? nil : seq)
                row.add(raised.isSafety)
                row.add(now)
                row.add(isSettled ? now : nil)
                row.add(isSettled ? seq : nil)
                row.add(raised.outcome?.rawValue)
            }
        }
        for settled in change.settled + steps {
            try statements.run(Self.settleMatter, db) { row in
                row.add(now)
                row.add(last + Int64(settled.entry) + 1)
                row.add(settled.outcome.rawValue)
                row.add(id)
                row.add(settled.kind.rawValue)
                row.add(settled.seq)
            }
        }
        return try record.matters(ofCase: id)
    }

    /// Has an entry that the clock has written raise a matter.
    func raise(_ kind: Matter.Kind, by seq: Int64, ofCase id: Int64) throws {
        try statements.run(Self.insertMatter, db) { row in
            row.add(id)
            row.add(kind.rawValue)
            row.add(seq)
            row.add(nil as Int64?)
            row.add(false)
            row.add(now)
            row.add(nil as Instant?)
            row.add(nil as Int64?)
            row.add(nil as String?)
        }
    }

    private static let insertDecision = SQL(
        """
        INSERT INTO relationship_decision (customer_id, case_id, seq, decision, recorded_at) VALUES (?, ?, ?, ?, ?)
        """)
    private static let setRelationship = SQL(
        """
        UPDATE customer SET relationship = ?, relationship_at = ?, updated_at = ?, version = ? WHERE id = ?
        """)

    /// Writes what the change decided about going on with the customer, by the first entry after `last`.
    func writeRelationship(of change: CaseChange, after last: Int64) throws {
        guard let decision = change.relationshipDecided else { return }
        ended.forget()
        let customer = change.record.customer
        try statements.run(Self.insertDecision, db) { row in
            row.add(customer.id)
            row.add(change.record.id)
            row.add(last + 1)
            row.add(decision.rawValue)
            row.add(now)
        }
        try statements.run(Self.setRelationship, db) { row in
            row.add(decision.rawValue)
            row.add(now)
            row.add(customer.updatedAt)
            row.add(customer.version)
            row.add(customer.id)
        }
    }
}
