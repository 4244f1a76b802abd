public import CaseStore
import Complaints
public import HTTPServer
import HTTPTypes
public import Logging
import Synchronization

/// The HTTP face of the service: finds the route, finds out who asks, has the handler's work done where it belongs,
/// and turns what goes wrong into problem details.
public final class CaseService: Service {
    private let writer: BatchWriter<Reply<Reader>.Prepared>
    private let store: CaseStore
    private let reports: ReportDesk
    private let bulks = BulkDesk()
    private let housekeeping: Housekeeping
    private let overdueWatch: OverdueWatch
    private let events: EventDesk
    private let gate: Gate
    private let requiresIfMatch: Bool
    private let logsRequests: Bool
    private let loopWorkLimit: Int
    private let version: String
    private let logger: Logger
    /// One a server.
    private let meters = Mutex<[ServerMeter]>([])

    /// - Parameters:
    ///   - listenHost: the host the server listens on, one of the names it answers to without tokens.
    ///   - reportQueue: how many reports may wait, the one being read among them.
    ///   - eventQueue: how many may wait for events.
    ///   - loopWorkLimit: how many steps of SQLite's virtual machine a request may take on a loop, where all others wait
    ///     for it: some milliseconds, a hundred times what a page takes that an index leads to. What takes more is read
    ///     where reports are.
    ///   - access: what clients may do beyond their roles.
    ///   - version: the program's, for its figures.
    /// - Throws: `StoreError` when a connection for reports can't be made.
    public init(
        store: CaseStore, listenHost: String? = nil, reportQueue: Int = 64, eventQueue: Int = 4096,
        loopWorkLimit: Int = 500_000, access: AccessRules = AccessRules(), version: String = "", logger: Logger
    ) throws {
        self.store = store
        self.loopWorkLimit = loopWorkLimit
        self.version = version
        self.logger = logger
        gate = Gate(access, protectedMode: ProtectedMode(listenHost: listenHost), logger: logger)
        requiresIfMatch = access.requiresIfMatch
        logsRequests = logger.logLevel <= .info
        reports = try ReportDesk(store: store, limit: reportQueue)
        writer = store.makeBatchWriter { Reply.send($0) }
        housekeeping = Housekeeping(writer: writer, uses: gate.uses, logger: logger)
        let events = try EventDesk(store: store, reports: reports, limit: eventQueue)
        let overdueWatch = try OverdueWatch(store: store, writer: writer, logger: logger)
        self.events = events
        self.overdueWatch = overdueWatch
        store.observeCommits { [weak events, weak overdueWatch] changes in
            events?.committed(changes)
            overdueWatch?.committed(changes)
        } others: { [weak events, weak overdueWatch] in
            events?.catchUp()
            overdueWatch?.look()
        }
        overdueWatch.look()
    }

    /// Takes no more changes, and returns when those that wait are on disk. For after the server has shut down.
    public func stop() {
        housekeeping.stop()
        overdueWatch.stop()
        events.stop()
        writer.stop()
    }

    /// The path whose requests may be larger than others: many cases at once.
    public static let bulkPath = BulkRoutes.path

    /// The patterns of the map.
    public var routes: [String] { RouteMap.patterns }

    /// Remembers where to read how a server is doing.
    public func willBeServed(measuredBy meter: ServerMeter) {
        meters.withLock { $0.append(meter) }
    }

    /// A connection of its own for each loop.
    public func makeLoopState() throws -> Reader {
        try store.makeReader()
    }

    /// Answers a request, or has it answered later.
    public func respond(to request: Request, state reader: Reader, reply: Reply<Reader>) -> HTTPServer.Answer {
        let match = RouteMap.table.match(method: request.method, path: request.path)
        var answer: HTTPServer.Answer
        var caller: Actor?
        do {
            answer = try self.answer(request, match, reader, reply, &caller)
        } catch {
            answer = .now(response(to: error, of: request))
        }
        answer.route = match.pattern
        if logsRequests { answer.logged = gate.logged(request, caller) }
        return answer
    }

    /// The problem details of what the server itself turned down.
    public func response(to refusal: HTTPServer.Refusal, requestID: String) -> Response {
        Problem(refusal).response(requestID: requestID)
    }
}

extension CaseService {
    private func answer(
        _ request: Request, _ match: RouteMatch<Endpoint>, _ reader: Reader, _ reply: Reply<Reader>,
        _ caller: inout Actor?
    ) throws -> HTTPServer.Answer {
        if gate.limitsPeers, !match.isForProbes { try gate.admitPeer(of: request) }
        switch match {
        case .found(let route, _, let captured):
            try Origin.requireOwn(request.headerFields)
            return try answer(request, route.endpoint, captured, reader, reply, &caller)
        case .options(_, let allow):
            try Origin.requireOwn(request.headerFields)
            return .now(Response(status: .noContent, headerFields: .allow(allow)))
        case .methodNotAllowed(_, let allow):
            var problem = Problem(
                .methodNotAllowed, "\(request.method.rawValue) is not for this path: Allow lists what is.")
            problem.headerFields = .allow(allow)
            throw problem
        case .notFound: throw Problem(.notFound, "There is nothing at \(request.path.prefix(200)).")
        }
    }

    private func answer(
        _ request: Request, _ endpoint: Endpoint, _ captured: [Substring], _ reader: Reader, _ reply: Reply<Reader>,
        _ caller: inout Actor?
    ) throws -> HTTPServer.Answer {
        func call(in transaction: ReadTransaction?) throws -> Call {
            if let transaction, let role = endpoint.role {
                let actor = try gate.actor(request, transaction)
                caller = actor
                try gate.require(role, of: actor)
            }
            let query = try QueryParameters(request.query)
            if endpoint.role != nil { try Representation.requireCoding(request.codings) }
            return Call(
                request: request, captured: captured, actor: caller ?? .nobody, query: query,
                preconditions: try Preconditions(
                    request.headerFields, request.codings,
                    needsMatch: requiresIfMatch && endpoint.changes(captured)),
                representation: try endpoint.representation(for: request.headerFields, query))
        }
        /// Where nobody is asked for, the database is not either.
        func call() throws -> Call {
            endpoint.role == nil ? try call(in: nil) : try reader.read(call(in:))
        }
        switch endpoint.handler {
        case .plain(let answer): return .now(try answer(call()).laidOut(for: request))
        case .read(let read):
            // What is read for now shares the gate's transaction. An instant of its own has to be admitted before its
            // snapshot is taken, so that needs another.
            var reading: Reading?
            let response = try withinLoop {
                try reader.read(workLimit: loopWorkLimit) { transaction -> Response? in
                    let read = try read(call(in: transaction))
                    reading = read
                    guard read.asOf == nil, case .answer(let answer) = read.work else { return nil }
                    return try answer(transaction)
                }
            }
            if let response = response ?? nil { return .now(response.laidOut(for: request)) }
            guard let reading else { preconditionFailure("a request was neither read nor refused") }
            return try response == nil
                ? report(reading, request, reply) : answer(reading, request, reader, reply)
        case .report(let read): return try report(try read(call()), request, reply)
        case .follow(let read):
            return try events.answer(try read(call()), reader, reply, workLimit: loopWorkLimit) { [self] in
                response(to: $0, of: request)
            }
        case .readiness(let answer):
            let readiness = Readiness(of: store) { _ = try reader.read { try $0.hasTokens() } }
            return .now(try answer(call(), readiness).laidOut(for: request))
        case .figures(let answer):
            return .now(try reader.read { try answer(call(in: $0), figures(), $0) })
        case .write(let write):
            let call = try call()
            let change = try write(call)
            try self.write(IdempotencyKey(call)?.once(change) ?? change, request, reply)
            return .later
        case .disclose(let disclose):
            let call = try call()
            let change = try disclose(call)
            let plain: Change = { try change($0).first }
            try self.write(IdempotencyKey(call)?.once(change) ?? plain, request, reply)
            return .later
        case .bulk(let write):
            let call = try call()
            try bulks.submit { [self] isDone in
                do {
                    let change = try write(call)
                    try self.write(
                        IdempotencyKey(call)?.once(change) ?? change, request, reply, isAlone: true, isDone)
                } catch {
                    let response = response(to: error, of: request)
                    reply.send { _ in response }
                    isDone()
                }
            }
            return .later
        }
    }

    /// Reads on the loop, in a transaction of the reading's own.
    private func answer(
        _ reading: Reading, _ request: Request, _ reader: Reader, _ reply: Reply<Reader>
    ) throws -> HTTPServer.Answer {
        guard case .answer = reading.work else { return try report(reading, request, reply) }
        do {
            let response = try withinLoop {
                try answer(reading) {
                    try reader.read(asOf: reading.asOf, workLimit: loopWorkLimit, $0)
                }
            }
            return try response.map { .now($0.laidOut(for: request)) } ?? report(reading, request, reply)
        } catch StoreError.notYetClosed {
            return try readAfterBatch(reading, request, reply)
        }
    }

    /// What `read` comes to; nil when it is too much work for a loop and has to be done where reports are.
    private func withinLoop<Value>(_ read: () throws -> Value) throws -> Value? {
        do {
            return try read()
        } catch StoreError.tooMuchWork {
            return nil
        }
    }

    private func figures() -> ServiceFigures {
        var servers = ServerCounters(routes: RouteMap.patterns.count)
        for meter in meters.withLock(\.self) { servers += meter.read() }
        return ServiceFigures(
            version: version, servers: servers, writer: writer.figures, reportsWaiting: reports.depth,
            eventsWaiting: events.depth, disk: DiskFigures(store), process: .now(), access: gate.counters)
    }

    /// What a reading comes to, in the transaction that `read` opens.
    private func answer(
        _ reading: Reading, in read: (@Sendable (ReadTransaction) throws -> Response) throws -> Response
    ) throws -> Response {
        do {
            switch reading.work {
            case .answer(let answer): return try read(answer)
            case .export(let export): return try reports.begin(export, asOf: reading.asOf)
            }
        } catch let error as StoreError {
            throw reading.problem(for: error) ?? error
        }
    }

    /// Reads off the loops.
    private func report(
        _ reading: Reading, _ request: Request, _ reply: Reply<Reader>
    ) throws -> HTTPServer.Answer {
        let refuse: @Sendable (any Error) -> Void = { [self] error in
            let response = response(to: error, of: request)
            reply.send { _ in response }
        }
        let id = try reports.submit(refuse: refuse) { [self] in
            let response = response(of: request) {
                try answer(reading) { try reports.read(asOf: reading.asOf, $0) }
            }
            reply.send { _ in response }
        }
        return .later { [reports] in reports.doubt(id) }
    }

    /// The instant asked for is that of a batch which is being committed: an empty change comes back once it is.
    private func readAfterBatch(
        _ reading: Reading, _ request: Request, _ reply: Reply<Reader>
    ) throws -> HTTPServer.Answer {
        let read: @Sendable (Reader) -> Response = { [self] reader in
            response(of: request) { try answer(reading) { try reader.read(asOf: reading.asOf, $0) } }
        }
        try writer.submit(apply: { _ in reply.prepared(read) }, failed: { _ in reply.prepared(read) })
        return .later
    }

    /// - Parameters:
    ///   - isAlone: whether it gets a batch of its own.
    ///   - isDone: called once the writer has got to it.
    private func write(
        _ change: @escaping Change, _ request: Request, _ reply: Reply<Reader>, isAlone: Bool = false,
        _ isDone: @escaping @Sendable () -> Void = {}
    ) throws {
        try writer.submit(
            isAlone: isAlone,
            apply: { transaction in
                defer { isDone() }
                let answering = try change(transaction)
                return reply.prepared { _ in answering().laidOut(for: request) }
            },
            failed: { [self] error in
                isDone()
                let response = response(to: error, of: request)
                return reply.prepared { _ in response }
            })
    }
}

extension CaseService {
    private func response(of request: Request, _ make: () throws -> Response) -> Response {
        do {
            return try make().laidOut(for: request)
        } catch {
            return response(to: error, of: request)
        }
    }

    /// The problem details of an error. One that is a failure of ours is logged, and nothing of its inside is told.
    private func response(to error: any Error, of request: Request) -> Response {
        let known = Problem.of(error)
        if let known, !known.code.isFailure { return known.response(requestID: request.id) }
        logger.error(
            "a request failed",
            metadata: [
                "request_id": "\(request.id)", "method": "\(request.method.rawValue)", "path": "\(request.path)",
                "error": "\(error)",
            ])
        let problem = known ?? Problem(.internal, "The service failed. The log has more under this request_id.")
        return problem.response(requestID: request.id)
    }
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
        if methods.contains(.patch) { fields[.acceptPatch] = RequestBody.patchTypes.joined(separator: ", ") }
        return fields
    }
}

extension Actor {
    /// Whoever asks what is open to all.
    fileprivate static let nobody = Actor(name: "nobody", role: .reader)
}
