import Complaints
import GRDB
import Migrations
import TestSupport
import Testing

@testable import CaseStore

@Suite("A database from before what customers say to how their cases end had a column")
struct WithinReasonUpgradeTests {
    private static let rows = [
        "SELECT id, customer_accepted FROM complaint_case ORDER BY id",
        "SELECT id, customer_accepted FROM status_change ORDER BY id",
        """
        SELECT m.case_id, m.kind, m.seq, m.is_safety, m.raised_at, m.settled_at, m.settled_seq, m.outcome
        FROM matter m JOIN complaint_case c ON c.id = m.case_id
        WHERE m.kind NOT IN ('danger', 'not_accepted', 'dispute')
            OR m.settled_at IS NULL AND (m.kind = 'danger' AND c.status = 'open'
                OR m.kind = 'not_accepted' AND c.status = 'resolved')
        ORDER BY m.case_id, m.seq, m.kind
        """,
    ]

    /// What the step does to what waits and to how cases end, without the columns that are there.
    private static func filling() throws -> String {
        let step = try #require(Migration.all.first { $0.name.hasSuffix("_within_reason") })
        let statements = String(decoding: step.sql, as: UTF8.self)
        let from = try #require(statements.firstRange(of: "DROP TRIGGER matter_is_settled_once")).lowerBound
        let to = try #require(statements.firstRange(of: "ALTER TABLE promise ADD COLUMN explanation_made")).lowerBound
        var lines = statements[from..<to].split(separator: "\n")
        while let added = lines.firstIndex(where: { $0.hasPrefix("ALTER TABLE") && $0.contains("ADD COLUMN") }) {
            let end = lines[added...].firstIndex { $0.hasSuffix(";") } ?? added
            lines.removeSubrange(added...end)
        }
        return lines.joined(separator: "\n")
    }

    @Test("has by its log what they said, what waits, and what comes first", arguments: [81, 82, 83, 84])
    func filled(seed: UInt64) throws {
        var history = RandomHistory(try Desk(), seed: seed)
        for _ in 0..<120 { try history.work() }
        let filling = try Self.filling()
        try history.desk.raw().writeWithoutTransaction { db in
            // Nothing was decided twice then.
            try db.execute(sql: "DROP TRIGGER matter_stays")
            try db.execute(sql: "DROP TRIGGER matter_is_settled_once")
            try db.execute(sql: "DELETE FROM matter WHERE again_seq IS NOT NULL")
            let before = try Self.rows.map { try Row.fetchAll(db, sql: $0).map(\.description) }
            for kind in ["threat", "not_accepted"] {
                #expect(before[2].contains { $0.contains("kind:\"\(kind)\"") }, "\(kind)")
            }
            try db.execute(sql: "DELETE FROM matter WHERE kind IN ('danger', 'not_accepted', 'dispute')")
            try db.execute(sql: "UPDATE complaint_case SET customer_accepted = NULL")
            try db.execute(sql: "DROP TRIGGER status_change_stays_as_it_is")
            try db.execute(sql: "UPDATE status_change SET customer_accepted = NULL")
            for trigger in [
                "status_change_stays_as_it_is BEFORE UPDATE ON status_change", "matter_stays BEFORE DELETE ON matter",
                "matter_is_settled_once BEFORE UPDATE ON matter",
            ] {
                try db.execute(sql: "CREATE TRIGGER \(trigger) BEGIN SELECT 1; END")
            }
            try db.execute(sql: filling)
            let after = try Self.rows.map { try Row.fetchAll(db, sql: $0).map(\.description) }
            for (before, after) in zip(before, after) { #expect(before == after) }
        }
    }
}
