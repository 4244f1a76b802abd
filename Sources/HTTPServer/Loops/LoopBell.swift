import CEpoll
import Glibc
import Synchronization

/// Calls a loop back that waits in epoll, when something else is put on its queue meanwhile.
///
/// Whoever puts a job there says so first and rings afterwards; the loop says that it waits before it looks for jobs.
/// Both in one order for all, so that one of them sees the other.
final class LoopBell: Sendable {
    /// Becomes ready, edge by edge, when it is rung; negative when the system has none left.
    let descriptor = cepoll_event_descriptor()
    private let jobs = Atomic<Int>(0)
    private let isWaiting = Atomic<Bool>(false)

    deinit {
        if descriptor >= 0 { close(descriptor) }
    }

    /// A job is about to be put on the queue.
    func jobComes() {
        jobs.add(1, ordering: .sequentiallyConsistent)
    }

    /// The job is on the queue.
    func ring() {
        guard isWaiting.exchange(false, ordering: .sequentiallyConsistent) else { return }
        var one: UInt64 = 1
        _ = write(descriptor, &one, MemoryLayout<UInt64>.size)
    }

    /// The job has its turn.
    func jobBegins() {
        jobs.subtract(1, ordering: .sequentiallyConsistent)
    }

    /// Whether jobs stand on the queue that the loop keeps from running.
    var hasJobs: Bool { jobs.load(ordering: .sequentiallyConsistent) > 0 }

    /// Whether the loop may wait now. If so, `wakes` comes next.
    func waits() -> Bool {
        isWaiting.store(true, ordering: .sequentiallyConsistent)
        guard hasJobs else { return true }
        wakes()
        return false
    }

    /// The loop waits no more.
    func wakes() {
        isWaiting.store(false, ordering: .sequentiallyConsistent)
    }
}
