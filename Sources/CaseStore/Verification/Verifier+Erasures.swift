import Complaints
import GRDB

extension Verifier {
    /// Texts were erased of those only who are said to be erased, with an entry in each of their cases that says so; and
    /// nothing personal of them is there any more. The hash chain can't tell, as what it covers is gone.
    mutating func checkErasures() throws {
        let mark = "'\(Erasure.mark)'"
        try addFirst(
            "erasures",
            """
            SELECT l.seq, l.case_id, l.about, l.about_id
            FROM case_log l LEFT JOIN complaint_case c ON c.id = l.case_id
            LEFT JOIN customer u ON u.id = CASE WHEN l.about = 'customer' THEN l.about_id ELSE c.customer_id END
            WHERE l.salt IS NULL AND u.erased_at IS NULL AND NOT EXISTS (SELECT 1 FROM customer o
                -- What is of somebody else in the log of a case that is not theirs any more.
                WHERE o.erased_at IS NOT NULL AND o.id = CASE l.kind
                    WHEN 'case_opened' THEN (SELECT f.value ->> 1 FROM json_each(l.facts) f
                        WHERE f.value ->> 0 = 'customer_id')
                    WHEN 'duplicate' THEN (SELECT d.customer_id FROM json_each(l.facts) f
                        JOIN complaint_case d ON d.id = f.value ->> 1 WHERE f.value ->> 0 = 'duplicate')
                    ELSE \(DecisionSQL.about) END)
                -- Or went on from a case of theirs.
                AND NOT EXISTS (SELECT 1 FROM promise p JOIN promise q ON q.id IN (p.supersedes, p.transferred_from)
                    WHERE p.id = l.promise_id AND p.what = \(mark) AND q.what = \(mark))
            LIMIT 1
            """
        ) { row in
            "Log entry \(row.integer(0)) of \(try row.subject(caseID: 1, about: 2).text) is without its salt, but no "
                + "customer of that was erased."
        }
        let texts = PromiseColumns.personal.map { "p.\($0) <> \(mark)" }.joined(separator: " OR ")
        let left = try firstID(
            """
            SELECT u.id FROM customer u
            WHERE u.erased_at IS NOT NULL AND (
                \(CustomerFields.notErased(in: "u").joined(separator: " OR "))
                OR NOT EXISTS (SELECT 1 FROM unlogged b WHERE b.about = 'customer' AND b.about_id = u.id)
                    AND NOT EXISTS (SELECT 1 FROM case_log l WHERE l.about = 'customer' AND l.about_id = u.id
                        AND l.kind = 'customer_erased' AND l.recorded_at = u.erased_at AND l.salt IS NOT NULL)
                OR EXISTS (SELECT 1 FROM case_log l WHERE l.about = 'customer' AND l.about_id = u.id
                    AND l.kind <> 'customer_erased' AND l.salt IS NOT NULL)
                OR EXISTS (
                    SELECT 1 FROM complaint_case c WHERE c.customer_id = u.id AND (c.complaint <> \(mark)
                        OR \(CaseFields.notErased(in: "c").joined(separator: " OR "))
                        OR NOT EXISTS (SELECT 1 FROM case_log l WHERE l.case_id = c.id AND l.kind = 'erased'
                            AND l.recorded_at = u.erased_at AND l.salt IS NOT NULL)
                        OR EXISTS (SELECT 1 FROM case_log l WHERE l.case_id = c.id AND l.kind <> 'erased'
                            AND l.salt IS NOT NULL AND coalesce(\(DecisionSQL.about), u.id) = u.id)
                        OR EXISTS (SELECT 1 FROM case_stage s WHERE s.case_id = c.id AND s.reason <> \(mark))
                        OR EXISTS (SELECT 1 FROM promise p WHERE p.case_id = c.id AND (p.recorded_at IS NULL
                            OR \(texts)))))
                OR EXISTS (SELECT 1 FROM complaint_case c JOIN promise p ON p.case_id = c.id
                    JOIN promise n ON n.transferred_from = p.id
                    WHERE c.customer_id = u.id AND n.what <> \(mark))
                OR EXISTS (SELECT 1 FROM relationship_decision d
                    JOIN case_log l ON l.case_id = d.case_id AND l.seq >= d.seq
                    WHERE d.customer_id = u.id AND l.salt IS NOT NULL AND l.recorded_at = d.recorded_at
                        AND \(DecisionSQL.about) = u.id))
            LIMIT 1
            """)
        if let left { add("erasures", "Customer \(left) was erased, and something of theirs is still there.") }
        try checkErasedTexts()
    }

    /// Of an entry without salt nothing is left but what an erasure leaves.
    private mutating func checkErasedTexts() throws {
        var detail: String?
        try rows(
            "SELECT case_id, seq, texts, kind, about, about_id FROM case_log WHERE salt IS NULL AND texts IS NOT NULL"
        ) { row in
            let texts = row.text(2)
            let isErased = try FactCoding.encode(Erasure.texts(FactCoding.decode(texts), of: row.word(3))) == texts
            if !isErased {
                let subject = try row.subject(caseID: 0, about: 4).text
                detail = "Log entry \(row.integer(1)) of \(subject) has texts again that were erased."
            }
            return isErased
        }
        if let detail { add("erasures", detail) }
    }
}
