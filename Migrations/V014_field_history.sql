-- What a field that can be edited was before each change of it, so that it can be told as of any instant: the first change
-- after that has what it was, and without one it is what it is today. "before" stands as it does in the field's own column
-- (an estimate, which has two, as "from/to"); NULL is no value. What an erasure takes of a field it takes here too.
CREATE TABLE field_change (
    about TEXT NOT NULL CHECK (about = 'case' OR about = 'customer' OR about = 'policy'),
    -- A policy has the place of its severity, from 1 for the mildest.
    about_id INTEGER NOT NULL,
    field TEXT NOT NULL,
    recorded_at INTEGER NOT NULL,
    before ANY,
    PRIMARY KEY (about, about_id, field, recorded_at)
) STRICT, WITHOUT ROWID;
-- Whether a field of anything has changed since an instant, and of what.
CREATE INDEX field_change_since ON field_change (about, field, recorded_at);
-- What the external_id of a case was: a file that is imported again must not bring back who was erased.
CREATE INDEX field_change_by_key ON field_change (before) WHERE about = 'case' AND field = 'external_id';

-- Of databases as they are, what their logs say. Those of before V012 say nothing of customers and policies, nor what a case
-- was opened with: a supervisor who was replaced before anybody edited that field is not known.
CREATE TABLE logged (
    case_id INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    recorded_at INTEGER NOT NULL,
    field TEXT NOT NULL,
    before TEXT,
    PRIMARY KEY (case_id, field, seq)
) STRICT, WITHOUT ROWID;
INSERT INTO logged (case_id, seq, recorded_at, field, before)
SELECT l.case_id, l.seq, l.recorded_at, f.value ->> 0,
    (SELECT b.value ->> 1 FROM json_each(l.facts) b WHERE b.value ->> 0 = (f.value ->> 0) || '_before')
FROM case_log l, json_each(l.facts) f
WHERE l.kind = 'case_updated' AND f.value ->> 0 NOT LIKE '%\_before' ESCAPE '\';
INSERT INTO logged (case_id, seq, recorded_at, field, before)
SELECT l.case_id, l.seq, l.recorded_at, f.value ->> 0,
    (SELECT b.value ->> 1 FROM json_each(l.texts) b WHERE b.value ->> 0 = (f.value ->> 0) || '_before')
FROM case_log l, json_each(l.texts) f
WHERE l.kind = 'case_updated' AND l.texts IS NOT NULL AND f.value ->> 0 NOT LIKE '%\_before' ESCAPE '\';

-- What was erased is not to come back.
DELETE FROM logged
WHERE field IN ('external_id', 'category', 'subject', 'tags', 'desired_outcome') AND case_id IN (
    SELECT c.id FROM complaint_case c JOIN customer u ON u.id = c.customer_id WHERE u.erased_at IS NOT NULL);

INSERT OR IGNORE INTO field_change (about, about_id, field, recorded_at, before)
SELECT 'case', g.case_id, g.field, g.recorded_at, CASE
    WHEN g.field = 'tags' AND g.before = '' THEN NULL
    WHEN g.field = 'tags' THEN '[' || replace(json_quote(g.before), ', ', '","') || ']'
    WHEN g.field = 'hard_deadline' THEN CAST(round((julianday(g.before) - 2440587.5) * 86400000) AS INTEGER)
    WHEN g.field IN ('category', 'owner', 'team') THEN
        (SELECT n.id FROM name n WHERE n.role = g.field AND n.spelling = g.before)
    ELSE g.before END
FROM logged g
WHERE g.field NOT IN ('estimate_from', 'estimate_to', 'mood', 'supervisor')
ORDER BY g.case_id, g.seq;

-- Either end of an estimate may have changed alone: then the other is what it was before its next change, or is today.
INSERT OR IGNORE INTO field_change (about, about_id, field, recorded_at, before)
SELECT 'case', e.case_id, 'estimate', e.recorded_at, e.start || '/' || e.end
FROM (
    SELECT g.case_id, g.seq, g.recorded_at,
        CASE WHEN f.seq IS NULL THEN c.estimate_from ELSE f.before END AS start,
        CASE WHEN t.seq IS NULL THEN c.estimate_to ELSE t.before END AS end
    FROM (SELECT DISTINCT case_id, seq, recorded_at FROM logged WHERE field IN ('estimate_from', 'estimate_to')) g
    JOIN complaint_case c ON c.id = g.case_id
    LEFT JOIN logged f ON f.case_id = g.case_id AND f.field = 'estimate_from' AND f.seq = (
        SELECT min(n.seq) FROM logged n WHERE n.case_id = g.case_id AND n.field = 'estimate_from' AND n.seq >= g.seq)
    LEFT JOIN logged t ON t.case_id = g.case_id AND t.field = 'estimate_to' AND t.seq = (
        SELECT min(n.seq) FROM logged n WHERE n.case_id = g.case_id AND n.field = 'estimate_to' AND n.seq >= g.seq)
) e
ORDER BY e.case_id, e.seq;

INSERT OR IGNORE INTO field_change (about, about_id, field, recorded_at, before)
SELECT 'customer', l.about_id, f.value ->> 0, l.recorded_at,
    (SELECT b.value ->> 1 FROM json_each(l.texts) b WHERE b.value ->> 0 = (f.value ->> 0) || '_before')
FROM case_log l, json_each(l.texts) f
WHERE l.kind = 'customer_updated' AND l.salt IS NOT NULL AND f.value ->> 0 IN ('external_id', 'name', 'email', 'phone')
ORDER BY l.id;

-- A policy's spans stand in the log as ISO 8601 writes them, and in their columns as milliseconds; its numbers as texts.
INSERT OR IGNORE INTO field_change (about, about_id, field, recorded_at, before)
WITH RECURSIVE edited (id, about_id, field, recorded_at, is_text, before) AS (
    SELECT l.id, l.about_id, f.value ->> 0, l.recorded_at, 0,
        (SELECT b.value ->> 1 FROM json_each(l.facts) b WHERE b.value ->> 0 = (f.value ->> 0) || '_before')
    FROM case_log l, json_each(l.facts) f
    WHERE l.kind = 'policy_updated' AND f.value ->> 0 <> 'severity' AND f.value ->> 0 NOT LIKE '%\_before' ESCAPE '\'
    UNION ALL
    SELECT l.id, l.about_id, f.value ->> 0, l.recorded_at, 1,
        (SELECT b.value ->> 1 FROM json_each(l.texts) b WHERE b.value ->> 0 = (f.value ->> 0) || '_before')
    FROM case_log l, json_each(l.texts) f
    WHERE l.kind = 'policy_updated' AND l.texts IS NOT NULL AND f.value ->> 0 NOT LIKE '%\_before' ESCAPE '\'
), read (id, field, rest, number, milliseconds) AS (
    SELECT e.id, e.field, e.before, '', 0 FROM edited e
    WHERE NOT e.is_text AND e.before GLOB 'P[0-9T]*'
    UNION ALL
    SELECT r.id, r.field, substr(r.rest, 2), CASE WHEN r.rest GLOB '[0-9.]*' THEN r.number || substr(r.rest, 1, 1) ELSE '' END,
        r.milliseconds + CASE substr(r.rest, 1, 1) WHEN 'D' THEN 86400000 WHEN 'H' THEN 3600000 WHEN 'M' THEN 60000
            WHEN 'S' THEN 1000 ELSE 0 END * CAST(r.number AS REAL)
    FROM read r WHERE r.rest <> ''
)
SELECT 'policy', e.about_id, e.field, e.recorded_at, coalesce(
    (SELECT CAST(round(r.milliseconds) AS INTEGER) FROM read r WHERE r.id = e.id AND r.field = e.field AND r.rest = ''),
    CASE WHEN NOT e.is_text AND e.before GLOB '[0-9]*' THEN CAST(e.before AS INTEGER) ELSE e.before END)
FROM edited e
ORDER BY e.id;

-- How often, and when, customers and policies had been changed before each change that the log tells of, and before each
-- decision about going on with a customer. "unlogged" has what was changed before the log told of it: of these it is known
-- from their first entry on, and from the next one on when it was.
INSERT OR IGNORE INTO field_change (about, about_id, field, recorded_at, before)
WITH change (id, at) AS (
    SELECT l.about_id, l.recorded_at FROM case_log l WHERE l.about = 'customer'
    UNION
    SELECT r.customer_id, r.recorded_at FROM relationship_decision r
), counted (id, at, version, entry, decision, is_unlogged, made) AS (
    SELECT c.id, c.at,
        coalesce(b.version, 1)
            + (SELECT count(*) FROM case_log l WHERE l.about = 'customer' AND l.about_id = c.id AND l.recorded_at < c.at)
            + (SELECT count(*) FROM relationship_decision r WHERE r.customer_id = c.id AND r.recorded_at < c.at),
        (SELECT max(l.recorded_at) FROM case_log l
            WHERE l.about = 'customer' AND l.about_id = c.id AND l.recorded_at < c.at),
        (SELECT max(r.recorded_at) FROM relationship_decision r WHERE r.customer_id = c.id AND r.recorded_at < c.at),
        b.about_id IS NOT NULL, u.recorded_at
    FROM change c JOIN customer u ON u.id = c.id
        LEFT JOIN unlogged b ON b.about = 'customer' AND b.about_id = c.id
    WHERE b.about_id IS NULL OR c.at >= (SELECT min(l.recorded_at) FROM case_log l
        WHERE l.about = 'customer' AND l.about_id = c.id)
)
SELECT 'customer', n.id, 'version', n.at, n.version FROM counted n
UNION ALL
SELECT 'customer', n.id, 'updated_at', n.at, max(coalesce(n.entry, n.made), coalesce(n.decision, n.made)) FROM counted n
WHERE NOT n.is_unlogged OR n.entry IS NOT NULL;
INSERT OR IGNORE INTO field_change (about, about_id, field, recorded_at, before)
WITH counted (id, at, version, entry) AS (
    SELECT DISTINCT c.about_id, c.recorded_at,
        coalesce((SELECT b.version FROM unlogged b WHERE b.about = 'policy' AND b.about_id = c.about_id), 1)
            + (SELECT count(*) FROM case_log l
                WHERE l.about = 'policy' AND l.about_id = c.about_id AND l.recorded_at < c.recorded_at),
        (SELECT max(l.recorded_at) FROM case_log l
            WHERE l.about = 'policy' AND l.about_id = c.about_id AND l.recorded_at < c.recorded_at)
    FROM case_log c WHERE c.about = 'policy'
)
SELECT 'policy', n.id, 'version', n.at, n.version FROM counted n
UNION ALL
SELECT 'policy', n.id, 'updated_at', n.at, n.entry FROM counted n WHERE n.entry IS NOT NULL;

-- Moods are observed, too: each observation is an entry of its own.
INSERT OR IGNORE INTO field_change (about, about_id, field, recorded_at, before)
SELECT 'case', o.case_id, 'mood', o.recorded_at, o.before
FROM (
    SELECT l.case_id, l.seq, l.kind, l.recorded_at, f.value ->> 1 AS mood,
        lag(f.value ->> 1) OVER (PARTITION BY l.case_id ORDER BY l.seq) AS before
    FROM case_log l, json_each(l.facts) f
    WHERE l.kind IN ('case_opened', 'case_updated', 'mood') AND f.value ->> 0 = 'mood'
) o
WHERE o.kind <> 'case_opened' AND o.before <> o.mood
ORDER BY o.case_id, o.seq;
INSERT OR IGNORE INTO field_change (about, about_id, field, recorded_at, before)
SELECT 'case', o.case_id, 'mood_before', o.recorded_at, o.second
FROM (
    SELECT l.case_id, l.seq, l.kind, l.recorded_at,
        lag(f.value ->> 1) OVER (PARTITION BY l.case_id ORDER BY l.seq) AS first,
        lag(f.value ->> 1, 2) OVER (PARTITION BY l.case_id ORDER BY l.seq) AS second
    FROM case_log l, json_each(l.facts) f
    WHERE l.kind IN ('case_opened', 'mood') AND f.value ->> 0 = 'mood'
        -- What a case was opened with and is not calm has an entry of its own.
        AND NOT (l.kind = 'case_opened' AND f.value ->> 1 <> 'calm' AND EXISTS (SELECT 1 FROM case_log m
            WHERE m.case_id = l.case_id AND m.kind = 'mood' AND m.recorded_at = l.recorded_at))
) o
WHERE o.kind = 'mood' AND o.first IS NOT o.second
ORDER BY o.case_id, o.seq;

-- A supervisor is asked, or joins, by entries of their own, which do not say who it was before.
INSERT OR IGNORE INTO field_change (about, about_id, field, recorded_at, before)
SELECT 'case', o.case_id, 'supervisor', o.recorded_at,
    (SELECT n.id FROM name n WHERE n.role = 'supervisor' AND n.spelling = o.before)
FROM (
    SELECT s.case_id, s.seq, s.recorded_at, s.supervisor, CASE s.kind
        WHEN 'case_updated' THEN (SELECT g.before FROM logged g
            WHERE g.case_id = s.case_id AND g.field = 'supervisor' AND g.seq = s.seq)
        ELSE lag(s.supervisor) OVER (PARTITION BY s.case_id ORDER BY s.seq) END AS before
    FROM (
        SELECT l.case_id, l.seq, l.kind, l.recorded_at,
            nullif((SELECT f.value ->> 1 FROM json_each(l.texts) f WHERE f.value ->> 0 = 'supervisor'), '') AS supervisor
        FROM case_log l
        WHERE l.kind IN ('escalated', 'supervisor_joined')
            OR l.kind = 'case_updated' AND EXISTS (
                SELECT 1 FROM json_each(l.texts) f WHERE f.value ->> 0 = 'supervisor')
    ) s
) o
WHERE o.before IS NOT o.supervisor
ORDER BY o.case_id, o.seq;
DROP TABLE logged;

CREATE TRIGGER field_change_stays_as_it_is BEFORE UPDATE ON field_change
BEGIN SELECT raise(ABORT, 'history is never edited'); END;
-- What was personal of those who are erased goes with it.
CREATE TRIGGER field_change_stays BEFORE DELETE ON field_change
WHEN NOT EXISTS (SELECT 1 FROM customer u WHERE u.erased_at IS NOT NULL AND u.id = CASE old.about
    WHEN 'customer' THEN old.about_id
    WHEN 'case' THEN (SELECT c.customer_id FROM complaint_case c WHERE c.id = old.about_id) END)
BEGIN SELECT raise(ABORT, 'history is never deleted'); END;

-- What waited for somebody at an earlier instant, and has been settled since: for the queue as of then.
CREATE INDEX matter_settled ON matter (kind, settled_at) WHERE settled_at IS NOT NULL;
-- The same of promises whose owner had been asked to take them on: answered or settled since, or given away.
CREATE INDEX promise_answered ON promise (coalesce(accepted_at, recorded_at))
    WHERE asked_at IS NOT NULL AND coalesce(accepted_at, recorded_at) IS NOT NULL;
CREATE INDEX owner_change_since ON owner_change (recorded_at);
