import Complaints

extension JSONWriter {
    /// The policy of a severity.
    mutating func write(_ policy: Policy) {
        object { json in
            json.member("severity", policy.severity)
            json.member("acknowledge_in", policy.acknowledgeIn.iso8601)
            json.member("warn_ahead", policy.warnAhead.iso8601)
            json.member("max_span", policy.maxSpan.iso8601)
            json.member("concession_limit", policy.concessionLimit.amount)
            json.member("concession_currency", policy.concessionLimit.currency.code)
            json.member("load_cap", policy.loadCap)
            json.member("escalate_mood", policy.escalateMood)
            json.member("escalate_after", policy.escalateAfter)
            json.member("supervisor", policy.supervisor)
            json.member("follow_up_in", policy.followUpIn?.iso8601)
            json.member("version", policy.version)
            json.member("updated_at", policy.updatedAt)
        }
    }
}

extension ListForm<Policy> {
    static let policies = ListForm(
        json: { json, policy, _ in json.write(policy) },
        columns: [
            CSVColumn("severity") { .word($0.severity) },
            CSVColumn("acknowledge_in") { .plain($0.acknowledgeIn.iso8601) },
            CSVColumn("warn_ahead") { .plain($0.warnAhead.iso8601) },
            CSVColumn("max_span") { .plain($0.maxSpan.iso8601) },
            CSVColumn("concession_limit") { .integer($0.concessionLimit.amount) },
            CSVColumn("concession_currency") { .plain($0.concessionLimit.currency.code) },
            CSVColumn("load_cap") { .integer(Int64($0.loadCap)) },
            CSVColumn("escalate_mood") { .word($0.escalateMood) },
            CSVColumn("escalate_after") { .integer(Int64($0.escalateAfter)) },
            CSVColumn("supervisor") { .text($0.supervisor) },
            CSVColumn("follow_up_in") { .text($0.followUpIn?.iso8601) },
            CSVColumn("version") { .integer($0.version) },
            CSVColumn("updated_at") { .instant($0.updatedAt) },
        ])
}
