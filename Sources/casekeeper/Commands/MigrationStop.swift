import CaseStore
import Complaints
import Synchronization

/// That a database was not brought up to date for some other reason than that nobody wanted it any more (`MigrationInterruption`),
/// such as a full disk, when some of that had been done.
struct MigrationStop: Error {
    /// The migrations that were applied, for good.
    let applied: [String]
    let cause: any Error
}

/// Notes of a database that is brought up to date what has been applied.
final class AppliedMigrations: Sendable {
    private let names = Mutex<[String]>([])

    /// Runs what brings a database up to date, watched as before, and says of a failure what was applied until then.
    ///
    /// - Throws: `MigrationStop` where anything was, else what `body` throws.
    func noted<Value>(_ watch: MigrationWatch, _ body: (MigrationWatch) throws -> Value) throws -> Value {
        var noting = watch
        noting.tell = { progress in
            if progress.isDone { self.names.withLock { $0.append(progress.name) } }
            watch.tell(progress)
        }
        do {
            return try body(noting)
        } catch let error where !(error is MigrationInterruption) {
            let applied = names.withLock(\.self)
            throw applied.isEmpty ? error : MigrationStop(applied: applied, cause: error)
        }
    }
}
