import CaseStore
import Complaints
import Foundation
import GRDB
import Testing

@Suite("Verification")
struct VerificationTests {
    private static let past = Result {
        let (desk, lastCase) = try makeDesk()
        return (desk: try PastDesk(of: desk), lastCase: lastCase)
    }

    private func desk() throws -> (desk: Desk, lastCase: Int64) {
        let past = try Self.past.get()
        return (try past.desk.desk(), past.lastCase)
    }

    /// Some random weeks of work, a case whose date has moved and whose customer released the desk from something else, and
    /// one (the last) that was resolved with its promise kept too late.
    private static func makeDesk() throws -> (desk: Desk, lastCase: Int64) {
        let desk = try Desk()
        var history = RandomHistory(desk, seed: 4, hasDuplicates: false)
        for _ in 0..<20 { try history.work() }
        let moved = try desk.open(
            CaseRequest(complaint: "It hums.", customer: .new(CustomerFields(name: "Bo")), promise: .plain()))
        try desk.change(moved.record.id) { file, policy, now in
            let request = RenegotiateRequest(
                due: .after(.days(9)), reason: "A part", nextStep: "Order it", customerNotified: .reached)
            try file.renew(
                moved.promises[0].id, .renegotiate, Incoming(request), under: policy, by: Desk.agent, at: now)
        }
        let further = try desk.change(moved.record.id) { file, policy, now in
            try file.add(
                Incoming(AddPromiseRequest(PromiseRequest(what: "Look into it", due: .after(.days(3)), owner: "Anna"))),
                under: policy, by: Desk.agent, at: now)
        }
        try desk.change(moved.record.id) { file, policy, now in
            let withdrawal = WithdrawRequest(
                reason: "No need", release: .customerAgreed, customerNotified: .reached)
            let id = try #require(further.promises.last?.id)
            try file.withdraw(
                id, Incoming(SettleAndContinue(withdrawal, then: .none)), under: policy, by: Desk.agent, at: now)
        }
        let file = try desk.open(
            CaseRequest(complaint: "It drips.", customer: .new(CustomerFields(name: "Ida")), promise: .plain()))
        desk.clock.advance(by: .days(2))
        try desk.change(file.record.id) { file, policy, now in
            let settle = SettleRequest(promiseID: file.promises[0].id, action: .keep(KeepRequest(evidence: "A ticket")))
            let request = ResolveRequest(summary: "Done", customerAccepted: true, settle: [settle])
            try file.resolve(Incoming(request), under: policy, by: Desk.agent, at: now)
        }
        try desk.catchUpSearch()
        return (desk, file.record.id)
    }

    @Test("finds nothing wrong with a mistake that was corrected before its customer was told of it, and told of after")
    func toldOfAMistake() throws {
        let desk = try Desk()
        var promise = PromiseRequest.plain()
        promise.customerNotified = NoticeRequest(channel: .phone, outcome: .attempted)
        let file = try desk.open(
            CaseRequest(complaint: "It hums.", customer: .new(CustomerFields(name: "Bo")), promise: promise))
        let mistake = file.promises[0].id
        try desk.change(file.record.id) { file, policy, now in
            let request = SettleAndContinue(
                VoidRequest(reason: "The wrong day"), then: .promise(.plain(due: .days(9))))
            try file.void(mistake, Incoming(request), under: policy, by: Desk.agent, at: now)
        }
        try desk.change(file.record.id) { file, policy, now in
            try file.write(
                Incoming(.customerNotified(.reached, promiseID: mistake, text: nil)), under: policy, by: Desk.agent,
                at: now)
        }
        let chain = try desk.reader.read { try $0.caseFile(file.record.id) }?.promises
        #expect(chain?[0].told != nil && chain?.contains { $0.supersedes == mistake && $0.slips == 0 } == true)
        try desk.catchUpSearch()
        #expect(try desk.reader.verify().findings == [])
    }

    @Test("finds nothing wrong with what the store wrote, and gives the head of the log")
    func clean() throws {
        let (desk, _) = try desk()
        let verification = try desk.reader.verify()
        let head = try #require(verification.head)
        #expect(verification.findings == [])
        #expect(verification.entries == Int(head.id))
        #expect(try desk.reader.verify(head: head.hash.uppercased()).findings == [])
        try desk.open()
        #expect(try desk.reader.verify(head: head.hash).findings == [], "an earlier head is still in the chain")
        try desk.tamper("UPDATE search_progress SET log_id = (SELECT max(id) FROM case_log)")
        #expect(try desk.reader.verify().findings.map(\.check) == ["search"], "a search would not find the last case")
        let empty = try Desk()
        #expect(try empty.reader.verify().head == nil)
    }

    /// What is done, with `:case` for the resolved case and `:renewed` for a promise that supersedes another and is
    /// itself the last of its chain, and the checks that must find it.
    static let tamperings: [(sql: String, checks: Set<String>)] = [
        ("UPDATE case_log SET texts = replace(texts, 'plumber', 'painter')", ["log_chain", "promises"]),
        ("UPDATE case_log SET facts = replace(facts, 'reached', 'attempted')", ["log_chain", "cadence"]),
        ("UPDATE case_log SET recorded_at = recorded_at - 1 WHERE id = 9", ["promises", "log_chain"]),
        (
            "UPDATE case_log SET actor_id = (SELECT min(id) FROM name WHERE id <> actor_id AND role = 'actor') WHERE id = 9",
            ["log_chain", "promises"]
        ),
        ("UPDATE case_log SET hash = zeroblob(32) WHERE id = 9", ["log_chain"]),
        ("DELETE FROM case_log WHERE id = 9", ["promises", "log_chain", "case_versions", "search"]),
        ("UPDATE complaint_case SET complaint = 'It sings.' WHERE id = :case", ["log_chain"]),
        (
            "UPDATE name SET spelling = 'Nobody' WHERE role = 'actor' AND spelling = 'Anna'",
            ["log_chain", "names", "promises", "rows"]
        ),
        (
            "UPDATE promise SET due_at = due_at + 1, original_due_at = due_at + 1 WHERE case_id = :case",
            ["promises", "overdue"]
        ),
        ("UPDATE promise SET made_at = made_at - 1 WHERE case_id = :case", ["promises"]),
        ("UPDATE promise SET promised_to = 'us' WHERE case_id = :case", ["promises", "owner_records"]),
        ("UPDATE promise SET kept_at = due_at WHERE case_id = :case", ["promises", "owner_records"]),
        ("UPDATE promise SET recorded_at = recorded_at + 1 WHERE case_id = :case", ["promises"]),
        (
            "UPDATE promise SET voided_at = kept_at, kept_at = NULL WHERE case_id = :case",
            ["promises", "owner_records"]
        ),
        (
            "UPDATE promise SET kept_at = NULL, recorded_at = NULL, settled_by_id = NULL WHERE case_id = :case",
            ["promises", "owner_records"]
        ),
        ("UPDATE promise SET settled_by_id = 9999 WHERE case_id = :case", ["foreign_keys", "rows"]),
        ("UPDATE complaint_case SET status = 'open', resolved_at = NULL WHERE id = :case", ["statuses", "timeline"]),
        ("UPDATE complaint_case SET resolved_at = resolved_at - 1 WHERE id = :case", ["statuses"]),
        ("UPDATE complaint_case SET status = 'closed', closed_at = resolved_at WHERE id = :case", ["statuses"]),
        ("UPDATE status_change SET recorded_at = recorded_at - 1 WHERE case_id = :case", ["statuses"]),
        ("DELETE FROM status_change WHERE case_id = :case", ["statuses"]),
        ("UPDATE complaint_case SET version = version + 1 WHERE id = :case", ["case_versions"]),
        ("DELETE FROM complaint_case WHERE id = :case", ["foreign_keys", "log_chain", "search", "customers"]),
        ("UPDATE clock SET stamp = (SELECT max(recorded_at) FROM case_log) - 1", ["clock"]),
        ("UPDATE complaint_case SET opened_at = opened_at + 1 WHERE id = :case", ["cases"]),
        ("UPDATE complaint_case SET received_at = received_at - 1 WHERE id = :case", ["cases"]),
        ("UPDATE complaint_case SET imported = 1 WHERE id = :case", ["cases"]),
        (
            "UPDATE complaint_case SET customer_id = (SELECT min(id) FROM customer WHERE id <> customer_id) "
                + "WHERE id = :case", ["cases", "customers"]
        ),
        ("DELETE FROM owner_change WHERE id = (SELECT max(id) FROM owner_change)", ["promises"]),
        (
            "INSERT INTO owner_change (promise_id, recorded_at, from_owner_id) "
                + "SELECT promise_id, recorded_at, from_owner_id FROM owner_change LIMIT 1", ["promises"]
        ),
        (
            "INSERT INTO customer (name, recorded_at, updated_at) "
                + "SELECT name, recorded_at, updated_at FROM customer LIMIT 1", ["customers"]
        ),
        ("DELETE FROM overdue_mark", ["overdue"]),
        (
            "UPDATE case_log SET texts = 'x' WHERE id = (SELECT max(id) FROM case_log WHERE kind = 'case_updated')",
            ["rows"]
        ),
        ("UPDATE promise SET what = 'Nothing' WHERE case_id = :case", ["promises"]),
        ("UPDATE promise SET next_step = 'Nothing' WHERE case_id = :case", ["promises"]),
        ("UPDATE promise SET imported = 1 WHERE case_id = :case", ["promises", "owner_records"]),
        ("UPDATE promise SET evidence = 'A receipt' WHERE case_id = :case", ["promises"]),
        ("UPDATE promise SET reason_settled = 'None' WHERE case_id = :case", ["promises"]),
        (
            "UPDATE promise SET made_by_id = (SELECT min(id) FROM name WHERE role = 'actor' AND id <> made_by_id) "
                + "WHERE case_id = :case", ["promises", "owner_records"]
        ),
        (
            "UPDATE promise SET release = CASE release WHEN 'duplicate' THEN 'impossible' ELSE 'duplicate' END "
                + "WHERE release IS NOT NULL", ["promises", "owner_records"]
        ),
        ("UPDATE promise SET original_due_at = original_due_at + 1 WHERE id = :renewed", ["renewals"]),
        ("UPDATE promise SET slips = slips + 1 WHERE id = :renewed", ["renewals"]),
        (
            "UPDATE promise SET supersedes = NULL, slips = 0, original_due_at = due_at WHERE id = :renewed",
            ["promises", "renewals"]
        ),
        ("UPDATE promise SET superseded_by = id WHERE superseded_by = :renewed", ["promises", "renewals"]),
        (
            "UPDATE promise SET voided_at = superseded_at, superseded_at = NULL, superseded_by = NULL "
                + "WHERE superseded_by = :renewed", ["promises", "renewals"]
        ),
        ("UPDATE overdue_mark SET due_at = 253402300799999", ["overdue"]),
        (
            "UPDATE case_log SET promise_id = 1 WHERE kind = 'promise_overdue' AND case_id = :case",
            ["log_chain", "overdue"]
        ),
        (
            "DELETE FROM case_log WHERE kind = 'promise_overdue' AND case_id = :case",
            ["log_chain", "case_versions", "overdue"]
        ),
        ("DELETE FROM case_text_docsize WHERE id = :case << 20", ["search"]),
        ("DELETE FROM case_text_docsize WHERE id = (:case << 20) + 2", ["search"]),
        ("INSERT INTO case_text (rowid, body) VALUES (:case + 1 << 20, 'x')", ["search"]),
        ("INSERT INTO case_text (rowid, body) VALUES ((:case << 20) + 99, 'x')", ["search"]),
        ("DELETE FROM customer_text_docsize WHERE id = 1", ["search"]),
        ("INSERT INTO customer_text (rowid, body) VALUES (9999, 'x')", ["search"]),
    ]

    /// All rows there are.
    private static func content(_ db: GRDB.Database) throws -> [[DatabaseValue]] {
        try String.fetchAll(
            db,
            sql: """
                SELECT name FROM sqlite_schema WHERE type = 'table' AND sql LIKE 'CREATE TABLE%'
                    AND name NOT LIKE 'sqlite%' ORDER BY name
                """
        ).flatMap { table in try Row.fetchAll(db, sql: "SELECT * FROM \(table)").map { Array($0.databaseValues) } }
    }

    @Test("finds every kind of rewritten history", arguments: tamperings)
    func tampered(sql: String, checks: Set<String>) throws {
        let (desk, id) = try desk()
        let renewed = try desk.raw().read { db in
            try Int64.fetchOne(
                db,
                sql: """
                    SELECT min(n.id) FROM promise n JOIN promise p ON p.id = n.supersedes
                    WHERE n.superseded_by IS NULL AND p.superseded_at <= p.due_at
                    """)
        }
        let before = try desk.raw().read(Self.content)
        try desk.tamper(
            sql.replacing(":case", with: String(id)).replacing(":renewed", with: String(try #require(renewed))))
        #expect(try desk.raw().read(Self.content) != before, "it has to change something")
        let findings = try desk.store.makeReader().verify().findings
        #expect(Set(findings.map(\.check)) == checks, "\(findings)")
    }

    @Test("a tail that was cut off cleanly shows only against a head that was written down")
    func truncated() throws {
        let (desk, _) = try desk()
        let file = try desk.open()
        let head = try #require(try desk.reader.verify().head)
        try desk.tamper(
            """
            DELETE FROM case_log WHERE case_id = \(file.record.id);
            DELETE FROM promise WHERE case_id = \(file.record.id);
            DELETE FROM complaint_case WHERE id = \(file.record.id);
            DELETE FROM customer WHERE id = \(file.record.customer.id);
            DELETE FROM case_text_docsize WHERE id >> 20 = \(file.record.id);
            """)
        let reader = try desk.store.makeReader()
        #expect(try reader.verify().findings == [])
        #expect(try reader.verify(head: head.hash).findings.map(\.check) == ["log_head"])
    }

    @Test("a damaged page is found")
    func damaged() throws {
        let desk = try Desk()
        for _ in 0..<50 { try desk.open() }
        desk.store.checkpoint()
        let page = try desk.raw().read {
            try Int.fetchOne($0, sql: "SELECT rootpage FROM sqlite_schema WHERE name = 'promise_by_due_at'")
        }
        let size = try desk.raw().read { try Int.fetchOne($0, sql: "PRAGMA page_size") }
        let copy = desk.path("damaged.db")
        try FileManager.default.copyItem(atPath: desk.store.path, toPath: copy)
        let file = try FileHandle(forUpdating: URL(filePath: copy))
        try file.seek(toOffset: UInt64((try #require(page) - 1) * (try #require(size))))
        try file.write(contentsOf: Data(repeating: 0xA5, count: 2048))
        try file.close()
        let findings = try CaseStore(path: copy).makeReader().verify().findings
        #expect(findings.map(\.check) == ["integrity"])
    }
}
