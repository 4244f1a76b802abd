import Complaints
import GRDB

/// Collects the texts of a batch for the full-text index, which takes many at once for less than one by one.
struct SearchWriter {
    private enum Change {
        case add(table: SearchTable, id: Int64, body: String)
        /// The index keeps no text: what is to be taken out has to be said.
        case remove(table: SearchTable, id: Int64, body: String)
    }

    private var changes: [Change] = []

    /// How many changes there are, to go back to when a request of the batch is rolled back.
    var mark: Int { changes.count }

    mutating func rollBack(to mark: Int) {
        changes.removeSubrange(mark...)
    }

    mutating func add(_ record: Case) {
        changes.append(.add(table: .cases, id: record.id << 20, body: Self.body(record)))
    }

    mutating func replace(_ before: Case, with after: Case) {
        // The complaint never changes.
        guard before.fields.subject != after.fields.subject else { return }
        changes.append(.remove(table: .cases, id: before.id << 20, body: Self.body(before)))
        changes.append(.add(table: .cases, id: after.id << 20, body: Self.body(after)))
    }

    /// The texts of a log entry; names are not searched.
    mutating func add(_ draft: LogDraft, seq: Int64, caseID: Int64) {
        guard seq < 1 << 20 else { return }
        let body = draft.texts.compactMap { fact -> String? in
            guard case .text(let text) = fact.value, Self.searched.contains(fact.name) else { return nil }
            return text
        }
        guard !body.isEmpty else { return }
        changes.append(.add(table: .cases, id: caseID << 20 | seq, body: body.joined(separator: "\n")))
    }

    mutating func add(_ customer: Customer) {
        changes.append(.add(table: .customers, id: customer.id, body: Self.body(customer)))
    }

    mutating func replace(_ before: Customer, with after: Customer) {
        changes.append(.remove(table: .customers, id: before.id, body: Self.body(before)))
        add(after)
    }

    /// Brings the index up to date; once, at the end of the batch.
    mutating func flush(_ db: Database, _ statements: StatementCache) throws {
        for change in changes {
            switch change {
            case .add(let table, let id, let body):
                try statements.run(table.insert, db) { row in
                    row.add(id)
                    row.add(body)
                }
            case .remove(let table, let id, let body):
                try statements.run(table.delete, db) { row in
                    row.add(id)
                    row.add(body)
                }
            }
        }
        changes.removeAll()
    }

    /// The texts of a log entry that are searched.
    static let searched: Set<String> = ["text", "summary", "reason", "evidence", "what", "next_step"]

    private static func body(_ record: Case) -> String {
        (record.fields.subject.map { $0 + "\n" } ?? "") + record.complaint
    }

    private static func body(_ customer: Customer) -> String {
        [customer.name, customer.email, customer.phone, customer.externalID].compactMap(\.self)
            .joined(separator: "\n")
    }
}

/// One of the two full-text indexes.
private struct SearchTable {
    let insert: SQL
    let delete: SQL

    private init(_ name: String) {
        insert = SQL("INSERT INTO \(name) (rowid, body) VALUES (?, ?)")
        delete = SQL("INSERT INTO \(name) (\(name), rowid, body) VALUES ('delete', ?, ?)")
    }

    static let cases = SearchTable("case_text")
    static let customers = SearchTable("customer_text")
}
