import CaseStore
import Complaints

/// `/v1/tokens`. Tokens are known as they are today; none is ever deleted, as the log names whose it was.
enum TokenRoutes {
    static func list(_ call: Call) throws -> Reading {
        .list(call, QueryReader(call), ListQuery(form: .tokens) { try $0.tokens($1) })
    }

    static func get(_ call: Call) throws -> Reading {
        let id = try call.id()
        return .current(call, .token) { transaction in
            guard let token = try transaction.token(id) else { throw Problem.missing("token \(id)") }
            return Resource(tag: EntityTag(token), view: token)
        }
    }

    /// Makes a token. Its secret is in this answer alone: a retry with the same Idempotency-Key makes no second token,
    /// and is told that the secret has gone.
    static func create(_ call: Call) throws -> Change {
        try call.gate.protectedMode.requireToken(call.actor)
        try call.requireNoParameters()
        return .newToken(try call.body.read(TokenRequest.init(_:)), TokenSecret())
    }

    /// Revokes a token: whoever comes with it is not let in from the next request on.
    static func revoke(_ call: Call) throws -> Change {
        let id = try call.id()
        try call.requireNoParameters()
        return .tokens(.revoke(token: id, try call.body.read(PlainRequests.revocation)))
    }
}
