import Complaints
import Foundation
import GRDB
import TestSupport
import Testing

@testable import CaseStore

/// A database that a version made which told of cases only: a customer (1) who was edited twice and decided about, one (2)
/// who was decided about, one (3) who was erased, a policy (high) that was edited, and a token (2) that was revoked.
@Suite("A database from before there was one log")
struct OneLogUpgradeTests {
    /// Its head, as `verify` of that version printed it.
    private static let head = "800dacb714701c8e780664903867bc2c62e95701c14e21a8758ce1a1eb7928a0"

    private let folder: ScratchFolder
    private let store: CaseStore

    init() throws {
        let fixture = URL(filePath: #filePath).appending(path: "../../Fixtures/V010.db.gz").standardizedFileURL
        folder = try ScratchFolder()
        try Data(gunzip(Array(Data(contentsOf: fixture)))).write(to: URL(filePath: folder.path("desk.db")))
        let clock = TestClock()
        clock.advance(by: .days(1000))
        store = try CaseStore(path: folder.path("desk.db"), options: StoreOptions(wallClock: { clock.now }))
    }

    private func findings(head: String? = nil) throws -> [VerificationFinding] {
        try store.makeReader().verify(head: head).findings
    }

    private func tamper(_ sql: String) throws {
        try DatabaseQueue(path: store.path).writeWithoutTransaction { db in
            for name in try String.fetchAll(db, sql: "SELECT name FROM sqlite_schema WHERE type = 'trigger'") {
                try db.execute(sql: "DROP TRIGGER \(name)")
            }
            try db.execute(sql: sql)
        }
    }

    private func editAll() throws {
        let customer = CustomerEdit { $0.name == "name" ? .some(.text("Ann Dorn")) : nil }
        let policy = PolicyEdit { $0.name == "load_cap" ? .some(.integer(7)) : nil }
        try store.write { transaction in
            _ = try transaction.perform(.edit(customer: 1, Incoming(customer)))
            for severity in [Severity.high, .low] {
                let command = PolicyCommand.edit(severity, policy)
                _ = try transaction.perform(command, on: transaction.subject(of: command), by: Desk.manager)
            }
            _ = try transaction.revokeToken(1)
            _ = try transaction.createToken(name: "new", role: .agent, secret: TokenSecret(), expiresAt: nil)
        }
    }

    @Test("is as it was written, and a head of before is in it")
    func upgraded() throws {
        #expect(try findings(head: Self.head) == [])
        #expect(try store.makeReader().read { try $0.logHead()?.hash } == Self.head, "no entry was written anew")
    }

    @Test("takes changes in the same chain, each of which is looked at from then on")
    func edited() throws {
        try editAll()
        #expect(try findings(head: Self.head) == [])
        let entries = try store.makeReader().read { try $0.log(PageRequest(limit: 100)).items }
        let others = entries.filter { $0.subject.caseID == nil }
        #expect(
            others.map { "\($0.subject.text) \($0.seq)" } == [
                "customer 1 1", "policy 3 1", "policy 1 1", "token 1 1", "token 3 1",
            ])
        for sql in [
            "UPDATE customer SET phone = '1' WHERE id = 1",
            "UPDATE policy SET escalate_after = 9 WHERE severity = 'high'",
            "UPDATE policy SET escalate_after = 9 WHERE severity = 'low'",
            "UPDATE token SET revoked_at = NULL WHERE id = 1", "UPDATE token SET role = 'admin' WHERE id = 3",
        ] {
            let desk = try OneLogUpgradeTests()
            try desk.editAll()
            try desk.tamper(sql)
            #expect(try desk.findings().count == 1, "\(sql)")
        }
    }

    @Test("a new case of a customer of before, and one of a new one, verify")
    func cases() throws {
        try store.write { transaction in
            _ = try transaction.openCase(
                Incoming(CaseRequest(complaint: "Again.", customer: .known(id: 1))), by: Desk.agent)
            _ = try transaction.openCase(Incoming(.plain(customer: "Di")), by: Desk.agent)
        }
        #expect(try findings(head: Self.head) == [])
        try tamper("UPDATE customer SET name = 'Eve' WHERE name = 'Di'")
        #expect(try findings().map(\.check) == ["log_chain"])
    }

    @Test("a row of before that was never changed counts as it was, but its changes are counted")
    func before() throws {
        for sql in [
            "UPDATE customer SET version = version + 1 WHERE id = 1",
            "UPDATE customer SET version = version + 1 WHERE id = 2",
            "UPDATE policy SET version = version + 1 WHERE severity = 'high'",
            "UPDATE policy SET load_cap = 3 WHERE severity = 'low'", "DELETE FROM token WHERE id = 2",
            "UPDATE customer SET updated_at = recorded_at WHERE id = 1",
        ] {
            let desk = try OneLogUpgradeTests()
            try desk.tamper("PRAGMA foreign_keys = OFF; \(sql)")
            #expect(try desk.findings().count == 1, "\(sql)")
        }
    }

    @Test("what is made from now on can't be passed off as from before")
    func unlogged() throws {
        let raw = try DatabaseQueue(path: store.path)
        for sql in [
            "INSERT INTO unlogged VALUES ('token', 9, NULL)", "UPDATE unlogged SET version = 9", "DELETE FROM unlogged",
        ] {
            #expect(throws: DatabaseError.self, "\(sql)") { try raw.write { try $0.execute(sql: sql) } }
        }
    }
}
