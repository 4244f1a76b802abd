import CaseStore
import Complaints
import HTTPServer
import HTTPTypes

/// `/v1/cases`.
enum CaseRoutes {
    static func create(_ call: Call) throws -> Change {
        try call.requireNoParameters()
        let incoming = try call.body.read(CaseRequest.init(_:))
        return Change { [actor = call.actor, preconditions = call.preconditions] transaction in
            try preconditions.requireNothingNamed()
            let file = try transaction.openCase(incoming, by: actor)
            return answer(file, at: transaction.now, .created, location: "/v1/cases/\(file.record.id)")
        }
    }

    static func list(_ call: Call) throws -> Reading {
        var query = QueryReader(call.query)
        let filter = CaseFilter(&query)
        return list(call, query, filter)
    }

    /// The cases that `filter` lets through.
    static func list(_ call: Call, _ query: QueryReader, _ filter: CaseFilter) -> Reading {
        .list(
            call, query,
            ListQuery(form: .cases, currentFilters: filter.currentFilters) { try $0.cases(filter, $1) })
    }

    static func get(_ call: Call) throws -> Reading {
        let id = try call.id()
        var query = QueryReader(call.query)
        let inclusions: Set<CaseInclusion> = query.words("include")
        guard inclusions.contains(.guidance) else {
            return .single(call, "case \(id)", reading: query) { transaction in
                let now = transaction.asOf
                return try transaction.caseFile(id).map { file in
                    Resource(tag: EntityTag(file, at: now)) { $0.write(CaseView(file, at: now), CaseView.shown) }
                }
            }
        }
        return .single(call, "case \(id)", reading: query, followsFromStates: false) { transaction in
            let now = transaction.asOf
            return try transaction.guidance(ofCase: id).map { guided in
                Resource(tag: EntityTag(guided, at: now)) {
                    $0.write(CaseView(guided.file, at: now, guidance: guided.guidance), CaseView.shown)
                }
            }
        }
    }

    static func customerPage(_ call: Call) throws -> Reading {
        let id = try call.id()
        return .single(call, "case \(id)") { transaction in
            let now = transaction.asOf
            return try transaction.caseFile(id).map { file in
                Resource(tag: EntityTag(pageOf: file, at: now)) {
                    $0.write(file.customerPage(at: now), CustomerPage.shown)
                }
            }
        }
    }

    static func guidance(_ call: Call) throws -> Reading {
        let id = try call.id()
        return .single(call, "case \(id)", followsFromStates: false) { transaction in
            let now = transaction.asOf
            return try transaction.guidance(ofCase: id).map { guided in
                Resource(tag: EntityTag(guided, at: now)) { $0.write(guided.guidance, Guidance.shown) }
            }
        }
    }

    static func edit(_ call: Call) throws -> Change {
        let incoming = try call.body.read(CaseEdit.init(_:))
        return try change(call) { file, policy, now in
            try file.edit(incoming, under: policy, by: call.actor, at: now)
        }
    }

    static func addPromise(_ call: Call) throws -> Change {
        let incoming = try call.body.read(AddPromiseRequest.init(_:))
        return try promise(call) { file, policy, now in
            _ = try file.add(incoming, under: policy, by: call.actor, at: now)
        }
    }

    static func coolOff(_ call: Call) throws -> Change {
        let incoming = try call.body.read { LogRequest.coolOff(CoolOffRequest($0)) }
        return try promise(call) { file, policy, now in
            try file.write(incoming, under: policy, by: call.actor, at: now)
        }
    }

    static func escalate(_ call: Call) throws -> Change {
        let incoming = try call.body.read(EscalateRequest.init(_:))
        return try change(call) { file, _, now in try file.escalate(incoming, by: call.actor, at: now) }
    }

    static func decideRelationship(_ call: Call) throws -> Change {
        let incoming = try call.body.read(RelationshipRequest.init(_:))
        return try change(call) { file, policy, now in
            try file.decide(incoming, under: policy, by: call.actor, at: now)
        }
    }

    static func resolve(_ call: Call) throws -> Change {
        let incoming = try call.body.read(ResolveRequest.init(_:))
        return try change(call) { file, policy, now in
            try file.resolve(incoming, under: policy, by: call.actor, at: now)
        }
    }

    static func close(_ call: Call) throws -> Change {
        let incoming = try call.body.read { $0.optional("reason", .text(.narrative)) }
        return try change(call) { file, _, now in try file.close(incoming, at: now) }
    }

    static func reopen(_ call: Call) throws -> Change {
        let incoming = try call.body.read(ReopenRequest.init(_:))
        return try change(call) { file, policy, now in
            _ = try file.reopen(incoming, under: policy, by: call.actor, at: now)
        }
    }

    /// A change of the case in the path, answered with the case.
    private static func change(
        _ call: Call, _ change: @escaping @Sendable (inout CaseFile, Policy, Instant) throws -> Void
    ) throws -> Change {
        try self.change(call, change) { file, now in answer(file, at: now) }
    }

    /// The same, answered with the promise that it makes.
    private static func promise(
        _ call: Call, _ change: @escaping @Sendable (inout CaseFile, Policy, Instant) throws -> Void
    ) throws -> Change {
        try self.change(call, change) { file, now in
            PromiseRoutes.answer(file.promises[file.promises.count - 1].id, of: file, at: now, .created)
        }
    }

    /// If-Match is the case's tag.
    private static func change(
        _ call: Call, _ change: @escaping @Sendable (inout CaseFile, Policy, Instant) throws -> Void,
        answer: @escaping @Sendable (CaseFile, Instant) -> Answering
    ) throws -> Change {
        let id = try call.id()
        try call.requireNoParameters()
        return Change { transaction in
            let now = transaction.now
            let (file, _) = try transaction.changeCase(id, by: call.actor) { file, policy in
                try call.preconditions.requireMatch(EntityTag(file, at: now))
                try change(&file, policy, now)
            }
            return answer(file, now)
        }
    }

    private static func answer(
        _ file: CaseFile, at now: Instant, _ status: HTTPResponse.Status = .ok, location: String? = nil
    ) -> Answering {
        {
            .resource(status, tag: EntityTag(file, at: now), location: location) {
                $0.write(CaseView(file, at: now), CaseView.shown)
            }
        }
    }
}
