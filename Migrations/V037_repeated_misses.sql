-- What a clock promised, and was missed, and is promised once more with the same date, is one miss. Reports count it once, as what
-- became of it first; so does the record of whoever it counts for, from which the second is taken out here.
UPDATE owner_record SET kept = owner_record.kept - g.kept, kept_late = owner_record.kept_late - g.kept_late,
    broken = owner_record.broken - g.broken, backdated = owner_record.backdated - g.backdated
FROM (
    SELECT n.id AS owner_id, sum(a.kept) AS kept, sum(a.kept_late) AS kept_late, sum(a.broken) AS broken,
        sum(a.kept) AS backdated
    FROM (
        SELECT
            CASE WHEN EXISTS (SELECT 1 FROM owner_change o
                    WHERE o.promise_id = p.id AND o.recorded_at > min(p.due_at, p.recorded_at)) THEN (
                SELECT CASE WHEN o.from_asked_at IS NULL THEN coalesce(o.from_owner_id, CASE WHEN p.imported = 0
                        AND p.made_by_id IS NOT (SELECT id FROM name WHERE role = 'actor' AND spelling = 'policy') THEN p.made_by_id END)
                    WHEN o.from_accepted_at <= min(p.due_at, p.recorded_at) THEN o.from_owner_id
                    ELSE o.from_asked_by_id END
                FROM owner_change o WHERE o.promise_id = p.id AND o.recorded_at > min(p.due_at, p.recorded_at)
                ORDER BY o.id LIMIT 1)
            WHEN p.asked_at IS NULL THEN coalesce(p.owner_id, CASE WHEN p.imported = 0
                AND p.made_by_id IS NOT (SELECT id FROM name WHERE role = 'actor' AND spelling = 'policy') THEN p.made_by_id END)
            WHEN p.accepted_at <= min(p.due_at, p.recorded_at) THEN p.owner_id
            ELSE p.asked_by_id END AS accountable_id,
            -- What was kept by its date is told of after it, as it was made after it.
            p.kept_at IS NOT NULL AND p.kept_at <= p.due_at AND p.upheld_at IS NULL AS kept,
            p.kept_at IS NOT NULL AND p.kept_at > p.due_at AND p.upheld_at IS NULL AS kept_late,
            p.superseded_at IS NOT NULL OR p.withdrawn_at IS NOT NULL OR p.upheld_at IS NOT NULL AS broken
        FROM promise p
        WHERE p.clock IS NOT NULL AND p.made_at > p.due_at AND p.recorded_at IS NOT NULL
            AND p.promised_by = 'desk' AND p.promised_to = 'customer'
            AND EXISTS (SELECT 1 FROM promise o INDEXED BY promise_by_case
                WHERE o.case_id = p.case_id AND o.id < p.id AND o.kind = p.kind AND o.due_at = p.due_at
                    AND o.promised_by = 'desk' AND o.promised_to = 'customer'
                    AND o.recorded_at > o.due_at AND o.recorded_at <= p.made_at
                    AND (o.kept_at IS NULL OR coalesce(o.upheld_at <= p.made_at, 0))
                    AND o.voided_at IS NULL AND o.transferred_at IS NULL)) a
    JOIN name s ON s.id = a.accountable_id JOIN name n ON n.role = 'owner' AND n.spelling = s.spelling
    GROUP BY n.id) g
WHERE g.owner_id = owner_record.owner_id;
