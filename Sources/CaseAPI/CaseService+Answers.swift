import CaseStore
import Complaints
import HTTPServer
import HTTPTypes

/// The way of a request: its route is matched; who asks is found out; the route's handler says what is wanted, which is a
/// value made of these and the request alone; and that is run.
extension CaseService {
    /// The route of a request that may be answered by it; nil when there is only to be said what the path takes.
    private func route(
        of request: Request, _ match: RouteMatch<Endpoint>
    ) throws -> FoundRoute? {
        if gate.limitsPeers, !match.isForProbes, !request.isAdmitted { try gate.admitPeer(of: request) }
        switch match {
        case .found(let route, let pattern, let captured):
            try Origin.requireOwn(
                request, or: links, isPage: route.endpoint.isPage || route.endpoint.isLinked)
            return FoundRoute(endpoint: route.endpoint, captured: captured, itemSize: itemSizes[pattern])
        case .options:
            try Origin.requireOwn(request, or: links)
            return nil
        case .methodNotAllowed(_, let allow):
            var problem = Problem(
                .methodNotAllowed, "\(request.method.rawValue) is not for this path, which takes \(allow.listed).")
            problem.headerFields = .allow(allow)
            throw problem
        case .notFound: throw RouteMap.problem(ofNothingAt: request.path)
        }
    }

    /// What is known of a request by its head.
    ///
    /// - Parameter transaction: nil where nobody is asked who they are.
    func call(
        _ request: Request, _ route: FoundRoute, in transaction: ReadTransaction?, _ caller: inout Actor?
    ) throws -> Call {
        let endpoint = route.endpoint
        var visit: Visit?
        if let transaction, let role = endpoint.role {
            let actor: Actor
            if endpoint.isPage {
                (actor, visit) = try gate.visitor(request, cookie, transaction)
            } else {
                actor = try gate.actor(request, transaction)
            }
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
            representation: try endpoint.representation(for: request.headerFields, query),
            wantsStream: try endpoint.wantsStream(for: request.headerFields, query),
            itemSize: route.itemSize, service: self, visit: visit)
    }

    /// The same before its body is looked at. Where nobody is asked for, the database is not either.
    func checkedCall(
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
        if endpoint.isPage, let bodyLength, bodyLength > FormFields.longest {
            throw Problem(.bodyTooLarge(limit: FormFields.longest))
        }
        do {
            _ = try checkedCall(request, route, reader, &caller)
        } catch let problem as Problem where problem.kind == .unauthenticated && endpoint.isPage {
            // What was typed is kept while somebody logs in, so it is read before they are told to.
            guard PageBook.mayKeep(request, links, bodyLength) else { throw problem }
        }
        if endpoint.takesBody {
            try RequestBody.requireTaken(request, isEmpty: bodyLength.map { $0 == 0 }, as: endpoint.bodyTypes)
        }
        return endpoint.isBulk ? bulkBodyLimit : 0
    }

    /// Answers a request, or has it answered later.
    func answer(
        _ request: Request, _ match: RouteMatch<Endpoint>, _ reader: Reader, _ reply: Reply<Reader>,
        _ caller: inout Actor?
    ) throws -> HTTPServer.Answer {
        guard let route = try route(of: request, match) else {
            guard case .options(_, let allow) = match else { preconditionFailure("no route, and nothing said") }
            return .now(
                SecretPath.guarded(Response(status: .noContent, headerFields: .allow(allow)), at: request.path))
        }
        switch route.endpoint.handler {
        case .open(let answer):
            return .now(try answer(call(request, route, in: nil, &caller), reader).laidOut(for: request))
        case .read(let plan):
            return try read(plan, request, route, reader, reply, &caller)
        case .question(let plan):
            return try ask(plan, request, route, reader, reply, &caller)
        case .page(let page):
            return try answer(page, request, route, reader, reply, &caller)
        case .change(let plan):
            let call = try checkedCall(request, route, reader, &caller)
            try RequestBody.requireTaken(request, isEmpty: request.body.isEmpty, as: route.endpoint.bodyTypes)
            return try change(plan, call, reply, isBulk: route.endpoint.isBulk, isAlone: route.endpoint.isAlone)
        }
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
        fields[.allow] = methods.listed
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

extension [HTTPRequest.Method] {
    /// As a sentence and a header field have them.
    fileprivate var listed: String { map(\.rawValue).joined(separator: ", ") }
}
