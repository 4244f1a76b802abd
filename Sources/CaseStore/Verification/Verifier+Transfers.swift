import Complaints
import GRDB

/// What goes on from a duplicate, beside what it goes on from.
extension Verifier {
    /// A promise that goes on in another case is as it was, each knows of the other, and both logs say so. Where the cases are
    /// two customers' by now, one of whom was erased, the words of one of them are gone. What the customer is told of it in the
    /// duplicate, once it goes on elsewhere, stays there.
    mutating func checkTransfers() throws {
        let same = [
            "kind", "what", "promised_by", "promised_to", "made_by_id", "maker_token_id", "channel", "due_at",
            "original_due_at", "due_explained", "next_step", "notified_channel", "notified_outcome", "notified_at",
            "reason_made", "explanation_made", "slips", "imported", "concession_seq",
        ].map { column in
            let differs = "n.\(column) IS NOT p.\(column)"
            guard PromiseColumns.personal.contains(column) else { return differs }
            return "(\(differs) AND coalesce(n.\(column) <> '\(Erasure.mark)' AND p.\(column) <> '\(Erasure.mark)', 1))"
        }.joined(separator: " OR ")
        try check(
            """
            SELECT n.id FROM promise n LEFT JOIN promise p ON p.id = n.transferred_from
                LEFT JOIN complaint_case c ON c.id = p.case_id
            WHERE n.transferred_from IS NOT NULL AND (p.transferred_to IS NOT n.id OR p.transferred_at IS NOT n.made_at
                OR p.recorded_at IS NOT n.made_at OR p.case_id = n.case_id
                OR n.first_made_at IS NOT coalesce(p.first_made_at, p.made_at)
                OR n.counted_from IS NOT \(Self.countedFrom)
                OR n.concession_case_id IS NOT CASE WHEN p.concession_seq IS NOT NULL
                    THEN nullif(coalesce(p.concession_case_id, p.case_id), n.case_id) END
                OR p.told_recorded_at <= n.made_at
                    AND (n.told_at IS NOT p.told_at OR n.told_recorded_at IS NOT p.told_recorded_at)
                OR \(same))
            """, "is not what it goes on from.")
        try check(
            """
            SELECT p.id FROM promise p WHERE p.transferred_to IS NOT NULL AND (
                NOT EXISTS (SELECT 1 FROM promise n WHERE n.id = p.transferred_to AND n.transferred_from = p.id)
                OR p.reason_settled IS NOT NULL OR p.evidence IS NOT NULL OR p.explanation_settled IS NOT NULL)
            """, "does not go on as the one that it names.")
        // Of one that was made here, or takes the place of another, the concession is its own case's or that one's.
        try check(
            """
            SELECT n.id FROM promise n LEFT JOIN promise p ON p.id = n.supersedes
            WHERE n.transferred_from IS NULL AND n.concession_case_id IS NOT NULL
                AND (n.concession_case_id IS NOT p.concession_case_id OR n.concession_seq IS NOT p.concession_seq)
            """, "makes a concession of another case good than the one that it takes the place of.")
        try checkCarriedOwners()
        try checkDuplicates()
    }

    /// `Promise.countedFrom(receivedAt:openedAt:)` of `promise p` in `complaint_case c`.
    private static let countedFrom = """
        coalesce(p.counted_from, CASE WHEN p.made_by_id = (
            SELECT id FROM name WHERE role = 'actor' AND spelling = '\(Actor.policy.name)')
            AND c.opened_at = p.made_at THEN c.received_at END, p.made_at)
        """

    /// Whose it was before goes with it, and the making of it says whether that changed.
    private mutating func checkCarriedOwners() throws {
        let columns = "recorded_at, from_owner_id, from_asked_at, from_accepted_at, from_asked_by_id, declined"
        let there = "SELECT \(columns) FROM owner_change WHERE promise_id = n.transferred_from"
        let here = "SELECT \(columns) FROM owner_change WHERE promise_id = n.id AND carried"
        try check(
            """
            SELECT n.id FROM promise n JOIN case_log m ON m.case_id = n.case_id AND m.promise_id = n.id
                AND m.kind = 'promise_made'
            WHERE n.transferred_from IS NOT NULL AND (EXISTS (\(there) EXCEPT \(here)) OR EXISTS (\(here) EXCEPT \(there))
                OR (SELECT count(*) FROM owner_change o WHERE o.promise_id = n.transferred_from)
                    <> (SELECT count(*) FROM owner_change o WHERE o.promise_id = n.id AND o.carried)
                OR (instr(m.facts, '["reassigned",true]') > 0)
                    <> EXISTS (SELECT 1 FROM owner_change o WHERE o.promise_id = n.transferred_from))
            UNION ALL
            SELECT o.promise_id FROM owner_change o JOIN promise n ON n.id = o.promise_id
            WHERE o.carried AND n.transferred_from IS NULL
            """, "was somebody else's before than in the case that it goes on from.")
    }

    /// Each case that was found to be a duplicate names the other, and that one it; and its promises went on there.
    private mutating func checkDuplicates() throws {
        let named = "(SELECT f.value ->> 1 FROM json_each(l.facts) f WHERE f.value ->> 0 ="
        let id = try firstID(
            """
            SELECT l.case_id FROM case_log l WHERE l.kind = 'case_resolved' AND instr(l.facts, '["duplicate_of",')
                AND NOT EXISTS (SELECT 1 FROM case_log d WHERE d.case_id = \(named) 'duplicate_of')
                    AND d.kind = 'duplicate' AND d.recorded_at = l.recorded_at
                    AND instr(d.facts, '["duplicate",' || l.case_id || ']'))
            UNION ALL
            SELECT l.case_id FROM case_log l WHERE l.kind = 'duplicate'
                AND NOT EXISTS (SELECT 1 FROM case_log d WHERE d.case_id = \(named) 'duplicate')
                    AND d.kind = 'case_resolved' AND d.recorded_at = l.recorded_at
                    AND instr(d.facts, '["duplicate_of",' || l.case_id || ']'))
            UNION ALL
            SELECT p.case_id FROM promise p JOIN promise n ON n.id = p.transferred_to
            WHERE NOT EXISTS (SELECT 1 FROM status_change s WHERE s.case_id = p.case_id AND s.status = 'resolved'
                AND s.recorded_at = p.transferred_at AND s.duplicate_of = n.case_id)
            LIMIT 1
            """)
        if let id { add("duplicates", "Case \(id) and the one that it is a duplicate of do not say the same.") }
    }

    private mutating func check(_ sql: String, _ what: String) throws {
        if let id = try firstID("\(sql) LIMIT 1") { add("transfers", "Promise \(id) \(what)") }
    }
}
