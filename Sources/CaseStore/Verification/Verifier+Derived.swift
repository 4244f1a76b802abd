import Complaints
import GRDB

/// What is kept beside the log and the promises so that it need not be looked for: it says the same as these.
extension Verifier {
    /// What waits for somebody in a case, or did, beside the entries that raised and settled it; and no threat,
    /// concession or escalation waits for nobody.
    mutating func checkMatters() throws {
        let outcomes = Self.settlingKinds.map { "WHEN '\($0)' THEN s.kind IN (\(Self.words($1)))" }
            .joined(separator: " ")
        func isRaised(by kind: String) -> String {
            let raisings = Self.raisingKinds.map { "WHEN '\($0)' THEN \(kind) IN (\(Self.words($1)))" }
            return "coalesce(CASE m.kind \(raisings.joined(separator: " ")) END, 0)"
        }
        try addFirst(
            "matters",
            """
            SELECT m.case_id, m.kind, m.seq FROM matter m
            LEFT JOIN case_log r ON r.case_id = m.case_id AND r.seq = m.seq
            LEFT JOIN case_log s ON s.case_id = m.case_id AND s.seq = m.settled_seq
            LEFT JOIN case_log a ON a.case_id = m.case_id AND a.seq = m.again_seq
            WHERE NOT \(isRaised(by: "r.kind"))
                    AND NOT (m.kind = '\(Matter.Kind.escalation.rawValue)' AND m.settled_seq = m.seq
                        AND r.kind IS '\(LogKind.duplicate.rawValue)')
                OR coalesce(a.recorded_at, r.recorded_at) <> m.raised_at
                OR m.again_seq IS NOT NULL AND a.kind IS NOT 'concession_decision'
                OR m.is_safety <> (m.kind = 'threat' AND instr(r.facts, '["threat_kind","safety"]') > 0)
                OR m.settled_at IS NOT s.recorded_at
                OR m.settled_seq <> m.seq AND NOT coalesce(
                    CASE m.outcome \(outcomes) END, 0)
                OR m.settled_seq = m.seq AND m.outcome <> '\(Matter.Outcome.granted.rawValue)'
                    AND NOT (m.outcome = '\(Matter.Outcome.joined.rawValue)' AND r.kind = '\(LogKind.duplicate.rawValue)')
                OR m.outcome = '\(Matter.Outcome.approved.rawValue)' AND NOT instr(s.facts, '["approved",true]')
                OR m.outcome = '\(Matter.Outcome.refused.rawValue)' AND NOT instr(s.facts, '["approved",false]')
                OR m.outcome = '\(Matter.Outcome.upheld.rawValue)' AND NOT instr(s.facts, '["upheld",true]')
                OR m.outcome = '\(Matter.Outcome.dismissed.rawValue)' AND NOT instr(s.facts, '["upheld",false]')
            UNION ALL
            SELECT l.case_id, l.kind, l.seq FROM case_log l
            WHERE l.kind IN ('threat', 'concession', 'escalated', 'dispute', 'promise_escalated', 'update_due') AND NOT EXISTS (SELECT 1 FROM matter m
                WHERE m.case_id = l.case_id AND m.seq = l.seq
                    AND \(isRaised(by: "l.kind")))
            LIMIT 1
            """
        ) { row in
            "Whether the \(row.text(1)) of entry \(row.integer(2)) in case \(row.integer(0)) waits for "
                + "somebody is not what the log says."
        }
    }

    /// The entries that raise each kind.
    private static let raisingKinds: [(String, [LogKind])] = [
        (Matter.Kind.threat.rawValue, [.threat]), (Matter.Kind.concession.rawValue, [.concession]),
        (Matter.Kind.escalation.rawValue, [.escalated]), (Matter.Kind.return.rawValue, [.caseOpened, .caseUpdated]),
        (Matter.Kind.dispute.rawValue, [.dispute]),
        (Matter.Kind.ladder.rawValue, [.promiseEscalated]), (Matter.Kind.update.rawValue, [.updateDue]),
        (Matter.Kind.danger.rawValue, [.threatAssessment]), (Matter.Kind.notAccepted.rawValue, [.caseResolved]),
    ]

    /// The entries that settle with each outcome, where it is not the one that raised it.
    private static let settlingKinds: [(String, [LogKind])] = Matter.Outcome.allCases.map { outcome in
        let kinds: [LogKind] =
            switch outcome {
            case .assessed: [.threatAssessment]
            case .joined: [.supervisorJoined]
            case .granted: []
            case .approved, .refused: [.concessionDecision]
            case .upheld, .dismissed: [.disputeDecision]
            case .decided: [.relationship]
            case .replaced: [.escalated]
            case .reopened: [.caseReopened]
            case .closed: [.caseClosed]
            case .lapsed: [.caseResolved, .erased, .caseUpdated]
            case .settled: LogKind.settling
            case .heard: LogKind.heard
            }
        return (outcome.rawValue, kinds)
    }

    static func words(_ kinds: [LogKind]) -> String {
        kinds.map { "'\($0.rawValue)'" }.joined(separator: ", ")
    }

    /// What became of everybody's promises, counted once more.
    mutating func checkOwnerRecords() throws {
        let id = try firstID(
            """
            WITH counted (owner_id, kept, kept_late, broken, backdated, instant) AS (
                SELECT n.id, sum(kept_at IS NOT NULL AND kept_at <= due_at AND upheld_at IS NULL),
                    sum(kept_at IS NOT NULL AND kept_at > due_at AND upheld_at IS NULL),
                    sum((superseded_at IS NOT NULL AND superseded_at > due_at) OR (withdrawn_at IS NOT NULL
                        AND (withdrawn_at > due_at OR release NOT IN \(PromiseStateSQL.releases))) OR upheld_at IS NOT NULL),
                    sum(kept_at IS NOT NULL AND kept_at <= due_at AND recorded_at > due_at AND upheld_at IS NULL),
                    sum(kept_at IS NOT NULL AND kept_at <= due_at AND recorded_at <= due_at AND upheld_at IS NULL
                        AND kept_at - \(PromiseFactColumns.firstMadeAt) <= \(Settlement.Outcome.instantSpan.milliseconds))
                FROM promise p JOIN name s ON s.id = \(AccountableSQL.atDue(or: "p.recorded_at"))
                LEFT JOIN name n ON n.role = 'owner' AND n.spelling = s.spelling
                WHERE recorded_at IS NOT NULL AND \(PromiseStateSQL.toCustomer)
                    AND NOT \(PromiseStateSQL.goesOnWithMiss(isCounted: true))
                GROUP BY s.spelling)
            SELECT owner_id FROM (
                SELECT owner_id, kept, kept_late, broken, backdated, instant FROM counted
                UNION ALL
                SELECT owner_id, -kept, -kept_late, -broken, -backdated, -instant FROM owner_record)
            GROUP BY owner_id
            HAVING owner_id IS NULL AND sum(kept + kept_late + broken) <> 0 OR sum(kept) <> 0 OR sum(kept_late) <> 0 OR sum(broken) <> 0 OR sum(backdated) <> 0
                OR sum(instant) <> 0
            LIMIT 1
            """)
        if let id {
            let name = try names.spelling(id, db)
            add("owner_records", "What became of the promises of \(name) is not what is counted of them.")
        }
    }

    /// An owner is asked once a promise is theirs, and gives their word after that; the log has it too.
    mutating func checkAcceptance() throws {
        let id = try firstID(
            """
            SELECT p.id FROM promise p
            WHERE p.asked_at < \(PromiseFactColumns.firstMadeAt) OR p.accepted_at < p.asked_at OR p.accepted_at > p.recorded_at
                OR p.asked_at IS NULL AND p.accepted_at IS NOT NULL OR p.owner_id IS NULL AND p.accepted_at IS NOT NULL
                OR p.accepted_at IS NOT NULL AND NOT EXISTS (SELECT 1 FROM promise q
                    WHERE q.id = p.transferred_from AND q.accepted_at = p.accepted_at AND q.asked_at = p.asked_at)
                    AND NOT EXISTS (SELECT 1 FROM case_log l
                    WHERE l.case_id = p.case_id AND l.promise_id = p.id AND l.recorded_at = p.accepted_at
                        AND (l.kind = 'promise_accepted'
                            OR l.kind IN ('promise_kept', 'promise_renegotiated', 'promise_recovered')
                                AND instr(l.facts, '["accepted",true]')))
                OR p.accepted_at IS NULL AND EXISTS (SELECT 1 FROM case_log l
                    WHERE l.case_id = p.case_id AND l.promise_id = p.id
                        AND (l.kind = 'promise_accepted' AND NOT EXISTS (SELECT 1 FROM case_log h
                                WHERE h.case_id = l.case_id AND h.promise_id = l.promise_id AND h.seq > l.seq
                                    AND h.kind IN ('promise_reassigned', 'promise_declined'))
                            OR l.kind IN ('promise_kept', 'promise_renegotiated', 'promise_recovered')
                                AND instr(l.facts, '["accepted",true]')))
            LIMIT 1
            """)
        if let id { add("acceptance", "Promise \(id) was taken on by its owner otherwise than its row says.") }
    }

    /// Whether the desk goes on with a customer is what was decided last, and every decision is in a log.
    mutating func checkRelationships() throws {
        let id = try firstID(
            """
            SELECT u.id FROM customer u
            LEFT JOIN relationship_decision r ON r.id = (
                SELECT max(d.id) FROM relationship_decision d WHERE d.customer_id = u.id)
            WHERE u.relationship IS NOT r.decision OR u.relationship_at IS NOT r.recorded_at
            UNION ALL
            SELECT r.customer_id FROM relationship_decision r
            LEFT JOIN case_log l ON l.case_id = r.case_id AND l.seq = r.seq
            WHERE l.kind IS NOT 'relationship' OR l.recorded_at <> r.recorded_at
                -- Older entries do not say whom they are about: whose the case was as it was opened.
                OR NOT coalesce(CASE WHEN instr(l.facts, '["customer_id",') > 0
                    THEN instr(l.facts, '["customer_id",' || r.customer_id || ']') > 0
                    ELSE (SELECT instr(o.facts, '["customer_id",' || r.customer_id || ']') > 0 FROM case_log o
                        WHERE o.case_id = r.case_id AND o.seq = 1) END, 0)
                OR NOT instr(l.facts, '["decision","' || r.decision || '"]')
            UNION ALL
            SELECT c.customer_id FROM case_log l JOIN complaint_case c ON c.id = l.case_id
            WHERE l.kind = 'relationship' AND NOT EXISTS (SELECT 1 FROM relationship_decision r
                WHERE r.case_id = l.case_id AND r.seq = l.seq)
            LIMIT 1
            """)
        if let id {
            add("relationships", "Whether to go on with customer \(id) was decided otherwise than their row says.")
        }
    }
}
