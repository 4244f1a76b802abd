import Complaints
import Foundation
import Synchronization

/// Gives every batch its stamp and every read its instant, so that the same `as_of` always gets the same answer:
/// no stamp is ever given at or before an instant that was read, and no read is given an instant at or after the
/// stamp of a batch that is still being committed.
final class StampClock: Sendable {
    private struct State {
        var lastStamp: Instant
        var lastRead: Instant
        var inFlight: Instant?

        mutating func take(_ stamp: Instant) -> Instant {
            lastStamp = stamp
            inFlight = stamp
            return stamp
        }
    }

    private let state: Mutex<State>
    private let wallClock: @Sendable () -> Instant

    /// `committed` is the stamp of the last batch on record: it counts as past even if the clock was set back since.
    init(committed: Instant, wallClock: @escaping @Sendable () -> Instant) {
        state = Mutex(State(lastStamp: committed, lastRead: committed, inFlight: nil))
        self.wallClock = wallClock
    }

    /// The stamp of a batch that begins; `committed` is the last one on record. It is the wall's time, or a millisecond
    /// after the last stamp or read if that is later. From here on no read is given an instant at or after it, so the
    /// millisecond can be waited out even among a great many reads: else a fast disk would let stamps run ahead of
    /// time. When the clock was set back further than that, stamps go on from where they were.
    func beginBatch(after committed: Instant) -> Instant {
        let wall = wallClock()
        let stamp = state.withLock { state in
            let floor = max(state.lastStamp, state.lastRead, committed)
            return state.take(max(wall, Instant(milliseconds: floor.milliseconds + 1)))
        }
        if stamp - wall < Self.patience { waitOut(stamp) }
        return stamp
    }

    private static let patience = ElapsedTime(milliseconds: 3)

    private func waitOut(_ stamp: Instant) {
        let pause: UInt32 = 200
        for _ in 0..<(Self.patience.milliseconds * 1000 / Int64(pause)) where wallClock() < stamp { usleep(pause) }
    }

    /// The batch is committed or given up.
    func endBatch() {
        state.withLock { $0.inFlight = nil }
    }

    /// The instant of a read that asks for now, before its snapshot is taken.
    func readNow() -> Instant {
        let wall = wallClock()
        return state.withLock { state in
            let instant =
                if let inFlight = state.inFlight {
                    min(wall, Instant(milliseconds: inFlight.milliseconds - 1))
                } else {
                    wall
                }
            state.lastRead = max(state.lastRead, instant)
            return instant
        }
    }

    /// Admits a read as of an instant of the past.
    func read(asOf instant: Instant) throws(StoreError) {
        let wall = wallClock()
        let error: StoreError? = state.withLock { state in
            let now = max(wall, state.lastStamp)
            if instant > now { return .inTheFuture(now: now) }
            if let inFlight = state.inFlight, instant >= inFlight { return .notYetClosed }
            state.lastRead = max(state.lastRead, instant)
            return nil
        }
        if let error { throw error }
    }
}
