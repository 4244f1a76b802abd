import Complaints

extension Verifier {
    /// Who customers turned out to be before each merge, and before each was taken back, is kept, as the entries say: where it
    /// is not, they are merged as of instants at which they were not.
    mutating func checkHistoryOfMerges() throws {
        try addFirst(
            "history",
            """
            WITH said AS MATERIALIZED (
                SELECT l.about_id, l.kind, l.recorded_at, l.seq,
                    (SELECT f.value ->> 1 FROM json_each(l.facts) f WHERE f.value ->> 0 = 'into') AS into_id
                FROM case_log l WHERE l.kind IN ('customer_merged', 'customer_unmerged')),
            step AS (
                SELECT s.about_id, s.recorded_at, s.seq,
                    lag(s.kind) OVER w AS kind, lag(s.into_id) OVER w AS into_id, lag(s.recorded_at) OVER w AS at,
                    row_number() OVER (PARTITION BY s.about_id, s.recorded_at ORDER BY s.seq) AS place
                FROM said s WHERE s.into_id IS NOT NULL
                WINDOW w AS (PARTITION BY s.about_id ORDER BY s.seq)),
            kept (id, field, recorded_at, before) AS (
                SELECT about_id, 'merged_into', recorded_at, CASE kind WHEN 'customer_merged' THEN into_id END
                FROM step WHERE place = 1
                UNION ALL
                SELECT about_id, 'merged_at', recorded_at, CASE kind WHEN 'customer_merged' THEN at END
                FROM step WHERE place = 1
                UNION ALL
                SELECT about_id, 'has_merged', min(recorded_at), 0
                FROM said WHERE into_id IS NULL AND kind = 'customer_merged' GROUP BY about_id)
            SELECT k.id, k.field FROM kept k WHERE NOT EXISTS (SELECT 1 FROM field_change f
                WHERE f.about = 'customer' AND f.about_id = k.id AND f.field = k.field
                    AND f.recorded_at = k.recorded_at AND f.before IS k.before)
            LIMIT 1
            """
        ) { "What \($0.text(1)) of customer \($0.integer(0)) was before a merge is not kept as the log says." }
    }
}
