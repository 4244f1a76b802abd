public import Complaints
import GRDB

/// A read-only connection, for one thread of work at a time. Readers never wait for the writer.
public final class Reader {
    private let connection: DatabaseQueue
    private let clock: StampClock
    private let closing: RecordClosing
    private let health: StoreHealth
    /// Whether the last read failed, whatever it was asked.
    private var isFailing = false
    private let names: NameBook
    private let statements = StatementCache()
    private let meter: WorkMeter
    private let searchTail = SearchTail()
    private let cache = ReadCache()
    private let ownerRules: OwnerRules

    private static let begin = SQL("BEGIN")
    private static let commit = SQL("COMMIT")

    /// - Parameter closing: how it comes to know that the record of an instant is closed.
    convenience init(
        path: String, options: StoreOptions, clock: StampClock, closing: RecordClosing, health: StoreHealth,
        meter: WorkMeter = WorkMeter()
    ) throws {
        self.init(
            try SQLiteConnection.open(path: path, readonly: true, options: options), options: options, clock: clock,
            closing: closing, health: health, meter: meter)
    }

    /// On a connection of its own.
    init(
        _ connection: DatabaseQueue, options: StoreOptions, clock: StampClock, closing: RecordClosing,
        health: StoreHealth, meter: WorkMeter = WorkMeter()
    ) {
        self.meter = meter
        ownerRules = options.owners
        names = NameBook(statements)
        self.connection = connection
        self.clock = clock
        self.closing = closing
        self.health = health
        connection.inDatabase(meter.watch)
    }

    /// Runs `body` in one transaction, on one snapshot. Without `asOf` it answers for now: not past the stamp of a
    /// batch that is still being committed, and not before the last one that is.
    ///
    /// - Parameter workLimit: how many steps of SQLite's virtual machine it may take, some 50 to 100 million a second;
    ///   nil: as many as it takes.
    /// - Throws: `StoreError.inTheFuture` for an `asOf` that can't be answered, `.notYetClosed` for one that a reader of
    ///   a loop would have to wait for, `.tooMuchWork` past the limit, what SQLite reports as `StoreError`, and what `body`
    ///   throws.
    public func read<Value>(
        asOf: Instant? = nil, workLimit: Int? = nil, _ body: (ReadTransaction) throws -> Value
    ) throws -> Value {
        guard let asOf else { return try readNow(workLimit: workLimit, body) }
        try closing.admit(asOf, connection)
        return try inTransaction(workLimit: workLimit) { db in
            try body(transaction(db, asOf: asOf, committed: ClockRow.stamp(db, statements)))
        }
    }

    /// Does what takes long for as long as it is wanted.
    ///
    /// - Throws: `ReadInterruption` once it is not, and what `body` throws.
    func read<Value>(until isUnwanted: @escaping @Sendable () -> Bool, _ body: (ReadTransaction) throws -> Value) throws
        -> Value
    {
        meter.isUnwanted = isUnwanted
        defer { meter.isUnwanted = nil }
        let outcome = Result { try read(body) }
        // What it came to is of no use, also where the last statement was through.
        guard !isUnwanted() else { throw ReadInterruption() }
        return try outcome.get()
    }

    /// The instant comes before the snapshot: what the snapshot holds beyond it, its stamp brings in.
    private func readNow<Value>(workLimit: Int?, _ body: (ReadTransaction) throws -> Value) throws -> Value {
        let opening = ReadOpening(closing: closing, start: clock.startRead())
        return try inTransaction(workLimit: workLimit) { db in
            let committed = try ClockRow.stamp(db, statements)
            return try body(
                transaction(
                    db, cache: cache, asOf: max(opening.start.now, committed), committed: committed, opening: opening))
        }
    }

    /// Runs `body` for what a change has to know before it is made, as who asks for it: what comes of it is no answer for
    /// an instant. So the stamp that is on record is not read, and the change's batch may get that of this very moment.
    public func check<Value>(_ body: (ReadTransaction) throws -> Value) throws -> Value {
        let now = clock.peekNow()
        return try inTransaction(workLimit: nil) {
            try body(transaction($0, asOf: now, committed: now))
        }
    }

    private func transaction(
        _ db: Database, cache: ReadCache? = nil, asOf: Instant, committed: Instant, opening: ReadOpening? = nil
    ) -> ReadTransaction {
        ReadTransaction(
            db, names: names, statements: statements, meter: meter, searchTail: searchTail, cache: cache,
            ownerRules: ownerRules, asOf: asOf, committed: committed, opening: opening)
    }

    /// Only `body` is held to the limit: see `WorkMeter`.
    private func inTransaction<Value>(
        workLimit: Int?, _ body: (Database) throws -> Value
    ) throws -> Value {
        do {
            return try connection.unsafeRead { db in
                do {
                    try requireIdle(db)
                    try statements.run(Self.begin, db)
                } catch {
                    noteFailure()
                    throw error
                }
                let outcome = Result { try meter.limit(to: workLimit ?? .max) { try body(db) } }
                try end(db)
                return try outcome.get()
            }
        } catch let error as DatabaseError {
            if error.isOfStorage { noteFailure() }
            let error = StoreError(error)
            if case .damaged(let reason) = error { health.latch(.damaged(reason)) }
            throw error
        }
    }

    /// Ends the transaction. All that it was to tell is told by then, so a COMMIT that fails takes nothing from it, as
    /// long as the connection can be put in order after it.
    ///
    /// - Throws: `DatabaseError` when it can't.
    private func end(_ db: Database) throws {
        do {
            var failure: (any Error)?
            do {
                try statements.run(Self.commit, db)
            } catch {
                failure = error
            }
            try requireIdle(db, cause: failure)
        } catch {
            noteFailure()
            throw error
        }
        guard isFailing else { return }
        isFailing = false
        health.readSucceeded(by: ObjectIdentifier(self))
    }

    private func requireIdle(_ db: Database, cause: (any Error)? = nil) throws {
        guard !db.isIdle else { return }
        defer { meter.watch(db) }
        try health.requireIdle(db, .reader, cause: cause)
    }

    private func noteFailure() {
        isFailing = true
        health.readFailed(by: ObjectIdentifier(self))
    }
}

/// The one row that holds the stamp of the last committed batch.
enum ClockRow {
    private static let read = SQL("SELECT stamp FROM clock WHERE id = 1")
    private static let write = SQL("UPDATE clock SET stamp = ? WHERE id = 1")

    static func stamp(_ db: Database, _ statements: StatementCache) throws -> Instant {
        let stamp = try statements.first(read, db) { $0.instant(0) }
        guard let stamp else { throw StoreError.unreadable("the clock row is missing") }
        return stamp
    }

    static func set(_ stamp: Instant, _ db: Database, _ statements: StatementCache) throws {
        try statements.run(write, db) { $0.add(stamp) }
    }
}
