-- What is promised too far off, a customer who has it in writing, what is given away, and what they said to it in the end.

-- Two more rules of the desk: from how far off on a promise of the next word, or of a remedy, is warned about. The more
-- severe a case, the nearer; a policy that somebody has edited is covered by its last entry in the log, and has the one
-- that every severity could have.
ALTER TABLE policy ADD COLUMN update_in INTEGER NOT NULL DEFAULT 604800000 CHECK (update_in >= 1000);
ALTER TABLE policy ADD COLUMN remedy_in INTEGER NOT NULL DEFAULT 2592000000 CHECK (remedy_in >= 1000);
UPDATE policy SET update_in = 86400000, remedy_in = 604800000 WHERE severity = 'critical' AND version = 1;
UPDATE policy SET update_in = 3 * 86400000, remedy_in = 1209600000 WHERE severity = 'high' AND version = 1;

-- A customer may be told by a letter or an e-mail that was sent. What is in the table stays as it is, so its text is
-- changed where it stands (https://www.sqlite.org/lang_altertable.html, last section).
PRAGMA writable_schema = ON;
UPDATE sqlite_schema SET sql = replace(sql,
    '(notified_outcome = ''reached'' OR notified_outcome = ''message_left''',
    '(notified_outcome = ''reached'' OR notified_outcome = ''sent'' OR notified_outcome = ''message_left''')
WHERE type = 'table' AND name = 'promise';
PRAGMA writable_schema = RESET;

-- What waits for somebody can be raised once more by a later entry, "again_seq": a concession that was refused may be
-- decided again. A threat to somebody's safety goes before others ("is_safety"); a credible one waits for a supervisor
-- (danger), and a resolution that the customer is not content with for a manager (not_accepted).
DROP TRIGGER matter_is_settled_once;
DROP TRIGGER matter_stays;
DROP INDEX matter_waiting;
DROP INDEX matter_settled;
ALTER TABLE matter RENAME TO matter_before;
CREATE TABLE matter (
    id INTEGER PRIMARY KEY,
    case_id INTEGER NOT NULL REFERENCES complaint_case (id),
    kind TEXT NOT NULL CHECK (kind = 'danger' OR kind = 'not_accepted'
        OR kind = 'threat' OR kind = 'escalation' OR kind = 'concession' OR kind = 'return'),
    seq INTEGER NOT NULL CHECK (seq >= 1),
    again_seq INTEGER CHECK (again_seq > seq),
    is_safety INTEGER NOT NULL DEFAULT 0 CHECK (is_safety = 0 OR kind = 'threat' AND is_safety = 1),
    raised_at INTEGER NOT NULL,
    settled_at INTEGER CHECK (settled_at >= raised_at),
    settled_seq INTEGER CHECK (settled_seq >= seq),
    outcome TEXT,
    CHECK ((settled_at IS NULL) = (settled_seq IS NULL)),
    CHECK ((settled_at IS NULL) = (outcome IS NULL))
) STRICT;
INSERT INTO matter (id, case_id, kind, seq, is_safety, raised_at, settled_at, settled_seq, outcome)
SELECT m.id, m.case_id, m.kind, m.seq, m.kind = 'threat' AND instr(l.facts, '["threat_kind","safety"]') > 0,
    m.raised_at, m.settled_at, m.settled_seq, m.outcome
FROM matter_before m JOIN case_log l ON l.case_id = m.case_id AND l.seq = m.seq;
DROP TABLE matter_before;
INSERT INTO matter (case_id, kind, seq, raised_at)
SELECT t.case_id, 'danger', a.seq, a.recorded_at
FROM matter t JOIN complaint_case c ON c.id = t.case_id AND c.status = 'open'
JOIN customer u ON u.id = c.customer_id AND u.erased_at IS NULL
JOIN case_log a ON a.case_id = t.case_id AND a.seq = (SELECT max(l.seq) FROM case_log l
    WHERE l.case_id = t.case_id AND l.kind = 'threat_assessment' AND instr(l.facts, '["of",' || t.seq || ']') > 0)
WHERE t.is_safety = 1 AND instr(a.facts, '["verdict","credible"]') > 0
    AND NOT EXISTS (SELECT 1 FROM case_log j
        WHERE j.case_id = t.case_id AND j.kind = 'supervisor_joined' AND j.seq > a.seq)
ORDER BY a.id;
CREATE UNIQUE INDEX matter_once ON matter (case_id, seq, kind, coalesce(again_seq, 0));
CREATE INDEX matter_waiting ON matter (kind, is_safety, raised_at) WHERE settled_at IS NULL;
CREATE INDEX matter_settled ON matter (kind, settled_at) WHERE settled_at IS NOT NULL;
CREATE TRIGGER matter_is_settled_once BEFORE UPDATE ON matter
WHEN old.settled_at IS NOT NULL OR new.id <> old.id OR new.case_id <> old.case_id OR new.kind <> old.kind
    OR new.seq <> old.seq OR new.again_seq IS NOT old.again_seq OR new.is_safety <> old.is_safety
    OR new.raised_at <> old.raised_at
BEGIN SELECT raise(ABORT, 'what waited is never edited'); END;
CREATE TRIGGER matter_stays BEFORE DELETE ON matter
BEGIN SELECT raise(ABORT, 'what waited is never deleted'); END;

-- What the customer said to how their case was resolved: with the status that stands on it, so that it has history too.
-- Imported history does not say.
ALTER TABLE complaint_case ADD COLUMN customer_accepted INTEGER
    CHECK (customer_accepted IS NULL OR customer_accepted = 0 OR customer_accepted = 1);
ALTER TABLE status_change ADD COLUMN customer_accepted INTEGER
    CHECK (customer_accepted IS NULL OR status <> 'open' AND (customer_accepted = 0 OR customer_accepted = 1));
DROP TRIGGER status_change_stays_as_it_is;
UPDATE status_change SET customer_accepted = (
    SELECT CASE WHEN instr(l.facts, '["customer_accepted",true]') THEN 1
        WHEN instr(l.facts, '["customer_accepted",false]') THEN 0 END
    FROM case_log l WHERE l.case_id = status_change.case_id AND l.kind = 'case_resolved'
        AND l.recorded_at <= status_change.recorded_at
    ORDER BY l.seq DESC LIMIT 1)
WHERE status <> 'open';
CREATE TRIGGER status_change_stays_as_it_is BEFORE UPDATE ON status_change
BEGIN SELECT raise(ABORT, 'history is never edited'); END;
UPDATE complaint_case SET customer_accepted = (
    SELECT s.customer_accepted FROM status_change s WHERE s.case_id = complaint_case.id ORDER BY s.id DESC LIMIT 1)
WHERE status <> 'open';
INSERT INTO matter (case_id, kind, seq, raised_at)
SELECT c.id, 'not_accepted', l.seq, l.recorded_at
FROM complaint_case c JOIN customer u ON u.id = c.customer_id AND u.erased_at IS NULL
JOIN case_log l ON l.case_id = c.id AND l.kind = 'case_resolved' AND l.recorded_at = c.resolved_at
WHERE c.status = 'resolved' AND c.customer_accepted = 0
    AND NOT EXISTS (SELECT 1 FROM case_log j
        WHERE j.case_id = c.id AND j.kind IN ('supervisor_joined', 'relationship') AND j.seq > l.seq)
ORDER BY l.id;

-- Why a date moved, or a promise was given up, as the customer was told it: "reason" is for the desk.
ALTER TABLE promise ADD COLUMN explanation_made TEXT;
ALTER TABLE promise ADD COLUMN explanation_settled TEXT;
CREATE TRIGGER promise_keeps_its_explanations BEFORE UPDATE OF explanation_made, explanation_settled ON promise
WHEN (new.explanation_made IS NOT old.explanation_made
        OR old.recorded_at IS NOT NULL AND new.explanation_settled IS NOT old.explanation_settled)
    AND NOT ((new.explanation_made IS old.explanation_made
            OR old.explanation_made IS NOT NULL AND new.explanation_made IS '[erased]')
        AND (new.explanation_settled IS old.explanation_settled
            OR old.explanation_settled IS NOT NULL AND new.explanation_settled IS '[erased]')
        AND EXISTS (SELECT 1 FROM complaint_case c JOIN customer u ON u.id = c.customer_id
            WHERE c.id = old.case_id AND u.erased_at IS NOT NULL))
BEGIN SELECT raise(ABORT, 'what the customer was told is never edited'); END;

-- What reports count besides: what became of cases, and who was thanked.
DROP INDEX case_log_counted;
CREATE INDEX case_log_counted ON case_log (kind, recorded_at)
    WHERE kind = 'threat' OR kind = 'concession' OR kind = 'lesson' OR kind = 'mood' OR kind = 'debrief'
        OR kind = 'case_resolved' OR kind = 'thanks';
