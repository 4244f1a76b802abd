import CaseStore
import Complaints

/// A whole list that is read and written in pieces. Over HTTP each is read in a short transaction of its own, so that a slow
/// reader holds no snapshot; a command writes all of them from one.
struct Export: Sendable {
    /// Some records, and where the next ones begin.
    struct Piece: Sendable {
        let bytes: [UInt8]
        /// How many records.
        var count = 0
        let next: PageKey?
        /// Whether a search may not have found all that there is.
        var isIncomplete = false
    }

    /// Where the list begins; nil for its first record.
    let start: PageKey?
    /// What the list is sorted by.
    let order: PageOrder
    /// The path of the list in the API, by which CSV is named as a file; blank where none is answered with.
    var path = ""
    /// How it is written, where it is CSV.
    var dialect = CSVDialect.plain
    /// The piece after a record; the first one begins with the names of the columns, where the form has them.
    let piece: @Sendable (ReadTransaction, PageKey?) throws -> Piece

    /// Writes all of it as of the transaction's instant, in memory that does not grow with it.
    ///
    /// - Throws: what the store and `write` throw.
    func write(from transaction: ReadTransaction, to write: ([UInt8]) throws -> Void) throws {
        var progress = PageProgress(after: start, in: order)
        var after = start
        repeat {
            let piece = try piece(transaction, after)
            try write(piece.bytes)
            if let next = piece.next { try progress.advance(to: next) }
            after = piece.next
        } while after != nil
    }
}

extension ListQuery {
    /// All of the list from a record on.
    ///
    /// - Parameter count: how many records a piece has.
    func export(
        from start: PageKey? = nil, as format: ExportFormat = .csv, _ dialect: CSVDialect = .plain,
        by count: Int = pieceLimit
    ) -> Export {
        Export(start: start, order: order, dialect: dialect) { transaction, after in
            let page = try fetch(transaction, PageRequest(limit: count, after: after, counts: false))
            let bytes: [UInt8]
            switch format {
            case .csv:
                var csv = CSVWriter(dialect)
                if after == start { form.header(&csv) }
                for item in page.items { form.record(&csv, item, transaction.asOf) }
                bytes = csv.bytes
            case .jsonl:
                var json = JSONWriter(capacity: 1024 * page.items.count)
                for item in page.items {
                    form.json(&json, item, transaction.asOf)
                    json.endLine()
                }
                bytes = json.bytes
            }
            return Export.Piece(
                bytes: bytes, count: page.items.count, next: page.next, isIncomplete: transaction.isSearchIncomplete)
        }
    }
}
