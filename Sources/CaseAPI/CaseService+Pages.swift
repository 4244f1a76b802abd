import CaseStore
import Complaints
import HTTPServer
import HTTPTypes

/// The executor of pages. A page is a client of the API inside of the service: what it shows are answers to `GET` that are read
/// in one transaction (`PageRecord`), and what a form of it changes is a request to one of the API's routes, made in the name of
/// the session's actor. So both are held to the same rules and bounds, wherever they are run; only who asks is told by a
/// cookie, and what is answered is HTML.
extension CaseService {
    /// Answers a request for a page, or has it answered later.
    func answer(
        _ page: PageRoute, _ request: Request, _ route: FoundRoute, _ reader: Reader, _ reply: Reply<Reader>,
        _ caller: inout Actor?
    ) throws -> HTTPServer.Answer {
        switch page.work {
        case .view(let plan):
            // Before anything is read: what comes later is told by the page's events, and be it on the page already.
            let lastEvent = events.last
            return try read(
                { call in try reading(plan, call, lastEvent) }, request, route, reader, reply, &caller)
        case .table(let plan):
            return try read({ call in try table(plan, call) }, request, route, reader, reply, &caller)
        case .events:
            return try read(EventRoutes.follow, request, route, reader, reply, &caller)
        case .form(let step):
            let call: Call
            do {
                call = try checkedCall(request, route, reader, &caller)
            } catch let problem as Problem
                where problem.kind == .unauthenticated && request.body.count > BodyDesk.longestOnLoop
            {
                // What is kept of it while somebody logs in is read where long bodies are.
                try bodies.submit(request.body.count) { [self] in
                    let response = response(to: problem, of: request)
                    reply.send { _ in response }
                }
                return .later
            }
            // Whoever ends their session by it is answered all the same.
            caller?.sessionID = nil
            try Origin.requireSaid(request)
            try RequestBody.requireTaken(request, isEmpty: request.body.isEmpty, as: route.endpoint.bodyTypes)
            let count = request.body.count
            guard count > BodyDesk.longestOnLoop else {
                try take(step, call, reply, reader)
                return .later
            }
            try bodies.submit(count) { [self] in
                do {
                    try take(step, call, reply, nil)
                } catch {
                    let response = response(to: error, of: request)
                    reply.send { _ in response }
                }
            }
            return .later
        }
    }

    /// The API's route of a request that a page makes.
    ///
    /// - Precondition: there is one.
    func apiRoute(of request: Request) -> FoundRoute {
        guard
            case .found(let route, let pattern, let captured) = table.match(method: request.method, path: request.path),
            !route.endpoint.isPage
        else { preconditionFailure("the API has no \(request.method) \(request.path)") }
        return FoundRoute(endpoint: route.endpoint, captured: captured, itemSize: itemSizes[pattern])
    }

    /// A page as a read plan.
    private func reading(
        _ plan: (PageCall) throws -> PageView, _ call: Call, _ lastEvent: Int64
    ) throws -> Reading {
        let page = PageCall(call, lastEvent: lastEvent)
        let view = try plan(page)
        return Reading(asOf: view.asOf, query: .none(.none), bytes: view.bytes) { transaction in
            try view.show(PageRecord(transaction: transaction, call: page))
        }
    }

    /// A list of the API as CSV, as a read plan: that of the API.
    private func table(_ plan: (PageCall) throws -> PageTable, _ call: Call) throws -> Reading {
        let page = PageCall(call)
        let table = try plan(page)
        return try page.reading(table.path, table.query + [("format", Representation.csv.rawValue)])
    }
}

// MARK: - Forms
extension CaseService {
    /// Reads a form, and does what it leads to.
    ///
    /// - Parameter reader: nil off the loop, where long forms are read.
    private func take(
        _ step: (PageCall, FormFields) throws -> PageStep, _ call: Call, _ reply: Reply<Reader>, _ reader: Reader?
    ) throws {
        let form = try FormFields(call.request.body)
        let (visit, name) = (call.visit, call.actor.name)
        let call = PageCall(call)
        do throws(Problem) {
            try FormToken(of: visit?.session, by: nil, key: store.cursorKey).require(form)
        } catch {
            // Who has logged in anew in another tab has what they typed in this one before them, in a form of the new session.
            guard visit != nil, FormToken.isCode(form.typedBy, of: name, key: store.cursorKey),
                let shown = form.fromBefore, case .view(let view)? = try? step(call, shown)
            else { throw error }
            return reply.send { [self] in response(showing: view, error, call, $0) }
        }
        switch try step(call, form) {
        case .change(let change): submit(change, call, reply)
        case .logIn(let login): begin(login, call, reply, reader)
        case .logOut(let done): try end(call, reply, done)
        case .view(let view): reply.send { [self] in response(showing: view, nil, call, $0) }
        }
    }

    /// Sends the API the request that a form stands for.
    private func submit(_ change: PageChange, _ call: PageCall, _ reply: Reply<Reader>) {
        let refused: @Sendable (any Error, Reader) -> Response = { [self] error, reader in
            refusal(error, call, reader, change.refused)
        }
        do {
            let request = call.request(for: change)
            let route = apiRoute(of: request)
            guard case .change(let plan) = route.endpoint.handler else {
                preconditionFailure("\(change.path) changes nothing")
            }
            if let role = route.endpoint.role { try gate.require(role, of: call.call.actor) }
            let asked = try call.call.asking(request, route)
            // To set what there is to the same again does no harm.
            let twin = change.method == .post ? try FormTwin(asked, at: call.now) : nil
            try submit(
                plan, asked, reply, isAlone: route.endpoint.isAlone,
                holding: {
                    try change.premise?.require($0.record)
                    try twin?.note(in: $0, refuses: change.asksIfTwin)
                },
                telling: ChangeTeller(done: { change.done(PageAnswer(response: $0)) }, refused: refused))
        } catch {
            reply.send { refused(error, $0) }
        }
    }

    /// A page that says why something was refused, with the status of the refusal.
    private func refusal(
        _ error: any Error, _ call: PageCall, _ reader: Reader, _ show: (PageProblem) -> PageView
    ) -> Response {
        let problem = problem(of: error, requestID: call.head.id)
        // What is no fault of what was sent has nothing to show beside it.
        guard !problem.kind.isFailure, problem.kind != .unauthenticated || call.visitor == nil else {
            return response(to: problem, of: call.call.request)
        }
        return response(showing: show(PageProblem(problem: problem)), problem, call, reader)
    }

    private func response(
        showing view: PageView, _ problem: Problem?, _ call: PageCall, _ reader: Reader
    ) -> Response {
        do {
            var response = try reader.read(workLimit: loopWorkLimit) { transaction in
                try view.show(PageRecord(transaction: transaction, call: call))
            }
            if let problem {
                response.status = problem.kind.status
                for field in problem.headerFields { response.headerFields.append(field) }
            }
            return response
        } catch {
            return self.response(to: problem ?? error, of: call.call.request)
        }
    }
}

// MARK: - Sessions
extension CaseService {
    /// Lets somebody in who has typed a token, or says why not.
    ///
    /// - Parameter reader: nil off the loop, where a login is read that keeps a long form.
    private func begin(_ login: PageLogin, _ call: PageCall, _ reply: Reply<Reader>, _ reader: Reader?) {
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
                        let shown = shown(login, by: actor, in: session, call, reader) ?? login.done()
                        return shown.settingCookie(cookie.begin(secret, session))
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

    /// The form that was kept while somebody logged in, as their page shows it; it is not sent. Nil where there is none, and where
    /// they may not see it; of somebody else's they are told alone.
    private func shown(
        _ login: PageLogin, by actor: Actor, in session: Session, _ call: PageCall, _ reader: Reader
    ) -> Response? {
        guard let kept = login.kept else { return nil }
        guard FormToken.isCode(kept.person, of: actor.name, key: store.cursorKey) else { return login.foreign() }
        guard case .found(let route, _, let captured) = table.match(method: .post, path: kept.path),
            case .page(let page) = route.endpoint.handler, case .form(let step) = page.work,
            let role = page.role, actor.role >= role
        else { return nil }
        var actor = actor
        actor.sessionID = session.id
        let request = Request(
            id: call.head.id, method: .post, path: kept.path, headerFields: call.call.request.headerFields,
            peer: call.call.request.peer)
        let own = Call(
            request: request, captured: captured, actor: actor, query: .none, preconditions: call.call.preconditions,
            representation: .json, wantsStream: false, itemSize: call.call.itemSize, service: self,
            visit: Visit(session: session, isProtectedMode: session.tokenID == nil))
        guard case .view(let view)? = try? step(PageCall(own), kept.form) else { return nil }
        return response(showing: view, nil, PageCall(own), reader)
    }

    /// Ends the session of whoever asks.
    private func end(_ call: PageCall, _ reply: Reply<Reader>, _ done: @escaping @Sendable () -> Response) throws {
        let request = call.call.request
        guard let session = call.call.visit?.session else {
            return reply.send { [cookie] _ in done().settingCookie(cookie.end) }
        }
        try writer.submit(
            apply: { [cookie] transaction in
                try transaction.endSession(session.id)
                return reply.prepared { _ in done().settingCookie(cookie.end) }
            },
            failed: { [self] error in reply.prepared { [self] _ in response(to: error, of: request) } })
    }
}

extension PageBook {
    /// What somebody sees of a problem.
    ///
    /// - Parameter formToken: what the form of a login has to bring.
    func response(to problem: Problem, of request: Request, _ links: PublicLinks, formToken: String) -> Response {
        let isEnded = problem.kind == .unauthenticated && request.method == .post
        var response = refusal(
            PageRefusal(
                problem: PageProblem(problem: problem),
                head: PageHead(
                    request: request, query: (try? QueryParameters(request.query)) ?? .none, links: links),
                form: isEnded ? Self.sent(request, links) : nil, formToken: formToken))
        for field in problem.headerFields where field.name != .wwwAuthenticate {
            response.headerFields.append(field)
        }
        return response
    }
}

extension PageBook {
    /// Whether a form may be kept while somebody logs in: one of our own pages sends it, and it is not too long.
    static func mayKeep(_ request: Request, _ links: PublicLinks, _ length: Int?) -> Bool {
        guard request.method == .post, let length, length <= FormFields.longestKept,
            request.headerFields[.contentType]?.isWord("application/x-www-form-urlencoded") ?? false
        else { return false }
        do {
            try Origin.requireSaid(request)
            try Origin.requireOwn(request, or: links)
            return true
        } catch {
            return false
        }
    }

    private static func sent(_ request: Request, _ links: PublicLinks) -> FormFields? {
        mayKeep(request, links, request.body.count) ? try? FormFields(request.body) : nil
    }
}

extension Response {
    fileprivate func settingCookie(_ cookie: String) -> Response {
        var response = self
        response.headerFields[.setCookie] = cookie
        return response
    }
}

extension PageCall {
    /// The request that the API gets for a form.
    fileprivate func request(for change: PageChange) -> Request {
        var fields = HeaderFields()
        fields.append(.contentType, "application/json")
        if let key = change.idempotencyKey { fields.append(.idempotencyKey, key) }
        if let tag = change.entityTag { fields.append(.ifMatch, tag) }
        // Who shares a token is told apart by it, as with the API.
        if let name = call.visit?.session?.actor { fields.append(.actor, name) }
        var json = JSONWriter(capacity: 1024)
        json.write(change.body)
        return Request(
            id: head.id, method: change.method, path: change.path, headerFields: fields, body: json.bytes,
            peer: call.request.peer, peerProcess: call.request.peerProcess, isAdmitted: true)
    }
}
