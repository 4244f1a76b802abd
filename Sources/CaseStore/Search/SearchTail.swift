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

    /// The rows that the index of a sort of record would have for an expression; those it has are not among them.
    func rows<Record: SearchedRecord>(
        of _: Record.Type, _ expression: String, in transaction: ReadTransaction
    ) throws -> [Int64] {
        try bringUpToDate(with: transaction)
        return try isEmpty ? [] : memory?.matches(Record.statements.match, expression) ?? []
    }

    private var isEmpty: Bool { range?.known == range?.end }

    private func bringUpToDate(with transaction: ReadTransaction) throws {
        let (state, all) = try SearchState.readOfAll(transaction.db, transaction.statements)
        let known = state.known
        if state.isIncomplete { transaction.isSearchIncomplete = true }
        if range?.known != known {
            range = nil
            if bytes > Self.keptBytes { memory = nil } else { try memory?.clear() }
            bytes = 0
        }
        let end = range?.end ?? known
        if end != all {
            // Half of it must not be gone on from.
            range = nil
            try extend(from: end, to: all, transaction)
        }
        range = (known, all)
    }

    private func extend(from end: SearchProgress, to all: SearchProgress, _ transaction: ReadTransaction) throws {
        let texts = SearchTexts(transaction.db, transaction.statements, transaction.names)
        let cases = try texts.rows(entriesAfter: end.logID, through: all.logID).rows
        let customers = try texts.customers(after: end.customerID, through: all.customerID)
        bytes += (cases + customers).reduce(0) { $0 + $1.body.count }
        let memory = try self.memory ?? SearchMemory(like: transaction.db)
        self.memory = memory
        try memory.add(cases: cases, customers: customers)
    }
}
