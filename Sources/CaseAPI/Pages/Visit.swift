import CaseStore
import Complaints
import HTTPServer
import HTTPTypes

/// How somebody came to be let in to a page.
struct Visit: Sendable {
    /// Nil while there is no token, and nobody has given a name.
    let session: Session?
    /// Whether there is no token.
    let isProtectedMode: Bool
}

extension Gate {
    /// Who looks at a page: by the session's cookie, and by nothing else. While there is no token none is needed, and whoever
    /// may come acts under the name that they gave, if any.
    ///
    /// - Throws: 401 without a session that lets somebody in, 429 for a token that comes too often, and 403 for who is elsewhere
    ///   while there is no token.
    func visitor(
        _ request: Request, _ cookie: SessionCookie, _ transaction: ReadTransaction
    ) throws -> (actor: Actor, visit: Visit) {
        let now = transaction.asOf
        let session = try cookie.secret(in: request.headerFields).flatMap { try transaction.session($0) }
            .flatMap { $0.isOpen(at: now) ? $0 : nil }
        guard try transaction.hasTokens() else {
            try protectedMode.requireLocal(request)
            let own = session?.tokenID == nil ? session : nil
            var actor = Actor(name: own?.actor ?? Actor.local.name, role: .admin)
            actor.sessionID = own?.id
            return (actor, Visit(session: own, isProtectedMode: true))
        }
        guard let session, let id = session.tokenID, let token = try transaction.token(id), token.isValid(at: now)
        else {
            throw Problem(.unauthenticated, "Log in: there is no session, or it has ended.")
        }
        uses.note(token.id, at: now)
        try admitToken(token.id, request)
        var actor = Actor(token, as: session.actor)
        actor.sessionID = session.id
        return (actor, Visit(session: session, isProtectedMode: false))
    }

    /// Who is to be let in by a token that was typed, or without one while there is none.
    ///
    /// - Throws: as for a token in a header field: 401 for one that is not valid, 429 for who tries too often, 403 for a name beside
    ///   a token that is somebody's own; 400 for a name that can't be one.
    func visitor(_ login: PageLogin, _ request: Request, _ transaction: ReadTransaction) throws -> (Actor, Token?) {
        guard try transaction.hasTokens() else {
            try protectedMode.requireLocal(request)
            return (Actor(name: try Self.checkedName(login.name) ?? Actor.local.name, role: .admin), nil)
        }
        let token = try token(FieldValue("Bearer \(login.token)"), request, transaction)
        uses.note(token.id, at: transaction.asOf)
        try admitToken(token.id, request)
        let name = try Self.checkedName(login.name)
        if let owner = token.owner, name != nil { throw Problem.actsForItself(owner) }
        return (Actor(token, as: name), token)
    }

    private static func checkedName(_ name: String?) throws(Problem) -> String? {
        guard let name else { return nil }
        do throws(FieldFault) {
            return try Actor.checkedName(name)
        } catch {
            var issues = QueryIssues()
            issues.append("name", .invalidParameter, word: error.code, error.detail)
            throw issues.problem
        }
    }
}

extension Actor {
    /// Who comes with a token: its owner, where it has one, else whom they say.
    init(_ token: Token, as name: String?) {
        if let owner = token.owner {
            self.init(
                name: owner, tokenID: token.id, tokenName: token.name, role: token.role,
                speaker: Speaker(name: owner, isPersonal: true))
        } else {
            self.init(
                name: name ?? token.name, tokenID: token.id, tokenName: token.name, role: token.role,
                speaker: Speaker(name: name))
        }
    }
}
