import Complaints
import Synchronization

/// A clock that a test sets. It moves on by a millisecond each time it is asked, as stamps never stand still.
final class TestClock: Sendable {
    private let time: Mutex<Instant>

    init(_ start: Instant) {
        time = Mutex(start)
    }

    func tick() -> Instant {
        time.withLock { time in
            time = time + ElapsedTime(milliseconds: 1)
            return time
        }
    }

    func advance(by span: ElapsedTime) {
        time.withLock { $0 = $0 + span }
    }

    var now: Instant { time.withLock(\.self) }
}
