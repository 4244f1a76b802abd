import CaseStore
import Complaints
import Testing

/// Looks into a database that the binary has written.
struct Database {
    let path: String

    func read<Value>(_ body: (ReadTransaction) throws -> Value) throws -> Value {
        try CaseStore(path: path).makeReader().read(body)
    }

    /// Every case, oldest first.
    func cases() throws -> [CaseFile] {
        var filter = CaseFilter()
        filter.order = .openedAt
        return try read { try $0.cases(filter, PageRequest(limit: 10_000)).items }
    }

    /// The figures of all promises ever due.
    func figures() throws -> PromiseFigures {
        let request = try #require(PromiseReportRequest(from: .earliest, to: .latest, groupBy: .kind))
        return try read { try $0.promiseReport(request).total }
    }
}
