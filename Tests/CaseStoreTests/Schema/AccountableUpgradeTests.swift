import Complaints
import GRDB
import Migrations
import TestSupport
import Testing

@testable import CaseStore

@Suite("A database from before promises counted for whoever accepted them")
struct AccountableUpgradeTests {
    private static let rows = [
        "SELECT id, asked_by_id FROM promise ORDER BY id",
        "SELECT id, from_asked_by_id FROM owner_change ORDER BY id",
        """
        SELECT n.spelling, r.kept, r.kept_late, r.broken, r.backdated FROM owner_record r JOIN name n ON n.id = r.owner_id
        WHERE r.kept + r.kept_late + r.broken > 0 ORDER BY n.spelling
        """,
    ]

    /// What the step does to rows, without what it does to tables.
    private static func filling() throws -> String {
        let step = try #require(Migration.all.first { $0.name.hasSuffix("_accountable") })
        let statements = String(decoding: step.sql, as: UTF8.self).split(separator: "\n").filter {
            !$0.hasPrefix("ALTER TABLE") && !$0.hasPrefix("CREATE INDEX")
        }
        return statements.joined(separator: "\n")
    }

    @Test("has by its log who gave what to whom, and counts what became of it for them", arguments: [71, 72, 73, 74])
    func filled(seed: UInt64) throws {
        var history = RandomHistory(try Desk(), seed: seed, hasDuplicates: false, hasRegimes: false)
        for _ in 0..<60 { try history.work() }
        let filling = try Self.filling()
        try history.desk.raw().writeWithoutTransaction { db in
            let before = try Self.rows.map { try Row.fetchAll(db, sql: $0).map(\.description) }
            #expect(try Int.fetchOne(db, sql: "SELECT count(asked_by_id) FROM promise") ?? 0 > 0)
            try db.execute(sql: "DROP TRIGGER promise_settled_counts_for_whom_it_did")
            try db.execute(sql: "DROP TRIGGER owner_change_stays_as_it_is")
            try db.execute(sql: "UPDATE promise SET asked_by_id = NULL")
            try db.execute(sql: "UPDATE owner_change SET from_asked_by_id = NULL")
            try db.execute(
                sql: "CREATE TRIGGER owner_change_stays_as_it_is BEFORE UPDATE ON owner_change BEGIN SELECT 1; END")
            try db.execute(sql: filling)
            let after = try Self.rows.map { try Row.fetchAll(db, sql: $0).map(\.description) }
            for (before, after) in zip(before, after) { #expect(before == after) }
        }
        let findings = try history.desk.store.makeReader().verify().findings
        #expect(findings == [])
    }
}
