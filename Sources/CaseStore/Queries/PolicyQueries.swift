public import Complaints
import GRDB

extension ReadTransaction {
    /// Those of the severities are there from ever: also as of an instant before all databases.
    private static let allPolicies = SQL(
        "SELECT \(PolicyColumns.list) FROM policy y WHERE y.severity IS NOT NULL OR y.recorded_at <= ?")

    /// The policies in their order, as they were at the record's instant. They are read once a transaction: every create of a
    /// batch needs one.
    public func policyRules() throws -> PolicyRules {
        if let rules = policiesRead { return rules }
        var policies: [Policy] = []
        try statements.rows(Self.allPolicies, db, bind: { $0.add(asOf) }) {
            policies.append(try PolicyColumns.policy($0))
        }
        for severity in Severity.allCases where !policies.contains(where: { $0.severity == severity }) {
            throw StoreError.unreadable("there is no policy for \(severity.rawValue)")
        }
        let rules = PolicyRules(try withFieldsThen(policies))
        policiesRead = rules
        return rules
    }

    /// The policies in their order, those out of use too.
    public func policies() throws -> [Policy] {
        try policyRules().all
    }

    /// The policy that cases of that severity have for which no other rule is.
    public func policy(_ severity: Severity) throws -> Policy {
        try policyRules().last(for: severity)
    }

    /// The policy of that name; nil when there is none (or none yet).
    public func policy(named name: String) throws -> Policy? {
        try policyRules().named(FoldedName(name))
    }

    /// The policy of a case, as that and the rules were at the record's instant.
    public func policy(for record: Case) throws -> Policy {
        let rules = try policyRules()
        return rules.isBySeverityAlone ? rules.last(for: record.fields.severity) : rules.first(for: MatchedCase(record))
    }

    /// The policy of a case of which a list shows a part; the rest of it is looked up where a rule may ask for it.
    func policy(for summary: CaseSummary) throws -> Policy {
        let rules = try policyRules()
        guard !rules.isBySeverityAlone else { return rules.last(for: summary.severity) }
        guard let record = try caseRecord(summary.id) else {
            throw StoreError.unreadable("case \(summary.id) is not there")
        }
        return rules.first(for: MatchedCase(record))
    }
}

/// The columns of a policy, and how a row of them becomes a `Policy`.
enum PolicyColumns {
    /// Of `policy y`.
    static let list = "\(named), \(edited.joined(separator: ", "))"

    private static let named = "y.id, y.severity, y.name"
    private static let count = 3

    /// What of a policy is written anew with each change, in the order of `add`.
    static let edited =
        [
            "position", "active", "acknowledge_in", "update_in", "remedy_in", "warn_ahead", "max_span",
            "concession_limit", "concession_currency", "load_cap", "escalate_mood", "escalate_after",
            "escalate_after_slips", "supervisor", "follow_up_in", "updated_at", "version", "acknowledge_in_business",
            "update_in_business", "remedy_in_business", "follow_up_in_business", "regime",
            "warn_at", "ladder", "update_every",
        ] + PolicyCondition.all.map(\.field.name)

    private static let place = Dictionary(
        uniqueKeysWithValues: edited.enumerated().map { ($0.element, count + $0.offset) })
    private static let conditions = PolicyCondition.all.map { (field: $0.field, place: place[$0.field.name] ?? 0) }

    static func policy(_ row: Columns) throws -> Policy {
        let severity: Severity? = try row.optionalWord(1)
        guard let currency = Currency(row.text(count + 8)) else {
            throw StoreError.unreadable("\(row.text(count + 8)) is no currency")
        }
        var rule =
            severity.map(PolicyRule.last) ?? PolicyRule(position: row.integer(count), active: row.flag(count + 1))
        if severity == nil {
            for (field, place) in conditions {
                guard let json = row.optionalText(place) else { continue }
                field.set(.texts(try CaseColumns.tags(json)), in: &rule)
            }
        }
        func span(_ place: Int) -> ElapsedTime { ElapsedTime(milliseconds: row.integer(count + place)) }
        func businessSpan(_ place: Int) throws -> BusinessSpan? {
            try row.optionalText(count + place).map(Self.businessSpan)
        }
        return Policy(
            id: row.integer(0), name: severity?.rawValue ?? row.text(2), severity: severity, rule: rule,
            acknowledgeIn: span(2), acknowledgeInBusiness: try businessSpan(17), updateIn: span(3),
            updateInBusiness: try businessSpan(18),
            updateEvery: row.optionalInteger(count + 24).map(ElapsedTime.init(milliseconds:)), remedyIn: span(4),
            remedyInBusiness: try businessSpan(19),
            warnAhead: span(5), warnAt: try CaseColumns.tags(row.optionalText(count + 22)),
            ladder: try CaseColumns.tags(row.optionalText(count + 23)), maxSpan: span(6),
            concessionLimit: Money(amount: row.integer(count + 7), currency: currency),
            loadCap: Int(row.integer(count + 9)), escalateMood: try row.optionalWord(count + 10),
            escalateAfter: Int(row.integer(count + 11)), escalateAfterSlips: Int(row.integer(count + 12)),
            supervisor: row.optionalText(count + 13),
            followUpIn: row.optionalInteger(count + 14).map(ElapsedTime.init(milliseconds:)),
            followUpInBusiness: try businessSpan(20), regime: row.optionalText(count + 21),
            updatedAt: row.instant(count + 15),
            version: row.integer(count + 16))
    }

    /// A length of business time, as a column has it.
    static func businessSpan(_ text: String) throws -> BusinessSpan {
        do {
            return try BusinessSpan(iso8601: text)
        } catch {
            throw StoreError.unreadable("\(text) is no length of business time")
        }
    }

    /// Binds what is in `edited`. The policies of the severities have nothing of a rule but the defaults.
    static func add(_ policy: Policy, to row: inout Bindings) {
        row.add(policy.rule.position)
        row.add(policy.rule.active)
        row.add(policy.acknowledgeIn.milliseconds)
        row.add(policy.updateIn.milliseconds)
        row.add(policy.remedyIn.milliseconds)
        row.add(policy.warnAhead.milliseconds)
        row.add(policy.maxSpan.milliseconds)
        row.add(policy.concessionLimit.amount)
        row.add(policy.concessionLimit.currency.code)
        row.add(Int64(policy.loadCap))
        row.add(policy.escalateMood?.rawValue)
        row.add(Int64(policy.escalateAfter))
        row.add(Int64(policy.escalateAfterSlips))
        row.add(policy.supervisor)
        row.add(policy.followUpIn?.milliseconds)
        row.add(policy.updatedAt)
        row.add(policy.version)
        row.add(policy.acknowledgeInBusiness?.iso8601)
        row.add(policy.updateInBusiness?.iso8601)
        row.add(policy.remedyInBusiness?.iso8601)
        row.add(policy.followUpInBusiness?.iso8601)
        row.add(policy.regime)
        row.add(CaseColumns.encode(tags: policy.warnAt))
        row.add(CaseColumns.encode(tags: policy.ladder))
        row.add(policy.updateEvery?.milliseconds)
        for condition in PolicyCondition.all {
            row.add(policy.severity == nil ? CaseColumns.encode(tags: condition.wanted(by: policy.rule)) : nil)
        }
    }
}
