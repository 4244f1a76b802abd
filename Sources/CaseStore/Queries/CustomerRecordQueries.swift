public import Complaints
import GRDB

extension ReadTransaction {
    /// The customer of that id with what follows from all of their cases; nil when there is none (or none yet). It costs
    /// what they have: their cases, and the promises in these.
    public func customerRecord(_ id: Int64) throws -> CustomerRecord? {
        try customer(id).map(record)
    }

    /// What follows from all cases of a customer, and of everybody who they are one with.
    public func record(of customer: Customer) throws -> CustomerRecord {
        let own = try OwnCases(of: customer.id, in: self)
        let cases = try counts(countOfCases(own), own)
        let promises = try counts(countOfPromises(own), own)
        var shown = customer
        let decision = try decision(about: customer, own)
        if customer.isOfSeveral { shown.relationship = decision?.relationship }
        // Who was merged is shown as they were.
        if customer.mergedInto == nil { try complete(&shown, from: own.customerIDs) }
        return CustomerRecord(
            customer: shown, decision: decision?.place, openCases: cases[0], resolvedCases: cases[1],
            closedCases: cases[2], unsettledPromises: promises[0], everBroken: promises[1] > 0)
    }

    private func countOfCases(_ own: OwnCases) -> String {
        """
        SELECT sum(status = 'open'), sum(status = 'resolved'), sum(status = 'closed') FROM (
            SELECT \(statusOfCase) AS status FROM \(own.cases) WHERE \(own.condition) AND c.opened_at <= :now)
        """
    }

    private func countOfPromises(_ own: OwnCases) -> String {
        let state = PromiseStateSQL(isHistorical: isHistorical)
        return """
            SELECT sum(\(state.unsettled)), sum(\(state.wasEverBroken)), 0
            FROM \(own.cases) CROSS JOIN promise p INDEXED BY promise_by_case ON p.case_id = c.id
            WHERE \(own.condition) AND p.made_at <= :now AND \(PromiseStateSQL.toCustomer)
            """
    }

    /// Three counts; the sums of nothing are none.
    private func counts(_ sql: String, _ own: OwnCases) throws -> [Int] {
        var counts = [0, 0, 0]
        var values = own.values
        values["now"] = .instant(asOf)
        try statements.rows(sql, values, db) { row in
            counts = (0..<3).map { Int(row.integer($0)) }
            return true
        }
        return counts
    }

    private func decision(
        about customer: Customer, _ own: OwnCases
    ) throws -> (relationship: RelationshipDecision, place: CustomerRecord.Decision)? {
        guard customer.relationship != nil || customer.isOfSeveral else { return nil }
        return try decision(aboutAll: own.customerIDs)
    }
}
