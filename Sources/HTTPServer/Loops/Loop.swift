import Dispatch
import Glibc
import Logging

/// One serial queue with one Dispatch source over one epoll descriptor, and the connections on it. The actor's
/// executor is the queue, so everything of the loop's is touched on its queue and nowhere else.
actor Loop {
    nonisolated let index: Int
    nonisolated let counters: LoopCounters
    private nonisolated let executor: QueueExecutor
    var context: LoopContext?
    private var source: (any DispatchSourceRead)?
    private var timer: (any DispatchSourceTimer)?
    var listener: Listener?
    var siblings: [Loop] = []
    var acceptsAgainAtTick = false
    /// Since the last connection that could be accepted; said once, not at every tick.
    var hasSaidExhausted = false
    private var drainDeadline = Instant.never
    private var onFinished: (@Sendable () -> Void)?

    /// - Parameter routes: how many the service has.
    init(index: Int, routes: Int) {
        self.index = index
        counters = LoopCounters(routes: routes)
        executor = QueueExecutor(queue: DispatchQueue(label: "http.loop.\(index)", qos: .userInitiated))
    }

    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    /// Runs `body` on the loop later.
    nonisolated func async(_ body: @escaping @Sendable (isolated Loop) -> Void) {
        executor.queue.async { self.assumeIsolated(body) }
    }

    /// Runs `body` on the loop now. Never called on a loop.
    nonisolated func sync(_ body: @Sendable (isolated Loop) throws -> Void) rethrows {
        try executor.queue.sync { try self.assumeIsolated(body) }
    }
}

// MARK: Starting and stopping

extension Loop {
    /// Makes the loop's state and begins to watch; connections come once `accept(from:)` was called.
    func start(
        service: some Service, configuration: ServerConfiguration, registry: ConnectionRegistry, siblings: [Loop],
        logger: Logger
    ) throws {
        let context = LoopContext(
            loop: self, index: index, configuration: configuration, handler: try ServiceHandler(service: service),
            poller: try Poller(), registry: registry, counters: counters, logger: logger)
        self.context = context
        self.siblings = siblings
        let descriptor = context.poller.descriptor
        let source = DispatchSource.makeReadSource(fileDescriptor: descriptor, queue: executor.queue)
        source.setEventHandler { self.assumeIsolated { $0.turn() } }
        source.setCancelHandler { @Sendable in _ = Glibc.close(descriptor) }
        self.source = source
        source.resume()
        setTimer(every: Self.tick(for: configuration.timeouts))
    }

    func accept(from listener: Listener) {
        self.listener = listener
        acceptsAgainAtTick = !watchListener()
    }

    /// Takes no more connections from the listener. Those handed to a sibling are on its queue by now.
    func stopAccepting() {
        if listener != nil { context?.poller.remove(listener!.descriptor) }
        listener = nil
        acceptsAgainAtTick = false
    }

    /// Takes what the system still holds ready, so that closing the listener resets nobody.
    func acceptBacklog(of listener: Listener) {
        context?.beginTurn()
        for _ in 0..<Int(context?.configuration.backlog ?? 0) {
            guard acceptOne(from: listener, mayMove: false) else { return }
        }
    }

    /// Finishes what is in flight, then calls `finished`.
    func drain(finished: @escaping @Sendable () -> Void) {
        guard let context, !context.isDraining else { return finished() }
        onFinished = finished
        context.beginDraining()
        context.beginTurn()
        drainDeadline = context.now + context.configuration.timeouts.drain.nanoseconds
        for connection in context.connections.all { connection.draining() }
        setTimer(every: .milliseconds(20))
        finishIfDrained()
    }

    private func finishIfDrained() {
        guard let context, context.isDraining, context.connections.isEmpty else { return }
        source?.cancel()
        timer?.cancel()
        source = nil
        timer = nil
        siblings = []
        self.context = nil
        onFinished?()
        onFinished = nil
    }

    private static func tick(for timeouts: ServerTimeouts) -> Duration {
        let shortest = min(timeouts.header, timeouts.body.grace, timeouts.idle, timeouts.write.grace, timeouts.linger)
        return max(.milliseconds(10), min(.milliseconds(500), shortest / 4))
    }

    private func setTimer(every tick: Duration) {
        timer?.cancel()
        let timer = DispatchSource.makeTimerSource(queue: executor.queue)
        let milliseconds = Int(tick / .milliseconds(1))
        timer.schedule(
            deadline: .now() + .milliseconds(milliseconds), repeating: .milliseconds(milliseconds),
            leeway: .milliseconds(milliseconds / 4))
        timer.setEventHandler { self.assumeIsolated { $0.tick() } }
        self.timer = timer
        timer.resume()
    }
}

// MARK: Events

extension Loop {
    /// After a batch no larger than this the loop looks again before it hands its thread back: with few
    /// connections, waking up costs more than the work does. Larger batches gain nothing by it, and it would keep
    /// late answers waiting.
    private static let smallBatch = 4
    private static let rounds = 8

    private func turn() {
        guard let context else { return }
        for _ in 0..<Self.rounds {
            context.beginTurn()
            let count = context.poller.forEachReady { events, token in
                let token = ConnectionToken(rawValue: token)
                if token == .listener {
                    acceptSome()
                } else {
                    context.connections[token]?.handle(events)
                }
            }
            guard count > 0, count <= Self.smallBatch else { break }
        }
        finishIfDrained()
    }

    private func tick() {
        guard let context else { return }
        context.beginTurn()
        let isOver = context.isDraining && context.now >= drainDeadline
        for connection in context.connections.all {
            if isOver { connection.close() } else { connection.checkDeadline() }
        }
        if acceptsAgainAtTick { acceptsAgainAtTick = !watchListener() }
        finishIfDrained()
    }

    /// Gives late answers to their connections, from any queue.
    nonisolated func deliver(_ answers: [LateAnswer]) {
        async { loop in
            guard let context = loop.context else { return }
            context.beginTurn()
            var touched: [Connection] = []
            for answer in answers {
                guard let connection = context.connections[answer.connection],
                    connection.awaitsAnswer(to: answer.sequence)
                else { continue }
                connection.answer(answer.make(context.handler.state), to: answer.sequence)
                if touched.last !== connection { touched.append(connection) }
            }
            for connection in touched { connection.settle() }
            loop.finishIfDrained()
        }
    }

    /// Gives a stream's next piece to its connection, from the stream's queue.
    nonisolated func deliver(_ piece: Result<[UInt8]?, any Error>, to token: ConnectionToken, sequence: UInt64) {
        async { loop in
            guard let context = loop.context else { return }
            context.beginTurn()
            context.connections[token]?.continueStream(sequence, with: piece)
            loop.finishIfDrained()
        }
    }
}
