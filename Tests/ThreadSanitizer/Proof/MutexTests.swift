import Dispatch
import Synchronization
import Testing

/// Without the annotations beside this, the thread sanitizer reports this program: where it does, they no longer stand
/// in for what the standard library has, and its other reports about a Mutex mean nothing.
@Suite("The thread sanitizer knows what a Mutex does")
struct MutexTests {
    private final class Counter: Sendable {
        let value = Mutex(0)
    }

    @Test("a value touched only under a contended Mutex is no race")
    func contended() {
        let counter = Counter()
        DispatchQueue.concurrentPerform(iterations: 8) { _ in
            for _ in 0..<100_000 { counter.value.withLock { $0 += 1 } }
        }
        #expect(counter.value.withLock(\.self) == 800_000)
    }
}
