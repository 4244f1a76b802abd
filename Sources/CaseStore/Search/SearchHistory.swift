import Complaints
import GRDB

/// What a search finds as of an earlier instant among that which has been edited since. The full-text index knows today's
/// words, so what was edited since is left out of what it finds; the texts as they were then are searched beside it, in an
/// index in memory, some at a time. It costs what has been edited since, and nothing where nothing has.
struct SearchHistory {
    /// By term: the ids of cases that their subject and complaint of then match, of those whose subject has changed.
    private(set) var cases: [[Int64]]
    /// By term: the customers whom their name, addresses and external id of then match, of those who have changed.
    private(set) var customers: [[Int64]]
    private let hasSubjects: Bool
    private let hasCustomers: Bool

    /// So many bytes of texts are searched at once.
    private static let pieceBytes = 1 << 20

    /// - Parameter searchesCases: whether cases are looked for, and not customers alone.
    init(_ terms: [String], in transaction: ReadTransaction, searchesCases: Bool) throws {
        cases = terms.map { _ in [] }
        customers = cases
        hasSubjects = try searchesCases && !terms.isEmpty && transaction.hasChanged("subject", of: .case)
        hasCustomers =
            try !terms.isEmpty
            && CustomerFields.editedFields.contains { try transaction.hasChanged($0.name, of: .customer) }
        guard hasSubjects || hasCustomers else { return }
        let memory = try SearchMemory(like: transaction.db)
        if hasSubjects {
            try Self.pieces(try Self.subjects(transaction), transaction) { texts in
                try memory.add(cases: texts, customers: [])
                for (index, term) in terms.enumerated() {
                    cases[index] += try memory.matches(SearchMemory.matchingCases, term)
                }
                try memory.clear()
            }
        }
        if hasCustomers {
            try Self.pieces(try Self.people(transaction), transaction) { texts in
                try memory.add(cases: [], customers: texts)
                for (index, term) in terms.enumerated() {
                    customers[index] += try memory.matches(SearchMemory.matchingCustomers, term)
                }
                try memory.clear()
            }
        }
    }

    /// That the subject of a case has not changed since `:now`; `id` is the column with the case's.
    func subjectStands(_ id: String) -> String {
        hasSubjects
            ? "NOT EXISTS (SELECT 1 FROM field_change f WHERE \(Self.hasChanged(Case.self, id, ["subject"])))" : "1"
    }

    /// That nothing that is searched of a customer has changed since `:now`; `id` is the column with theirs.
    func customerStands(_ id: String) -> String {
        let fields = CustomerFields.editedFields.map(\.name)
        return hasCustomers
            ? "NOT EXISTS (SELECT 1 FROM field_change f WHERE \(Self.hasChanged(Customer.self, id, fields)))" : "1"
    }

    private static func hasChanged<Record: HistoricRecord>(
        _: Record.Type, _ id: String, _ fields: [String]
    ) -> String {
        """
        f.about = '\(Record.subject.rawValue)' AND f.about_id = \(id)
            AND f.field IN (\(fields.map { "'\($0)'" }.joined(separator: ", "))) AND f.recorded_at > :now
        """
    }

    /// Those of which a field has changed since `:now`.
    private static func changed<Record: HistoricRecord>(_: Record.Type, _ fields: [String]) -> String {
        """
        SELECT DISTINCT f.about_id AS id FROM field_change f INDEXED BY field_change_since
        WHERE f.about = '\(Record.subject.rawValue)' AND f.field IN (\(fields.map { "'\($0)'" }.joined(separator: ", ")))
            AND f.recorded_at > :now
        """
    }

    private static func subjects(_ transaction: ReadTransaction) throws -> String {
        """
        SELECT c.id, coalesce(\(try transaction.caseField("subject")) || char(10), '') || c.complaint
        FROM (\(changed(Case.self, ["subject"]))) k CROSS JOIN complaint_case c ON c.id = k.id
        WHERE c.opened_at <= :now ORDER BY c.id
        """
    }

    private static func people(_ transaction: ReadTransaction) throws -> String {
        func then(_ field: String) throws -> String {
            try transaction.then("u.\(field)", field, of: .customer, id: "u.id")
        }
        return """
            SELECT u.id, \(try SearchTexts.customerBody(then))
            FROM (\(changed(Customer.self, CustomerFields.editedFields.map(\.name)))) k
            CROSS JOIN customer u ON u.id = k.id
            WHERE u.recorded_at <= :now ORDER BY u.id
            """
    }

    /// Goes through the texts of a statement, by ascending ids, some at a time.
    private static func pieces(
        _ sql: String, _ transaction: ReadTransaction, _ body: ([(id: Int64, body: String)]) throws -> Void
    ) throws {
        var texts: [(id: Int64, body: String)] = []
        var bytes = 0
        try transaction.statements.rows(sql, ["now": .instant(transaction.asOf)], transaction.db) { row in
            texts.append((row.integer(0), row.text(1)))
            bytes += texts[texts.count - 1].body.utf8.count
            if bytes >= pieceBytes {
                try body(texts)
                (texts, bytes) = ([], 0)
            }
            return true
        }
        if !texts.isEmpty { try body(texts) }
    }
}
