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
        /// A stamp that is taken for the next batch.
        var reserved: Instant?

        /// Now, for a read: before the stamp of a batch that is being committed.
        func readable(_ wall: Instant) -> Instant {
            guard let inFlight else { return wall }
            return min(wall, Instant(milliseconds: inFlight.milliseconds - 1))
        }

        mutating func take(after committed: Instant, wall: Instant) -> Instant {
            let floor = max(lastStamp, lastRead, committed)
            let stamp = max(wall, Instant(milliseconds: floor.milliseconds + 1))
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

    /// Takes the stamp of a batch that is about to begin, and waits its millisecond out before it is known what is in
    /// that batch: whatever comes meanwhile can be part of it. Ends with `endBatch` or `cancel`.
    func reserve() -> Instant {
        let wall = wallClock()
        let stamp = state.withLock { state in
            let stamp = state.take(after: .earliest, wall: wall)
            state.reserved = stamp
            return stamp
        }
        waitOut(stamp, since: wall)
        return stamp
    }

    /// Gives a reserved stamp up, if no batch got it.
    func cancel(_ stamp: Instant) {
        state.withLock { state in
            guard state.reserved == stamp else { return }
            state.reserved = nil
            state.inFlight = nil
        }
    }

    /// The stamp of a batch that begins: the reserved one, else a new one; `committed` is the last one on record. It is
    /// the wall's time, or a millisecond after the last stamp or read if that is later. From here on no read is given an
    /// instant at or after it, so the millisecond can be waited out even among a great many reads: else a fast disk
    /// would let stamps run ahead of time. When the clock was set back further than that, stamps go on from where they
    /// were.
    func beginBatch(after committed: Instant) -> Instant {
        let wall = wallClock()
        let stamp = state.withLock { state in
            defer { state.reserved = nil }
            if let reserved = state.reserved, reserved > committed { return reserved }
            return state.take(after: committed, wall: wall)
        }
        waitOut(stamp, since: wall)
        return stamp
    }

    private static let patience = ElapsedTime(milliseconds: 3)

    private func waitOut(_ stamp: Instant, since wall: Instant) {
        guard stamp - wall < Self.patience else { return }
        let pause: UInt32 = 50
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
