import CaseStore
import Complaints
import HTTPServer
import HTTPTypes

/// Sessions of the board: how they begin, with what was kept meanwhile, and how they end.
extension CaseService {
    /// Lets somebody in who has typed a token, or says why not.
    ///
    /// - Parameter reader: nil off the loop, where a login is read that keeps a long form.
    func begin(_ login: PageLogin, _ call: PageCall, _ reply: Reply<Reader>, _ reader: Reader?) {
        let request = call.call.request
        let refused: @Sendable (any Error, Reader) -> Response = { [self] error, reader in
            refusal(error, call, reader, login.refused)
        }
        do {
            guard ProtectedMode.namesThisMachine(request) || cookie.isSecure && Origin.isEncrypted(request) else {
                let advice =
                    links.origin.map { "open the board at \($0)" } ?? "start the service with --public-url https://…"
                throw Problem(
                    .forbidden,
                    "Nobody logs in over plain HTTP from elsewhere: \(advice), or as localhost on its own machine.")
            }
            let known = try reader?.read { try gate.visitor(login, request, $0) }
            let secret = SessionSecret()
            let before = cookie.secret(in: request.headerFields)
            try writer.submit(
                apply: { [cookie, gate] transaction in
                    let (actor, token) = try known ?? gate.visitor(login, request, transaction.record)
                    let name = token?.owner == nil && login.name != nil ? actor.name : nil
                    try gate.readmit(
                        Credentials(tokenID: token?.id, sessionID: nil), transaction.record, at: transaction.now)
                    let session = try transaction.beginSession(
                        secret, of: token, actor: name, replacing: before)
                    return reply.prepared { [self] reader in
                        response(to: login, by: actor, in: session, call, reader)
                            .settingCookie(cookie.begin(secret, session))
                    }
                },
                failed: { error in reply.prepared { refused(error, $0) } })
        } catch {
            reply.send { [self] reader in
                // What was logged once is not logged again.
                refusal(error, call, reader, login.refused)
            }
        }
    }

    /// What is answered to whoever was let in: where a form was kept meanwhile it leads to that. Of somebody else's they are told alone.
    private func response(
        to login: PageLogin, by actor: Actor, in session: Session, _ call: PageCall, _ reader: Reader
    ) -> Response {
        guard let (form, person) = login.kept else { return login.done() }
        guard FormToken.isCode(person, of: actor.name, key: store.cursorKey) else { return login.foreign() }
        guard mayOpen(form, actor) else { return login.lacking() }
        guard let (own, view) = page(of: form, for: actor, in: session, call.call) else { return login.done() }
        guard keptForms.keep(form, for: session, at: call.now) else { return response(showing: view, nil, own, reader) }
        return login.shown()
    }

    /// Ends the session of whoever asks.
    func end(_ call: PageCall, _ reply: Reply<Reader>, _ done: @escaping @Sendable () -> Response) throws {
        let request = call.call.request
        guard let session = call.call.visit?.session else {
            return reply.send { [cookie] _ in done().settingCookie(cookie.end) }
        }
        try writer.submit(
            apply: { [cookie] transaction in
                try transaction.endSession(session.id)
                return reply.prepared { [self] _ in
                    keptForms.forget(session)
                    return done().settingCookie(cookie.end)
                }
            },
            failed: { [self] error in reply.prepared { [self] _ in response(to: error, of: request) } })
    }
}

extension Response {
    fileprivate func settingCookie(_ cookie: String) -> Response {
        var response = self
        response.headerFields[.setCookie] = cookie
        return response
    }
}
