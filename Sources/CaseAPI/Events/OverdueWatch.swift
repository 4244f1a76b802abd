import CaseStore
import Complaints
import Dispatch
import HTTPServer
import Logging
import Synchronization

/// Has it written down when a promise falls due: one timer, set for the next due instant there is, and set anew when a
/// promise with an earlier one is committed. Many at once are worked off some in a change, so that others get in between.
final class OverdueWatch: Sendable {
    private struct State {
        /// The due instant the timer is set for.
        var alarm: Instant?
        /// When it may go off again.
        var earliest = DispatchTime.now()
        var isAnnouncing = false
        /// Whether the timer went off meanwhile.
        var hasRungAgain = false
        var isStopped = false
        /// Whether it was logged that it failed, and it has not succeeded since.
        var failureIsLogged = false
    }

    /// How many are written down in one change: some twenty milliseconds of the writer.
    static let atOnce = 1000
    /// Promises that fall due within as long as this share a change.
    private static let spacing = DispatchTimeInterval.milliseconds(100)
    /// How long after a failure it is tried again.
    private static let pause = DispatchTimeInterval.seconds(1)
    /// The timer is set no further ahead.
    private static let furthest = ElapsedTime.days(30)

    private let store: CaseStore
    private let writer: BatchWriter<Reply<Reader>.Prepared>
    private let reader: Mutex<Reader>
    private let logger: Logger
    private let queue = DispatchQueue(label: "casekeeper.overdue")
    private let timer: Alarm
    private let state = Mutex(State())

    init(store: CaseStore, writer: BatchWriter<Reply<Reader>.Prepared>, logger: Logger) throws {
        self.store = store
        self.writer = writer
        self.logger = logger
        reader = Mutex(try store.makeReader())
        timer = Alarm(queue: queue)
        timer.onRing { [weak self] in self?.announce() }
    }

    func stop() {
        timer.cancel()
        state.withLock { $0.isStopped = true }
    }

    /// A batch of this process is on disk. Called on the writer's queue.
    func committed(_ changes: CommittedChanges) {
        if let due = changes.earliestDue { wake(at: due) }
        // Stamps may be ahead of a clock that was set back.
        let hasCome = state.withLock { state in
            state.alarm.map { $0 < changes.stamp } ?? false && state.earliest <= .now()
        }
        if hasCome { queue.async { self.announce() } }
    }

    /// Finds out when the next promise falls due. For the start, and for when another process has made some.
    func look() {
        queue.async { [self] in
            do {
                let due = try reader.withLock { try $0.read { try $0.nextDue() } }
                if let due { wake(at: due) }
            } catch {
                fail(error)
            }
        }
    }

    /// Sets the timer, unless it goes off before that anyway. At the due instant itself a promise is still open.
    private func wake(at due: Instant) {
        state.withLock { state in
            guard !state.isStopped, state.alarm.map({ due < $0 }) ?? true else { return }
            state.alarm = due
            let left = min(due - store.wallTime, Self.furthest).milliseconds + 1
            if state.earliest > .now() + .milliseconds(Int(max(0, left))) {
                timer.set(to: state.earliest)
            } else {
                timer.set(to: DispatchWallTime.now() + .milliseconds(Int(max(0, left))))
            }
        }
    }

    private func announce() {
        let begins = state.withLock { state in
            guard !state.isStopped else { return false }
            state.alarm = nil
            state.hasRungAgain = state.isAnnouncing
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
                unawaited: { try $0.announceOverdue(limit: Self.atOnce) },
                committed: { self.goOn($0) },
                failed: { self.fail($0) })
        } catch .busy {
            queue.asyncAfter(deadline: .now() + Self.spacing) { self.submit() }
        } catch {
            // Nothing is written any more until a restart, and then all of it is found again.
        }
    }

    private func goOn(_ progress: OverdueProgress) {
        if progress.announced == Self.atOnce { return submit() }
        let hasRungAgain = state.withLock { state in
            state.isAnnouncing = false
            state.failureIsLogged = false
            return state.hasRungAgain
        }
        if hasRungAgain { wake(at: store.wallTime) }
        if let next = progress.next { wake(at: next) }
    }

    private func fail(_ error: any Error) {
        let isNews = state.withLock { state in
            defer { state.failureIsLogged = true }
            return !state.failureIsLogged
        }
        if isNews {
            logger.warning(
                "it could not be written down that promises fell due; it is tried again",
                metadata: ["error": "\(error)"])
        }
        queue.asyncAfter(deadline: .now() + Self.pause) { [weak self] in
            guard let self else { return }
            state.withLock { $0.isAnnouncing = false }
            announce()
        }
    }
}
