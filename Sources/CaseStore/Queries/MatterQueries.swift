import Complaints
import GRDB

extension ReadTransaction {
    private static let mattersOfCase = SQL(
        """
        SELECT kind, seq, raised_at, settled_at, settled_seq, outcome FROM matter WHERE case_id = ? ORDER BY seq, kind
        """)

    /// What waits in a case for somebody, or did, as of the record's instant, oldest first.
    func matters(ofCase id: Int64) throws -> [Matter] {
        var matters: [Matter] = []
        try statements.rows(Self.mattersOfCase, db, bind: { $0.add(id) }) { row in
            let matter = Matter(
                kind: try row.word(0), seq: row.integer(1), raisedAt: row.instant(2),
                settledAt: row.optionalInstant(3), settledSeq: row.optionalInteger(4),
                outcome: try row.optionalWord(5))
            if let matter = matter.asOf(asOf) { matters.append(matter) }
        }
        return matters
    }

    private static let decisionAsOf = SQL(
        """
        SELECT decision, recorded_at FROM relationship_decision
        WHERE customer_id = ? AND recorded_at <= ? ORDER BY id DESC LIMIT 1
        """)

    /// The customer with what had been decided about them at the record's instant.
    func asOfRecord(_ customer: Customer) throws -> Customer {
        guard let decision = customer.relationship, decision.recordedAt > asOf else { return customer }
        var then = customer
        then.relationship = try statements.first(
            Self.decisionAsOf, db,
            bind: { row in
                row.add(customer.id)
                row.add(asOf)
            }
        ) { RelationshipDecision(try $0.word(0), recordedAt: $0.instant(1)) }
        return then
    }

    func asOfRecord(_ record: Case) throws -> Case {
        guard isHistorical else { return record }
        var then = record
        then.customer = try asOfRecord(record.customer)
        return then
    }
}
