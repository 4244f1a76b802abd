import CaseStore
import Complaints
import GRDB
import Testing

/// Raw SQL, past every rule of the program: the schema itself stands against it.
@Suite("The schema")
struct SchemaTests {
    /// A case with a settled promise (1), one that superseded it (2), and a resolved case with a promise (3) that
    /// changed hands.
    private func desk() throws -> Desk {
        let desk = try Desk()
        try desk.open(
            CaseRequest(complaint: "It drips.", customer: .new(CustomerFields(name: "Ida")), promise: .plain()))
        try desk.change(1) { file, policy, now in
            let request = RenegotiateRequest(
                due: .after(.days(2)), reason: "A part", nextStep: "Order it",
                customerNotified: NoticeRequest(channel: .phone, outcome: .reached))
            try file.renew(1, .renegotiate, Incoming(request), under: policy, by: Desk.agent, at: now)
        }
        try desk.open()
        try desk.change(2) { file, _, now in
            try file.reassign(3, Incoming(ReassignRequest(owner: "Bo", reason: "Shift")), by: Desk.agent, at: now)
        }
        try desk.change(2) { file, policy, now in
            let settle = SettleRequest(promiseID: 3, action: .keep(KeepRequest()))
            let request = ResolveRequest(summary: "Done", customerAccepted: true, settle: [settle])
            try file.resolve(Incoming(request), under: policy, by: Desk.agent, at: now)
        }
        return desk
    }

    /// It would make one with each row, which took a third of the time of a create.
    @Test("no check makes SQLite make a table", arguments: ["customer", "complaint_case", "promise", "case_log"])
    func checks(table: String) throws {
        try Desk().raw().read { db in
            let columns = try db.columns(in: table).count
            let values = Array(repeating: "?", count: columns).joined(separator: ", ")
            let statement = try db.makeStatement(sql: "EXPLAIN INSERT INTO \(table) VALUES (\(values))")
            statement.setUncheckedArguments([])
            let opcodes = try Row.fetchAll(statement).map { $0["opcode"] as String }
            #expect(opcodes.contains("Insert") && !opcodes.contains("OpenEphemeral"))
        }
    }

    /// The words that a column takes, as the rules know them.
    static let vocabularies: [(table: String, column: String, words: [String])] = [
        ("complaint_case", "channel", Channel.allCases.map(\.rawValue)),
        ("complaint_case", "severity", Severity.allCases.map(\.rawValue)),
        ("complaint_case", "mood", Mood.allCases.map(\.rawValue)),
        ("promise", "kind", PromiseKind.allCases.map(\.rawValue)),
        ("matter", "kind", Matter.Kind.allCases.map(\.rawValue)),
    ]

    @Test("a column of words takes each of them and no other", arguments: vocabularies)
    func words(table: String, column: String, words: [String]) throws {
        let raw = try desk().raw()
        try raw.writeWithoutTransaction { db in
            try db.execute(sql: "DROP TRIGGER promise_keeps_its_word; DROP TRIGGER matter_is_settled_once")
            try db.execute(
                sql: "INSERT INTO matter (case_id, kind, seq, raised_at) VALUES (1, 'threat', 1, 0)")
            for word in words + ["", "x", words[0].uppercased()] {
                let isTaken = (try? db.execute(sql: "UPDATE \(table) SET \(column) = ?", arguments: [word])) != nil
                #expect(isTaken == words.contains(word), "\(column) = \(word)")
            }
        }
    }

    static let promiseColumns = [
        "case_id", "kind", "what", "promised_by", "promised_to", "made_by_id", "maker_token_id", "made_at", "channel",
        "due_at", "original_due_at", "due_explained", "next_step", "notified_channel", "notified_outcome",
        "notified_at", "reason_made", "slips", "supersedes", "imported", "concession_seq",
        "transferred_from", "first_made_at", "counted_from", "concession_case_id",
    ]
    static let settlementColumns = [
        "kept_at", "superseded_at", "withdrawn_at", "voided_at", "recorded_at", "superseded_by", "release",
        "settled_by_id", "reason_settled", "evidence", "owner_id", "asked_at", "accepted_at", "asked_by_id",
        "transferred_at", "transferred_to",
    ]

    static let caseColumns = ["id", "complaint", "received_at", "opened_at", "imported"]

    /// Statements that touch a column that may not change, and what SQLite says.
    static var edits: [(sql: String, message: String)] {
        var edits: [(sql: String, message: String)] = []
        for column in promiseColumns {
            let sql = "UPDATE promise SET \(column) = \(column) WHERE id = 2"
            edits.append((sql, "what was promised is never edited"))
        }
        for column in settlementColumns {
            let sql = "UPDATE promise SET \(column) = CASE WHEN \(column) IS NULL THEN 1 END WHERE id = 1"
            edits.append((sql, "a settled promise stays as it is"))
        }
        for column in caseColumns {
            let value = column == "complaint" ? "complaint || '!'" : column
            edits.append(("UPDATE complaint_case SET \(column) = \(value)", "a complaint is never edited"))
        }
        return edits
    }

    /// Further statements that must fail, and what SQLite says.
    static let refused: [(sql: String, message: String)] = [
        ("UPDATE name SET spelling = 'x'", "a name is never edited"),
        ("DELETE FROM name", "a name is never deleted"),
        ("UPDATE promise SET told_at = 0, told_recorded_at = 0", "what the customer knows is never taken back"),
        ("DELETE FROM promise WHERE id = 2", "a promise is never deleted"),
        ("DELETE FROM complaint_case", "a case is never deleted"),
        ("UPDATE complaint_case SET complaint = '[erased]'", "a complaint is never edited"),
        ("UPDATE promise SET what = '[erased]'", "what was promised is never edited"),
        ("UPDATE promise SET evidence = '[erased]' WHERE id = 1", "a settled promise stays as it is"),
        ("UPDATE case_log SET texts = '[erased]', salt = NULL", "the log is never edited"),
        ("UPDATE case_log SET texts = ''", "the log is never edited"),
        ("UPDATE case_log SET recorded_at = recorded_at + 1", "the log is never edited"),
        ("DELETE FROM case_log WHERE id = (SELECT max(id) FROM case_log)", "the log is never deleted"),
        ("UPDATE status_change SET status = 'open'", "history is never edited"),
        ("DELETE FROM status_change", "history is never deleted"),
        ("UPDATE owner_change SET from_owner_id = NULL", "history is never edited"),
        ("DELETE FROM owner_change", "history is never deleted"),
        ("UPDATE complaint_case SET status = 'open' WHERE id = 2", "CHECK"),
        ("UPDATE complaint_case SET status = 'resolved' WHERE id = 1", "CHECK"),
        ("UPDATE complaint_case SET status = 'lost' WHERE id = 1", "CHECK"),
        ("UPDATE complaint_case SET closed_at = 1 WHERE id = 1", "CHECK"),
        ("UPDATE complaint_case SET estimate_from = 'P1D' WHERE id = 1", "CHECK"),
        ("UPDATE complaint_case SET severity = 'mild' WHERE id = 1", "CHECK"),
        ("UPDATE complaint_case SET mood = 'odd' WHERE id = 1", "CHECK"),
        ("UPDATE complaint_case SET tags = 'x' WHERE id = 1", "CHECK"),
        ("UPDATE promise SET kept_at = due_at WHERE id = 2", "CHECK"),
        ("UPDATE promise SET recorded_at = due_at WHERE id = 2", "CHECK"),
        ("UPDATE promise SET kept_at = made_at - 1, recorded_at = due_at, settled_by_id = 1 WHERE id = 2", "CHECK"),
        ("UPDATE promise SET kept_at = due_at, recorded_at = due_at - 1, settled_by_id = 1 WHERE id = 2", "CHECK"),
        ("UPDATE promise SET kept_at = due_at, recorded_at = due_at WHERE id = 2", "CHECK"),
        ("UPDATE promise SET superseded_at = due_at, recorded_at = due_at, settled_by_id = 1 WHERE id = 2", "CHECK"),
        ("UPDATE promise SET withdrawn_at = due_at, recorded_at = due_at, settled_by_id = 1 WHERE id = 2", "CHECK"),
        (
            """
            UPDATE promise SET kept_at = due_at, voided_at = due_at, recorded_at = due_at, settled_by_id = 1
            WHERE id = 2
            """, "CHECK"
        ),
        ("UPDATE promise SET told_at = NULL WHERE id = 2", "what the customer knows is never taken back"),
        ("UPDATE promise SET owner_id = 999 WHERE id = 2", "FOREIGN KEY"),
        ("UPDATE policy SET max_span = 1", "CHECK"),
        ("UPDATE policy SET acknowledge_in = 0", "CHECK"),
        ("UPDATE customer SET name = ''", "CHECK"),
        ("DELETE FROM customer", "a customer is never deleted"),
        ("INSERT INTO clock (id, stamp) VALUES (2, 0)", "CHECK"),
        ("UPDATE clock SET stamp = 'noon'", "cannot store TEXT value in INTEGER column"),
        ("INSERT INTO name (role, spelling, folded) VALUES ('pet', 'Rex', 'rex')", "CHECK"),
        ("INSERT INTO token (name, role, secret_hash, created_at) VALUES ('a', 'admin', x'00', 0)", "CHECK"),
        ("INSERT INTO status_change (case_id, recorded_at, status) VALUES (99, 0, 'open')", "FOREIGN KEY"),
        ("INSERT INTO owner_change (promise_id, recorded_at) VALUES (99, 0)", "FOREIGN KEY"),
        (copied("promise", "id = 99, supersedes = 1, slips = 1"), "UNIQUE constraint failed: promise.supersedes"),
        (copied("promise", "id = 99, supersedes = NULL"), "CHECK"),
        (copied("promise", "id = 99, promised_by = 'customer', supersedes = 2"), "CHECK"),
        (copied("promise", "id = 99, supersedes = 2, what = ''"), "CHECK"),
        (copied("promise", "id = 99, slips = 0, supersedes = NULL"), "CHECK"),
        ("UPDATE promise SET superseded_by = 1 WHERE id = 2", "CHECK"),
        ("UPDATE promise SET upheld_at = due_at WHERE id = 2", "CHECK"),
        ("UPDATE promise SET superseded_by = 2 WHERE id = 3", "a settled promise stays as it is"),
        ("UPDATE promise SET transferred_at = due_at, recorded_at = due_at, settled_by_id = 1 WHERE id = 2", "CHECK"),
        (
            copied("promise", "id = 99, supersedes = NULL, slips = 0, original_due_at = due_at, transferred_from = 1"),
            "CHECK"
        ),
        (copied("promise", "id = 99, transferred_from = 1, first_made_at = 1, counted_from = 1"), "CHECK"),
        (copied("promise", "id = 99, supersedes = 3, concession_case_id = 1"), "CHECK"),
        ("UPDATE complaint_case SET duplicate_of = 2 WHERE id = 1", "CHECK"),
        ("UPDATE complaint_case SET duplicate_of = id WHERE id = 2", "CHECK"),
        ("INSERT INTO status_change (case_id, recorded_at, status, duplicate_of) VALUES (1, 0, 'open', 2)", "CHECK"),
        ("UPDATE complaint_case SET outcome = 'upheld' WHERE id = 1", "CHECK"),
        ("UPDATE complaint_case SET redress_amount = 1 WHERE id = 2", "CHECK"),
        ("UPDATE complaint_case SET redress_amount = -1, redress_currency = 'EUR' WHERE id = 2", "CHECK"),
        ("UPDATE complaint_case SET final_response_channel = 'letter' WHERE id = 2", "CHECK"),
        ("INSERT INTO status_change (case_id, recorded_at, status, outcome) VALUES (1, 0, 'open', 'upheld')", "CHECK"),
        ("UPDATE customer SET vulnerable = 0", "CHECK"),
        ("UPDATE policy SET escalate_after_slips = 0", "CHECK"),
        (copied("case_log", "id = 99"), "UNIQUE constraint failed: case_log.case_id, case_log.seq"),
        (copied("case_log", "id = 99, seq = 0"), "CHECK"),
        (copied("case_log", "id = 99, seq = 99, case_id = NULL"), "CHECK"),
        (copied("case_log", "id = 99, seq = 99, about = 'customer', about_id = 1"), "CHECK"),
        (copied("case_log", "id = 99, seq = 99, row_digest = zeroblob(32)"), "CHECK"),
        ("DELETE FROM policy WHERE severity = 'low'", "a policy is never deleted"),
        ("INSERT INTO unlogged VALUES ('token', 1, NULL)", "what is made now is in the log"),
        (copied("complaint_case", "id = 99, complaint = ''"), "CHECK"),
        (copied("complaint_case", "id = 99, opened_at = received_at - 1"), "CHECK"),
    ]

    /// Inserts row 2 of a table once more, with some columns changed.
    private static func copied(_ table: String, _ changes: String) -> String {
        """
        CREATE TEMP TABLE copy AS SELECT * FROM \(table) WHERE id = 2;
        UPDATE copy SET \(changes);
        INSERT INTO \(table) SELECT * FROM copy;
        """
    }

    @Test("stands against every statement that rewrites what may not change")
    func refuses() throws {
        let desk = try desk()
        let raw = try desk.raw()
        for (sql, message) in Self.edits + Self.refused {
            do {
                try raw.write { try $0.execute(sql: sql) }
                Issue.record("was taken: \(sql)")
            } catch let error as DatabaseError {
                #expect(error.message?.contains(message) == true, "\(sql): \(error.message ?? "no message")")
            }
        }
        #expect(try desk.reader.verify().findings.isEmpty)
    }

    @Test("a row can't be replaced where it can't be edited")
    func replacing() throws {
        let desk = try desk()
        let raw = try desk.raw()
        try raw.writeWithoutTransaction { try $0.execute(sql: "PRAGMA recursive_triggers = ON") }
        for table in ["case_log", "promise", "status_change", "owner_change"] {
            #expect(throws: DatabaseError.self, "\(table)") {
                try raw.write { try $0.execute(sql: "REPLACE INTO \(table) SELECT * FROM \(table)") }
            }
        }
    }
}
