package import Complaints
import GRDB

/// Who customers are in the end: whoever was merged is seen in another one (`Customer+Merge`).
extension ReadTransaction {
    /// Customers, each as they stand at the record's instant, as whom they are seen then. It costs a look at each of these
    /// where one of them was ever merged, and nothing else.
    func people(_ customers: [Customer]) throws -> [Customer] {
        guard customers.contains(where: \.isOfSeveral) else { return customers }
        var seen: [Int64: Customer] = [:]
        return try customers.map { customer in
            if let person = seen[customer.id] { return person }
            let person = try person(customer)
            seen[customer.id] = person
            return person
        }
    }

    /// Who a customer is in the end, with what was decided last about any of those who they are.
    package func person(_ customer: Customer) throws -> Customer {
        guard customer.isOfSeveral else { return customer }
        var person = try root(of: customer)
        let everybody = try everybody(under: person.id)
        try complete(&person, from: everybody)
        person.relationship = try decision(aboutAll: everybody)?.relationship
        return person
    }

    /// Adds to what is known of somebody what is known of others who they are: a merge is not to hide a number to call.
    func complete(_ person: inout Customer, from everybody: [Int64]) throws {
        for id in everybody where id != person.id {
            if let other = try customer(id) { person.fields.complete(from: other.fields) }
        }
    }

    /// Who a customer is in the end, as they stand themselves.
    func root(of customer: Customer) throws -> Customer {
        var root = customer
        var passed: Set<Int64> = [customer.id]
        while let next = root.mergedInto {
            guard passed.insert(next).inserted, let other = try self.customer(next) else {
                throw StoreError.unreadable("customer \(root.id) was merged into nobody")
            }
            root = other
        }
        return root
    }

    /// All customers who are one with that one, who they are in the end first.
    func everybody(like id: Int64) throws -> [Int64] {
        guard let customer = try customer(id), customer.isOfSeveral else { return [id] }
        return try everybody(under: root(of: customer).id)
    }

    /// A customer and all who were merged into them, or into one of these.
    func everybody(under root: Int64) throws -> [Int64] {
        var ids = [root]
        var next = 0
        let sql = "SELECT k.id FROM customer k WHERE \(try isMerged("k", into: ":into_id")) ORDER BY k.id"
        while next < ids.count {
            try statements.rows(sql, ["into_id": .integer(ids[next]), "now": .instant(asOf)], db) { row in
                if !ids.contains(row.integer(0)) { ids.append(row.integer(0)) }
                return true
            }
            next += 1
        }
        return ids
    }

    /// That `customer` of that name was merged into the one with that id at `:now`.
    private func isMerged(_ customer: String, into id: String) throws -> String {
        let today = "SELECT m.id FROM customer m INDEXED BY customer_merged WHERE m.merged_into = \(id)"
        guard try hasChanged("merged_into", of: .customer) else { return "\(customer).id IN (\(today))" }
        return """
            \(customer).id IN (\(try idsThen("merged_into", is: id, of: .customer, today: today)))
                AND \(try mergedInto(customer)) = \(id)
            """
    }

    /// Into whom `customer` of that name was merged at `:now`.
    func mergedInto(_ customer: String) throws -> String {
        try then("\(customer).merged_into", "merged_into", of: .customer, id: "\(customer).id")
    }

    private static let anyMerged = SQL(
        "SELECT EXISTS (SELECT 1 FROM customer INDEXED BY customer_merged WHERE merged_into IS NOT NULL)")

    /// Whether anybody was merged at the record's instant, as far as can be told at once.
    func hasMerges() throws -> Bool {
        if try hasChanged("merged_into", of: .customer) { return true }
        return try statements.first(Self.anyMerged, db) { $0.flag(0) } ?? false
    }

    /// Selects the ids of those who were to be treated with particular care at the record's instant. Whoever they were merged into
    /// is, too.
    var vulnerable: String {
        get throws {
            let today = "SELECT v.id AS id FROM customer v INDEXED BY customer_vulnerable WHERE v.vulnerable = 1"
            guard try hasChanged("vulnerable", of: .customer) else { return today }
            return """
                SELECT k.id AS id FROM customer k
                WHERE k.id IN (\(try idsThen("vulnerable", is: "1", of: .customer, today: today)))
                    AND \(try then("k.vulnerable", "vulnerable", of: .customer, id: "k.id")) = 1
                """
        }
    }

    /// Customers, of whom `ids` selects the ids, as who they are in the end.
    func roots(of ids: String) throws -> String {
        """
        WITH RECURSIVE up (id, into_id) AS (
            SELECT u.id, \(try mergedInto("u")) FROM customer u WHERE u.id IN (\(ids))
            UNION
            SELECT u.id, \(try mergedInto("u")) FROM up CROSS JOIN customer u ON u.id = up.into_id)
        SELECT id FROM up WHERE into_id IS NULL
        """
    }

    /// All customers who are one with one of those of whom `ids` selects the ids.
    func everybody(likeOneOf ids: String) throws -> String {
        guard try hasMerges() else { return ids }
        return try everybody(under: roots(of: ids))
    }

    /// These customers, and all who were merged into one of them.
    func everybody(under ids: String) throws -> String {
        """
        WITH RECURSIVE down (id) AS (
            SELECT id FROM (\(ids))
            UNION
            SELECT k.id FROM down CROSS JOIN customer k ON \(try isMerged("k", into: "down.id")))
        SELECT id FROM down
        """
    }

    private static let lastDecision = SQL(
        """
        SELECT r.decision, r.recorded_at, r.case_id, l.texts FROM relationship_decision r
        LEFT JOIN case_log l ON l.case_id = r.case_id AND l.seq = r.seq
        WHERE r.customer_id IN (SELECT value FROM json_each(?)) AND r.recorded_at <= ? ORDER BY r.id DESC LIMIT 1
        """)

    /// What was decided last about one of these customers, and where.
    func decision(
        aboutAll ids: [Int64]
    ) throws -> (relationship: RelationshipDecision, place: CustomerRecord.Decision)? {
        try statements.first(
            Self.lastDecision, db,
            bind: { row in
                row.add(jsonArray(ids))
                row.add(asOf)
            }
        ) { row in
            (
                RelationshipDecision(try row.word(0), recordedAt: row.instant(1)),
                CustomerRecord.Decision(
                    caseID: row.integer(2), reason: row.optionalText(3).flatMap { FactCoding.text("reason", in: $0) })
            )
        }
    }
}
