import CEpoll
import Dispatch
import Glibc
import Logging

// How a loop works
//
// A loop is an event loop (reactor): one serial Dispatch queue that owns an epoll descriptor, a run queue and a table of
// connections. A server has some of them, by default one a core. A connection stays with its loop until it ends; nothing
// of it is touched elsewhere, so that nothing of it is locked.
//
//   Dispatch source ──┐                          ┌── connections: read, parse, ask the service, write
//   run queue ────────┼──> turn() ── round ──────┼── jobs: late answers, pieces of streams, new connections
//   timer ── tick()   │                          └── whoever yielded, waits for memory or has a long answer to come
//
// Coming in. The first loop watches the listening socket, takes what waits there and hands each new connection to the
// loop that has fewest (`Loop+Accepting`, `ConnectionRegistry`). From then on epoll names it by its token.
//
// A turn is as many rounds as there is work, for 50 ms at most, so that the timer gets in between. A round takes the
// jobs at hand, asks epoll for up to one batch of events, and gives each connection that is ready one `handle`. A
// connection reads once (64 KiB), takes requests from that as far as its share of the turn goes (`TurnShare`), and is
// put at the end of the line with what is left: nobody gets more than its share while others wait. One long answer is
// made a round (`LongAnswer`), and late answers go out 32 at a time.
//
// Before it hands its thread back the loop waits up to 10 ms in epoll itself: to be woken by way of Dispatch costs more
// than to answer a request. Who has a job for it meanwhile rings (an eventfd); who has one while it rests puts it on its
// queue (`RunQueue`). What blocks is done elsewhere: changes on the writer's thread, reports and long bodies on queues of
// their own; each comes back as a job.
//
// Every path ends with `Connection.advance`, which is the one place where the state of a connection moves on: it writes
// what is ready, sends, takes the next requests, accounts for memory, and sets what to wait for and until when.
//
// The timer looks at all connections a few times a second: deadlines, drains, whoever waits for memory that was given
// back elsewhere. It is no part of the hot path, and no deadline is a timer of its own.

/// An event loop (reactor) over epoll, as an actor whose executor is its serial queue: everything of the loop's is
/// touched on that queue and nowhere else.
actor Loop {
    nonisolated let index: Int
    nonisolated let counters: LoopCounters
    nonisolated let memory: MemoryAccount
    private nonisolated let executor: QueueExecutor
    private nonisolated let jobs = RunQueue()
    var context: LoopContext?
    private var source: (any DispatchSourceRead)?
    private var timer: (any DispatchSourceTimer)?
    var listener: Listener?
    var siblings: [Loop] = []
    var acceptsAgainAtTick = false
    /// Since the last connection that could be accepted; said once, not at every tick.
    var hasSaidExhausted = false
    private var drainDeadline = MonotonicTime.never
    private var onFinished: (@Sendable () -> Void)?

    /// - Parameter routes: how many the service has.
    init(index: Int, routes: Int, memory: MemoryAccount) {
        self.index = index
        self.memory = memory
        counters = LoopCounters(routes: routes)
        executor = QueueExecutor(queue: DispatchQueue(label: "http.loop.\(index)", qos: .userInitiated))
    }

    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    /// Runs `body` on the loop later.
    nonisolated func async(_ body: @escaping @Sendable (isolated Loop) -> Void) {
        switch jobs.add(body) {
        case .none: break
        case .ring: jobs.ring()
        case .schedule: schedule()
        }
    }

    private nonisolated func schedule() {
        executor.queue.async { self.assumeIsolated { $0.turn() } }
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
        let watchesBell = context.poller.add(
            jobs.descriptor, events: UInt32(CEPOLL_IN) | UInt32(CEPOLL_EDGE), token: ConnectionToken.jobs.rawValue)
        guard watchesBell else { throw StartError.system(call: "eventfd", reason: Listener.reason(errno)) }
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
        advance()
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
    /// For this long, in milliseconds, the loop waits for more before it hands its thread back: to be woken by way of
    /// Dispatch costs more than a request does.
    private static let patience: Int32 = 10
    /// After so long, in nanoseconds, the timer gets its turn, even if there is always more.
    private static let longest: Int64 = 50_000_000
    /// Connections that waited for memory and go on in one round.
    private static let resumedAtOnce = 64
    /// Late answers that are made and go out in one round, and their bytes: those to one connection share a call of the
    /// system. The others wait for the next round, as many followers may be told at once, and each answer may have to be
    /// read.
    private static let answersAtOnce = 32
    private static let answerBytesAtOnce = 256 * 1024

    /// Jobs and what is ready, batch by batch, until nothing more comes.
    private func turn() {
        let end = MonotonicTime.now() + Self.longest
        var mayWait = false
        var isBusy = true
        while isBusy {
            let jobs = jobs.take()
            for job in jobs { job(self) }
            guard let context else { break }
            let ready = poll(context, mayWait: mayWait)
            context.beginTurn()
            context.longTurns.beginRound()
            let yielded = context.takeYielded()
            for index in 0..<ready { handle(context.poller.ready(index), context) }
            for connection in yielded { connection.resume() }
            resumeWaiters(context)
            context.longTurns.next()?.takeLongTurn()
            mayWait = true
            isBusy = (ready > 0 || !jobs.isEmpty || context.hasMore) && context.now < end
            advance()
        }
        if jobs.rest() { schedule() }
    }

    /// Goes on after each piece of work, or finishes.
    private func advance() {
        // No event may come for those.
        if context?.hasMore == true { async { _ in } }
        finishIfDrained()
    }

    private func poll(_ context: LoopContext, mayWait: Bool) -> Int {
        guard mayWait, !context.hasMore, jobs.mayWait() else { return context.poller.poll(waiting: 0) }
        return context.poller.poll(waiting: Self.patience)
    }

    private func handle(_ event: (events: UInt32, token: UInt64), _ context: LoopContext) {
        switch ConnectionToken(rawValue: event.token) {
        case .listener: acceptSome()
        case .jobs: break
        case let token: context.connections[token]?.handle(event.events)
        }
    }

    /// Goes on with connections that others have left memory to.
    private func resumeWaiters(_ context: LoopContext) {
        guard context.memory.isWaitedFor else { return }
        // No more than the others can bear; those that find too little wait again, behind the others.
        for _ in 0..<Self.resumedAtOnce {
            guard let token = context.memory.nextWaiter() else { return }
            context.connections[token]?.resumeWithMemory()
        }
    }

    private func tick() {
        guard let context else { return }
        context.beginTurn()
        let isOver = context.isDraining && context.now >= drainDeadline
        for connection in context.connections.all {
            if isOver { connection.close(.shuttingDown) } else { connection.checkDeadline() }
        }
        // What has been given back elsewhere calls no loop.
        resumeWaiters(context)
        if acceptsAgainAtTick { acceptsAgainAtTick = !watchListener() }
        advance()
    }

    /// Gives late answers to their connections, from any queue.
    nonisolated func deliver(_ answers: [LateAnswer]) {
        async { $0.take(answers) }
    }

    /// Takes as many of them as one round bears, and the others once everybody else has had their turn.
    private func take(_ answers: [LateAnswer]) {
        guard let context else { return }
        context.beginTurn()
        var touched: [Connection] = []
        var bytes = 0
        var count = 0
        while count < min(answers.count, Self.answersAtOnce), bytes <= Self.answerBytesAtOnce {
            let answer = answers[count]
            count += 1
            guard let connection = context.connections[answer.connection],
                connection.awaitsAnswer(to: answer.sequence)
            else { continue }
            bytes += connection.answer(answer)
            if touched.last !== connection { touched.append(connection) }
        }
        for connection in touched { connection.advance() }
        // What the first ones share is let go of with the last of them.
        if count < answers.count {
            let others = Array(answers[count...])
            async { $0.take(others) }
        }
        advance()
    }

    /// Gives pieces of streams to their connections, from any queue.
    nonisolated func deliver(_ pieces: [LatePiece]) {
        async { $0.take(pieces) }
    }

    /// Takes as many of them as one round bears, as it is with late answers: what happens may be told to many at once.
    private func take(_ pieces: [LatePiece]) {
        guard let context else { return }
        context.beginTurn()
        var bytes = 0
        var count = 0
        while count < min(pieces.count, Self.answersAtOnce), bytes <= Self.answerBytesAtOnce {
            let late = pieces[count]
            count += 1
            bytes += late.count
            context.connections[late.reply.connection]?.continueStream(late.reply.sequence, with: late.piece)
        }
        if count < pieces.count {
            let others = Array(pieces[count...])
            async { $0.take(others) }
        }
        advance()
    }
}
