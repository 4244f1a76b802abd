import Complaints
import GRDB

/// What is kept of customers beside their fields: by what they are found, and who they turned out to be.
extension Verifier {
    /// The keys by which a customer is found follow from their fields.
    mutating func checkCustomerKeys() throws {
        var wrong: Int64?
        try rows(
            "SELECT \(CustomerColumns.list), u.phone_key, u.email_key, u.external_id_key FROM customer u"
        ) { row in
            let keys = CustomerKeys(try CustomerColumns.customer(row, at: 0).fields)
            let first = CustomerColumns.count
            let isRight =
                (keys.phone?.reversed).isExactly(row.optionalText(first))
                && (keys.email?.string).isExactly(row.optionalText(first + 1))
                && (keys.externalID?.string).isExactly(row.optionalText(first + 2))
            if !isRight { wrong = row.integer(0) }
            return isRight
        }
        if let wrong { add("customers", "Customer \(wrong) is found by another number, address or key than theirs.") }
    }

    /// Who customers turned out to be is as their last entry says, either log has an entry of each step, and nobody is merged
    /// into themselves in the end.
    mutating func checkMerges() throws {
        let id = try firstID(
            """
            WITH said AS MATERIALIZED (
                SELECT l.about_id, l.kind, l.recorded_at, l.seq,
                    (SELECT f.value ->> 1 FROM json_each(l.facts) f WHERE f.value ->> 0 = 'into') AS into_id,
                    (SELECT f.value ->> 1 FROM json_each(l.facts) f WHERE f.value ->> 0 = 'from') AS from_id
                FROM case_log l WHERE l.kind IN ('customer_merged', 'customer_unmerged')),
            last AS MATERIALIZED (
                SELECT about_id, kind, recorded_at, into_id, max(seq) FROM said WHERE into_id IS NOT NULL
                GROUP BY about_id)
            SELECT u.id FROM customer u LEFT JOIN last s ON s.about_id = u.id
            WHERE u.merged_into IS NOT CASE s.kind WHEN 'customer_merged' THEN s.into_id END
                OR u.merged_at IS NOT CASE s.kind WHEN 'customer_merged' THEN s.recorded_at END
                OR u.has_merged <> (u.id IN (SELECT about_id FROM said WHERE from_id IS NOT NULL))
            UNION ALL
            SELECT s.about_id FROM said s WHERE NOT EXISTS (SELECT 1 FROM said o
                WHERE o.about_id = coalesce(s.into_id, s.from_id) AND o.kind = s.kind AND o.recorded_at = s.recorded_at
                    AND CASE WHEN s.into_id IS NULL THEN o.into_id ELSE o.from_id END = s.about_id)
            LIMIT 1
            """)
        if let id { add("customers", "Who customer \(id) turned out to be is not what the log says.") }
        let ring = try firstID(
            """
            WITH RECURSIVE up (id, into_id) AS (
                SELECT u.id, u.merged_into FROM customer u INDEXED BY customer_merged WHERE u.merged_into IS NOT NULL
                UNION
                SELECT up.id, u.merged_into FROM up CROSS JOIN customer u ON u.id = up.into_id
                WHERE u.merged_into IS NOT NULL)
            SELECT id FROM up WHERE into_id = id LIMIT 1
            """)
        if let ring { add("customers", "Customer \(ring) was merged into themselves, by whatever way.") }
    }
}
