import CEpoll
import Glibc
import Synchronization

/// The run queue of a loop, with the eventfd that calls it out of epoll: what others want done on it. A loop that is at work, or waits in epoll for more, does it on the way; one that
/// has handed its thread back is called by way of its queue, which costs several times as much.
final class RunQueue: Sendable {
    typealias Job = @Sendable (isolated Loop) -> Void

    /// Jobs of one round: between two of them, connections have their turn.
    private static let takenAtOnce = 64

    /// What a new job has to do to be seen.
    enum Call {
        /// Nothing: the loop looks for jobs before it rests.
        case none
        /// The loop waits in epoll.
        case ring
        /// The loop has to be put on its queue.
        case schedule
    }

    private enum Phase {
        case resting
        case scheduled
        case turning
        case waiting
    }

    private struct State {
        var jobs: [Job] = []
        var phase = Phase.resting
    }

    /// Becomes ready, edge by edge, when it is rung; negative when the system has none left.
    let descriptor = cepoll_event_descriptor()
    private let state = Mutex(State())

    deinit {
        if descriptor >= 0 { close(descriptor) }
    }

    /// Adds a job; the caller then does what the call says.
    func add(_ job: @escaping Job) -> Call {
        state.withLock { state in
            state.jobs.append(job)
            switch state.phase {
            case .scheduled, .turning: return .none
            case .waiting:
                state.phase = .turning
                return .ring
            case .resting:
                state.phase = .scheduled
                return .schedule
            }
        }
    }

    /// Calls the loop out of epoll.
    func ring() {
        var one: UInt64 = 1
        _ = write(descriptor, &one, MemoryLayout<UInt64>.size)
    }

    /// Takes the oldest jobs, as many as one round bears; the loop is at work from here on.
    func take() -> [Job] {
        state.withLock { state in
            state.phase = .turning
            guard state.jobs.count > Self.takenAtOnce else {
                defer { state.jobs.removeAll() }
                return state.jobs
            }
            let jobs = Array(state.jobs.prefix(Self.takenAtOnce))
            state.jobs.removeFirst(Self.takenAtOnce)
            return jobs
        }
    }

    /// Whether the loop may wait in epoll now; not when there are jobs.
    func mayWait() -> Bool {
        state.withLock { state in
            guard state.jobs.isEmpty else { return false }
            state.phase = .waiting
            return true
        }
    }

    /// The loop hands its thread back. Returns whether it has to be put on its queue again for jobs that have come.
    func rest() -> Bool {
        state.withLock { state in
            state.phase = state.jobs.isEmpty ? .resting : .scheduled
            return state.phase == .scheduled
        }
    }
}
