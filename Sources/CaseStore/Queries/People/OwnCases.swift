import Complaints

/// Where the cases of a customer are found at the record's instant: those of everybody who they are one with, and of a case that
/// was somebody else's then, or is now, whose it was.
struct OwnCases {
    /// `complaint_case c`, with the index that is walked.
    let cases: String
    /// That `complaint_case c` is one of them.
    let condition: String
    /// What is bound in it.
    let values: [String: SQLValue]
    /// Whether the index of customers has them: then a case is found by whose it is today.
    let isIndexed: Bool
    /// The customers who are one.
    let customerIDs: [Int64]

    init(of id: Int64, in transaction: ReadTransaction) throws {
        customerIDs = try transaction.everybody(like: id)
        let isOne = customerIDs.count == 1
        var values: [String: SQLValue] = [
            "customer_id": isOne ? .integer(customerIDs[0]) : .text(transaction.jsonArray(customerIDs))
        ]
        func isOfThem(_ column: String) -> String {
            isOne ? "\(column) = :customer_id" : "\(column) IN (SELECT value FROM json_each(:customer_id))"
        }
        isIndexed = try !transaction.hasChanged("customer_id", of: .case)
        if isIndexed {
            cases = "complaint_case c INDEXED BY complaint_case_by_customer"
            condition = isOfThem("c.customer_id")
        } else {
            cases = "complaint_case c NOT INDEXED"
            condition = """
                c.id IN (SELECT k.id FROM complaint_case k INDEXED BY complaint_case_by_customer
                        WHERE \(isOfThem("k.customer_id"))
                    UNION ALL
                    SELECT f.about_id FROM field_change f INDEXED BY field_change_since
                        WHERE f.about = 'case' AND f.field = 'customer_id' AND f.recorded_at > :now
                            AND \(isOfThem("f.before")))
                    AND \(isOfThem(try transaction.caseField("customer_id")))
                """
            values["now"] = .instant(transaction.asOf)
        }
        self.values = values
    }

    /// That something is of one of these customers themselves.
    func isTheirs(_ column: String) -> String {
        customerIDs.count == 1
            ? "\(column) = :customer_id" : "\(column) IN (SELECT value FROM json_each(:customer_id))"
    }

    /// Selects the ids of the cases.
    var ids: String { "SELECT c.id FROM \(cases) WHERE \(condition)" }
}
