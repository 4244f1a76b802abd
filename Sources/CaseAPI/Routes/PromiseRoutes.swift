import CaseStore
import Complaints

/// `/v1/promises`.
enum PromiseRoutes {
    static func list(_ call: Call) throws -> Reading {
        var query = QueryReader(call)
        let filter = PromiseFilter(&query)
        return .list(
            call, query,
            ListQuery(form: .promises, isCacheable: filter.dueSoon == nil) { try $0.promises(filter, $1) })
    }

    static func get(_ call: Call) throws -> Reading {
        let id = try call.id()
        return .single(call, "promise \(id)", .promise) { transaction in
            let now = transaction.asOf
            return try transaction.promise(id).map { row in
                Resource(
                    tag: EntityTag(row.promise, of: row.summary, at: now),
                    view: PromiseView(row.promise, of: row.summary, at: now))
            }
        }
    }

    static func keep(_ call: Call) throws -> Change {
        let request = try call.body.read(SettleAndContinue<KeepRequest>.init(_:))
        return try settle(call) { .keep(promise: $0, request) }
    }

    static func withdraw(_ call: Call) throws -> Change {
        let request = try call.body.read(SettleAndContinue<WithdrawRequest>.init(_:))
        return try settle(call) { .withdraw(promise: $0, request) }
    }

    static func void(_ call: Call) throws -> Change {
        let request = try call.body.read(SettleAndContinue<VoidRequest>.init(_:))
        return try settle(call) { .void(promise: $0, request) }
    }

    static func reassign(_ call: Call) throws -> Change {
        let request = try call.body.read(ReassignRequest.init(_:))
        return try settle(call) { .reassign(promise: $0, request) }
    }

    static func accept(_ call: Call) throws -> Change {
        let request = try call.body.read(PlainRequests.acceptance)
        return try settle(call) { .accept(promise: $0, request) }
    }

    static func decline(_ call: Call) throws -> Change {
        let request = try call.body.read(DeclineRequest.init(_:))
        return try settle(call) { .decline(promise: $0, request) }
    }

    static func renegotiate(_ call: Call) throws -> Change { try renew(call, .renegotiate) }

    static func recover(_ call: Call) throws -> Change { try renew(call, .recover) }

    private static func renew(_ call: Call, _ kind: RenewalKind) throws -> Change {
        let id = try call.id()
        try call.requireNoParameters()
        return .cases(.renew(promise: id, kind, try call.body.read(RenegotiateRequest.init(_:))), .newPromise)
    }

    /// A change of the promise in the path, answered with it, its case, and the promise that goes on after it.
    private static func settle(_ call: Call, _ command: (Int64) -> CaseCommand) throws -> Change {
        let id = try call.id()
        try call.requireNoParameters()
        return .cases(command(id), .settled(promise: id))
    }
}
