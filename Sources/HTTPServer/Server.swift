import Dispatch
public import Logging
import Synchronization

/// Serves a service over HTTP/1.1 on sockets of its own, from `start` until `shutdown`.
public final class Server<S: Service>: Sendable {
    private enum Phase {
        case new
        case running(listener: Listener)
        /// The group is empty once all loops have finished.
        case stopping
    }

    private let service: S
    private let configuration: ServerConfiguration
    private let logger: Logger
    private let loops: [Loop]
    private let phase = Mutex(Phase.new)
    private let meter: ServerMeter
    private let draining = DispatchGroup()

    /// - Precondition: the configuration has at least one loop.
    public init(service: S, configuration: ServerConfiguration, logger: Logger) {
        precondition(configuration.loops > 0, "A server needs a loop.")
        self.service = service
        self.configuration = configuration
        self.logger = logger
        let routes = service.routes.count
        loops = (0..<configuration.loops).map { Loop(index: $0, routes: routes, memory: configuration.memory) }
        meter = ServerMeter(loops: loops.map(\.counters), routes: routes, memory: configuration.memory)
    }

    /// Binds, makes every loop's state, and starts.
    /// - Parameter taken: the address, where it was taken before by the same configuration.
    /// - Returns: the address bound, with its real port where 0 was asked for.
    /// - Throws: `StartError`, or what `makeLoopState` throws.
    public func start(at taken: TakenAddress? = nil) throws -> BoundAddress {
        try phase.withLock { phase in
            guard case .new = phase else { throw StartError.alreadyStarted }
            guard let listener = try (taken ?? TakenAddress(for: configuration)).take() else {
                throw StartError.alreadyStarted
            }
            do {
                try listener.listen(backlog: configuration.backlog)
                try startLoops()
            } catch {
                listener.close()
                throw error
            }
            phase = .running(listener: listener)
            for loop in loops { loop.sync { $0.accept(from: listener) } }
            return listener.address
        }
    }

    private func startLoops() throws {
        let registry = ConnectionRegistry(
            loops: loops.count, limit: connectionLimit(), limitPerPeer: configuration.connectionsPerPeer)
        meter.watch(registry)
        service.willBeServed(measuredBy: meter)
        do {
            for loop in loops {
                try loop.sync { [service, configuration, loops, logger] loop in
                    try loop.start(
                        service: service, configuration: configuration, registry: registry, siblings: loops,
                        logger: logger)
                }
            }
        } catch {
            for loop in loops { loop.sync { $0.drain {} } }
            throw error
        }
    }

    /// What was configured, or what the descriptor limit leaves for connections.
    private func connectionLimit() -> Int {
        let reserve = 128 + 16 * loops.count
        let descriptors = DescriptorLimit.raise()
        let room = max(ServerConfiguration.leastConnections, descriptors - reserve)
        guard configuration.connections > room else { return configuration.connections }
        logger.warning(
            """
            the limit of open files (RLIMIT_NOFILE) is too low for the connections configured: raise it to \
            \(configuration.connections + reserve), or allow fewer connections
            """,
            metadata: [
                "open_files": .stringConvertible(descriptors),
                "connections": .stringConvertible(configuration.connections), "using": .stringConvertible(room),
            ])
        return room
    }

    /// What the server has done so far.
    public var counters: ServerCounters { meter.read() }

    /// How many loops it has.
    public var loopCount: Int { loops.count }

    /// Has a loop say that it goes on, from its thread, as soon as it has done what it is at; also after a shutdown.
    /// - Parameter index: from 0 to before `loopCount`.
    public func askLoop(_ index: Int, _ answered: @escaping @Sendable () -> Void) {
        loops[index].async { _ in answered() }
    }

    /// Takes no more connections, lets what is in flight finish within the drain limit, then closes what is left.
    /// Callable from anywhere, more than once; each call returns when all is done.
    public func shutdown() async {
        beginShutdown()
        await withCheckedContinuation { continuation in
            draining.notify(queue: .global()) { continuation.resume() }
        }
    }

    /// The same for a thread that may wait, when nothing of the service is held by a loop any more. Never called on a loop.
    public func shutdownAndWait() {
        beginShutdown()
        draining.wait()
        // A loop says that it is done in the midst of its last turn, which still has all that it served with.
        for loop in loops { loop.sync { _ in } }
    }

    /// First no loop accepts, so that none hands a connection to another; then one loop takes what the system
    /// holds ready, the listener closes, and all drain.
    private func beginShutdown() {
        phase.withLock { phase in
            guard case .running(let listener) = phase else {
                phase = .stopping
                return
            }
            phase = .stopping
            for _ in loops { draining.enter() }
            let stopped = DispatchGroup()
            for loop in loops {
                stopped.enter()
                loop.async { loop in
                    loop.stopAccepting()
                    stopped.leave()
                }
            }
            stopped.notify(queue: .global()) { [loops, draining] in
                loops[0].async { loop in
                    loop.acceptBacklog(of: listener)
                    // In this order, so that whoever sees the port closed finds the loops draining.
                    for other in loops { other.async { $0.drain { draining.leave() } } }
                    listener.close()
                }
            }
        }
    }
}
