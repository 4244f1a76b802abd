import Complaints
import GRDB

extension ReadTransaction {
    private static let mattersOfCase = SQL(
        """
        SELECT m.kind, m.seq, m.raised_at, m.settled_at, m.settled_seq, m.outcome,
            CASE WHEN m.kind = '\(Matter.Kind.ladder.rawValue)' THEN
                (SELECT l.promise_id FROM case_log l WHERE l.case_id = m.case_id AND l.seq = m.seq) END
        FROM matter m
        WHERE m.case_id = ? ORDER BY m.seq, m.kind, coalesce(m.again_seq, 0)
        """)

    /// What waits in a case for somebody, or did, as of the record's instant, oldest first.
    func matters(ofCase id: Int64) throws -> [Matter] {
        var matters: [Matter] = []
        try statements.rows(Self.mattersOfCase, db, bind: { $0.add(id) }) { row in
            let matter = Matter(
                kind: try row.word(0), seq: row.integer(1), raisedAt: row.instant(2),
                settledAt: row.optionalInstant(3), settledSeq: row.optionalInteger(4),
                outcome: try row.optionalWord(5), promiseID: row.optionalInteger(6))
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

    /// Cases, with who their customers are, as the record had their fields at its instant.
    func asOfRecord(_ records: [Case]) throws -> [Case] {
        guard isHistorical || records.contains(where: \.customer.isOfSeveral) else { return records }
        let then = try withFieldsThen(records)
        return zip(then, try people(records.map(\.customer), ofCasesOf: then.map(\.customerID))).map {
            record, customer in
            var then = record
            then.customer = customer
            return then
        }
    }

    /// The same of as much of them as lists of other things show.
    func asOfRecord(_ summaries: [CaseSummary]) throws -> [CaseSummary] {
        guard isHistorical || summaries.contains(where: \.customer.isOfSeveral) else { return summaries }
        let then = try withFieldsThen(summaries)
        return zip(then, try people(summaries.map(\.customer), ofCasesOf: then.map(\.customerID))).map {
            var then = $0
            then.customer = $1
            return then
        }
    }

    /// Who the customers of cases are, of which the rows of today and the ids of then are known.
    private func people(_ today: [Customer], ofCasesOf ids: [Int64]) throws -> [Customer] {
        guard isHistorical else { return try people(today) }
        let owners = try zip(today, ids).map { customer, id in
            guard customer.id != id else { return customer }
            guard let then = try self.customer(id) else { throw StoreError.unreadable("customer \(id) is not there") }
            return then
        }
        return try people(try asOfRecord(owners))
    }
}
