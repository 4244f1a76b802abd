import CaseStore
import Complaints
import HTTPServer
import HTTPTypes

/// `/v1/tokens`. Tokens are known as they are today; none is ever deleted, as the log names whose it was.
enum TokenRoutes {
    static func list(_ call: Call) throws -> Reading {
        .list(call, QueryReader(call.query), ListQuery(form: .tokens, hasHistory: false) { try $0.tokens($1) })
    }

    static func get(_ call: Call) throws -> Reading {
        let id = try call.id()
        return .current(call) { transaction in
            guard let token = try transaction.token(id) else { throw Problem(.notFound, "There is no token \(id).") }
            return Resource(tag: EntityTag(token)) { $0.write(token, Token.shown) }
        }
    }

    /// Makes a token. Its secret is in this answer alone: a retry with the same Idempotency-Key makes no second token,
    /// and is told that the secret has gone.
    static func create(_ call: Call) throws -> Change {
        try call.gate.protectedMode.requireToken(call.actor)
        try call.requireNoParameters()
        let incoming = try call.body.read(TokenRequest.init(_:))
        return Change(disclosing: { transaction in
            try call.preconditions.requireNothingNamed()
            let (request, expiresAt) = try incoming.checked(at: transaction.now)
            let secret = TokenSecret()
            let token = try transaction.createToken(
                name: request.name, role: request.role, secret: secret, expiresAt: expiresAt, by: call.actor)
            return ChangeAnswer(
                first: { answer(token, secret: secret) },
                again: { answer(token, secret: nil) })
        })
    }

    /// Revokes a token: whoever comes with it is not let in from the next request on.
    static func revoke(_ call: Call) throws -> Change {
        let id = try call.id()
        try call.requireNoParameters()
        let incoming = try call.body.read { _ in }
        return Change { transaction in
            guard let token = try transaction.record.token(id) else {
                throw Problem(.notFound, "There is no token \(id).")
            }
            try call.preconditions.requireMatch(EntityTag(token))
            guard incoming.issues.isEmpty else { throw Refusal.invalid(incoming.issues) }
            guard
                try !token.isValid(at: transaction.now)
                    || transaction.record.hasValidAdmin(besides: id, at: transaction.now)
            else {
                throw Refusal.rule(
                    RuleViolation(
                        .adminTokenRequired,
                        "Token \(id) is the last valid one of an admin: make another one first, or revoke it on the "
                            + "machine itself with casekeeper token revoke \(id)."))
            }
            let revoked = try transaction.revokeToken(id, by: call.actor)
            return { .resource(tag: EntityTag(revoked)) { $0.write(revoked, Token.shown) } }
        }
    }

    private static func answer(_ token: Token, secret: TokenSecret?) -> Response {
        var response = Response.resource(
            .created, tag: EntityTag(token), location: "/v1/tokens/\(token.id)"
        ) { $0.write(DisclosedToken(token: token, secret: secret), DisclosedToken.shown) }
        // A secret is not compressed: how long the answer is would say something of it.
        response.isCodable = false
        return response
    }
}
