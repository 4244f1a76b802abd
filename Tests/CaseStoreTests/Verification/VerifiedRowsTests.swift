import Complaints
import Foundation
import GRDB
import TestSupport
import Testing

@testable import CaseStore

@Suite("What verify misses")
struct VerifiedRowsTests {
    /// Rows of one kind: of a table, and with the same words in the columns that say what a row is.
    private struct RowKind: Hashable {
        let table: String
        /// As a term of SQL.
        let condition: String
        /// As the documentation names it.
        let name: String
    }

    /// Columns that say what a row is, in whatever table they are.
    private static let words = [
        "about", "field", "kind", "outcome", "status", "decision", "role", "declined", "carried", "severity",
    ]

    private func kinds(_ db: Database, of tables: Set<String>) throws -> [RowKind] {
        try tables.sorted().flatMap { table -> [RowKind] in
            let columns = try String.fetchAll(db, sql: "SELECT name FROM pragma_table_xinfo('\(table)')")
            let words = columns.filter(Self.words.contains)
            // A matter that was raised again is another than the one before.
            let terms = words.map { "quote(\"\($0)\")" } + (columns.contains("again_seq") ? ["again_seq IS NULL"] : [])
            guard !terms.isEmpty else { return [RowKind(table: table, condition: "1", name: table)] }
            let rows = try Row.fetchAll(db, sql: "SELECT DISTINCT \(terms.joined(separator: ", ")) FROM \(table)")
            return rows.map { row in
                let values = terms.indices.map { row[$0] as DatabaseValue }
                let condition = zip(terms, values).map { term, value in
                    "\(term) IS \(String.fromDatabaseValue(value).map { "'\($0.replacing("'", with: "''"))'" } ?? value.description)"
                }
                let texts = values.prefix(words.count).compactMap { value -> String? in
                    guard let text = String.fromDatabaseValue(value), text != "NULL" else { return nil }
                    return text.trimmingCharacters(in: CharacterSet(charactersIn: "'"))
                }
                return RowKind(
                    table: table, condition: condition.joined(separator: " AND "),
                    name: ([table] + texts).joined(separator: " "))
            }
        }
    }

    /// Whether its first row, or its last, can be taken away without being found out.
    private func isMissed(_ kind: RowKind, _ desk: Desk, _ raw: DatabaseQueue) throws -> Bool {
        let count = try raw.read { db in
            try Int.fetchOne(db, sql: "SELECT count(*) FROM \(kind.table) WHERE \(kind.condition)") ?? 0
        }
        // The only one is both.
        return try (count == 1 ? [false] : [false, true]).contains { try isMissed(kind, last: $0, desk, raw) }
    }

    /// Takes a row away, looks whether that is found, and puts it back.
    private func isMissed(_ kind: RowKind, last: Bool, _ desk: Desk, _ raw: DatabaseQueue) throws -> Bool {
        let keys = try raw.read { db in
            try String.fetchAll(db, sql: "SELECT name FROM pragma_table_info('\(kind.table)') WHERE pk > 0 ORDER BY pk")
        }
        let order = keys.map { "\"\($0)\" \(last ? "DESC" : "ASC")" }.joined(separator: ", ")
        let row = try raw.writeWithoutTransaction { db -> Row in
            let row = try #require(
                try Row.fetchOne(
                    db,
                    sql:
                        "SELECT * FROM \(kind.table) WHERE \(kind.condition)\(order.isEmpty ? "" : " ORDER BY \(order)")"
                ))
            let columns = keys.isEmpty ? Array(row.columnNames) : keys
            try db.execute(
                sql: "DELETE FROM \(kind.table) WHERE \(columns.map { "\"\($0)\" IS ?" }.joined(separator: " AND "))",
                arguments: StatementArguments(columns.map { row[$0] as DatabaseValue }))
            try #require(db.changesCount == 1)
            return row
        }
        let isMissed = (try? desk.reader.verify().findings.isEmpty) == true
        try raw.writeWithoutTransaction { db in
            let columns = Array(row.columnNames)
            try db.execute(
                sql: """
                    INSERT INTO \(kind.table) (\(columns.map { "\"\($0)\"" }.joined(separator: ", ")))
                    VALUES (\(columns.map { _ in "?" }.joined(separator: ", ")))
                    """, arguments: StatementArguments(columns.map { row[$0] as DatabaseValue }))
        }
        return isMissed
    }

    @Test(
        "are rows that were taken away: none of any kind in any table of the record, but those listed with their reasons"
    )
    func everyKindOfRow() throws {
        let documented = try DocumentedTable("docs/database.md", under: "### Rows that verify does not miss")
        #expect(documented.rows.allSatisfy { $0.count == 2 && !$0[1].isEmpty }, "each with a reason")
        let listed = Set(documented.rows.flatMap { DocumentedTable.words($0[0]) })
        let shared = Set(
            try DocumentedTable("docs/database.md", under: "## Tables").rows.filter { $0[1] == "shared" }
                .flatMap { DocumentedTable.words($0[0]) })
        let desk = try Desk.busy()
        #expect(try desk.reader.verify().findings == [])
        let raw = try desk.defenceless()
        let kinds = try raw.read { try self.kinds($0, of: shared) }
        for matter in Matter.Kind.allCases {
            #expect(kinds.contains { $0.name.hasPrefix("matter \(matter.rawValue)") }, "\(matter.rawValue)")
        }
        for field in ["customer merged_into", "customer merged_at", "customer has_merged", "owner team"] {
            #expect(kinds.contains { $0.name == "field_change \(field)" }, "\(field)")
        }
        var missed: Set<String> = []
        for kind in kinds where try isMissed(kind, desk, raw) { missed.insert(kind.name) }
        #expect(missed.subtracting(listed).sorted() == [], "not found, and not listed")
        #expect(listed.subtracting(missed).sorted() == [], "listed, and found, or not there")
        #expect(kinds.count > 100)
        #expect(try desk.reader.verify().findings == [], "all is as it was")
    }

    @Test("is a matter that was put in where the log has none, waiting or settled")
    func addedMatters() throws {
        let desk = try Desk.busy()
        let raw = try desk.defenceless()
        let entries = try raw.read { db in
            try Row.fetchAll(
                db,
                sql: """
                    SELECT l.case_id, l.kind, max(l.seq) AS seq, l.recorded_at FROM case_log l
                    WHERE l.kind IN ('case_opened', 'case_updated', 'case_resolved', 'threat_assessment', 'threat', 'escalated',
                        'concession', 'dispute') GROUP BY l.kind, l.case_id % 7
                    """)
        }
        let kinds: [String: [Matter.Kind]] = [
            "case_opened": [.return], "case_updated": [.return], "case_resolved": [.notAccepted],
            "threat_assessment": [.danger], "threat": [.danger, .return], "escalated": [.escalation],
            "concession": [.concession],
            "dispute": [.dispute],
        ]
        var tried = 0
        for entry in entries {
            for kind in kinds[entry["kind"] as String] ?? [] {
                for isSettled in [false, true] {
                    let stamp: Int64? = isSettled ? entry["recorded_at"] : nil
                    let seq: Int64? = isSettled ? entry["seq"] : nil
                    let added = try raw.writeWithoutTransaction { db -> Int64? in
                        let arguments: StatementArguments = [
                            entry["case_id"] as Int64, kind.rawValue, entry["seq"] as Int64,
                            entry["recorded_at"] as Int64,
                            stamp, seq, isSettled ? "joined" : nil,
                        ]
                        // Where there is one already, there is none to add.
                        try db.execute(
                            sql: """
                                INSERT OR IGNORE INTO matter (case_id, kind, seq, raised_at, settled_at, settled_seq, outcome)
                                VALUES (?, ?, ?, ?, ?, ?, ?)
                                """, arguments: arguments)
                        return db.changesCount == 1 ? db.lastInsertedRowID : nil
                    }
                    guard let added else { continue }
                    tried += 1
                    #expect(try !desk.reader.verify().findings.isEmpty, "\(kind) of \(entry)")
                    try raw.writeWithoutTransaction { try $0.execute(sql: "DELETE FROM matter WHERE id = \(added)") }
                }
            }
        }
        #expect(tried > 20)
        #expect(try desk.reader.verify().findings == [])
    }
}
