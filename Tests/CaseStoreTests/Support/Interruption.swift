import GRDB
import GRDBSQLite
import Synchronization

@testable import CaseStore

/// Has SQLite end whatever a connection does after so many steps, be it a BEGIN, a statement or a COMMIT: what a bound
/// did that was not kept away from them.
final class Interruption: Sendable {
    private let left = Atomic(Int.max)
    /// Whether everything that comes later is ended too.
    let staysOn: Bool

    init(staysOn: Bool) {
        self.staysOn = staysOn
    }

    /// Watches a reader's connection, until the store puts that in order.
    func watch(_ reader: Reader) throws {
        try reader.read { transaction in
            sqlite3_progress_handler(
                transaction.db.sqliteConnection, 1,
                { interruption in
                    guard let interruption else { return 0 }
                    return Unmanaged<Interruption>.fromOpaque(interruption).takeUnretainedValue().tick()
                }, Unmanaged.passUnretained(self).toOpaque())
        }
    }

    /// Interrupts after so many steps.
    func set(after steps: Int) {
        left.store(steps, ordering: .relaxed)
    }

    /// Interrupts nothing any more.
    func end() { set(after: .max) }

    private func tick() -> Int32 {
        let now = left.load(ordering: .relaxed)
        guard now != .max else { return 0 }
        left.store(now - 1, ordering: .relaxed)
        return now == 0 || (staysOn && now < 0) ? 1 : 0
    }
}
