import Complaints
import GRDB
import Migrations

/// One database file: one connection that writes, as many that read as are asked for.
public final class CaseStore: Sendable {
    /// The file.
    public let path: String
    let options: StoreOptions
    private let clock: StampClock
    private let writer: Writer

    /// Opens the database, makes it if it is not there, and brings its schema up to date. The writer is opened first:
    /// readers need the write-ahead log it makes.
    ///
    /// - Throws: `StoreError.unusable` for a file that is not ours, from a newer version, or with an edited migration.
    public init(path: String, options: StoreOptions = StoreOptions()) throws {
        let connection = try Connection.open(path: path, readonly: false, options: options)
        let committed: Instant
        do {
            committed = try connection.inDatabase { db in
                _ = try Migrator(path: path).migrate(db)
                return try ClockRow.stamp(db, StatementCache())
            }
        } catch let error as DatabaseError {
            throw StoreError(error, opening: path)
        }
        self.path = path
        self.options = options
        let clock = StampClock(committed: committed, wallClock: options.wallClock)
        self.clock = clock
        writer = Writer(connection: connection, clock: clock)
    }

    /// The migrations a database still needs, without touching it.
    ///
    /// - Throws: as `init` does.
    public static func pendingMigrations(path: String) throws -> [String] {
        let connection = try Connection.open(path: path, readonly: true, options: StoreOptions())
        do {
            return try connection.unsafeRead { try Migrator(path: path).missing($0).map(\.name) }
        } catch let error as DatabaseError {
            throw StoreError(error, opening: path)
        }
    }

    /// A connection to a database that is only looked at: nothing of it is changed, and one that another process
    /// serves can be looked at meanwhile.
    ///
    /// - Throws: as `init` does, and `StoreError.unusable` for a database that needs a migration.
    public static func openReader(path: String, options: StoreOptions = StoreOptions()) throws -> Reader {
        let missing = try pendingMigrations(path: path)
        guard missing.isEmpty else {
            throw StoreError.unusable(
                "\(path) needs \(missing.joined(separator: ", ")): run casekeeper migrate first.")
        }
        let clock = StampClock(committed: .earliest, wallClock: options.wallClock)
        return try Reader(path: path, options: options, clock: clock)
    }

    /// A connection of its own for a loop, or for other work on one thread.
    public func makeReader() throws -> Reader {
        try Reader(path: path, options: options, clock: clock)
    }

    /// The writer that batches: one fsync for all that wait. `deliver` gets a whole batch's answers at once, on the
    /// writer's queue.
    public func makeBatchWriter<Delivery: Sendable>(
        deliver: @escaping @Sendable ([Delivery]) -> Void
    ) -> BatchWriter<Delivery> {
        BatchWriter(store: self, deliver: deliver)
    }

    /// Makes a change in a batch of its own, and returns when it is on disk.
    public func write<Value>(_ change: (WriteTransaction) throws -> Value) throws -> Value {
        var value: Value?
        let errors = try commit(count: 1) { _, transaction in value = try change(transaction) }
        if let error = errors[0] { throw error }
        guard let value else { preconditionFailure("a change was kept without a value") }
        return value
    }

    func commit(
        count: Int, _ change: (Int, WriteTransaction) throws -> Void
    ) throws(StoreError) -> [(any Error)?] {
        try writer.commit(count: count, change)
    }

    /// Moves the write-ahead log into the database file and empties it. Readers that are still busy only leave some
    /// of it for the next time.
    public func checkpoint() throws {
        try writer.checkpoint()
    }
}
