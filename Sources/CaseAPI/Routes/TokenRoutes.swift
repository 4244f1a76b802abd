import CaseStore
import Complaints

/// `/v1/tokens`. Tokens are known as they are today; none is ever deleted, as the log names whose it was.
enum TokenRoutes {
    static func list(_ call: Call) throws -> Reading {
        .list(
            call, QueryReader(call),
            ListQuery(form: .tokens) { transaction, page in
                let tokens = try transaction.tokens(page)
                return Page(
                    items: try tokens.items.map { try transaction.withSessions($0) }, next: tokens.next,
                    total: tokens.total, totalIsCapped: tokens.totalIsCapped)
            })
    }

    static func get(_ call: Call) throws -> Reading {
        let id = try call.id()
        return .current(call, .token) { transaction in
            guard let token = try transaction.token(id) else { throw Problem.missing("token \(id)") }
            let shown = try transaction.withSessions(token)
            return Resource(tag: EntityTag(shown), view: shown)
        }
    }

    /// Makes a token. Its secret is in this answer alone: a retry with the same Idempotency-Key makes no second token,
    /// and is told that the secret has gone.
    static func create(_ call: Call) throws -> Change {
        try call.gate.protectedMode.requireToken(call.actor)
        try call.requireNoParameters()
        return .newToken(try call.body.read(TokenRequest.init(_:)), TokenSecret())
    }

    /// Ends a session of a token's: whoever comes with its cookie is not let in from the next request on.
    static func endSession(_ call: Call) throws -> Change {
        let (token, session) = (try call.id(), try call.id(1))
        try call.requireNoParameters()
        return .sessionEnd(token: token, session: session, try call.body.read(PlainRequests.sessionEnd))
    }

    /// Revokes a token: whoever comes with it is not let in from the next request on.
    static func revoke(_ call: Call) throws -> Change {
        let id = try call.id()
        try call.requireNoParameters()
        return .tokens(.revoke(token: id, try call.body.read(PlainRequests.revocation)))
    }
}

extension ReadTransaction {
    /// The token with its sessions that are open.
    func withSessions(_ token: Token) throws -> Token {
        var token = token
        token.sessions = try openSessions(ofToken: token.id)
        return token
    }
}
