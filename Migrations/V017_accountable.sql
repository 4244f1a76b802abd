-- For whom a promise counts (T2): who gave it to the owner who is asked to take it on, until they do. NULL where nobody is
-- asked, and for what was declined and is nobody's. "from_asked_by_id" is the same of the owner before a change of hands,
-- and "declined" says that this owner gave it back.
ALTER TABLE promise ADD COLUMN asked_by_id INTEGER REFERENCES name (id);
ALTER TABLE owner_change ADD COLUMN from_asked_by_id INTEGER REFERENCES name (id);
ALTER TABLE owner_change ADD COLUMN declined INTEGER NOT NULL DEFAULT 0 CHECK (declined = 0 OR declined = 1);

-- Of databases as they are, whoever wrote the entry.
UPDATE promise SET asked_by_id = (SELECT l.actor_id FROM case_log l
    WHERE l.case_id = promise.case_id AND l.promise_id = promise.id AND l.recorded_at = promise.asked_at
        AND l.kind IN ('promise_made', 'promise_reassigned')
        -- Of several in one batch, the one that gave it to the owner who was asked.
        AND EXISTS (SELECT 1 FROM json_each(l.texts) t JOIN name n ON n.id = promise.owner_id
            WHERE t.value ->> 0 = 'owner' AND t.value ->> 1 = n.spelling)
    ORDER BY l.seq DESC LIMIT 1)
WHERE asked_at IS NOT NULL;
DROP TRIGGER owner_change_stays_as_it_is;
UPDATE owner_change SET from_asked_by_id = (SELECT l.actor_id FROM promise p JOIN case_log l ON l.case_id = p.case_id
    WHERE p.id = owner_change.promise_id AND l.promise_id = p.id AND l.recorded_at = owner_change.from_asked_at
        AND l.kind IN ('promise_made', 'promise_reassigned')
        AND EXISTS (SELECT 1 FROM json_each(l.texts) t JOIN name n ON n.id = owner_change.from_owner_id
            WHERE t.value ->> 0 = 'owner' AND t.value ->> 1 = n.spelling)
    ORDER BY l.seq DESC LIMIT 1)
WHERE from_asked_at IS NOT NULL;
CREATE TRIGGER owner_change_stays_as_it_is BEFORE UPDATE ON owner_change
BEGIN SELECT raise(ABORT, 'history is never edited'); END;

CREATE TRIGGER promise_settled_counts_for_whom_it_did BEFORE UPDATE OF asked_by_id ON promise
WHEN old.recorded_at IS NOT NULL AND new.asked_by_id IS NOT old.asked_by_id
BEGIN SELECT raise(ABORT, 'a settled promise stays as it is'); END;

-- Who might be back under another name.
CREATE INDEX customer_ended ON customer (id) WHERE relationship = 'end';

-- What became of the promises that counted for somebody, where it was of those that they owned.
CREATE TABLE counted (
    accountable_id INTEGER NOT NULL,
    kept INTEGER NOT NULL,
    kept_late INTEGER NOT NULL,
    broken INTEGER NOT NULL,
    backdated INTEGER NOT NULL,
    instant INTEGER NOT NULL
) STRICT;
INSERT INTO counted (accountable_id, kept, kept_late, broken, backdated, instant)
SELECT a.accountable_id, kept_at IS NOT NULL AND kept_at <= due_at AND upheld_at IS NULL,
    kept_at IS NOT NULL AND kept_at > due_at AND upheld_at IS NULL,
    (superseded_at IS NOT NULL AND superseded_at > due_at)
        OR (withdrawn_at IS NOT NULL AND (withdrawn_at > due_at OR release NOT IN ('customer_agreed', 'ended')))
        OR upheld_at IS NOT NULL,
    kept_at IS NOT NULL AND kept_at <= due_at AND recorded_at > due_at AND upheld_at IS NULL,
    kept_at IS NOT NULL AND kept_at <= due_at AND recorded_at <= due_at AND upheld_at IS NULL
        AND kept_at - made_at <= 60000
FROM (
    SELECT p.*, CASE
        WHEN EXISTS (SELECT 1 FROM owner_change o
            WHERE o.promise_id = p.id AND o.recorded_at > min(p.due_at, p.recorded_at))
        THEN (SELECT CASE
                WHEN o.from_asked_at IS NULL THEN coalesce(o.from_owner_id, m.maker_id)
                WHEN o.from_accepted_at <= min(p.due_at, p.recorded_at) THEN o.from_owner_id
                ELSE o.from_asked_by_id END
            FROM owner_change o WHERE o.promise_id = p.id AND o.recorded_at > min(p.due_at, p.recorded_at)
            ORDER BY o.id LIMIT 1)
        WHEN p.asked_at IS NULL THEN coalesce(p.owner_id, m.maker_id)
        WHEN p.accepted_at <= min(p.due_at, p.recorded_at) THEN p.owner_id
        ELSE p.asked_by_id END AS accountable_id
    FROM promise p JOIN (
        SELECT q.id, CASE WHEN q.imported = 0 AND q.made_by_id IS NOT (
            SELECT n.id FROM name n WHERE n.role = 'actor' AND n.spelling = 'policy') THEN q.made_by_id END AS maker_id
        FROM promise q) m ON m.id = p.id
    WHERE p.recorded_at IS NOT NULL AND p.promised_by = 'desk' AND p.promised_to = 'customer') a
WHERE a.accountable_id IS NOT NULL;
INSERT OR IGNORE INTO name (role, spelling, folded)
SELECT 'owner', n.spelling, n.folded FROM name n WHERE n.id IN (SELECT accountable_id FROM counted) ORDER BY n.id;
DELETE FROM owner_record;
INSERT INTO owner_record (owner_id, kept, kept_late, broken, backdated, instant)
SELECT n.id, sum(c.kept), sum(c.kept_late), sum(c.broken), sum(c.backdated), sum(c.instant)
FROM counted c JOIN name s ON s.id = c.accountable_id JOIN name n ON n.role = 'owner' AND n.spelling = s.spelling
GROUP BY n.id;
DROP TABLE counted;
