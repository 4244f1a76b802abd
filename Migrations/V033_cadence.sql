-- When the customer of a case last heard something from the desk, of what its log tells; NULL while they have heard nothing since they
-- complained. It only goes on, as entries do.
ALTER TABLE complaint_case ADD COLUMN heard_at INTEGER CHECK (heard_at >= received_at);
-- When the clock is to say that an update is due; NULL where it said so, and where there is nothing to say. It follows from the
-- record, and is there for its index.
ALTER TABLE complaint_case ADD COLUMN update_due_at INTEGER;
CREATE INDEX complaint_case_by_update_due ON complaint_case (update_due_at) WHERE update_due_at IS NOT NULL;

-- How long a customer may hear nothing, in milliseconds; NULL: nothing says. So what entries of the log cover of rows of before
-- stays as it was.
ALTER TABLE policy ADD COLUMN update_every INTEGER CHECK (update_every >= 1000);

-- Up to which case "update_due_at" is anew what the policies say since one of them was changed; NULL: of all.
CREATE TABLE cadence_sweep (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    after_case INTEGER CHECK (after_case >= 0)
) STRICT;
INSERT INTO cadence_sweep (id, after_case) VALUES (1, NULL);

UPDATE complaint_case SET heard_at = (
    SELECT max(h.at) FROM (
        SELECT CASE l.kind
            WHEN 'customer_notified' THEN CASE WHEN instr(l.facts, '["outcome","attempted"]') = 0 THEN l.at END
            WHEN 'promise_made' THEN (
                SELECT CASE WHEN p.notified_outcome IS NOT NULL
                    THEN CASE WHEN p.notified_outcome <> 'attempted' THEN p.notified_at END
                    WHEN p.made_by_id <> coalesce((
                        SELECT n.id FROM name n WHERE n.role = 'actor' AND n.spelling = 'policy'), 0) THEN l.at END
                FROM promise p WHERE p.id = l.promise_id AND p.promised_by = 'desk' AND p.promised_to = 'customer'
                    AND p.transferred_from IS NULL)
            WHEN 'promise_kept' THEN (
                SELECT p.kept_at FROM promise p
                WHERE p.id = l.promise_id AND p.promised_by = 'desk' AND p.promised_to = 'customer')
            WHEN 'promise_withdrawn' THEN CASE WHEN instr(l.facts, '["notified_outcome","') > 0
                AND instr(l.facts, '["notified_outcome","attempted"]') = 0 THEN (
                    SELECT CAST(strftime('%s', f.value ->> 1) AS INTEGER) * 1000
                        + CAST(substr(strftime('%f', f.value ->> 1), 4) AS INTEGER)
                    FROM json_each(l.facts) f WHERE f.value ->> 0 = 'notified_at') END
            WHEN 'promise_voided' THEN CASE WHEN instr(l.facts, '["notified_outcome","') > 0
                AND instr(l.facts, '["notified_outcome","attempted"]') = 0 THEN (
                    SELECT CAST(strftime('%s', f.value ->> 1) AS INTEGER) * 1000
                        + CAST(substr(strftime('%f', f.value ->> 1), 4) AS INTEGER)
                    FROM json_each(l.facts) f WHERE f.value ->> 0 = 'notified_at') END
            WHEN 'case_resolved' THEN CASE WHEN instr(l.facts, '["customer_accepted",') > 0 THEN l.at END
            ELSE l.at END AS at
        FROM case_log l
        WHERE l.case_id = complaint_case.id AND l.kind IN ('customer_notified', 'promise_made', 'promise_kept',
            'promise_withdrawn', 'promise_voided', 'case_resolved', 'acknowledgement', 'support', 'apology', 'restatement',
            'option', 'agreement')) h
    WHERE h.at >= complaint_case.received_at);

-- A case whose customer is to hear something waits for that. What is in the table stays as it is, so its text is changed where it
-- stands (https://www.sqlite.org/lang_altertable.html, last section).
PRAGMA writable_schema = ON;
UPDATE sqlite_schema SET sql = replace(sql, 'OR kind = ''ladder'')', 'OR kind = ''ladder'' OR kind = ''update_due'')')
WHERE type = 'table' AND name = 'matter';
PRAGMA writable_schema = RESET;
