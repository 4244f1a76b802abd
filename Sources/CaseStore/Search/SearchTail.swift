import Complaints
import GRDB

/// What the full-text index does not know yet, in an index of its own, in memory: of one connection that reads, made
/// when something is searched. As long as the other has not caught up, it only takes in what has come since.
///
/// It depends on the log and on what the full-text index knows, told by the progress of both, and on how words are told
/// apart, which is the database's. The index is never further behind than `SearchIndex` has it, so that is the bound of it.
final class SearchTail {
    private var memory: SearchMemory?
    /// Of the texts in it.
    private(set) var bytes = 0
    /// So many are worth keeping the memory for that SQLite does not give back.
    private static let keptBytes = 256 * 1024
    /// What the full-text index knows, and up to where this one goes on from there; nil when it has to be made anew.
    private var range: (known: SearchProgress, end: SearchProgress)?

    private static let customers = SQL(SearchTexts.customers)

    /// The rows that the index of cases would have for a term; those it has are not among them.
    func cases(_ term: String, in transaction: ReadTransaction) throws -> [Int64] {
        try bringUpToDate(with: transaction)
        return try isEmpty ? [] : memory?.matches(SearchMemory.matchingCases, term) ?? []
    }

    /// The customers that their index would have for a term.
    func customers(_ term: String, in transaction: ReadTransaction) throws -> [Int64] {
        try bringUpToDate(with: transaction)
        return try isEmpty ? [] : memory?.matches(SearchMemory.matchingCustomers, term) ?? []
    }

    private var isEmpty: Bool { range?.known == range?.end }

    private func bringUpToDate(with transaction: ReadTransaction) throws {
        let (db, statements) = (transaction.db, transaction.statements)
        let (known, all) = try SearchProgress.readOfAll(db, statements)
        if range?.known != known {
            range = nil
            if bytes > Self.keptBytes { memory = nil } else { try memory?.clear() }
            bytes = 0
        }
        let end = range?.end ?? known
        if end != all {
            // Half of it must not be gone on from.
            range = nil
            try extend(from: end, to: all, db, statements)
        }
        range = (known, all)
    }

    private func extend(
        from end: SearchProgress, to all: SearchProgress, _ db: Database, _ statements: StatementCache
    ) throws {
        let cases = try SearchTexts.texts(entriesAfter: end.logID, through: all.logID, db, statements)
        var customers: [(id: Int64, body: String)] = []
        try statements.rows(Self.customers, db) { row in
            row.add(end.customerID)
            row.add(all.customerID)
        } _: { row in
            customers.append((row.integer(0), row.text(1)))
        }
        bytes += cases.reduce(0) { $0 + $1.body.utf8.count } + customers.reduce(0) { $0 + $1.body.utf8.count }
        let memory = try self.memory ?? SearchMemory(like: db)
        self.memory = memory
        try memory.add(cases: cases, customers: customers)
    }
}
