import Complaints
import Foundation
import GRDB
import Migrations
import TestSupport
import Testing

@testable import CaseStore

@Suite("Every table")
struct TableTests {
    @Test("is said to be of the record or of this file alone, and none that is not there")
    func sorted() throws {
        let documented = try DocumentedTable("docs/database.md", under: "## Tables")
        let kinds = documented.rows.map { $0[1] }
        #expect(kinds.allSatisfy { ["shared", "local"].contains($0) })
        let listed = documented.rows.flatMap { DocumentedTable.words($0[0]) }
        let there = try Desk().raw().read { try String.fetchAll($0, sql: Self.tables) }
        #expect(listed == there.sorted(), "in the order of their names")
    }

    private static let tables = """
        SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'
        """

    @Test("that is local is changed without a stamp: the record's clock, and what is read of it, stays as it is")
    func clock() throws {
        let desk = try Desk()
        for index in 0..<9 { try desk.open(.plain("Case \(index).")) }
        let token = try desk.store.write { transaction in
            try transaction.createToken(name: "a", role: .agent, secret: TokenSecret(), expiresAt: nil)
        }
        let webhook = try desk.keepWebhook()
        try desk.open(.plain("One that it is told of."))
        // So that none that is seen is higher.
        _ = try desk.store.promote()
        let local = Set(
            try DocumentedTable("docs/database.md", under: "## Tables").rows.filter { $0[1] == "local" }
                .flatMap { DocumentedTable.words($0[0]) })
        func contents() throws -> (stamp: Int64?, shared: [String: [Row]], local: [String: [Row]]) {
            try desk.raw().read { db in
                var tables: [String: [Row]] = [:]
                for table in try String.fetchAll(db, sql: Self.tables)
                where !["case_text", "customer_text"].contains(table) {
                    tables[table] = try Row.fetchAll(db, sql: "SELECT * FROM \(table)")
                }
                return (
                    try Int64.fetchOne(db, sql: "SELECT stamp FROM clock"), tables.filter { !local.contains($0.key) },
                    tables.filter { local.contains($0.key) }
                )
            }
        }
        let before = try contents()
        let used = desk.clock.now
        let works: [(String, (WriteTransaction) throws -> Void)] = [
            ("token uses", { try $0.noteUses([token.id: used]) }), ("search", { try $0.catchUpSearch() }),
            ("webhooks", { try $0.tellOfOne(webhook) }), ("epochs", { try $0.noteEpoch(2) }),
        ]
        for (name, work) in works {
            let last = try contents()
            try desk.store.write(work)
            let after = try contents()
            #expect(after.stamp == before.stamp, "\(name)")
            #expect(after.shared == before.shared, "\(name)")
            #expect(after.local != last.local, "\(name) was written down")
        }
        #expect(try desk.reader.read { try $0.token(token.id)?.lastUsedAt } == used)
        // Beside a change of the record they are no hindrance to it.
        try desk.store.write { transaction in
            try transaction.noteUses([token.id: used + .seconds(1)])
            _ = try transaction.openCase(Incoming(.plain()), by: Desk.agent)
        }
        #expect(try contents().stamp ?? 0 > before.stamp ?? 0)
        let erased = try ErasableDesk()
        try erased.erase()
        let stamp = try erased.desk.raw().read { try Int64.fetchOne($0, sql: "SELECT stamp FROM clock") }
        try erased.purge()
        #expect(try erased.desk.raw().read { try Int64.fetchOne($0, sql: "SELECT stamp FROM clock") } == stamp)
    }

    @Test("is made by steps that ask for no time and no chance, whenever they are taken", arguments: Migration.all)
    func text(migration: Migration) {
        let text = String(decoding: migration.sql, as: UTF8.self).split(separator: "\n")
            .map { $0.prefix(upTo: $0.firstRange(of: "--")?.lowerBound ?? $0.endIndex) }.joined(separator: "\n")
            .lowercased()
        for word in [
            "unixepoch(", "'now'", "current_", "random", "changes()", "last_insert_rowid", "julianday()", "datetime()",
        ] {
            #expect(!text.contains(word), "\(migration.name) asks for \(word)")
        }
    }

    @Test("has the same in it in two databases that are made at different times")
    func same() throws {
        func made() throws -> [String: [Row]] {
            let queue = try DatabaseQueue()
            return try queue.writeWithoutTransaction { db in
                _ = try Migrator(path: "memory").migrate(db)
                var tables: [String: [Row]] = [:]
                for table in try String.fetchAll(db, sql: Self.tables) where table != "schema_migration" {
                    tables[table] = try Row.fetchAll(db, sql: "SELECT * FROM \(table)")
                }
                return tables
            }
        }
        let first = try made()
        // The time that SQLite tells has seconds.
        let second = time(nil)
        while time(nil) == second { usleep(20_000) }
        #expect(try made() == first)
    }

    @Test("of policies has when it was made, which the program writes; one that was made before keeps its own")
    func policies() throws {
        let desk = try Desk()
        let policies = try desk.reader.read { transaction in try Severity.allCases.map { try transaction.policy($0) } }
        #expect(policies.allSatisfy { $0.updatedAt >= TestClock.start && $0.version == 1 })
        desk.clock.advance(by: .days(3))
        let again = try desk.opened(clock: desk.clock)
        let then = try again.reader.read { transaction in try Severity.allCases.map { try transaction.policy($0) } }
        #expect(then == policies)
    }

    @Test("of a database that was made by the first step as it was before is taken as it is")
    func former() throws {
        let desk = try Desk()
        let former = try #require(Migration.all[0].formerChecksums.first)
        try desk.raw().write { db in
            try db.execute(sql: "UPDATE schema_migration SET checksum = ? WHERE version = 1", arguments: [former])
            try db.execute(sql: "UPDATE policy SET updated_at = 1700000000000")
        }
        let again = try desk.opened(clock: desk.clock)
        #expect(try again.reader.read { try $0.policy(.low).updatedAt } == Instant(milliseconds: 1_700_000_000_000))
    }
}
