public import Complaints
import GRDB

extension ReadTransaction {
    /// The customer of that id with what follows from all of their cases; nil when there is none (or none yet). It costs
    /// what they have: their cases, and the promises in these.
    public func customerRecord(_ id: Int64) throws -> CustomerRecord? {
        try customer(id).map(record)
    }

    /// What follows from all cases of a customer.
    public func record(of customer: Customer) throws -> CustomerRecord {
        let cases = try counts(ofCases, customer.id)
        let promises = try counts(ofPromises, customer.id)
        return CustomerRecord(
            customer: customer, decision: try decision(about: customer), openCases: cases[0], resolvedCases: cases[1],
            closedCases: cases[2], unsettledPromises: promises[0], everBroken: promises[1] > 0)
    }

    private var ofCases: String {
        """
        SELECT sum(status = 'open'), sum(status = 'resolved'), sum(status = 'closed') FROM (
            SELECT \(statusOfCase) AS status FROM complaint_case c INDEXED BY complaint_case_by_customer
            WHERE c.customer_id = :customer_id AND c.opened_at <= :now)
        """
    }

    private var ofPromises: String {
        let state = PromiseStateSQL(isHistorical: isHistorical)
        return """
            SELECT sum(\(state.unsettled)), sum(\(state.wasEverBroken)), 0
            FROM complaint_case c INDEXED BY complaint_case_by_customer
            CROSS JOIN promise p INDEXED BY promise_by_case ON p.case_id = c.id
            WHERE c.customer_id = :customer_id AND p.made_at <= :now AND \(PromiseStateSQL.toCustomer)
            """
    }

    /// Three counts; the sums of nothing are none.
    private func counts(_ sql: String, _ customerID: Int64) throws -> [Int] {
        var counts = [0, 0, 0]
        try statements.rows(sql, ["customer_id": .integer(customerID), "now": .instant(asOf)], db) { row in
            counts = (0..<3).map { Int(row.integer($0)) }
            return true
        }
        return counts
    }

    private static let lastDecision = SQL(
        """
        SELECT r.case_id, l.texts FROM relationship_decision r
        LEFT JOIN case_log l ON l.case_id = r.case_id AND l.seq = r.seq
        WHERE r.customer_id = ? AND r.recorded_at <= ? ORDER BY r.id DESC LIMIT 1
        """)

    private func decision(about customer: Customer) throws -> CustomerRecord.Decision? {
        guard customer.relationship != nil else { return nil }
        return try statements.first(
            Self.lastDecision, db,
            bind: { row in
                row.add(customer.id)
                row.add(asOf)
            }
        ) { row in
            CustomerRecord.Decision(
                caseID: row.integer(0), reason: row.optionalText(1).flatMap { FactCoding.text("reason", in: $0) })
        }
    }
}
