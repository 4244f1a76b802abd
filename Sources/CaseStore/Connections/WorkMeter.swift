import Foundation
import GRDB
import GRDBSQLite

/// Step budget of a connection: counts its work, in steps of SQLite's virtual machine, and interrupts what takes more than it may.
/// What a list costs can't be told from its filter, only from the data, so it is measured on the way.
///
/// Only what is done inside `limit` is ever interrupted: what begins and ends a transaction stands outside of it, for a
/// connection whose COMMIT was interrupted is left in its transaction, and can begin no other.
final class WorkMeter {
    /// How many steps there are between two looks.
    private let stride: Int

    private var left = Int.max
    private var untilPause: Int
    private let pauses: Bool
    /// Whether nobody wants any more what is done now; asked at each look.
    var isUnwanted: (@Sendable () -> Bool)?

    /// What takes long rests a little after so many steps, some tenths of a millisecond: with few processors, whoever
    /// has a short question would else wait until the system takes the processor away from it.
    private static let work = 20_000
    private static let pause: UInt32 = 50

    /// - Parameters:
    ///   - pauses: whether it rests now and then, for what nobody waits for who has a short question.
    ///   - stride: how many steps there are between two looks, each of which costs some nanoseconds.
    init(pauses: Bool = false, stride: Int = 1000) {
        self.pauses = pauses
        self.stride = stride
        untilPause = pauses ? Self.work : .max
    }

    /// Whether what is done now may be interrupted, to be done where it takes nobody's time.
    ///
    /// What is not counts down from the greatest number as well, and never gets far.
    var isLimited: Bool { left < Int.max / 2 }

    /// Watches a connection, which must not outlive the meter.
    func watch(_ db: Database) {
        let meter = Unmanaged.passUnretained(self).toOpaque()
        sqlite3_progress_handler(
            db.sqliteConnection, Int32(stride),
            { meter in
                guard let meter else { return 0 }
                return Unmanaged<WorkMeter>.fromOpaque(meter).takeUnretainedValue().tick()
            }, meter)
    }

    /// Counts work that is done beside SQLite: what may be interrupted is so in the next statement.
    func add(_ steps: Int) {
        if left != .max { left -= steps }
    }

    /// Not zero once there is nothing left: SQLite then ends the statement with SQLITE_INTERRUPT.
    private func tick() -> Int32 {
        left -= stride
        if pauses {
            untilPause -= stride
            if untilPause <= 0 {
                untilPause = Self.work
                usleep(Self.pause)
            }
        }
        return left < 0 || isUnwanted?() == true ? 1 : 0
    }

    /// Lets `body` take no more than so many steps, or what is left of an outer limit.
    ///
    /// - Throws: `StoreError.tooMuchWork` when it would take more, and what `body` throws; where it is the outer limit
    ///   that is used up, the interruption, for that one to tell.
    func limit<Value>(to steps: Int, _ body: () throws -> Value) throws -> Value {
        let before = left
        let allowed = min(steps, before)
        left = allowed
        defer { left = before == .max ? .max : before - (allowed - left) }
        do {
            return try body()
        } catch let error as DatabaseError where error.resultCode == .SQLITE_INTERRUPT && left < 0 {
            throw steps < before ? StoreError.tooMuchWork : error
        }
    }
}
