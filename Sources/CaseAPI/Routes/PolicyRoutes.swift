import CaseStore
import Complaints
import HTTPServer

/// `/v1/policies`. Promises keep what a policy said when they were made.
enum PolicyRoutes {
    static let previewPath = "/v1/policies/\(Policy.reservedName)"

    static func list(_ call: Call) throws -> Reading {
        .list(
            call, QueryReader(call),
            ListQuery(form: .policies) { transaction, request in
                try page(of: transaction.policies(), request)
            })
    }

    /// There are not many policies: they are put into pages here, by their place.
    private static func page(of policies: [Policy], _ request: PageRequest) -> Page<Policy> {
        let start = request.after.map { min(max(0, Int(clamping: $0.id)), policies.count) } ?? 0
        let items = Array(policies[start...].prefix(request.limit))
        let end = start + items.count
        return Page(
            items: items, next: end < policies.count ? PageKey(value: nil, id: Int64(end)) : nil,
            total: policies.count, totalIsCapped: false)
    }

    static func get(_ call: Call) throws -> Reading {
        let name = try call.name()
        return .single(call, "policy \(name)", .policy) { transaction in
            try transaction.policy(named: name).map { Resource(tag: EntityTag($0), view: $0) }
        }
    }

    static func edit(_ call: Call) throws -> Change {
        let name = try call.name()
        try call.requireNoParameters()
        return .policies(.edit(policy: name, try call.body.read(PolicyChange.init(_:))), SentBack())
    }

    static func put(_ call: Call) throws -> Change {
        let name = try call.name()
        try call.requireNoParameters()
        guard FoldedName(name) != FoldedName(Policy.reservedName) else {
            throw Problem(.notFound, "No policy can be called \(name): POST \(previewPath) is a question.")
        }
        let (change, sentBack) = try call.body.readWhole(PolicyChange.init(whole:))
        return .policies(.put(policy: name, change), sentBack)
    }

    /// Which policy a case would have, and why.
    static func preview(_ call: Call) throws -> Reading {
        var query = QueryReader(call)
        let asOf = query.asOf()
        let question = try call.body.read(PolicyQuestion.init(_:))
        return Reading(asOf: asOf, query: query.finished()) { transaction in
            let preview = try transaction.policyPreview(question)
            var json = JSONWriter(capacity: 4096)
            json.write(preview, PolicyPreview.shown)
            return .json(json.bytes, asOf: transaction.asOf)
        }
    }

    /// What a policy made by itself that would be due at another instant today.
    static func impact(_ call: Call) throws -> Reading {
        let name = try call.name()
        return .list(
            call, QueryReader(call),
            ListQuery(form: .impact) { transaction, request in
                guard let policy = try transaction.policy(named: name) else { throw Problem.missing("policy \(name)") }
                return try transaction.impact(of: policy, request)
            })
    }
}
