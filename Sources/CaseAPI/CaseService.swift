public import CaseStore
package import Complaints
public import HTTPServer
import HTTPTypes
package import Logging
import Synchronization

/// The HTTP face of the service. A request's route is matched, who asks is found out, the route's handler says what is wanted
/// (`CaseService+Answers`), and that is run (`CaseService+Reads`, `CaseService+Changes`); what goes wrong becomes problem
/// details.
public final class CaseService: Service {
    let writer: BatchWriter<Reply<Reader>.Prepared>
    let store: CaseStore
    let reports: ReportDesk
    let closing: ClosingDesk
    let bodies = BodyDesk()
    let bulks = BulkDesk()
    /// The API's routes, and those of pages.
    let table: RouteTable<Endpoint>
    /// What requests are counted and logged under: the patterns of the map.
    public let routes: [String]
    /// By the patterns of the map.
    let itemSizes: [ItemSize]
    let pages: PageBook
    let links: PublicLinks
    let cookie: SessionCookie
    let keptForms = KeptForms()
    private let housekeeping: Housekeeping
    private let scheduler: Scheduler
    let dispatcher: Dispatcher
    let events: EventDesk
    let gate: Gate
    let requiresIfMatch: Bool
    let clientClock: ClientClock
    private let logsRequests: Bool
    let loopWorkLimit: Int
    /// Bytes of the body of a request that may bring much at once.
    let bulkBodyLimit: Int
    let version: String
    /// How customers reach the desk; nil where nobody has said.
    let contact: String?
    private let backups: BackupWatch
    private let logger: Logger
    /// One a server.
    let meters = Mutex<[ServerMeter]>([])

    /// - Parameters:
    ///   - listenHost: the host the server listens on, one of the names it answers to without tokens.
    ///   - reportQueue: how many reports may wait, the one being read among them.
    ///   - eventQueue: how many may wait for events, or have a stream of them.
    ///   - streamPause: after how many seconds a stream in which nothing has come says that it is still there.
    ///   - loopWorkLimit: how many steps of SQLite's virtual machine a request may take on a loop, where all others wait
    ///     for it: some milliseconds, a hundred times what a page takes that an index leads to. What takes more is read
    ///     where reports are.
    ///   - bulkBodyLimit: how many bytes a body may have that brings many cases at once; 413 past it.
    ///   - clockTick: how often the clocks are looked at, and with them what falls due; nil for a test that sets the time
    ///     and looks itself.
    ///   - access: what clients may do beyond their roles.
    ///   - receivers: where webhooks may post to.
    ///   - posts: whether they post at all.
    ///   - contact: how customers reach the desk, as their pages say it.
    ///   - backups: the folder that backups are in; nil where nothing is told of them.
    ///   - pages: what stands in the map beside the API.
    ///   - links: where people find the service.
    ///   - version: the program's, for its figures and for whoever is told of events.
    /// - Throws: `StoreError` when a connection for reports can't be made.
    package init(
        store: CaseStore, listenHost: String? = nil, reportQueue: Int = 64, eventQueue: Int = 4096,
        streamPause: Int = 15, loopWorkLimit: Int = 500_000, bulkBodyLimit: Int = defaultBulkBodyLimit,
        clockTick: ElapsedTime? = .seconds(1),
        access: AccessRules = AccessRules(), receivers: ReceiverRules = ReceiverRules(), posts: Bool = true,
        pages: PageBook = .none, links: PublicLinks = .relative, contact: String? = nil, backups: String? = nil,
        version: String = "", logger: Logger
    ) throws {
        table = RouteMap.table(with: pages)
        routes = table.routes.map(\.pattern)
        itemSizes = table.routes.map { _ in ItemSize() }
        self.pages = pages
        self.links = links
        cookie = SessionCookie(links)
        self.store = store
        self.loopWorkLimit = loopWorkLimit
        self.bulkBodyLimit = bulkBodyLimit
        self.version = version
        self.contact = contact
        self.backups = BackupWatch(folder: backups)
        self.logger = logger
        gate = Gate(
            access, protectedMode: ProtectedMode(listenHost: listenHost, database: store.shellWord), logger: logger)
        requiresIfMatch = access.requiresIfMatch
        clientClock = ClientClock(tolerance: access.clockTolerance) { store.isWallBehindStamps }
        logsRequests = logger.logLevel <= .info
        reports = try ReportDesk(store: store, limit: reportQueue)
        closing = try ClosingDesk(store: store)
        writer = store.makeBatchWriter(prepare: { Reply.prepare($0) }, deliver: { Reply.send($0) })
        housekeeping = Housekeeping(
            writer: writer, uses: gate.uses, keptForms: keptForms, rebuildsSearch: store.isSearchIncomplete,
            now: { [weak store] in store?.time }, logger: logger)
        let events = try EventDesk(store: store, reports: reports, limit: eventQueue, streamPause: streamPause)
        let scheduler = try Scheduler(store: store, writer: writer, tick: clockTick, logger: logger) {
            [weak events] in events?.lookAtClock()
        }
        let dispatcher = Dispatcher(
            store: store, writer: writer, rules: receivers, posts: posts, links: links, version: version,
            logger: logger)
        self.events = events
        self.scheduler = scheduler
        self.dispatcher = dispatcher
        store.observeCommits { [weak events, weak scheduler, weak dispatcher] changes in
            events?.committed(changes)
            scheduler?.committed(changes)
            dispatcher?.committed(changes)
        } others: { [weak events, weak scheduler, weak dispatcher] in
            events?.catchUp()
            scheduler?.lookAtRecord()
            dispatcher?.lookAtRecord()
        }
        scheduler.lookAtRecord()
        dispatcher.lookAtRecord()
    }

    /// Takes no more changes, and returns when those that wait are on disk. For after the server has shut down.
    public func stop() {
        housekeeping.stop()
        scheduler.stop()
        dispatcher.stop()
        events.stop()
        writer.stop()
    }

    /// Has the writer say that it goes on, from its thread, as soon as it is between two batches; also after `stop`.
    public func askWriter(_ answered: @escaping @Sendable () -> Void) { writer.ask(answered) }

    /// The path whose requests may be larger than others: many cases at once.
    public static let bulkPath = BulkRoutes.path

    /// How many bytes they may have unless it is said: eight times what others may.
    public static let defaultBulkBodyLimit = 8 * ParserLimits().body

    /// The same without the secret of a link to a customer's page.
    public func logged(path: String) -> String { SecretPath.shown(path) }

    /// Remembers where to read how a server is doing.
    public func willBeServed(measuredBy meter: ServerMeter) {
        meters.withLock { $0.append(meter) }
    }

    /// A connection of its own for each loop.
    public func makeLoopState() throws -> Reader {
        try store.makeReader(waits: false)
    }

    /// Lets a request send its body, or answers it by its head alone: who may not ask, and for what there is not, is said
    /// before a byte of a body costs anything.
    public func admit(_ request: Request, bodyLength: Int?, state reader: Reader) -> Admission {
        let match = table.match(method: request.method, path: request.path)
        var caller: Actor?
        do {
            return .body(upTo: try bodyLimit(of: request, match, bodyLength, reader, &caller))
        } catch {
            return .refused(
                response(to: error, of: request), route: match.pattern,
                logged: logsRequests ? gate.logged(request, caller) : nil)
        }
    }

    /// Answers a request, or has it answered later.
    public func respond(to request: Request, state reader: Reader, reply: Reply<Reader>) -> HTTPServer.Answer {
        let match = table.match(method: request.method, path: request.path)
        var answer: HTTPServer.Answer
        var caller: Actor?
        do {
            answer = try self.answer(request, match, reader, reply, &caller)
        } catch {
            answer = .now(response(to: error, of: request))
        }
        answer.route = match.pattern
        if logsRequests { answer.logged = gate.logged(request, caller) }
        answer.admission = caller.map(Self.admission)
        return answer
    }

    /// The problem details of what the server itself turned down.
    public func response(to refusal: ServerRefusal, requestID: String) -> Response {
        SecretPath.guarded(Problem(refusal).response(requestID: requestID))
    }
}

// MARK: - How it is doing
extension CaseService {
    /// All figures but those of the record.
    var figures: ServiceFigures {
        var servers = ServerCounters(routes: routes.count)
        for meter in meters.withLock(\.self) { servers += meter.read() }
        return ServiceFigures(
            version: version, patterns: routes, servers: servers, writer: writer.figures, reportsWaiting: reports.depth,
            eventsWaiting: events.depth, eventPagesRead: events.pagesRead, disk: DiskFigures(store),
            clock: ClockFigures(store.clockTrouble),
            process: .now(), access: gate.counters, webhooks: dispatcher.counters, backups: backups)
    }
}

// MARK: - What goes wrong
extension CaseService {
    /// The problem details of an error. One that is a failure of ours is logged, and nothing of its inside is told.
    func response(to error: any Error, of request: Request) -> Response {
        let problem = problem(of: error, requestID: request.id, asked(request))
        guard pages.has(request.path) else {
            return SecretPath.guarded(problem.response(requestID: request.id), at: request.path)
        }
        return pages.response(
            to: problem, of: request, links, zone: store.ownerRules.timeZone,
            formToken: FormToken(of: nil, by: nil, key: store.cursorKey).text)
    }

    /// What was asked and by whom, as a request's line in the log names it.
    private func asked(_ request: Request) -> Logger.Metadata {
        var asked: Logger.Metadata = [
            "method": .string(request.method.rawValue), "path": .string(SecretPath.shown(request.path)),
            "peer": .string(request.peer.host),
        ]
        if let logged = gate.logged(request, nil) { asked.merge(logged) { own, _ in own } }
        return asked
    }

    /// The problem that is told of an error. One that is a failure of ours is logged, with what was asked.
    func problem(of error: any Error, requestID: String, _ asked: @autoclosure () -> Logger.Metadata = [:]) -> Problem {
        let known = Problem.of(error)
        if let known, !known.kind.isFailure { return known }
        let metadata: Logger.Metadata = [
            "request_id": "\(requestID)", "reason": "\(FailureReason(error).word)", "error": "\(error)",
        ]
        logger.error("a request failed", metadata: metadata.merging(asked()) { own, _ in own })
        return known ?? Problem(.internal, "The service failed. The log has more under this request_id.")
    }
}
