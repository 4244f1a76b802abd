import Complaints

/// `PolicyRules.first(for:)` once more, as an expression on `complaint_case c` at the instant `:now`: the policy of each case
/// where a list asks for it, without reading the cases. The tests hold the two together.
struct PolicySQL {
    private let rules: PolicyRules
    /// What tells that a rule in use fits, in their order; bound in `list`.
    private let conditions: [(policy: Policy, sql: String)]
    private let severity: String

    /// The rules at the record's instant. `list` gets what is bound in the expressions.
    init(in transaction: ReadTransaction, binding list: inout ListSQL) throws {
        rules = try transaction.policyRules()
        severity = try transaction.caseField("severity")
        var conditions: [(policy: Policy, sql: String)] = []
        for policy in rules.active where policy.severity == nil {
            var parts: [String] = []
            for condition in PolicyCondition.all {
                let wanted = condition.wanted(by: policy.rule)
                guard !wanted.isEmpty else { continue }
                let name = "policy_\(policy.id)_\(condition.name)"
                let values = wanted.map { condition.isName ? $0.folded : $0 }
                list.bind(name, .text(String(decoding: FactCoding.bytes(values), as: UTF8.self)))
                parts.append(try transaction.isOneOf(":\(name)", condition))
            }
            conditions.append((policy, parts.isEmpty ? "1" : parts.joined(separator: " AND ")))
        }
        self.conditions = conditions
        list.bind("now", .instant(transaction.asOf))
    }

    /// What the policy of a case has of something: whole numbers, NULL for nil.
    func value(_ value: (Policy) -> Int64?) -> String {
        func text(_ policy: Policy) -> String { value(policy).map(String.init) ?? "NULL" }
        let last = Severity.allCases.map { "WHEN '\($0.rawValue)' THEN \(text(rules.last(for: $0)))" }
        let bySeverity = "CASE \(severity) \(last.joined(separator: " ")) END"
        guard !conditions.isEmpty else { return "(\(bySeverity))" }
        let first = conditions.map { "WHEN \($0.sql) THEN \(text($0.policy))" }
        return "(CASE \(first.joined(separator: " ")) ELSE \(bySeverity) END)"
    }
}

extension ReadTransaction {
    /// That a case has one of the values for a condition that are bound as a JSON array. NULL where it has none.
    fileprivate func isOneOf(_ values: String, _ condition: PolicyCondition) throws -> String {
        let values = "SELECT value FROM json_each(\(values))"
        if let role = condition.isName ? NameRole(rawValue: condition.name) : nil {
            return """
                \(try caseField(condition.name)) IN (SELECT n.id FROM name n WHERE n.role = '\(role.rawValue)'
                    AND n.folded IN (\(values)))
                """
        }
        let column = try condition.name == "relationship" ? relationship() : caseField(condition.name)
        // A name without a row of its own, which stands in the case as it is written.
        if condition.isName { return "\(FoldName.name)(\(column)) IN (\(values))" }
        return "\(column) IN (\(values))"
    }

    /// What had been decided last at `:now` about going on with the customer of a case, whoever they turned out to be.
    private func relationship() throws -> String {
        let everybody = try everybody(likeOneOf: "SELECT \(caseField("customer_id")) AS id")
        return """
            (SELECT r.decision FROM relationship_decision r
                WHERE r.customer_id IN (\(everybody)) AND r.recorded_at <= :now ORDER BY r.id DESC LIMIT 1)
            """
    }
}
