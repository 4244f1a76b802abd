import Complaints
import GRDB
import GRDBSQLite
import Migrations

/// A step of the schema as it is watched: what it takes is one statement, or a few, that go on for minutes.
final class StepWatch {
    /// How many steps of SQLite's virtual machine there are between two looks, each of which asks for the time.
    private static let stride: Int32 = 10_000

    let migration: Migration
    private let total: Int
    private let watch: MigrationWatch
    private let began = StoreOptions.systemBootClock()
    private var told: ElapsedTime
    private var isGivenUp = false

    /// - Parameter total: how many migrations there are.
    init(_ migration: Migration, of total: Int, _ watch: MigrationWatch) {
        self.migration = migration
        self.total = total
        self.watch = watch
        told = began
    }

    /// Applies it, within a transaction of the caller's. Beginning and ending that stand outside: a COMMIT that is interrupted
    /// leaves its connection in the transaction.
    ///
    /// - Throws: `MigrationInterruption` once nobody wants it any more, and what `body` throws.
    func run(_ db: Database, _ body: () throws -> Void) throws {
        guard !watch.isUnwanted() else { throw MigrationInterruption(undone: migration.name) }
        tell()
        sqlite3_progress_handler(
            db.sqliteConnection, Self.stride,
            { step in
                guard let step else { return 0 }
                return Unmanaged<StepWatch>.fromOpaque(step).takeUnretainedValue().look()
            }, Unmanaged.passUnretained(self).toOpaque())
        defer { sqlite3_progress_handler(db.sqliteConnection, 0, nil, nil) }
        do {
            try withExtendedLifetime(self, body)
        } catch let error as DatabaseError where error.resultCode == .SQLITE_INTERRUPT && isGivenUp {
            throw MigrationInterruption(undone: migration.name)
        }
    }

    /// Says that it is applied, once its transaction is committed.
    func tellDone() { tell(isDone: true) }

    /// Not zero once it is given up: SQLite then ends the statement with SQLITE_INTERRUPT.
    private func look() -> Int32 {
        isGivenUp = watch.isUnwanted()
        let now = StoreOptions.systemBootClock()
        if now.milliseconds - told.milliseconds >= watch.interval.milliseconds {
            told = now
            tell()
        }
        return isGivenUp ? 1 : 0
    }

    private func tell(isDone: Bool = false) {
        let elapsed = ElapsedTime(
            milliseconds: StoreOptions.systemBootClock().milliseconds - began.milliseconds)
        watch.tell(
            MigrationProgress(
                step: migration.version, total: total, name: migration.name, elapsed: elapsed, isDone: isDone))
    }
}
