import Complaints
import GRDB
import TestSupport
import Testing

@testable import CaseStore

/// Customers, policies and tokens beside the log: whoever changes one by hand is found out.
@Suite("Verification of customers, policies and tokens")
struct RowVerificationTests {
    private static let past = Result { try PastDesk(of: makeDesk()) }

    private func desk() throws -> Desk { try Self.past.get().desk() }

    /// A customer (1) who was edited and decided about, and one (2) who never was; a policy (high) that was edited among
    /// those that were not; a token (1) that was revoked, and one (2) that was not.
    private static func makeDesk() throws -> Desk {
        let desk = try Desk()
        let who = CustomerFields(name: "").filled(1)
        try desk.open(
            CaseRequest(complaint: "It drips.", customer: .keyed(externalID: who.externalID ?? "", who)))
        try desk.open(.plain("It sings.", customer: "Jan"))
        for field in CustomerFields.editedFields {
            let edit = CustomerEdit { $0.name == field.name ? .some($0.type.sample(2)) : nil }
            _ = try desk.store.write { try $0.perform(.edit(customer: 1, Incoming(edit))) }
        }
        try desk.change(1, by: Desk.manager) { file, policy, now in
            let request = RelationshipRequest(decision: .keep, reason: "A good customer")
            try file.decide(Incoming(request), under: policy, by: Desk.manager, at: now)
        }
        for field in Policy.editedFields { try edit(.high, field, 2, of: desk) }
        for number in [1, 2] { try desk.perform(.put(policy: "First", Incoming(.filled(number)))) }
        for name in ["board", "export"] {
            _ = try desk.store.write {
                try $0.createToken(
                    name: name, role: .agent, secret: TokenSecret(), expiresAt: $0.now + .days(9), by: Desk.manager)
            }
        }
        _ = try desk.store.write { try $0.revokeToken(1) }
        return desk
    }

    private static func edit(
        _ severity: Severity, _ field: EditedField<Policy>, _ number: Int, of desk: Desk
    ) throws {
        let edit = PolicyEdit { $0.name == field.name ? .some(field.type.sample(number)) : nil }
        _ = try desk.store.write { transaction in
            let command = PolicyCommand.edit(severity, edit)
            return try transaction.perform(command, on: transaction.subject(of: command), by: Desk.manager)
        }
    }

    private func findings(_ desk: Desk) throws -> [VerificationFinding] {
        try desk.store.makeReader().verify().findings
    }

    @Test("finds nothing wrong with what the store wrote, and nothing with who was erased")
    func clean() throws {
        let desk = try desk()
        #expect(try findings(desk) == [])
        try desk.change(1) { file, policy, now in
            let settle = SettleRequest(promiseID: file.promises[0].id, action: .keep(KeepRequest()))
            let request = ResolveRequest(summary: "Done", customerAccepted: true, settle: [settle])
            try file.resolve(Incoming(request), under: policy, by: Desk.agent, at: now)
        }
        _ = try desk.store.write { try $0.perform(.erase(customer: 1, because: Incoming("Asked")), by: Desk.manager) }
        #expect(try findings(desk) == [])
    }

    /// The rows that are changed.
    static let rows: [(table: String, key: String)] = [
        ("customer", "id = 1"), ("customer", "id = 2"),
        ("policy", "severity = 'high'"), ("policy", "name = 'First'"),
        ("policy", "severity = 'low'"),
        ("token", "id = 1"), ("token", "id = 2"),
    ]

    @Test("finds every column that was changed by hand", arguments: rows)
    func columns(table: String, key: String) throws {
        let desk = try desk()
        let reader = try desk.store.makeReader()
        let raw = try desk.defenceless()
        try raw.writeWithoutTransaction { try $0.execute(sql: "PRAGMA ignore_check_constraints = ON") }
        let (columns, before) = try raw.read { db in
            (
                try Row.fetchAll(db, sql: "SELECT name, type FROM pragma_table_info(?)", arguments: [table])
                    .map { (name: $0[0] as String, type: $0[1] as String) },
                try #require(try Row.fetchOne(db, sql: "SELECT * FROM \(table) WHERE \(key)"))
            )
        }
        #expect(columns.count > 8)
        let id: Int64 = before["id"]
        for (name, type) in columns {
            let other =
                switch type {
                case "INTEGER": "coalesce(\(name), 0) + 1000"
                case "TEXT": "coalesce(\(name), '') || 'x'"
                default: "zeroblob(32)"
                }
            func set(_ value: String, of id: Int64, _ arguments: StatementArguments = []) throws {
                try raw.writeWithoutTransaction { db in
                    try db.execute(sql: "UPDATE \(table) SET \(name) = \(value) WHERE id = \(id)", arguments: arguments)
                    try #require(db.changesCount == 1)
                }
            }
            try set(other, of: id)
            #expect(try !reader.verify().findings.isEmpty, "\(table).\(name)")
            try set("?", of: name == "id" ? id + 1000 : id, [before[name] as DatabaseValue])
        }
        #expect(try reader.verify().findings == [], "all is as it was")
    }

    static let tamperings: [(sql: String, checks: Set<String>)] = [
        (
            "INSERT INTO token (id, name, role, secret_hash, created_at) VALUES (3, 'x', 'admin', randomblob(32), 0)",
            ["tokens"]
        ),
        ("DELETE FROM token WHERE id = 2", ["tokens"]),
        ("DELETE FROM policy WHERE severity = 'high'", ["policies"]),
        ("UPDATE customer SET version = 2 WHERE id = 2", ["customers"]),
        ("UPDATE policy SET version = 2 WHERE severity = 'low'", ["policies"]),
        ("UPDATE policy SET position = 7 WHERE name = 'First'", ["policies"]),
        (
            """
            INSERT INTO policy (id, name, folded, position, acknowledge_in, warn_ahead, max_span, updated_at)
            VALUES (9, 'x', 'x', 1, 1000, 1000, 1000, 0)
            """, ["policies"]
        ),
        ("DELETE FROM policy WHERE name = 'First'", ["policies"]),
        ("UPDATE case_log SET about_id = 2 WHERE about = 'customer' AND seq = 4", ["log_chain", "customers"]),
        (
            "UPDATE case_log SET about = 'customer' WHERE about = 'token' AND about_id = 2",
            ["log_chain", "customers", "tokens"]
        ),
        (
            "UPDATE case_log SET row_digest = zeroblob(32) WHERE about = 'token' AND about_id = 2",
            ["log_chain", "tokens"]
        ),
        ("UPDATE case_log SET texts = replace(texts, 'Sample', 'Simple') WHERE about = 'customer'", ["log_chain"]),
        ("UPDATE case_log SET salt = NULL WHERE about = 'policy' AND seq = 1", ["erasures"]),
        ("UPDATE case_log SET salt = NULL WHERE about = 'customer' AND seq = 1", ["erasures"]),
        ("DELETE FROM case_log WHERE about = 'token'", ["tokens"]),
    ]

    @Test("finds each that says something else", arguments: tamperings)
    func tampered(sql: String, checks: Set<String>) throws {
        let desk = try desk()
        try desk.tamper(sql)
        let found = try findings(desk)
        #expect(Set(found.map(\.check)).isSuperset(of: checks), "\(found)")
    }

    @Test("finds a field that was changed by hand and edited afterwards")
    func laundered() throws {
        let desk = try desk()
        try desk.tamper("UPDATE policy SET load_cap = load_cap + 1 WHERE severity = 'high'")
        let field = try #require(Policy.editedFields.first { $0.name == "load_cap" })
        try Self.edit(.high, field, 7, of: desk)
        #expect(try findings(desk).map(\.check) == ["policies"])
    }
}
