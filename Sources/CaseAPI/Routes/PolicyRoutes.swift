import CaseStore
import Complaints

/// `/v1/policies`. Promises keep what a policy said when they were made.
enum PolicyRoutes {
    static func list(_ call: Call) throws -> Reading {
        .list(
            call, QueryReader(call),
            ListQuery(form: .policies) { transaction, request in
                try page(of: transaction.policies(), request)
            })
    }

    /// There are as many policies as severities: they are put into pages here, by their place.
    private static func page(of policies: [Policy], _ request: PageRequest) -> Page<Policy> {
        let start = request.after.map { min(max(0, Int(clamping: $0.id)), policies.count) } ?? 0
        let items = Array(policies[start...].prefix(request.limit))
        let end = start + items.count
        return Page(
            items: items, next: end < policies.count ? PageKey(value: nil, id: Int64(end)) : nil,
            total: policies.count, totalIsCapped: false)
    }

    static func get(_ call: Call) throws -> Reading {
        let severity = try severity(call)
        return .single(call, "policy \(severity.rawValue)", .policy) { transaction in
            let policy = try transaction.policy(severity)
            return Resource(tag: EntityTag(policy), view: policy)
        }
    }

    static func edit(_ call: Call) throws -> Change {
        let severity = try severity(call)
        try call.requireNoParameters()
        return .policies(.edit(severity, try call.body.read(PolicyEdit.init(_:))))
    }

    private static func severity(_ call: Call) throws(Problem) -> Severity {
        guard let severity = Severity(rawValue: String(call.captured[0])) else {
            throw Problem(.notFound, "There is no such policy: there is one for each of \(Severity.words).")
        }
        return severity
    }
}
