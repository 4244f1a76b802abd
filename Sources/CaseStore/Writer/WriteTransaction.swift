public import Complaints
import GRDB

/// What can be changed in one transaction. Every rule in it sees the same `now`: the stamp of its batch.
public final class WriteTransaction {
    /// The stamp: the instant of every change in this batch, and the `recorded_at` of what it writes.
    public let now: Instant
    /// What the record says, changes of this batch included.
    public let record: ReadTransaction
    let db: Database
    let names: NameBook
    var log: LogWriter
    /// Whether whoever makes a promise is told what its owner carries.
    let advises: Bool
    /// Whether what was taken out of the database still stands in the write-ahead log, and is to go from there too.
    var leavesTraces = false
    /// The earliest due instant of the promises made here that have yet to be watched.
    var earliestDue: Instant?

    /// `log` goes on from where another transaction left it; else from its last entry.
    init(
        _ db: Database, names: NameBook, statements: StatementCache, now: Instant, log: LogWriter? = nil,
        advises: Bool = true
    ) throws {
        self.advises = advises
        self.db = db
        self.names = names
        self.now = now
        record = ReadTransaction(db, names: names, statements: statements, asOf: now, committed: now)
        self.log = try log ?? LogWriter(db, statements)
    }

    /// Brings the full-text index up to date, or a bounded distance nearer to it. Searches do not wait for it.
    public func catchUpSearch() throws {
        try search.catchUp(limit: 4 * SearchIndex.distance)
    }

    /// Takes words of those who were erased out of the full-text index for good, a bounded part of it at a time. Returns
    /// whether there is more to do.
    public func purgeSearch() throws -> Bool {
        let before = db.totalChangesCount
        let isUnfinished = try search.purge(pages: 64)
        leavesTraces = leavesTraces || db.totalChangesCount > before && !isUnfinished
        return isUnfinished
    }

    /// The id the next row of a table gets: there is one writer, and it holds the lock.
    func nextID(_ statement: SQL) throws -> Int64 {
        try statements.first(statement, db) { $0.integer(0) } ?? 1
    }

    static let nextCase = SQL("SELECT coalesce(max(id), 0) + 1 FROM complaint_case")
    static let nextPromise = SQL("SELECT coalesce(max(id), 0) + 1 FROM promise")
    static let nextCustomer = SQL("SELECT coalesce(max(id), 0) + 1 FROM customer")
    static let nextToken = SQL("SELECT coalesce(max(id), 0) + 1 FROM token")
    static let nextAnswer = SQL("SELECT coalesce(max(id), 0) + 1 FROM answered_request")

    var statements: StatementCache { record.statements }
    var search: SearchIndex { SearchIndex(db: db, statements: statements) }
}
