import Complaints
import Dispatch
import Foundation
import Synchronization

/// A thread that does something again and again, and sleeps in between: what looks after the clocks must not itself wait
/// for a timer that somebody who sets them could hold up.
final class Ticker: Sendable {
    private let isStopped = Atomic(false)

    /// Does `work` on the queue until it is stopped.
    func start(every interval: ElapsedTime, on queue: DispatchQueue, _ work: @escaping @Sendable () -> Void) {
        Thread.detachNewThread { [self] in
            while true {
                usleep(UInt32(clamping: interval.milliseconds * 1000))
                if isStopped.load(ordering: .relaxed) { return }
                // Not the next one before this one is done.
                queue.sync(execute: work)
            }
        }
    }

    func stop() {
        isStopped.store(true, ordering: .relaxed)
    }
}
