package import CaseStore
import Complaints

/// A list that can be written out whole.
package enum ExportedList: String, Vocabulary {
    case cases, promises, log

    private static let pageSize = 500

    /// Writes the whole list as of the transaction's instant, a page at a time, in memory that does not grow with it.
    ///
    /// - Throws: what the store and `write` throw.
    package func write(
        from transaction: ReadTransaction, as format: ExportFormat, to write: ([UInt8]) throws -> Void
    ) throws {
        switch self {
        case .cases:
            var filter = CaseFilter()
            filter.order = .openedAt
            try Self.write(.cases, format, asOf: transaction.asOf, to: write) { try transaction.cases(filter, $0) }
        case .promises:
            var filter = PromiseFilter()
            filter.by = nil
            filter.to = nil
            try Self.write(.promises, format, asOf: transaction.asOf, to: write) {
                try transaction.promises(filter, $0)
            }
        case .log:
            try Self.write(.log, format, asOf: transaction.asOf, to: write) { try transaction.log($0) }
        }
    }

    private static func write<Item>(
        _ form: ListForm<Item>, _ format: ExportFormat, asOf: Instant, to write: ([UInt8]) throws -> Void,
        page: (PageRequest) throws -> Page<Item>
    ) throws {
        if format == .csv {
            var header = CSVWriter()
            form.header(&header)
            try write(header.bytes)
        }
        var request = PageRequest(limit: pageSize, counts: false)
        var progress = PageProgress(after: nil)
        repeat {
            let page = try page(request)
            try write(bytes(of: page.items, form, format, asOf: asOf))
            if let next = page.next { try progress.advance(to: next) }
            request.after = page.next
        } while request.after != nil
    }

    private static func bytes<Item>(
        of items: [Item], _ form: ListForm<Item>, _ format: ExportFormat, asOf: Instant
    ) -> [UInt8] {
        switch format {
        case .csv:
            var writer = CSVWriter()
            for item in items { form.record(&writer, item, asOf) }
            return writer.bytes
        case .jsonl:
            var bytes: [UInt8] = []
            for item in items {
                var writer = JSONWriter()
                form.json(&writer, item, asOf)
                bytes += writer.bytes
                bytes.append(UInt8(ascii: "\n"))
            }
            return bytes
        }
    }
}
