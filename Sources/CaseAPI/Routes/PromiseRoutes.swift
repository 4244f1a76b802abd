import CaseStore
import Complaints
import HTTPServer
import HTTPTypes

/// `/v1/promises`.
enum PromiseRoutes {
    static func list(_ call: Call) throws -> Reading {
        var query = QueryReader(call.query)
        let filter = PromiseFilter(&query)
        return .list(
            call, query,
            ListQuery(
                form: .promises, currentFilters: filter.currentFilters, followsFromStates: !filter.dueSoon
            ) { try $0.promises(filter, $1) })
    }

    static func get(_ call: Call) throws -> Reading {
        let id = try call.id()
        return .single(call, "promise \(id)") { transaction in
            let now = transaction.asOf
            return try transaction.promise(id).map { row in
                Resource(tag: EntityTag(row.promise, of: row.summary, at: now)) {
                    $0.write(PromiseView(row.promise, of: row.summary, at: now), PromiseView.shown)
                }
            }
        }
    }

    static func keep(_ call: Call) throws -> Change {
        let incoming = try call.body.read(SettleAndContinue<KeepRequest>.init(_:))
        return try settle(call) { file, id, policy, now in
            try file.keep(id, incoming, under: policy, by: call.actor, at: now)
        }
    }

    static func withdraw(_ call: Call) throws -> Change {
        let incoming = try call.body.read(SettleAndContinue<WithdrawRequest>.init(_:))
        return try settle(call) { file, id, policy, now in
            try file.withdraw(id, incoming, under: policy, by: call.actor, at: now)
        }
    }

    static func void(_ call: Call) throws -> Change {
        let incoming = try call.body.read(SettleAndContinue<VoidRequest>.init(_:))
        return try settle(call) { file, id, policy, now in
            try file.void(id, incoming, under: policy, by: call.actor, at: now)
        }
    }

    static func reassign(_ call: Call) throws -> Change {
        let incoming = try call.body.read(ReassignRequest.init(_:))
        return try settle(call) { file, id, _, now in
            try file.reassign(id, incoming, by: call.actor, at: now)
            return nil
        }
    }

    static func accept(_ call: Call) throws -> Change {
        let incoming = try call.body.read { _ in }
        return try settle(call) { file, id, _, now in
            try file.accept(id, incoming, by: call.actor, at: now)
            return nil
        }
    }

    static func renegotiate(_ call: Call) throws -> Change { try renew(call, .renegotiate) }

    static func recover(_ call: Call) throws -> Change { try renew(call, .recover) }

    private static func renew(_ call: Call, _ kind: RenewalKind) throws -> Change {
        let id = try call.id()
        try call.requireNoParameters()
        let incoming = try call.body.read(RenegotiateRequest.init(_:))
        return Change { transaction in
            let now = transaction.now
            let (file, promise) = try transaction.changePromise(id, by: call.actor) { file, policy in
                try requireMatch(call, id, in: file, at: now)
                return try file.renew(id, kind, incoming, under: policy, by: call.actor, at: now)
            }
            return answer(promise.id, of: file, at: now, .created)
        }
    }

    /// A change of the promise in the path, answered with it, its case, and the promise that goes on after it.
    private static func settle(
        _ call: Call,
        _ change: @escaping @Sendable (inout CaseFile, Int64, Policy, Instant) throws -> Promise?
    ) throws -> Change {
        let id = try call.id()
        try call.requireNoParameters()
        return Change { transaction in
            let now = transaction.now
            let (file, next) = try transaction.changePromise(id, by: call.actor) { file, policy in
                try requireMatch(call, id, in: file, at: now)
                return try change(&file, id, policy, now)
            }
            return { settled(id, of: file, next: next?.id, at: now) }
        }
    }

    /// If-Match is the tag of the promise in the path.
    private static func requireMatch(_ call: Call, _ id: Int64, in file: CaseFile, at now: Instant) throws {
        guard let promise = file.promise(id) else { return }
        try call.preconditions.requireMatch(EntityTag(promise, of: file.record.summary, at: now))
    }

    private static func settled(_ id: Int64, of file: CaseFile, next: Int64?, at now: Instant) -> Response {
        guard let promise = file.promise(id) else { preconditionFailure("promise \(id) is not of its case") }
        let summary = file.record.summary
        let settled = SettledPromise(
            promise: PromiseView(promise, of: summary, at: now), file: CaseView(file, at: now),
            next: next.flatMap(file.promise).map { PromiseView($0, of: file, at: now) })
        return .resource(tag: EntityTag(promise, of: summary, at: now)) { $0.write(settled, SettledPromise.shown) }
    }

    /// A promise that was just made.
    static func answer(
        _ id: Int64, of file: CaseFile, at now: Instant, _ status: HTTPResponse.Status
    ) -> Answering {
        guard let promise = file.promise(id) else { preconditionFailure("promise \(id) is not of its case") }
        return {
            .resource(
                status, tag: EntityTag(promise, of: file.record.summary, at: now), location: "/v1/promises/\(id)"
            ) { $0.write(PromiseView(promise, of: file, at: now), PromiseView.shown) }
        }
    }
}
