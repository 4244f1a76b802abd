import Complaints
import Synchronization

/// A wall clock that the tests set. Every look at it moves it on by a millisecond, as the writer waits for a clock that
/// stands still.
final class TestClock: Sendable {
    /// 2026-03-01T09:00:00Z.
    static let start = Instant(milliseconds: 1_772_355_600_000)

    private let time: Mutex<Instant>

    init(at instant: Instant = start) {
        time = Mutex(instant)
    }

    /// What time it is.
    var now: Instant {
        time.withLock {
            $0 = $0 + ElapsedTime(milliseconds: 1)
            return $0
        }
    }

    /// The next look sees that instant.
    func set(to instant: Instant) {
        time.withLock { $0 = Instant(milliseconds: instant.milliseconds - 1) }
    }

    /// Lets time pass, or for a negative span sets the clock back.
    func advance(by span: ElapsedTime) {
        time.withLock { $0 = $0 + span }
    }
}
