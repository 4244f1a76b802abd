import Foundation
import GRDB
import GRDBSQLite

/// Counts the work of a connection, in steps of SQLite's virtual machine, and interrupts what takes more than it may.
/// What a list costs can't be told from its filter, only from the data, so it is measured on the way.
final class WorkMeter {
    /// How many steps there are between two looks.
    private static let stride = 1000

    private var left = Int.max
    private var untilPause: Int
    private let pauses: Bool

    /// What takes long rests a little after so many steps, some tenths of a millisecond: with few processors, whoever
    /// has a short question would else wait until the system takes the processor away from it.
    private static let work = 20_000
    private static let pause: UInt32 = 50

    /// - Parameter pauses: whether it rests now and then, for what nobody waits for who has a short question.
    init(pauses: Bool = false) {
        self.pauses = pauses
        untilPause = pauses ? Self.work : .max
    }

    /// Watches a connection, which must not outlive the meter.
    func watch(_ db: Database) {
        let meter = Unmanaged.passUnretained(self).toOpaque()
        sqlite3_progress_handler(
            db.sqliteConnection, Int32(Self.stride),
            { meter in
                guard let meter else { return 0 }
                return Unmanaged<WorkMeter>.fromOpaque(meter).takeUnretainedValue().tick()
            }, meter)
    }

    /// Not zero once there is nothing left: SQLite then ends the statement with SQLITE_INTERRUPT.
    private func tick() -> Int32 {
        left -= Self.stride
        if pauses {
            untilPause -= Self.stride
            if untilPause <= 0 {
                untilPause = Self.work
                usleep(Self.pause)
            }
        }
        return left < 0 ? 1 : 0
    }

    /// Lets `body` take no more than so many steps, or what is left of an outer limit.
    func limit<Value>(to steps: Int, _ body: () throws -> Value) rethrows -> Value {
        let before = left
        let allowed = min(steps, before)
        left = allowed
        defer { left = before == .max ? .max : before - (allowed - left) }
        return try body()
    }

    /// Whether the steps that `limit` allowed are used up.
    var isUsedUp: Bool { left < 0 }
}
