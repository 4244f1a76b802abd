import Complaints
import Dispatch
import Foundation
import GRDB

/// The one rule for reads as of an instant that somebody gives: the record of that instant has to be closed, which is
/// to say that no batch can be committed any more with a stamp at or before it. Else the same `as_of` would get another
/// answer later. It is asked before the snapshot is taken, so a read that waits here is in nobody's way.
///
/// Readers differ in how they come to know, and in whether they may wait.
enum RecordClosing: Sendable {
    /// Batches are this process's own, and the thread may wait for the one that is being committed.
    case awaited(StampClock)
    /// The same on a loop, which must not wait: `StoreError.notYetClosed` has it read on another thread.
    case refused(StampClock)
    /// Batches are those of whatever process serves the database meanwhile.
    case elsewhere(ForeignBatches)

    /// Admits a read as of `instant`.
    ///
    /// - Throws: `StoreError.inTheFuture`, and `.notYetClosed` where it must not wait.
    func admit(_ instant: Instant, _ db: DatabaseQueue) throws {
        switch self {
        case .awaited(let clock): try Self.wait(for: instant, clock)
        case .refused(let clock): try clock.read(asOf: instant)
        case .elsewhere(let batches): try batches.wait(for: instant, db)
        }
    }

    /// The clock has noted the instant when it refuses it, and gives no later batch a stamp at or before it: so one wait
    /// is enough.
    private static func wait(for instant: Instant, _ clock: StampClock) throws {
        do {
            try clock.read(asOf: instant)
        } catch StoreError.notYetClosed {
            let hasEnded = DispatchSemaphore(value: 0)
            clock.afterBatch { hasEnded.signal() }
            hasEnded.wait()
            try clock.read(asOf: instant)
        }
    }
}

/// What was so before a snapshot was taken that is asked for now, and may be asked as of another instant.
struct ReadOpening: Sendable {
    let closing: RecordClosing
    let start: StampClock.ReadStart

    /// Admits a read as of `instant` from the snapshot, which holds all batches up to the stamp `committed`. It waits for
    /// nothing. Beyond that stamp the record of the instant has to be closed, and with nothing in it that the snapshot lacks.
    ///
    /// - Throws: `StoreError.inTheFuture`, `.notYetClosed`.
    func admit(_ instant: Instant, holding committed: Instant) throws {
        switch closing {
        case .awaited(let clock), .refused(let clock):
            try clock.read(asOf: instant)
            guard instant <= committed || clock.hasEndedNoBatch(since: start) else { throw StoreError.notYetClosed }
        case .elsewhere:
            guard instant <= committed else { throw StoreError.notYetClosed }
        }
    }
}

/// The batches of another process, whose clock can't be asked.
///
/// What can be asked is SQLite's lock for writing. A batch takes its stamp after it has got that lock, and gives it back
/// with its commit; and no stamp lies before the time on the wall, nor at or before the stamp on record. So:
/// - up to the stamp on record everything is closed, whatever the clock says;
/// - for a later instant, once the wall's time lies past it, the lock is taken for a moment: whoever had a stamp at or
///   before the instant has committed by then, and whoever gets the lock later gets a later stamp.
///
/// What is left is a clock that is set back to before the instant right after this, by an operator or by NTP: to shut
/// that out, the instant would have to be written down, and a read writes nothing.
struct ForeignBatches: Sendable {
    let path: String
    let options: StoreOptions

    /// Nobody's batch takes longer: where the lock can't be had, for want of the right to write, an instant is taken for
    /// closed that is so long ago.
    private static let longestBatch = ElapsedTime.seconds(5)

    /// Waits until the record of `instant` is closed.
    ///
    /// - Parameter reader: a connection to the database.
    /// - Throws: `StoreError.inTheFuture`, `.locked` when another process keeps the lock.
    func wait(for instant: Instant, _ reader: DatabaseQueue) throws {
        do {
            if instant <= (try committed(reader)) { return }
            let now = options.wallClock()
            if instant > now { throw StoreError.inTheFuture(now: now) }
            sleep(until: instant, from: now)
            do {
                try close(instant, reader)
            } catch let error as DatabaseError where Self.isForbidden(error) {
                sleep(until: instant + Self.longestBatch, from: now)
            } catch StoreError.readOnly, StoreError.unusable {
                sleep(until: instant + Self.longestBatch, from: now)
            }
        } catch let error as DatabaseError {
            throw StoreError(error)
        }
    }

    /// Takes the lock as soon as nobody has it. Beside a busy process that may never be, but then the stamp on record gets
    /// past the instant.
    private func close(_ instant: Instant, _ reader: DatabaseQueue) throws {
        let side = try SQLiteConnection.openSide(path: path, options: options)
        var left = options.busyTimeout
        while instant > (try committed(reader)) {
            do {
                return try side.inDatabase { try $0.discarding("BEGIN IMMEDIATE") {} }
            } catch let error as DatabaseError where error.resultCode == .SQLITE_BUSY && left > .zero {
                usleep(1000)
                left = ElapsedTime(milliseconds: left.milliseconds - 1)
            }
        }
    }

    private func committed(_ reader: DatabaseQueue) throws -> Instant {
        try reader.unsafeRead { try ClockRow.stamp($0, StatementCache()) }
    }

    private static func isForbidden(_ error: DatabaseError) -> Bool {
        [.SQLITE_READONLY, .SQLITE_PERM, .SQLITE_CANTOPEN].contains(error.resultCode)
    }

    /// Until the wall's time lies past `instant`, or as long has gone by as that takes from `now` on: a clock that leaps back
    /// meanwhile, by whatever span, holds nobody up.
    private func sleep(until instant: Instant, from now: Instant) {
        let clock = ContinuousClock()
        let end = clock.now + .milliseconds(max(0, (instant - now).milliseconds) + 1)
        while options.wallClock() <= instant, clock.now < end { usleep(1000) }
    }
}
