/// Whom an entry in a case's log is about, where that may be somebody whose the case is not any more: what was decided about going
/// on with them, and what ended the case with it, in the same words.
enum DecisionSQL {
    /// The customer that `case_log l` was decided about; NULL where it tells of no decision.
    static let about = """
        (SELECT r.customer_id FROM relationship_decision r INDEXED BY relationship_decision_by_entry
            WHERE l.kind IN ('relationship', 'case_resolved', 'case_closed') AND r.case_id = l.case_id AND r.seq <= l.seq
                AND r.recorded_at = l.recorded_at
                AND NOT EXISTS (SELECT 1 FROM case_log m WHERE m.case_id = l.case_id AND m.seq > r.seq AND m.seq < l.seq
                    AND m.kind = 'case_updated')
            ORDER BY r.seq DESC LIMIT 1)
        """
}
