import CaseStore
import Complaints
import HTTPServer
import HTTPTypes

/// From the route to the handler: who asks, what for, and where its work is done.
extension CaseService {
    /// The route of a request that may be answered by it; nil when there is only to be said what the path takes.
    private func route(
        of request: Request, _ match: RouteMatch<Endpoint>
    ) throws -> FoundRoute? {
        if gate.limitsPeers, !match.isForProbes, !request.isAdmitted { try gate.admitPeer(of: request) }
        switch match {
        case .found(let route, let pattern, let captured):
            try Origin.requireOwn(request)
            return FoundRoute(endpoint: route.endpoint, captured: captured, itemSize: itemSizes[pattern])
        case .options:
            try Origin.requireOwn(request)
            return nil
        case .methodNotAllowed(_, let allow):
            var problem = Problem(
                .methodNotAllowed, "\(request.method.rawValue) is not for this path: Allow lists what is.")
            problem.headerFields = .allow(allow)
            throw problem
        case .notFound: throw Problem(.notFound, "There is nothing at \(request.path.prefix(200)).")
        }
    }

    /// What is known of a request by its head.
    ///
    /// - Parameter transaction: nil where nobody is asked who they are.
    private func call(
        _ request: Request, _ route: FoundRoute, in transaction: ReadTransaction?, _ caller: inout Actor?
    ) throws -> Call {
        let endpoint = route.endpoint
        if let transaction, let role = endpoint.role {
            let actor = try gate.actor(request, transaction)
            caller = actor
            try gate.require(role, of: actor)
        }
        let query = try QueryParameters(request.query)
        if endpoint.role != nil { try Representation.requireCoding(request.codings) }
        return Call(
            request: request, captured: route.captured, actor: caller ?? .nobody, query: query,
            preconditions: try Preconditions(
                request.headerFields, request.codings,
                needsMatch: requiresIfMatch && endpoint.changes(route.captured)),
            representation: try endpoint.representation(for: request.headerFields, query), gate: gate,
            cursorKey: store.cursorKey, clientClock: clientClock, itemSize: route.itemSize)
    }

    /// Where nobody is asked for, the database is not either.
    private func call(
        _ request: Request, _ route: FoundRoute, _ reader: Reader, _ caller: inout Actor?
    ) throws -> Call {
        guard route.endpoint.role != nil else { return try call(request, route, in: nil, &caller) }
        return try reader.check { try call(request, route, in: $0, &caller) }
    }

    /// How many bytes the body of a request may have, by its route alone; 0 where it is what all may have.
    ///
    /// - Throws: whatever `answer` would, as far as it can be told by the head.
    func bodyLimit(
        of request: Request, _ match: RouteMatch<Endpoint>, _ bodyLength: Int?, _ reader: Reader, _ caller: inout Actor?
    ) throws -> Int {
        guard let route = try route(of: request, match) else { return 0 }
        let endpoint = route.endpoint
        _ = try call(request, route, reader, &caller)
        if endpoint.takesBody { try RequestBody.requireTaken(request, isEmpty: bodyLength.map { $0 == 0 }) }
        return endpoint.isBulk ? bulkBodyLimit : 0
    }

    func answer(
        _ request: Request, _ match: RouteMatch<Endpoint>, _ reader: Reader, _ reply: Reply<Reader>,
        _ caller: inout Actor?
    ) throws -> HTTPServer.Answer {
        if let route = try route(of: request, match) {
            return try answer(request, route, reader, reply, &caller)
        }
        guard case .options(_, let allow) = match else { preconditionFailure("no route, and nothing said") }
        return .now(Response(status: .noContent, headerFields: .allow(allow)))
    }

    func answer(
        _ request: Request, _ route: FoundRoute, _ reader: Reader, _ reply: Reply<Reader>, _ caller: inout Actor?
    ) throws -> HTTPServer.Answer {
        let endpoint = route.endpoint
        func call(in transaction: ReadTransaction) throws -> Call {
            try self.call(request, route, in: transaction, &caller)
        }
        func call() throws -> Call {
            let call = try self.call(request, route, reader, &caller)
            if endpoint.takesBody { try RequestBody.requireTaken(request, isEmpty: request.body.isEmpty) }
            return call
        }
        switch endpoint.handler {
        case .plain(let answer): return .now(try answer(call()).laidOut(for: request))
        case .read(let read):
            // What is read for now shares the gate's transaction. An instant of its own has to be admitted before its
            // snapshot is taken, and what may be long has to have its turn, so they need another.
            var reading: Reading?
            let response = try withinLoop {
                try reader.read(workLimit: loopWorkLimit) { transaction -> Response? in
                    let read = try read(call(in: transaction))
                    reading = read
                    guard read.asOf == nil, !read.isLong, case .answer(let answer) = read.work else { return nil }
                    return try answer(transaction)
                }
            }
            if let response = response ?? nil { return .now(response.laidOut(for: request)) }
            guard let reading = reading?.later(readmission(of: caller)) else {
                preconditionFailure("a request was neither read nor refused")
            }
            if response == nil { return try report(reading, request, reply) }
            return try reading.isLong
                ? answerInTurn(reading, request, reply) : answer(reading, request, reader, reply)
        case .report(let read):
            let reading = try read(call())
            return try report(reading.later(readmission(of: caller)), request, reply)
        case .follow(let read):
            // Before anything is read, so that no token which ends meanwhile is missed.
            let endings = events.endings
            var following: Following?
            var bytes = 0
            let page = try withinLoop {
                try reader.read(workLimit: loopWorkLimit) { transaction -> EventPage? in
                    let query = try read(call(in: transaction))
                    let standing = try caller.map { try Standing(of: $0, transaction) }
                    following = Following(query: query, request: request, standing: standing, endings: endings)
                    bytes = events.bytes(of: query)
                    return bytes > Reading.longestAtOnce ? nil : try query.page(transaction)
                }
            }
            guard let following else { preconditionFailure("a follower was neither read nor refused") }
            guard bytes > Reading.longestAtOnce else { return try answer(following, page ?? nil, reply) }
            return reply.inTurn(holding: bytes) { [self] reader in
                do {
                    let page = try withinLoop {
                        try reader.read(workLimit: loopWorkLimit) { try following.query.page($0) }
                    }
                    return try answer(following, page, reply)
                } catch {
                    return .now(response(to: error, of: request))
                }
            }
        case .readiness(let answer):
            let readiness = Readiness(of: store) { _ = try reader.read { try $0.hasTokens() } }
            return .now(try answer(call(), readiness).laidOut(for: request))
        case .figures(let answer):
            return .now(try reader.read { try answer(call(in: $0), figures(), $0) })
        case .write, .bulk:
            return try change(endpoint.handler, call(), reply)
        }
    }

    private func answer(
        _ following: Following, _ page: EventPage?, _ reply: Reply<Reader>
    ) throws -> HTTPServer.Answer {
        try events.answer(following, page, reply) { [self] in response(to: $0, of: following.request) }
    }
}

/// The route of a request, with what is known of it.
struct FoundRoute {
    let endpoint: Endpoint
    /// The decoded values of the pattern's braces, in order.
    let captured: [Substring]
    /// What its lists take.
    let itemSize: ItemSize
}

extension RouteMatch<Endpoint> {
    /// Whether it is for probes, which are answered however often they come.
    fileprivate var isForProbes: Bool {
        if case .found(let route, _, _) = self { route.endpoint.isForProbes } else { false }
    }
}

extension HTTPFields {
    /// What a path takes (RFC 9110 section 10.2.1), and what its PATCH takes (RFC 5789 section 3.1).
    fileprivate static func allow(_ methods: [HTTPRequest.Method]) -> HTTPFields {
        var fields = HTTPFields()
        fields[.allow] = methods.map(\.rawValue).joined(separator: ", ")
        if methods.contains(.patch) {
            fields[.acceptPatch] = RequestBody.patchTypes.map(\.description).joined(separator: ", ")
        }
        return fields
    }
}

extension Actor {
    /// Whoever asks what is open to all.
    fileprivate static let nobody = Actor(name: "nobody", role: .reader)
}
