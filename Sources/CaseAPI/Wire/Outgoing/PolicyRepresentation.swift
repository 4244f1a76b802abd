import Complaints

extension JSONWriter {
    /// The policy of a severity.
    mutating func write(_ policy: Policy) {
        object { json in
            json.member("severity", policy.severity)
            json.member("acknowledge_in", policy.acknowledgeIn.iso8601)
            json.member("warn_ahead", policy.warnAhead.iso8601)
            json.member("max_span", policy.maxSpan.iso8601)
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
            CSVColumn("version") { .integer($0.version) },
            CSVColumn("updated_at") { .instant($0.updatedAt) },
        ])
}
