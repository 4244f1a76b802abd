import CaseStore
import Complaints

/// `/v1/cases`.
enum CaseRoutes {
    static func create(_ call: Call) throws -> Change {
        try call.requireNoParameters()
        return .open(try call.body.read(CaseRequest.init(_:)))
    }

    static func list(_ call: Call) throws -> Reading {
        var query = QueryReader(call)
        let filter = CaseFilter(&query)
        return .list(
            call, query,
            // How long a customer has heard nothing follows from the time itself.
            ListQuery(form: .cases, isCacheable: filter.unheardFor == nil) { try $0.cases(filter, $1) })
    }

    static func get(_ call: Call) throws -> Reading {
        let id = try call.id()
        var query = QueryReader(call)
        let inclusions = CaseInclusion.read(&query)
        guard inclusions.contains(.guidance) else {
            return .single(call, "case \(id)", .case, reading: query, isCacheable: true) { transaction in
                let now = transaction.asOf
                return try transaction.caseFile(id).map { file in
                    Resource(tag: EntityTag(file, at: now), view: CaseView(file, at: now))
                }
            }
        }
        return .single(call, "case \(id)", .case, reading: query) { transaction in
            let now = transaction.asOf
            return try transaction.guidance(ofCase: id).map { guided in
                Resource(
                    tag: EntityTag(guided, at: now), view: CaseView(guided.file, at: now, guidance: guided.guidance))
            }
        }
    }

    static func customerPage(_ call: Call) throws -> Reading {
        let id = try call.id()
        return .single(call, "case \(id)", .customerPage) { transaction in
            try transaction.customerPage(ofCase: id).map { read in
                Resource(tag: EntityTag(pageOf: read.file, read.elsewhere, at: transaction.asOf), view: read.page)
            }
        }
    }

    static func guidance(_ call: Call) throws -> Reading {
        let id = try call.id()
        return .single(call, "case \(id)", .guidance) { transaction in
            let now = transaction.asOf
            return try transaction.guidance(ofCase: id).map { guided in
                Resource(tag: EntityTag(guided, at: now), view: guided.guidance)
            }
        }
    }

    static func edit(_ call: Call) throws -> Change {
        let request = try call.body.read(CaseEditRequest.init(_:))
        let (edit, value) = (Incoming(request.value.edit, issues: request.issues), request.value)
        return try change(call) { .edit(case: $0, edit, customer: value.customerID, ending: value.ending) }
    }

    static func addPromise(_ call: Call) throws -> Change {
        let request = try call.body.read(AddPromiseRequest.init(_:))
        return try change(call, answer: .newPromise) { .promise(case: $0, request) }
    }

    static func coolOff(_ call: Call) throws -> Change {
        let request = try call.body.read { LogRequest.coolOff(CoolOffRequest(body: $0)) }
        return try change(call, answer: .newPromise) { .write(case: $0, request) }
    }

    static func escalate(_ call: Call) throws -> Change {
        let request = try call.body.read(EscalateRequest.init(_:))
        return try change(call) { .escalate(case: $0, request) }
    }

    static func decideRelationship(_ call: Call) throws -> Change {
        let request = try call.body.read(RelationshipRequest.init(_:))
        return try change(call) { .decide(case: $0, request) }
    }

    static func resolve(_ call: Call) throws -> Change {
        let request = try call.body.read(ResolveRequest.init(_:))
        return try change(call) { .resolve(case: $0, request) }
    }

    static func duplicateOf(_ call: Call) throws -> Change {
        let request = try call.body.read(DuplicateRequest.init(_:))
        let id = try call.id()
        try call.requireNoParameters()
        return .duplicate(DuplicateCommand(case: id, request))
    }

    static func close(_ call: Call) throws -> Change {
        let request = try call.body.read(PlainRequests.closing)
        return try change(call) { .close(case: $0, request) }
    }

    static func reopen(_ call: Call) throws -> Change {
        let request = try call.body.read(ReopenRequest.init(_:))
        return try change(call) { .reopen(case: $0, request) }
    }

    static func openStage(_ call: Call) throws -> Change {
        let request = try call.body.read(StageRequest.init(_:))
        return try change(call) { .stage(case: $0, request) }
    }

    /// A change of the case in the path.
    private static func change(
        _ call: Call, answer: CaseAnswer = .changedCase, _ command: (Int64) -> CaseCommand
    ) throws -> Change {
        let id = try call.id()
        try call.requireNoParameters()
        return .cases(command(id), answer)
    }
}
