import Complaints
import GRDB
import TestSupport
import Testing

@testable import CaseStore
@testable import Migrations

@Suite("What fields were before")
struct FieldHistoryTests {
    /// What the migration made beside the table.
    private static let undone = """
        DROP TABLE field_change;
        DROP INDEX matter_settled;
        DROP INDEX promise_answered;
        DROP INDEX owner_change_since;
        DELETE FROM schema_migration WHERE name LIKE '%\\_field\\_history' ESCAPE '\\'
        """

    /// What no database had before the fields had a history.
    private static let younger =
        CaseFields.editedFields.filter { $0.group != nil }.map(\.name) + ["customer_id", "regime"]

    private func rows(_ desk: Desk, _ condition: String) throws -> [String] {
        try desk.raw().read { db in
            try Row.fetchAll(
                db,
                sql: """
                    SELECT about, about_id, field, recorded_at, typeof(before), quote(before) FROM field_change
                    WHERE \(condition) ORDER BY about, about_id, field, recorded_at
                    """
            ).map { row in row.databaseValues.map { String.fromDatabaseValue($0) ?? "\($0)" }.joined(separator: " ") }
        }
    }

    @Test("is found in the log of a database from before", arguments: [31, 32, 33] as [UInt64])
    func upgraded(seed: UInt64) throws {
        var history = RandomHistory(try Desk(), seed: seed, hasVulnerable: false, hasRegimes: false)
        for _ in 0..<200 { try history.work() }
        // How often a case was edited only tells one state from another; and what the mood was before the latest one older
        // versions took otherwise.
        let told = "field NOT IN ('edits', 'mood_before')"
        let written = try rows(history.desk, told)
        for field in Case.historicFields
        where !["edits", "mood_before"].contains(field.name) && !Self.younger.contains(field.name) {
            #expect(written.contains { $0.hasPrefix("case ") && $0.contains(" \(field.name) ") }, "\(field.name)")
        }
        try history.desk.raw().writeWithoutTransaction { try $0.execute(sql: Self.undone) }
        let upgraded = try history.desk.opened(clock: history.desk.clock)
        let found = try rows(upgraded, told)
        #expect(found == written, "\(Set(found).symmetricDifference(written).sorted().prefix(20))")
        #expect(try rows(upgraded, "field = 'edits'") == [])
        let findings = try upgraded.reader.verify().findings
        #expect(findings == [])
    }

    /// Whether policies had no such field yet while their log did not go with a history: business time, and lists.
    private static func cameLater(_ name: String) -> Bool {
        name.hasSuffix("_in_business") || ["warn_at", "ladder"].contains(name)
    }

    @Test("is found in the log of policies that were edited before")
    func upgradedPolicies() throws {
        let desk = try Desk()
        for (number, severity) in [(1, Severity.low), (2, .low), (1, .critical), (3, .low)] {
            desk.clock.advance(by: .seconds(1))
            let edit = PolicyCommand.edit(
                severity,
                PolicyEdit {
                    if Self.cameLater($0.name) { return nil }
                    return number < 3 ? .some($0.type.sample(number)) : $0.isOptional ? .some(nil) : nil
                })
            _ = try desk.store.write { transaction in
                try transaction.perform(edit, on: try transaction.subject(of: edit), by: Desk.manager)
            }
        }
        // When a policy was first edited is not known: nothing says when it was made.
        let told = """
            about = 'policy' AND NOT (field = 'updated_at' AND recorded_at = (SELECT min(n.recorded_at)
                FROM field_change n WHERE n.about = 'policy' AND n.about_id = field_change.about_id))
            """
        let written = try rows(desk, told)
        for field in Policy.editedFields where !Self.cameLater(field.name) {
            #expect(written.contains { $0.contains(" \(field.name) ") }, "\(field.name)")
        }
        try desk.raw().writeWithoutTransaction { try $0.execute(sql: Self.undone) }
        let upgraded = try desk.opened(clock: desk.clock)
        let found = try rows(upgraded, told)
        #expect(found == written, "\(Set(found).symmetricDifference(written).sorted().prefix(20))")
        let findings = try upgraded.reader.verify().findings
        #expect(findings == [])
    }

    @Test("is not found again of who was erased")
    func upgradedAfterErasure() throws {
        let desk = try Desk()
        try desk.open(
            CaseRequest(fields: CaseFields().filled(1), complaint: "x", customer: .new(CustomerFields(name: "Ida"))))
        try desk.change(1) { file, policy, now in
            let edit = CaseEdit { $0.name == "mood" ? nil : .some($0.type.sample(2)) }
            try file.edit(Incoming(edit), under: policy, by: Desk.agent, at: now)
        }
        try desk.change(1) { file, policy, now in
            let settle = SettleRequest(promiseID: 1, action: .keep(KeepRequest()))
            let request = ResolveRequest(summary: "Done", customerAccepted: true, settle: [settle])
            try file.resolve(Incoming(request), under: policy, by: Desk.agent, at: now)
        }
        _ = try desk.store.write { try $0.perform(.erase(customer: 1, because: Incoming("Asked")), by: Desk.manager) }
        let left = try rows(desk, "about = 'case' AND field <> 'edits'")
        #expect(left.count == CaseFields.editedFields.count { !$0.privacy.leavesRecord } - 1)
        #expect(try rows(desk, "about = 'customer'").count == 2, "when it was, and the version")
        try desk.raw().writeWithoutTransaction { try $0.execute(sql: Self.undone) }
        let upgraded = try desk.opened(clock: desk.clock)
        // Of what the log has lost nothing is known.
        let labels = CaseFields.editedFields.filter { $0.privacy == .label }.map(\.name)
        let found = try rows(upgraded, "about = 'case' AND field <> 'edits'")
        func isTold(_ row: String) -> Bool { !(labels + Self.younger).contains { row.contains(" \($0) ") } }
        #expect(found.filter(isTold) == left.filter(isTold))
    }

    @Test("keeps the first of several changes in one batch, and comes back as it was, field by field")
    func batches() throws {
        let desk = try Desk()
        let before = try desk.open(
            CaseRequest(fields: CaseFields().filled(1), complaint: "x", customer: .new(CustomerFields(name: "Ida"))))
        let asOf = try desk.reader.read(\.asOf)
        desk.clock.advance(by: .seconds(1))
        _ = try desk.store.commit(count: 2) { index, transaction in
            _ = try transaction.changeCase(1, by: Desk.agent) { file, policy in
                let edit = CaseEdit { field in
                    index == 0 ? .some(field.type.sample(2)) : field.isOptional ? .some(nil) : nil
                }
                try file.edit(Incoming(edit), under: policy, by: Desk.agent, at: transaction.now)
            }
        }
        #expect(try desk.file(1, asOf: asOf) == before)
        #expect(try desk.file(1)?.record.fields.owner == nil)
        #expect(try desk.reader.verify().findings == [])
    }

    @Test("is held to the log by verification")
    func verified() throws {
        let desk = try Desk()
        try desk.open(
            CaseRequest(fields: CaseFields().filled(1), complaint: "x", customer: .new(CustomerFields(name: "Ida"))))
        try desk.change(1) { file, policy, now in
            let edit = CaseEdit { .some($0.type.sample(2)) }
            try file.edit(Incoming(edit), under: policy, by: Desk.agent, at: now)
        }
        _ = try desk.store.write { transaction in
            try transaction.perform(.edit(customer: 1, Incoming(CustomerEdit { .some($0.type.sample(2)) })))
        }
        #expect(try desk.reader.verify().findings == [])
        let checked = CaseFields.editedFields.map(\.name)
        var changes = checked.map { "UPDATE field_change SET before = NULL WHERE about = 'case' AND field = '\($0)'" }
        changes += checked.map { "DELETE FROM field_change WHERE about = 'case' AND field = '\($0)'" }
        changes += ["about_id = about_id + 7", "field = 'name '", "recorded_at = recorded_at + 1", "about = 'policy'"]
            .map {
                "UPDATE field_change SET \($0) WHERE about = 'customer' AND field = 'name'"
            }
        for field in ["version", "updated_at"] {
            changes.append(
                "UPDATE field_change SET before = before + 1 WHERE about = 'customer' AND field = '\(field)'")
            changes.append("DELETE FROM field_change WHERE about = 'customer' AND field = '\(field)'")
        }
        for change in changes {
            try desk.tamper("CREATE TABLE saved AS SELECT * FROM field_change")
            try desk.tamper(change)
            #expect(try desk.store.makeReader().verify().findings.first?.check == "history", "\(change)")
            try desk.tamper("DELETE FROM field_change")
            try desk.tamper("INSERT INTO field_change SELECT * FROM saved")
            try desk.tamper("DROP TABLE saved")
        }
        #expect(try desk.store.makeReader().verify().findings == [])
    }

    @Test("is neither edited nor deleted")
    func kept() throws {
        let desk = try Desk()
        try desk.open()
        _ = try desk.store.write { transaction in
            try transaction.perform(
                .edit(customer: 1, Incoming(CustomerEdit { $0.name == "name" ? .some(.text("B")) : nil })))
        }
        for sql in ["UPDATE field_change SET before = 'x'", "DELETE FROM field_change"] {
            let error = #expect(throws: DatabaseError.self) {
                try desk.raw().writeWithoutTransaction { try $0.execute(sql: sql) }
            }
            #expect(error?.message?.hasPrefix("history is never") == true, "\(sql)")
        }
    }
}
