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
        let form = try FormFields(call.request.body).asMeant
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
        case .changes(let changes): submit(changes, call, reply)
        case .logIn(let login): begin(login, call, reply, reader)
        case .logOut(let done): try end(call, reply, done)
        case .view(let view): reply.send { [self] in leading(to: response(showing: view, nil, call, $0), call) }
        }
    }

    /// Sends the API the request that a form stands for.
    private func submit(_ change: PageChange, _ call: PageCall, _ reply: Reply<Reader>) {
        let refused: @Sendable (any Error, Reader) -> Response = { [self] error, reader in
            refusal(asking(about: change, error, call, reader), call, reader, change.refused)
        }
        do {
            let (plan, asked, isAlone) = try plan(change.request, call)
            let own = try IdempotencyKey(asked)
            // To set what there is to the same again does no harm.
            let twin = change.request.method == .post ? FormTwin(asked, at: call.now) : nil
            try submit(
                plan, asked, reply, isAlone: isAlone,
                holding: {
                    // What was done already is answered again, whatever has become of it.
                    if let own, try $0.storedAnswer(own) != nil { return }
                    do {
                        for premise in change.premises { try premise.require($0, by: asked.actor) }
                    } catch let problem as Problem where problem.isQuestion {
                        throw problem.joined(by: try Self.faults(of: plan(asked), $0.record, by: asked.actor))
                    }
                    try twin?.note(in: $0, refuses: change.asksIfTwin)
                },
                telling: ChangeTeller(
                    done: { [self] in leading(to: change.done(PageAnswer(response: $0)), call) }, refused: refused))
        } catch {
            reply.send { refused(error, $0) }
        }
    }

    /// What the rules say of the fields of a change that is not made for another reason.
    private static func faults(
        of change: Change, _ record: ReadTransaction, by actor: Actor
    ) throws -> [Problem.Item] {
        guard case .cases(let command, _) = change,
            let problem = try record.refusal(of: command, by: actor).flatMap(Problem.of),
            problem.kind == .validationFailed
        else { return [] }
        return problem.errors
    }

    /// An error in the fields of a form, with what is asked about the names in it; any other error as it is.
    private func asking(
        about change: PageChange, _ error: any Error, _ call: PageCall, _ reader: Reader
    ) -> any Error {
        guard let problem = Problem.of(error), problem.kind == .validationFailed, !problem.isQuestion else {
            return error
        }
        let questions = try? reader.read(workLimit: loopWorkLimit) { record in
            try change.premises.flatMap { try $0.questions(record, by: call.call.actor) }
        }
        return problem.joined(by: questions ?? [])
    }

    /// What the API does for a request that a page makes, and in whose name.
    ///
    /// - Throws: 403 for who may not, and what is wrong with its head.
    private func plan(
        _ asked: FormRequest, _ call: PageCall
    ) throws -> (plan: @Sendable (Call) throws -> Change, call: Call, isAlone: Bool) {
        let request = call.request(for: asked)
        let route = apiRoute(of: request)
        guard case .change(let plan) = route.endpoint.handler else {
            preconditionFailure("\(asked.path) changes nothing")
        }
        if let role = route.endpoint.role { try gate.require(role, of: call.call.actor) }
        return (plan, try call.call.asking(request, route), route.endpoint.isAlone)
    }

    /// Sends the API several requests that a form stands for, which are made in one commit, each for itself.
    private func submit(_ changes: PageChanges, _ call: PageCall, _ reply: Reply<Reader>) {
        do {
            let planned = changes.requests.map { request in
                Result { () throws -> (change: Change, key: IdempotencyKey?, call: Call) in
                    let (plan, call, _) = try plan(request, call)
                    return (try plan(call), try IdempotencyKey(call), call)
                }
            }
            try writer.submit(
                apply: { [self] transaction in
                    try gate.readmit(call.call.actor.credentials, transaction.record, at: transaction.now)
                    let made = try planned.map { planned -> Result<Answering, Problem> in
                        let made = try transaction.attempt {
                            let (change, key, call) = try planned.get()
                            return try key?.once(change, call, in: transaction)
                                ?? change.make(call, in: transaction).first
                        }
                        switch made {
                        case .success(let answering): return .success(answering)
                        case .failure(let error):
                            // What is no fault of one of them is one of all.
                            guard let problem = Problem.of(error), !problem.kind.isFailure else { throw error }
                            return .failure(problem)
                        }
                    }
                    return reply.prepared(ahead: { [self] in
                        let done = changes.done(
                            made.map { made in
                                made.map { PageAnswer(response: $0()) }.mapError { PageProblem(problem: $0) }
                            })
                        return leading(to: done, call)
                    })
                },
                failed: { error in
                    reply.prepared { [self] reader in refusal(error, call, reader, changes.refused) }
                })
        } catch {
            reply.send { [self] reader in refusal(error, call, reader, changes.refused) }
        }
    }

    /// A page that says why something was refused, with the status of the refusal.
    func refusal(
        _ error: any Error, _ call: PageCall, _ reader: Reader, _ show: (PageProblem) -> PageView
    ) -> Response {
        let problem = problem(of: error, requestID: call.head.id)
        // What is no fault of what was sent has nothing to show beside it.
        guard !problem.kind.isFailure, problem.kind != .unauthenticated || call.visitor == nil else {
            return response(to: problem, of: call.call.request)
        }
        return response(showing: show(PageProblem(problem: problem)), problem, call, reader)
    }

    func response(
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

extension PageBook {
    /// What somebody sees of a problem.
    ///
    /// - Parameters:
    ///   - zone: the desk's.
    ///   - formToken: what the form of a login has to bring.
    func response(to problem: Problem, of request: Request, _ links: PublicLinks, zone: Zone, formToken: String)
        -> Response
    {
        let isEnded = problem.kind == .unauthenticated && request.method == .post
        var response = refusal(
            PageRefusal(
                problem: PageProblem(problem: problem),
                head: PageHead(
                    request: request, query: (try? QueryParameters(request.query)) ?? .none, links: links),
                zone: zone, form: isEnded ? Self.sent(request, links) : nil, formToken: formToken))
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

extension PageCall {
    /// The request that the API gets for a form.
    func request(for change: FormRequest) -> Request {
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
