import Complaints
import Foundation
import GRDB
import TestSupport
import Testing

@testable import CaseStore

@Suite("What verify finds")
struct VerifiedColumnsTests {
    /// A column of the record, with what tells rows of its table apart.
    private struct Column {
        let table: String
        let name: String
        let type: String
        let keys: [String]
        /// Which rows of it are meant, as a term of SQL that begins with AND; empty: any.
        var condition = ""

        var text: String { "\(table).\(name)" }

        /// What a field was before means another thing in each field, but for those that the documentation names.
        static let fieldsBefore =
            "SELECT DISTINCT about, field FROM field_change WHERE field NOT IN ('mood_before', 'edits')"
    }

    private func columns(_ db: Database, of tables: Set<String>) throws -> [Column] {
        try tables.sorted().flatMap { table -> [Column] in
            let rows = try Row.fetchAll(db, sql: "SELECT name, type, pk FROM pragma_table_xinfo('\(table)')")
            let keys = rows.filter { $0["pk"] as Int > 0 }.map { $0["name"] as String }
            return try rows.flatMap { row -> [Column] in
                var column = Column(table: table, name: row["name"], type: row["type"], keys: keys)
                // What the documentation says of single rows.
                if column.text == "policy.updated_at" { column.condition = " AND severity IS NOT NULL AND version = 1" }
                guard column.text == "field_change.before" else { return [column] }
                return try Row.fetchAll(db, sql: Column.fieldsBefore).map { field in
                    var column = column
                    column.condition =
                        " AND about = '\(field["about"] as String)' AND field = '\(field["field"] as String)'"
                    return column
                }
            }
        }
    }

    /// What is tried in the place of a value: one that another row has, else one that is a little different.
    private func others(than value: DatabaseValue, in column: Column, _ db: Database) throws -> [DatabaseValue] {
        let known = try DatabaseValue.fetchOne(
            db,
            sql: """
                SELECT "\(column.name)" FROM \(column.table)
                WHERE "\(column.name)" IS NOT ? AND "\(column.name)" IS NOT NULL\(column.condition)
                ORDER BY 1 DESC LIMIT 1
                """, arguments: [value])
        let near: DatabaseValue =
            switch value.storage {
            // Of what is never said any more the next time is the last there is.
            case .int64(let integer):
                (integer == 0 || integer == 1 ? 1 - integer : integer == .max ? integer - 1 : integer + 1).databaseValue
            case .string(let text): "\(text)x".databaseValue
            case .blob(let bytes): Data(bytes.map { $0 ^ 1 }).databaseValue
            case .double, .null:
                column.type == "INTEGER"
                    ? 1.databaseValue : column.type == "BLOB" ? Data([1]).databaseValue : "x".databaseValue
            }
        return [known, near].compactMap(\.self)
    }

    @Test("is a promise that somebody has declined, and that waits for nobody any more")
    func declined() throws {
        let desk = try Desk()
        // What the policy promised for her is nobody's once she declines it.
        let file = try desk.open(
            CaseRequest(
                fields: CaseFields(owner: Desk.agent.name), complaint: "It drips.",
                customer: .new(CustomerFields(name: "Ida"))), by: Desk.manager)
        let id = try #require(file.promises.first?.id)
        desk.clock.advance(by: .hours(1))
        let declined = try desk.change(file.record.id) { file, _, now in
            try file.decline(id, Incoming(DeclineRequest(reason: "On leave.")), by: Desk.agent, at: now)
        }
        #expect(declined.promise(id)?.owner == nil && declined.promise(id)?.waitsForAcceptance == true)
        #expect(try desk.reader.verify().findings == [])
        let raw = try desk.defenceless()
        try raw.write { try $0.execute(sql: "UPDATE promise SET asked_at = NULL WHERE id = ?", arguments: [id]) }
        #expect(try desk.reader.verify().findings.isEmpty == false)
    }

    @Test(
        "is a value that was changed by hand, in every column of the record but those that are listed with their reasons"
    )
    func everyColumn() throws {
        let documented = try DocumentedTable("docs/database.md", under: "## What verify can't tell")
        #expect(documented.rows.allSatisfy { $0.count == 2 && !$0[1].isEmpty }, "each with a reason")
        let listed = Set(documented.rows.flatMap { DocumentedTable.words($0[0]) })
        let shared = Set(
            try DocumentedTable("docs/database.md", under: "## Tables").rows.filter { $0[1] == "shared" }
                .flatMap { DocumentedTable.words($0[0]) })
        let desk = try Desk.busy()
        #expect(try desk.reader.verify().findings == [])
        let raw = try desk.defenceless()
        try raw.writeWithoutTransaction { try $0.execute(sql: "PRAGMA ignore_check_constraints = ON") }
        let columns = try raw.read { try self.columns($0, of: shared) }
        var (found, missed): (Set<String>, Set<String>) = ([], [])
        var conditions: [String] = []
        for column in columns {
            for tampering in Tampering.allCases {
                guard let isSeen = try isFound(column, tampering, desk, raw) else { continue }
                if isSeen { found.insert(column.text) } else { missed.insert(column.text) }
                if !isSeen, !column.condition.isEmpty { conditions.append(column.condition) }
            }
        }
        #expect(missed.subtracting(listed).sorted() == [], "not found, and not listed:\(conditions)")
        #expect(listed.subtracting(missed).sorted() == [], "listed, and found, or not there")
        #expect(found.count > 80)
        #expect(try desk.reader.verify().findings == [], "all is as it was")
    }

    @Test("is that a customer was told of a promise of which nobody told them, whatever instant is put there")
    func toldOf() throws {
        let desk = try Desk.busy()
        let raw = try desk.defenceless()
        let untold = try raw.read {
            try Row.fetchAll(
                $0,
                sql: """
                    SELECT p.id, p.case_id, p.made_at FROM promise p
                    WHERE p.told_at IS NULL ORDER BY p.id
                    """)
        }
        #expect(untold.count > 3)
        for row in untold {
            let (id, caseID): (Int64, Int64) = (row["id"], row["case_id"])
            let stamps = try raw.read {
                try Int64.fetchAll(
                    $0, sql: "SELECT DISTINCT recorded_at FROM case_log WHERE case_id = ? AND recorded_at >= ?",
                    arguments: [caseID, row["made_at"] as Int64])
            }
            for stamp in stamps {
                func set(_ value: Int64?) throws {
                    try raw.writeWithoutTransaction {
                        try $0.execute(
                            sql: "UPDATE promise SET told_at = ?, told_recorded_at = ? WHERE id = ?",
                            arguments: [value, value, id])
                    }
                }
                guard (try? set(stamp)) != nil else { continue }
                #expect(try !desk.reader.verify().findings.isEmpty, "promise \(id), told at \(stamp)")
                try set(nil)
            }
        }
        #expect(try desk.reader.verify().findings == [])
    }

    /// What is done to a value.
    private enum Tampering: CaseIterable {
        /// There is another one in its place.
        case changed
        /// There is one where there was none.
        case added
        /// There is none any more.
        case removed
    }

    /// Changes the value of one row, looks whether that is found, and changes it back; nil where there is no such row.
    private func isFound(_ column: Column, _ tampering: Tampering, _ desk: Desk, _ raw: DatabaseQueue) throws -> Bool? {
        let keys = column.keys.map { "\"\($0)\"" }.joined(separator: ", ")
        let change = try raw.writeWithoutTransaction { db -> (keys: [String: DatabaseValue], value: DatabaseValue)? in
            let row = try Row.fetchOne(
                db,
                sql: """
                    SELECT "\(column.name)" AS changed, \(keys) FROM \(column.table)
                    WHERE "\(column.name)" IS \(tampering == .added ? "" : "NOT") NULL\(column.condition) ORDER BY \(keys) DESC LIMIT 1
                    """)
            guard let row else { return nil }
            let value: DatabaseValue = row["changed"]
            var keys: [String: DatabaseValue] = [:]
            for key in column.keys { keys[key] = row[key] as DatabaseValue }
            for other in try tampering == .removed ? [.null] : others(than: value, in: column, db) {
                guard (try? set(column, to: other, where: keys, db)) != nil else { continue }
                if keys[column.name] != nil { keys[column.name] = other }
                return (keys, value)
            }
            return nil
        }
        guard let change else { return nil }
        // What can't be verified at all shows as well.
        let isFound = (try? desk.reader.verify().findings.isEmpty) != true
        try raw.writeWithoutTransaction { try set(column, to: change.value, where: change.keys, $0) }
        return isFound
    }

    private func set(
        _ column: Column, to value: DatabaseValue, where keys: [String: DatabaseValue], _ db: Database
    ) throws {
        let names = keys.keys.sorted()
        try db.execute(
            sql: """
                UPDATE \(column.table) SET "\(column.name)" = ?
                WHERE \(names.map { "\"\($0)\" IS ?" }.joined(separator: " AND "))
                """,
            arguments: StatementArguments([value] + names.compactMap { keys[$0] }))
        try #require(db.changesCount == 1)
    }
}
