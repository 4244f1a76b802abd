package import CaseStore
import Complaints

/// A list that a command can write out whole.
package enum ExportedList: String, Vocabulary {
    case cases, promises, log

    /// How many records are read at a time.
    private static let pieceLimit = 500

    /// Writes the whole list as of the transaction's instant, in memory that does not grow with it.
    ///
    /// - Throws: what the store and `write` throw.
    package func write(
        from transaction: ReadTransaction, as format: ExportFormat, to write: ([UInt8]) throws -> Void
    ) throws {
        try export(as: format).write(from: transaction, to: write)
    }

    private func export(as format: ExportFormat) -> Export {
        switch self {
        case .cases:
            var filter = CaseFilter()
            filter.order = .openedAt
            return ListQuery(form: .cases) { [filter] in try $0.cases(filter, $1) }
                .export(as: format, by: Self.pieceLimit)
        case .promises:
            var filter = PromiseFilter()
            filter.by = nil
            filter.to = nil
            return ListQuery(form: .promises) { [filter] in try $0.promises(filter, $1) }
                .export(as: format, by: Self.pieceLimit)
        case .log: return ListQuery(form: .log) { try $0.log($1) }.export(as: format, by: Self.pieceLimit)
        }
    }
}
