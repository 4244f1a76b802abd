import Complaints
import GRDB
import Migrations
import TestSupport
import Testing

@testable import CaseStore

@Suite("The policies of a database from before there were rules")
struct PolicyUpgradeTests {
    private static let step = "V023_policy_rules"

    /// Takes back the steps that came after, of which some gave policies columns, and another one changed its tables.
    private static let withoutLaterSteps = """
        DROP INDEX promise_by_next_mark;
        DROP TRIGGER promise_mark_moves_on;
        ALTER TABLE promise DROP COLUMN next_mark_at;
        ALTER TABLE promise DROP COLUMN marks;
        DELETE FROM schema_migration WHERE name LIKE '%\\_marks' ESCAPE '\\';
        ALTER TABLE status_change DROP COLUMN corrects;
        ALTER TABLE status_change DROP COLUMN resolved_at;
        DROP INDEX complaint_case_under_regime;
        DROP TABLE case_stage;
        DROP INDEX complaint_case_by_hard_deadline;
        DROP INDEX status_change_since;
        DROP TRIGGER promise_keeps_its_clock;
        ALTER TABLE promise DROP COLUMN clock_from;
        ALTER TABLE promise DROP COLUMN stage;
        ALTER TABLE promise DROP COLUMN clock;
        ALTER TABLE complaint_case DROP COLUMN stages;
        ALTER TABLE complaint_case DROP COLUMN regime;
        DELETE FROM schema_migration WHERE name IN ('V026_case_regimes', 'V028_cases_by_regime') OR name LIKE '%put_right'
        """

    /// What the steps before made of the table, and of its triggers.
    private func oldShape() throws -> (statements: [String], columns: [String]) {
        let steps = Migration.all.prefix { $0.name != Self.step }
        return try DatabaseQueue(configuration: .unobserved("before")).write { db in
            _ = try Migrator(path: ":memory:", migrations: Array(steps)).applyMissing(db)
            return (
                try String.fetchAll(
                    db, sql: "SELECT sql FROM sqlite_schema WHERE tbl_name = 'policy' AND sql IS NOT NULL ORDER BY type"
                ),
                try String.fetchAll(db, sql: "SELECT name FROM pragma_table_info('policy')")
            )
        }
    }

    /// Gives a database the shape that it had, with what is in its policies.
    private func takeBack(_ desk: Desk) throws {
        let (statements, columns) = try oldShape()
        try desk.raw().writeWithoutTransaction { db in
            for trigger in try String.fetchAll(
                db, sql: "SELECT name FROM sqlite_schema WHERE tbl_name = 'policy' AND type = 'trigger'")
            {
                try db.execute(sql: "DROP TRIGGER \(trigger)")
            }
            try db.execute(sql: "ALTER TABLE policy RENAME TO policy_after")
            let names = columns.joined(separator: ", ")
            try db.execute(sql: statements[0])
            try db.execute(sql: "INSERT INTO policy (\(names)) SELECT \(names) FROM policy_after")
            try db.execute(sql: "DROP TABLE policy_after")
            for statement in statements.dropFirst() { try db.execute(sql: statement) }
            try db.execute(sql: Self.withoutLaterSteps)
            // What a later step has added to the table is added again.
            let later = "name LIKE '%policies_in_business_time'"
            try db.execute(sql: "DELETE FROM schema_migration WHERE name = '\(Self.step)' OR \(later)")
        }
    }

    @Test("are the last rules, as they were, with what the log and the history say of them")
    func upgraded() throws {
        let desk = try Desk()
        let columns = try oldShape().columns
        let made = try desk.reader.read { $0.asOf }
        for (number, severity) in [(1, Severity.high), (2, .low), (2, .high)] {
            desk.clock.advance(by: .hours(1))
            try desk.perform(
                .edit(severity, PolicyEdit { columns.contains($0.name) ? .some($0.type.sample(number)) : nil }))
        }
        let between = try desk.reader.read { $0.asOf }
        desk.clock.advance(by: .hours(1))
        try desk.perform(.edit(.high, PolicyEdit { $0.name == "load_cap" ? .some(.integer(9)) : nil }))
        func policies(_ desk: Desk) throws -> [[Policy]] {
            try [made, between, nil].map { asOf in try desk.reader.read(asOf: asOf) { try $0.policies() } }
        }
        let written = try policies(desk)
        #expect(written[2].map(\.name) == ["low", "normal", "high", "critical"])
        let head = try desk.reader.read { try $0.logHead()?.hash }
        try takeBack(desk)
        let upgraded = try desk.opened(clock: desk.clock)
        #expect(try policies(upgraded) == written)
        #expect(try upgraded.reader.read { try $0.logHead()?.hash } == head)
        #expect(try upgraded.reader.verify().findings == [], "their rows are what their last entries cover")
        try upgraded.perform(.put(policy: "First", Incoming(PolicyChange(isWhole: true))))
        try upgraded.perform(.edit(.high, PolicyEdit { $0.name == "load_cap" ? .some(.integer(8)) : nil }))
        #expect(try upgraded.reader.verify().findings == [])
    }

    /// Whatever a row of theirs had more would be covered by its next entry, and not by the last one of before.
    @Test("have of what makes a rule the defaults alone, whatever is edited of them")
    func covered() throws {
        let columns = try Set(oldShape().columns)
        let desk = try Desk()
        for severity in Severity.allCases {
            try desk.perform(.edit(severity, PolicyEdit { $0.name == "regime" ? nil : .some($0.type.sample(1)) }))
        }
        try desk.raw().read { db in
            let row = try #require(try LoggedRow(.policy, db, StatementCache()))
            for severity in Severity.allCases {
                let bytes = try #require(try row.bytes(severity.number, seq: 0))
                let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n")
                let names = lines.compactMap { $0.split(separator: " ").first.map(String.init) }
                let own = columns.union(Policy.editedFields.map(\.name))
                #expect(names.count > 12 && own.isSuperset(of: names), "\(names)")
            }
        }
    }

    static let refused = [
        "UPDATE policy SET position = 4 WHERE severity = 'low'", "UPDATE policy SET active = 0 WHERE severity = 'low'",
        "UPDATE policy SET position = 1000000 WHERE name = 'First'",
        "UPDATE policy SET name = 'x' WHERE name = 'First'",
        "UPDATE policy SET id = 9 WHERE name = 'First'", "UPDATE policy SET match_mood = 'x' WHERE name = 'First'",
        "DELETE FROM policy WHERE name = 'First'",
        """
        INSERT INTO policy (id, name, folded, position, acknowledge_in, warn_ahead, max_span, updated_at)
        VALUES (9, 'Low', 'low', 1, 1000, 1000, 1000, 0)
        """,
    ]

    @Test("are last, in use and named for good by the schema, too", arguments: refused)
    func schema(sql: String) throws {
        let desk = try Desk()
        try desk.perform(.put(policy: "First", Incoming(PolicyChange(isWhole: true))))
        let raw = try desk.raw()
        #expect(throws: DatabaseError.self) { try raw.writeWithoutTransaction { try $0.execute(sql: sql) } }
    }
}
