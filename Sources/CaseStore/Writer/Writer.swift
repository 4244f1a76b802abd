import Complaints
import GRDB
import Synchronization

/// The one connection that writes, used by one batch at a time.
///
/// It is Sendable because all it changes, the names and the prepared statements, is touched only inside
/// `connection.inDatabase`, which runs one block at a time.
final class Writer: @unchecked Sendable {
    private let connection: DatabaseQueue
    private let clock: StampClock
    private let names = NameBook()
    private let statements = StatementCache()

    private static let begin = SQL("BEGIN IMMEDIATE")
    private static let commit = SQL("COMMIT")
    private static let rollBack = SQL("ROLLBACK")
    private static let savepoint = SQL("SAVEPOINT change")
    private static let release = SQL("RELEASE change")
    private static let rollBackTo = SQL("ROLLBACK TO change")

    init(connection: DatabaseQueue, clock: StampClock) {
        self.connection = connection
        self.clock = clock
    }

    /// Runs a number of changes in one transaction, each in a savepoint of its own, and commits once: one fsync
    /// serves all. `change` makes the change of that index. Returns, for each, the error it was rolled back with, if
    /// any.
    ///
    /// - Throws: `StoreError` when the batch as a whole failed and nothing of it is kept (or, for `outcomeUnknown`,
    ///   when nobody can tell).
    func commit(
        count: Int, _ change: (Int, WriteTransaction) throws -> Void
    ) throws(StoreError) -> [(any Error)?] {
        var errors: [(any Error)?] = []
        var isCommitting = false
        do {
            try connection.inDatabase { db in
                try statements.run(Self.begin, db)
                defer { clock.endBatch() }
                do {
                    let changesBefore = db.totalChangesCount
                    let stamp = clock.beginBatch(after: try ClockRow.stamp(db, statements))
                    let transaction = try WriteTransaction(db, names: names, statements: statements, now: stamp)
                    for index in 0..<count {
                        errors.append(try apply(transaction) { try change(index, $0) })
                    }
                    if db.totalChangesCount > changesBefore {
                        try transaction.search.flush(db, statements)
                        try ClockRow.set(stamp, db, statements)
                    }
                    isCommitting = true
                    try statements.run(Self.commit, db)
                    names.committed()
                } catch {
                    names.rollBack(to: 0)
                    if db.isInsideTransaction { try? statements.run(Self.rollBack, db) }
                    throw error
                }
            }
        } catch let error as DatabaseError {
            throw batchError(error, isCommitting: isCommitting)
        } catch let error as StoreError {
            throw error
        } catch {
            throw .batchFailed("\(error)")
        }
        return errors
    }

    /// Applies one change in a savepoint. An error of the change itself is returned; one that ended the whole
    /// transaction (a full disk, an I/O error) is thrown, for then nothing of the batch is kept.
    private func apply(
        _ transaction: WriteTransaction, _ change: (WriteTransaction) throws -> Void
    ) throws -> (any Error)? {
        let db = transaction.db
        let log = transaction.log
        let mark = (search: transaction.search.mark, names: names.mark)
        try statements.run(Self.savepoint, db)
        do {
            try change(transaction)
            guard db.isInsideTransaction else { throw StoreError.batchFailed("the transaction was rolled back") }
            try statements.run(Self.release, db)
            return nil
        } catch {
            guard db.isInsideTransaction else { throw error }
            try statements.run(Self.rollBackTo, db)
            try statements.run(Self.release, db)
            transaction.log = log
            transaction.search.rollBack(to: mark.search)
            names.rollBack(to: mark.names)
            if let error = error as? DatabaseError { return StoreError(error) }
            return error
        }
    }

    /// A COMMIT that failed on its way to the disk may have reached it all the same.
    private func batchError(_ error: DatabaseError, isCommitting: Bool) -> StoreError {
        if isCommitting, error.resultCode == .SQLITE_IOERR { return .outcomeUnknown }
        return StoreError(error)
    }

    /// Moves the write-ahead log into the database file and empties it, as far as readers let it.
    func checkpoint() throws {
        do {
            try connection.inDatabase { try $0.execute(sql: "PRAGMA wal_checkpoint(TRUNCATE)") }
        } catch let error as DatabaseError {
            throw StoreError(error)
        }
    }
}
