import CaseStore
import Complaints
import Dispatch
import HTTPServer
import Logging
import Synchronization

/// The scheduler: has it written down what the clock says by itself, of whatever kind (`ClockSource`). It knows one instant, the
/// next of all, and has one timer. Once a second the clocks are looked at, and with them whether that instant has come; only
/// what comes before the next look has the timer set for it, to be in time. So it makes no difference how the wall clock is
/// set meanwhile, and without anything to come the database is not asked. Many at once are worked off some in a change, so that
/// others get in between.
final class Scheduler: Sendable {
    private struct State {
        /// The next instant at which there is something to say, as far as it is known.
        var next: Instant?
        /// When it may be written down again.
        var earliest = DispatchTime.now()
        var isAnnouncing = false
        /// Whether something else has come meanwhile.
        var isWantedAgain = false
        var isStopped = false
        /// Whether it was logged that it failed, and it has not succeeded since.
        var failureIsLogged = false
    }

    /// How much is worked off in one change: some tens of milliseconds of the writer.
    static let atOnce = 1000
    /// What comes within as long as this shares a change.
    private static let spacing = DispatchTimeInterval.milliseconds(100)
    /// How long after a failure it is tried again.
    private static let pause = DispatchTimeInterval.seconds(1)
    /// What comes within as long as this is not left to the next look.
    private static let near = ElapsedTime(milliseconds: 1500)

    private let store: CaseStore
    private let writer: BatchWriter<Reply<Reader>.Prepared>
    private let reader: Mutex<Reader>
    private let logger: Logger
    private let queue = DispatchQueue(label: "casekeeper.scheduler")
    private let timer: Alarm
    private let ticker = Ticker()
    private let state = Mutex(State())

    /// - Parameters:
    ///   - tick: how often the clocks are looked at; nil: never, as in a test that sets them.
    ///   - hasTicked: called after each of those looks.
    init(
        store: CaseStore, writer: BatchWriter<Reply<Reader>.Prepared>, tick: ElapsedTime?, logger: Logger,
        hasTicked: @escaping @Sendable () -> Void
    ) throws {
        self.store = store
        self.writer = writer
        self.logger = logger
        reader = Mutex(try store.makeReader())
        timer = Alarm(queue: queue)
        timer.onRing { [weak self] in self?.announceIfDue() }
        guard let tick else { return }
        ticker.start(every: tick, on: queue) { [weak self] in
            self?.look()
            hasTicked()
        }
    }

    deinit {
        ticker.stop()
    }

    func stop() {
        ticker.stop()
        timer.cancel()
        state.withLock { $0.isStopped = true }
    }

    /// A batch of this process is on disk. Called on the writer's queue.
    func committed(_ changes: CommittedChanges) {
        if let instant = changes.earliestWake { wake(at: instant) }
        // Stamps may be ahead of a clock that was set back.
        let hasCome = state.withLock { state in
            state.next.map { $0 < changes.stamp } ?? false && state.earliest <= .now()
        }
        if hasCome { queue.async { self.announce() } }
    }

    /// Finds out when there is next something to say. For the start, and for when another process has made promises, or put a
    /// stamp on record that the clock is behind.
    func lookAtRecord() {
        queue.async { [self] in
            do {
                let (record, epochs, next) = try reader.withLock { reader in
                    try reader.read { ($0.committed, try $0.epochs(), try $0.nextWake()) }
                }
                store.saw(record: record, epochs)
                if let next { wake(at: next) }
            } catch {
                fail(error)
            }
        }
    }

    /// Looks at the clocks, and whether there is something to say by them.
    private func look() {
        if store.tick() != nil { announceIfDue() }
    }

    private func announceIfDue() {
        guard let next = state.withLock(\.next) else { return }
        if next < store.time { announce() } else { setTimer(for: next) }
    }

    /// Remembers an instant, unless an earlier one is known. Something is said right after its instant: at its due instant a
    /// promise is still open.
    private func wake(at instant: Instant) {
        let isNext = state.withLock { state in
            guard !state.isStopped, state.next.map({ instant < $0 }) ?? true else { return false }
            state.next = instant
            return true
        }
        if isNext { setTimer(for: instant) }
    }

    private func setTimer(for instant: Instant) {
        let left = instant - store.time
        guard left <= Self.near else { return }
        state.withLock { state in
            guard !state.isStopped else { return }
            let time = DispatchTime.now() + .milliseconds(Int(max(0, left.milliseconds + 1)))
            timer.set(to: max(time, state.earliest))
        }
    }

    /// While the wall clock is not believed nothing is written down, and the next look tries again.
    private func announce() {
        guard store.clockTrouble == nil, !store.isSuperseded else { return }
        let begins = state.withLock { state in
            guard !state.isStopped else { return false }
            state.next = nil
            state.isWantedAgain = state.isAnnouncing
            if state.isAnnouncing { return false }
            state.earliest = .now() + Self.spacing
            state.isAnnouncing = true
            return true
        }
        if begins { submit() }
    }

    private func submit() {
        do {
            try writer.submit(
                unawaited: { try $0.announce(limit: Self.atOnce) },
                committed: { self.goOn($0) },
                failed: { self.fail($0) })
        } catch .busy {
            queue.asyncAfter(deadline: .now() + Self.spacing) { self.submit() }
        } catch {
            // Nothing is written any more until a restart, and then all of it is found again.
        }
    }

    private func goOn(_ progress: ClockProgress) {
        if progress.done == Self.atOnce { return submit() }
        let isWantedAgain = state.withLock { state in
            state.isAnnouncing = false
            state.failureIsLogged = false
            return state.isWantedAgain
        }
        if isWantedAgain { wake(at: .earliest) }
        if let next = progress.next { wake(at: next) }
    }

    /// It is tried again: after a while, or as soon as the wall clock is believed again, which is logged by itself.
    private func fail(_ error: any Error) {
        let isKnown = (error as? StoreError)?.isOfStanding ?? false
        let isNews = state.withLock { state in
            defer { state.failureIsLogged = state.failureIsLogged || !isKnown }
            return !state.failureIsLogged && !isKnown
        }
        if isNews {
            logger.warning(
                "what the clock has to say of promises could not be written down; it is tried again",
                metadata: ["error": "\(error)"])
        }
        queue.asyncAfter(deadline: .now() + Self.pause) { [weak self] in
            guard let self else { return }
            state.withLock { state in
                state.isAnnouncing = false
                state.next = .earliest
            }
            announce()
        }
    }
}
