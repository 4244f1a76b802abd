import Complaints
import GRDB

extension ReadTransaction {
    private static let mattersOfCase = SQL(
        """
        SELECT kind, seq, raised_at, settled_at, settled_seq, outcome FROM matter
        WHERE case_id = ? ORDER BY seq, kind, coalesce(again_seq, 0)
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

    /// Customers as the record had them at its instant: with what they were called, and what had been decided about them.
    func asOfRecord(_ customers: [Customer]) throws -> [Customer] {
        guard isHistorical else { return customers }
        return try withFieldsThen(customers).map(asDecidedThen)
    }

    private func asDecidedThen(_ customer: Customer) throws -> Customer {
        var then = customer
        if let erasedAt = customer.erasedAt, erasedAt > asOf { then.erasedAt = nil }
        guard let decision = customer.relationship, decision.recordedAt > asOf else { return then }
        then.relationship = try statements.first(
            Self.decisionAsOf, db,
            bind: { row in
                row.add(customer.id)
                row.add(asOf)
            }
        ) { RelationshipDecision(try $0.word(0), recordedAt: $0.instant(1)) }
        return then
    }

    /// Cases, with their customers, as the record had their fields at its instant.
    func asOfRecord(_ records: [Case]) throws -> [Case] {
        guard isHistorical else { return records }
        return zip(try withFieldsThen(records), try asOfRecord(records.map(\.customer))).map { record, customer in
            var then = record
            then.customer = customer
            return then
        }
    }

    /// The same of as much of them as lists of other things show.
    func asOfRecord(_ summaries: [CaseSummary]) throws -> [CaseSummary] {
        guard isHistorical else { return summaries }
        return zip(try withFieldsThen(summaries), try asOfRecord(summaries.map(\.customer))).map { summary, customer in
            var then = summary
            then.customer = customer
            return then
        }
    }
}
