import CaseStore
import Complaints
import GRDB
import Testing

/// What is kept beside the log and the promises, and what an erasure leaves.
@Suite("Verification of what is kept beside the log")
struct DerivedVerificationTests {
    private static let past = Result { try PastDesk(of: makeDesk()) }

    private func desk() throws -> Desk { try Self.past.get().desk() }

    /// A customer (1) whose case has a threat that was assessed, one that was not, a relationship that was decided twice,
    /// and a promise that its owner took on; and a customer who was erased.
    private static func makeDesk() throws -> Desk {
        let desk = try Desk()
        try desk.open(
            CaseRequest(
                complaint: "It drips.", customer: .new(CustomerFields(name: "Ida")),
                promise: PromiseRequest(what: "Call back", due: .after(.days(1)), owner: "Bo")))
        let requests: [LogRequest] = [
            .threat(.legal, stake: nil, text: "I sue you."), .threat(.publicity, stake: nil, text: nil),
            .threatAssessment(AssessmentRequest(of: 3, verdict: .unfounded, reason: "No lawyer")),
        ]
        for request in requests {
            try desk.change(1) { file, policy, now in
                try file.write(Incoming(request), under: policy, by: Desk.agent, at: now)
            }
        }
        try desk.change(1) { file, _, now in
            try file.accept(1, Incoming(()), by: Actor(name: "Bo", role: .agent), at: now)
        }
        for reason in ["A good customer", "Still"] {
            try desk.change(1, by: Desk.manager) { file, policy, now in
                let request = RelationshipRequest(decision: .keep, reason: reason)
                try file.decide(Incoming(request), under: policy, by: Desk.manager, at: now)
            }
        }
        for id in [Int64](2...3) {
            try desk.open(
                CaseRequest(
                    complaint: "It sings.", customer: .new(CustomerFields(name: "Jan")),
                    promise: PromiseRequest(what: "Listen", due: .after(.days(1)), owner: "Anna", nextStep: "Wait")))
            try desk.change(id) { file, policy, now in
                let settle = SettleRequest(
                    promiseID: file.promises[0].id, action: .keep(KeepRequest(evidence: "A tape")))
                let request = ResolveRequest(summary: "Done", customerAccepted: true, settle: [settle])
                try file.resolve(Incoming(request), under: policy, by: Desk.agent, at: now)
            }
        }
        _ = try desk.store.write {
            try $0.perform(.erase(customer: 2, because: Incoming("Asked for it")), by: Desk.manager)
        }
        return desk
    }

    @Test("finds nothing wrong with what the store wrote")
    func clean() throws {
        let desk = try desk()
        #expect(try desk.reader.verify().findings == [])
    }

    static let tamperings: [(sql: String, checks: Set<String>)] = [
        ("DELETE FROM matter WHERE settled_at IS NULL", ["matters"]),
        ("DELETE FROM matter WHERE settled_at IS NOT NULL", ["matters"]),
        ("UPDATE matter SET seq = 2 WHERE settled_at IS NULL", ["matters"]),
        ("UPDATE matter SET kind = 'concession' WHERE settled_at IS NULL", ["matters"]),
        ("UPDATE matter SET raised_at = raised_at - 1", ["matters"]),
        ("UPDATE matter SET settled_at = settled_at + 1 WHERE settled_at IS NOT NULL", ["matters"]),
        ("UPDATE matter SET settled_seq = settled_seq + 1 WHERE settled_at IS NOT NULL", ["matters"]),
        ("UPDATE matter SET outcome = 'joined' WHERE settled_at IS NOT NULL", ["matters"]),
        ("UPDATE matter SET outcome = 'forgotten' WHERE settled_at IS NOT NULL", ["matters"]),
        (
            """
            UPDATE matter SET settled_at = (SELECT recorded_at FROM case_log WHERE case_id = 1 AND seq = 6),
                settled_seq = 6, outcome = 'assessed' WHERE settled_at IS NULL
            """, ["matters"]
        ),
        (
            "INSERT INTO matter (case_id, kind, seq, raised_at) SELECT 1, 'return', 2, opened_at FROM complaint_case "
                + "WHERE id = 1", ["matters"]
        ),
        ("UPDATE owner_record SET kept = kept + 1", ["owner_records"]),
        ("UPDATE owner_record SET kept = kept - 1, kept_late = 1", ["owner_records"]),
        ("UPDATE owner_record SET broken = 1", ["owner_records"]),
        ("UPDATE owner_record SET backdated = 1", ["owner_records"]),
        ("DELETE FROM owner_record", ["owner_records"]),
        (
            "INSERT INTO owner_record SELECT id, 0, 0, 1, 0, 0 FROM name WHERE spelling = 'Bo' LIMIT 1",
            ["owner_records"]
        ),
        ("UPDATE promise SET asked_at = made_at - 1 WHERE id = 1", ["acceptance", "promises"]),
        ("UPDATE promise SET accepted_at = asked_at - 1 WHERE id = 1", ["acceptance"]),
        ("UPDATE promise SET accepted_at = accepted_at + 1 WHERE id = 1", ["acceptance"]),
        ("UPDATE promise SET asked_at = NULL WHERE id = 1", ["acceptance", "promises"]),
        ("UPDATE promise SET accepted_at = made_at WHERE id = 2", ["acceptance"]),
        ("UPDATE promise SET asked_at = made_at, accepted_at = made_at WHERE id = 2", ["acceptance", "promises"]),
        ("UPDATE promise SET asked_at = made_at, owner_id = NULL WHERE id = 1", ["acceptance", "promises"]),
        ("UPDATE promise SET asked_by_id = NULL WHERE id = 1", ["promises"]),
        ("UPDATE promise SET asked_by_id = made_by_id WHERE id = 2", ["promises"]),
        ("UPDATE customer SET relationship = 'end' WHERE id = 1", ["relationships"]),
        ("UPDATE customer SET relationship = NULL WHERE id = 1", ["relationships"]),
        ("UPDATE customer SET relationship_at = relationship_at + 1 WHERE id = 1", ["relationships", "customers"]),
        ("UPDATE customer SET relationship = 'keep', relationship_at = 1 WHERE id = 3", ["relationships"]),
        (
            "UPDATE relationship_decision SET decision = 'end'; UPDATE customer SET relationship = 'end' WHERE id = 1",
            ["relationships"]
        ),
        ("UPDATE relationship_decision SET seq = seq + 1 WHERE id = 1", ["relationships"]),
        ("UPDATE relationship_decision SET recorded_at = recorded_at - 1 WHERE id = 1", ["relationships", "history"]),
        ("DELETE FROM relationship_decision WHERE id = 1", ["relationships", "customers", "history"]),
        ("UPDATE case_log SET salt = NULL WHERE case_id = 1 AND seq = 3", ["erasures"]),
        (
            """
            UPDATE case_log SET salt = NULL, texts = '[["text","[erased]"]]' WHERE case_id = 1 AND seq = 3
            """, ["erasures"]
        ),
        ("UPDATE customer SET erased_at = NULL WHERE id = 2", ["erasures", "customers"]),
        ("UPDATE customer SET erased_at = erased_at - 1 WHERE id = 2", ["erasures", "customers"]),
        ("UPDATE customer SET erased_at = recorded_at WHERE id = 3", ["erasures"]),
        ("UPDATE customer SET name = 'Jan' WHERE id = 2", ["erasures", "customers"]),
        ("UPDATE customer SET email = 'jan@example.com' WHERE id = 2", ["erasures", "customers"]),
        ("UPDATE customer SET phone = '1' WHERE id = 2", ["erasures", "customers"]),
        ("UPDATE customer SET external_id = 'C-1' WHERE id = 2", ["erasures", "customers"]),
        ("UPDATE complaint_case SET complaint = 'It sings.' WHERE id = 2", ["erasures"]),
        ("UPDATE complaint_case SET subject = 'Jan' WHERE id = 2", ["erasures"]),
        ("UPDATE complaint_case SET desired_outcome = 'Jan' WHERE id = 2", ["erasures"]),
        ("UPDATE complaint_case SET tags = '[\"Jan\"]' WHERE id = 2", ["erasures"]),
        ("UPDATE promise SET reason_made = 'Jan' WHERE case_id = 2", ["erasures", "renewals"]),
        ("UPDATE promise SET due_explained = 'Jan' WHERE case_id = 2", ["erasures"]),
        ("UPDATE promise SET what = 'Listen' WHERE case_id = 2", ["erasures", "promises"]),
        (
            """
            UPDATE promise SET what = 'Sing' WHERE case_id = 2;
            UPDATE case_log SET texts = replace(texts, '"what","[erased]"', '"what","Sing"') WHERE case_id = 2
            """, ["erasures"]
        ),
        ("UPDATE case_log SET salt = zeroblob(16) WHERE case_id = 2 AND seq = 1", ["erasures", "log_chain"]),
    ]

    @Test("finds each that says something else", arguments: tamperings)
    func tampered(sql: String, checks: Set<String>) throws {
        let desk = try desk()
        try desk.tamper(sql)
        let findings = try desk.store.makeReader().verify().findings
        #expect(Set(findings.map(\.check)) == checks, "\(findings)")
    }
}
