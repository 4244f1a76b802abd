import Dispatch
import Logging

/// What the connections of one loop share. Used on that loop only.
final class LoopContext {
    /// One read takes at most this much.
    private static let inputCapacity = 64 * 1024
    /// Answers are handed to the system once there is this much of them, even amid a batch of requests.
    static let flushThreshold = 64 * 1024
    /// Connections that have yielded and go on after each batch of events.
    private static let resumedAtOnce = 4
    /// More room than this is given back once an answer is out.
    private static let keptOutputCapacity = 256 * 1024

    /// They hold each other until the loop has finished.
    let loop: Loop
    let index: Int
    let configuration: ServerConfiguration
    let handler: any RequestHandler
    let poller: Poller
    let registry: ConnectionRegistry
    let counters: LoopCounters
    let logger: Logger
    let logsRequests: Bool
    /// The service's, for the log.
    let routes: [String]

    var connections = ConnectionTable()
    private(set) var isDraining = false
    private(set) var timeouts: LoopTimeouts
    /// When this turn of the loop began; coarse, and cheap to read.
    private(set) var now = MonotonicTime.now()
    /// The number of this turn.
    private(set) var turn: UInt64 = 0
    /// Whom the service has let in again in this turn.
    var readmitted: Set<Int64> = []
    var date = DateLine()
    var requestIDs: RequestIDs
    let headers = HeaderSectionCache()
    let coder: BodyCoder
    let memory: LoopMemory
    /// What was read last; a connection copies what it cannot finish.
    let input: UnsafeMutableRawBufferPointer
    /// Where a connection whose peer keeps up assembles its answers. Empty between connections.
    var output: [UInt8] = []
    /// Answers in `output` whose lines in the log wait until they have gone. Empty between connections.
    var written: [WrittenAnswer] = []
    /// Long answers that wait for their turn.
    var longTurns = LongTurns()
    /// Connections with requests at hand that others go before.
    private var yielded: [Connection] = []

    init(
        loop: Loop, index: Int, configuration: ServerConfiguration, handler: any RequestHandler, poller: Poller,
        registry: ConnectionRegistry, counters: LoopCounters, logger: Logger
    ) {
        self.loop = loop
        self.index = index
        self.configuration = configuration
        self.handler = handler
        self.poller = poller
        self.registry = registry
        self.counters = counters
        self.logger = logger
        timeouts = LoopTimeouts(configuration.timeouts)
        routes = handler.routes
        logsRequests = logger.logLevel <= .info
        requestIDs = RequestIDs(loop: index)
        coder = BodyCoder(loop: index)
        memory = LoopMemory(configuration.memory)
        input = .allocate(byteCount: Self.inputCapacity, alignment: 16)
        output.reserveCapacity(Self.flushThreshold)
    }

    deinit {
        input.deallocate()
    }

    /// A path for the log, without what of it is a secret; empty where there is no log.
    func loggedPath(_ path: String) -> String { logsRequests && !path.isEmpty ? handler.logged(path: path) : "" }

    /// Reads the clocks, at the start of each turn of the loop.
    func beginTurn() {
        turn += 1
        if !readmitted.isEmpty { readmitted.removeAll(keepingCapacity: readmitted.capacity <= 1024) }
        now = .now()
        date.update()
    }

    /// From now on nobody is waited for longer than need be.
    func beginDraining() {
        isDraining = true
        timeouts = .draining(configuration.timeouts)
    }

    /// Whether there is something to do though nothing may ever happen to the loop.
    var hasMore: Bool { !yielded.isEmpty || longTurns.isWaitedFor }

    /// Goes on with a connection once others have had their turn.
    func addYielded(_ connection: Connection) {
        yielded.append(connection)
    }

    /// The few that have waited longest: between them, whoever asks for something new is served.
    func takeYielded() -> [Connection] {
        let taken = yielded.prefix(Self.resumedAtOnce)
        yielded.removeFirst(taken.count)
        return Array(taken)
    }

    /// Empties `output`, and gives unusual room back.
    func clearOutput() {
        if output.capacity > Self.keptOutputCapacity {
            output = []
            output.reserveCapacity(Self.flushThreshold)
        } else {
            output.removeAll(keepingCapacity: true)
        }
    }
}
