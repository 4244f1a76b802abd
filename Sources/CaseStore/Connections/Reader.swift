public import Complaints
import GRDB

/// A read-only connection, for one thread of work at a time. Readers never wait for the writer.
public final class Reader {
    private let connection: DatabaseQueue
    private let clock: StampClock
    private let health: StoreHealth
    private let names = NameBook()
    private let statements = StatementCache()
    private let meter: WorkMeter
    private let searchTail = SearchTail()
    private let memory = ReadMemory()

    private static let begin = SQL("BEGIN")
    private static let commit = SQL("COMMIT")

    /// - Parameter pauses: whether what takes long rests now and then, for the sake of all others.
    init(
        path: String, options: StoreOptions, clock: StampClock, health: StoreHealth, pauses: Bool = false
    ) throws {
        meter = WorkMeter(pauses: pauses)
        connection = try Connection.open(path: path, readonly: true, options: options)
        self.clock = clock
        self.health = health
        connection.inDatabase(meter.watch)
    }

    /// Runs `body` in one transaction, on one snapshot. Without `asOf` it answers for now: not past the stamp of a
    /// batch that is still being committed, and not before the last one that is.
    ///
    /// - Parameter workLimit: how many steps of SQLite's virtual machine it may take, some 50 to 100 million a second;
    ///   nil: as many as it takes.
    /// - Throws: `StoreError.inTheFuture` and `.notYetClosed` for an `asOf` that can't be answered, `.tooMuchWork` past
    ///   the limit, what SQLite reports as `StoreError`, and what `body` throws.
    public func read<Value>(
        asOf: Instant? = nil, workLimit: Int? = nil, _ body: (ReadTransaction) throws -> Value
    ) throws -> Value {
        try meter.limit(to: workLimit ?? .max) {
            if let asOf { try clock.read(asOf: asOf) }
            // The instant comes before the snapshot: what the snapshot holds beyond it, its stamp brings in.
            let earliest = asOf ?? clock.readNow()
            return try inTransaction { db in
                let committed = try ClockRow.stamp(db, statements)
                return try body(
                    transaction(
                        db, memory: asOf == nil ? memory : nil, asOf: asOf ?? max(earliest, committed),
                        committed: committed))
            }
        }
    }

    /// Runs `body` for what a change has to know before it is made, as who asks for it: what comes of it is no answer for
    /// an instant. So the stamp that is on record is not read, and the change's batch may get that of this very moment.
    public func check<Value>(_ body: (ReadTransaction) throws -> Value) throws -> Value {
        try meter.limit(to: .max) {
            let now = clock.peekNow()
            return try inTransaction { try body(transaction($0, memory: nil, asOf: now, committed: now)) }
        }
    }

    private func transaction(
        _ db: Database, memory: ReadMemory?, asOf: Instant, committed: Instant
    ) -> ReadTransaction {
        ReadTransaction(
            db, names: names, statements: statements, meter: meter, searchTail: searchTail, memory: memory,
            asOf: asOf, committed: committed)
    }

    private func inTransaction<Value>(_ body: (Database) throws -> Value) throws -> Value {
        do {
            return try connection.unsafeRead { db in
                try statements.run(Self.begin, db)
                defer { try? statements.run(Self.commit, db) }
                return try body(db)
            }
        } catch let error as DatabaseError {
            if error.resultCode == .SQLITE_INTERRUPT, meter.isUsedUp { throw StoreError.tooMuchWork }
            let error = StoreError(error)
            if case .damaged(let reason) = error { health.latch(.damaged(reason)) }
            throw error
        }
    }
}

/// The one row that holds the stamp of the last committed batch.
enum ClockRow {
    private static let read = SQL("SELECT stamp FROM clock WHERE id = 1")
    private static let write = SQL("UPDATE clock SET stamp = ? WHERE id = 1")

    static func stamp(_ db: Database, _ statements: StatementCache) throws -> Instant {
        let stamp = try statements.first(read, db) { $0.instant(0) }
        guard let stamp else { throw StoreError.failed("the clock row is missing") }
        return stamp
    }

    static func set(_ stamp: Instant, _ db: Database, _ statements: StatementCache) throws {
        try statements.run(write, db) { $0.add(stamp) }
    }
}
