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
        /// Who waits for its end.
        var waiting: [@Sendable () -> Void] = []

        /// Now, for a read: before the stamp of a batch that is being committed.
        func readable(_ wall: Instant) -> Instant {
            guard let inFlight else { return wall }
            return min(wall, Instant(milliseconds: inFlight.milliseconds - 1))
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
    /// after the last stamp or read if that is later: then it is to be waited for with `waitOut` before the commit, else a
    /// fast disk would let stamps run ahead of time. From here on no read is given an instant at or after it, so that can
    /// be waited for even among a great many reads.
    func beginBatch(after committed: Instant) -> Instant {
        let wall = wallClock()
        return state.withLock { state in
            let floor = max(state.lastStamp, state.lastRead, committed)
            let stamp = max(wall, Instant(milliseconds: floor.milliseconds + 1))
            state.lastStamp = stamp
            state.inFlight = stamp
            return stamp
        }
    }

    /// Whether the wall's time is that of the batch which has begun, or past it.
    var hasCome: Bool {
        let wall = wallClock()
        return state.withLock { state in state.inFlight.map { $0 <= wall } ?? true }
    }

    private static let patience = ElapsedTime(milliseconds: 3)

    /// Waits for the time of a stamp. When the clock was set back, stamps go on from where they were, and are not waited
    /// for.
    func waitOut(_ stamp: Instant) {
        guard stamp - wallClock() < Self.patience else { return }
        let pause: UInt32 = 50
        var left = Self.patience.milliseconds * 1000 / Int64(pause)
        while left > 0, wallClock() < stamp {
            usleep(pause)
            left -= 1
        }
    }

    /// The batch is committed or given up: who waits for that goes on.
    func endBatch() {
        let waiting = state.withLock { state in
            defer { state.waiting = [] }
            state.inFlight = nil
            return state.waiting
        }
        for goOn in waiting { goOn() }
    }

    /// Has `goOn` called once the batch that is being committed has ended, on its thread; at once when there is none.
    func afterBatch(_ goOn: @escaping @Sendable () -> Void) {
        let isNow = state.withLock { state in
            if state.inFlight != nil { state.waiting.append(goOn) }
            return state.inFlight == nil
        }
        if isNow { goOn() }
    }

    /// The instant of a read that asks for now, before its snapshot is taken.
    func readNow() -> Instant {
        let wall = wallClock()
        return state.withLock { state in
            let instant = state.readable(wall)
            state.lastRead = max(state.lastRead, instant)
            return instant
        }
    }

    /// The same for a read that answers nobody: not before the last stamp, and not at one that is being committed. The
    /// next stamp need not lie after it, so no batch waits for that.
    func peekNow() -> Instant {
        let wall = wallClock()
        return state.withLock { $0.readable(max(wall, $0.lastStamp)) }
    }

    /// Admits a read as of an instant of the past. When it is not admitted yet, it will be after the batch that is
    /// being committed: no later one gets a stamp at or before it.
    func read(asOf instant: Instant) throws(StoreError) {
        let wall = wallClock()
        let error: StoreError? = state.withLock { state in
            let now = max(wall, state.lastStamp)
            if instant > now { return .inTheFuture(now: now) }
            state.lastRead = max(state.lastRead, instant)
            if let inFlight = state.inFlight, instant >= inFlight { return .notYetClosed }
            return nil
        }
        if let error { throw error }
    }
}
