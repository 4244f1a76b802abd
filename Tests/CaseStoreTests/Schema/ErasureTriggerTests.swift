import CaseStore
import Complaints
import GRDB
import Testing

/// Raw SQL, past every rule of the program, on rows of a customer who was erased (1) and of one who was not (2).
@Suite("What the schema lets an erasure do")
struct ErasureTriggerTests {
    private func desk() throws -> Desk {
        let desk = try Desk()
        for _ in 1...2 {
            try desk.open(
                CaseRequest(
                    complaint: "It drips.", customer: .new(CustomerFields(name: "Ida")),
                    promise: PromiseRequest(what: "Call back", due: .after(.days(1)), nextStep: "A plumber")))
        }
        for id in [Int64](1...2) {
            try desk.change(id) { file, policy, now in
                let settle = SettleRequest(promiseID: id, action: .keep(KeepRequest(evidence: "A ticket")))
                let request = ResolveRequest(summary: "Done", customerAccepted: true, settle: [settle])
                try file.resolve(Incoming(request), under: policy, by: Desk.agent, at: now)
            }
        }
        for id in [Int64](1...2) {
            let edit = CustomerEdit { $0.name == "phone" ? .some(.text("+1")) : nil }
            _ = try desk.store.write { try $0.perform(.edit(customer: id, Incoming(edit))) }
        }
        try desk.raw().write { db in
            try db.execute(sql: "UPDATE customer SET erased_at = 1, name = '[erased]' WHERE id = 1")
            // A matter that is settled, and one that waits.
            try db.execute(
                sql: """
                    INSERT INTO matter (case_id, kind, seq, raised_at, settled_at, settled_seq, outcome)
                    VALUES (1, 'threat', 1, 1, 2, 2, 'assessed'), (1, 'threat', 2, 1, NULL, NULL, NULL)
                    """)
        }
        return desk
    }

    static let erasures = [
        "UPDATE complaint_case SET complaint = '[erased]' WHERE id =",
        "UPDATE promise SET what = '[erased]' WHERE case_id =",
        "UPDATE promise SET next_step = '[erased]' WHERE case_id =",
        "UPDATE promise SET evidence = '[erased]' WHERE case_id =",
        "UPDATE case_log SET salt = NULL WHERE case_id =",
        """
        UPDATE case_log SET salt = NULL, texts = replace(texts, '"Call back"', '"[erased]"')
        WHERE kind = 'promise_made' AND case_id =
        """,
        """
        UPDATE case_log SET salt = NULL, texts = replace(texts, '"+1"', '"[erased]"')
        WHERE about = 'customer' AND about_id =
        """,
    ]

    @Test("texts are erased of those only who asked for it", arguments: erasures)
    func erasure(sql: String) throws {
        let raw = try desk().raw()
        try raw.write { try $0.execute(sql: "\(sql) 1") }
        #expect(throws: DatabaseError.self) { try raw.write { try $0.execute(sql: "\(sql) 2") } }
    }

    /// What is set in which rows of the customer who was erased.
    static let others: [(table: String, rows: String, changes: [String])] = [
        (
            "case_log", "case_id = 1 AND seq = 2",
            [
                "case_id = 2", "seq = 9", "kind = 'note'", "promise_id = 2", "actor_id = actor_id + 1", "token_id = 1",
                "at = at + 1", "recorded_at = recorded_at + 1", "imported = 1", "facts = '[]'",
                "digest = zeroblob(32)", "hash = zeroblob(32)", "id = 99", "texts = NULL", "texts = '[]'",
                "texts = replace(texts, 'Call', 'Sing')", "texts = replace(texts, '\"what\"', '\"why\"')",
                "texts = replace(texts, '\"Call back\"', '[\"Call back\"]')", "texts = 'x'",
            ].map { "salt = NULL, \($0)" } + ["texts = texts", "texts = replace(texts, 'Call back', '[erased]')"]
        ),
        (
            "case_log", "about = 'customer' AND about_id = 1",
            ["about = 'token'", "about_id = 2", "row_digest = zeroblob(32)", "texts = replace(texts, '+1', '+2')"]
                .map { "salt = NULL, \($0)" }
        ),
        ("case_log", "case_id = 1 AND seq = 1", ["salt = NULL, texts = '[[\"text\",\"[erased]\"]]'"]),
        (
            "promise", "id = 1",
            [
                "what = 'Something'", "due_explained = ''", "due_explained = '[erased]'", "next_step = ''",
                "next_step = NULL", "reason_made = ''", "reason_settled = ''", "reason_settled = '[erased]'",
                "evidence = 'None'", "evidence = NULL", "what = '[erased]', due_at = due_at + 1",
                "evidence = '[erased]', kept_at = kept_at - 1", "what = '[erased]', made_at = made_at - 1",
                "evidence = '[erased]', settled_by_id = NULL", "evidence = '[erased]', owner_id = 1",
                "what = '[erased]', told_at = 1", "what = '[erased]', asked_at = 1", "kind = 'remedy'",
            ]
        ),
        (
            "complaint_case", "id = 1",
            [
                "complaint = 'It sings.'", "complaint = '[erased]', opened_at = opened_at + 1",
                "complaint = '[erased]', received_at = 1", "complaint = '[erased]', customer_id = 2",
            ]
        ),
        ("matter", "seq = 1", ["outcome = 'joined'", "settled_at = 9", "raised_at = 0", "seq = 9", "kind = 'return'"]),
        ("matter", "seq = 2", ["raised_at = 0", "seq = 9", "kind = 'return'", "case_id = 2"]),
        (
            "customer", "id = 1",
            ["erased_at = NULL", "erased_at = 2", "name = 'Ida'", "email = 'x'", "phone = '1'", "external_id = 'C'"]
        ),
    ]

    @Test("nothing else of theirs can be changed", arguments: others)
    func other(table: String, rows: String, changes: [String]) throws {
        let raw = try desk().raw()
        for change in changes {
            #expect(throws: DatabaseError.self, "\(table): \(change)") {
                try raw.write { try $0.execute(sql: "UPDATE \(table) SET \(change) WHERE \(rows)") }
            }
        }
        #expect(throws: DatabaseError.self) { try raw.write { try $0.execute(sql: "DELETE FROM \(table)") } }
    }
}
