-- Whatever takes the place of an unsettled promise goes on in its chain: what was given up or taken back has a successor as
-- what was moved has, and a date that moves earlier is no slip. And a keep can be disputed: "upheld_at" is when it was
-- decided that the promise had not been kept; what was recorded of the keep stays as it is.
ALTER TABLE promise ADD COLUMN upheld_at INTEGER CHECK (upheld_at IS NULL OR kept_at IS NOT NULL AND upheld_at >= recorded_at);

-- What is in the tables stays as it is, so their text is changed where it stands
-- (https://www.sqlite.org/lang_altertable.html, last section).
PRAGMA writable_schema = ON;
UPDATE sqlite_schema SET sql = replace(replace(replace(replace(sql,
    'CHECK ((slips = 0) = (supersedes IS NULL))', 'CHECK (slips = 0 OR supersedes IS NOT NULL)'),
    'CHECK (slips > 0 OR original_due_at = due_at)', 'CHECK (supersedes IS NOT NULL OR original_due_at = due_at)'),
    'CHECK ((superseded_at IS NULL) = (superseded_by IS NULL))',
    'CHECK (superseded_at IS NULL OR superseded_by IS NOT NULL),
    CHECK (superseded_by IS NULL OR superseded_at IS NOT NULL OR withdrawn_at IS NOT NULL OR voided_at IS NOT NULL
        OR upheld_at IS NOT NULL)'),
    'release = ''impossible'' OR release = ''duplicate'')',
    'release = ''impossible'' OR release = ''duplicate''
        OR release = ''ended'')')
WHERE type = 'table' AND name = 'promise';
UPDATE sqlite_schema SET sql = replace(sql, 'kind = ''concession'' OR kind = ''return'')',
    'kind = ''concession'' OR kind = ''return''
        OR kind = ''dispute'')')
WHERE type = 'table' AND name = 'matter';
PRAGMA writable_schema = RESET;

-- A settled promise stays as it is; but it can be found once that a keep was none, and then, with the same change, there is
-- what takes its place.
DROP TRIGGER promise_is_settled_once;
CREATE TRIGGER promise_is_settled_once BEFORE UPDATE ON promise
WHEN old.recorded_at IS NOT NULL AND (
    new.recorded_at IS NOT old.recorded_at OR new.kept_at IS NOT old.kept_at
    OR new.superseded_at IS NOT old.superseded_at
    OR new.superseded_by IS NOT old.superseded_by
        AND (old.superseded_by IS NOT NULL OR old.upheld_at IS NOT NULL OR new.upheld_at IS NULL)
    OR new.upheld_at IS NOT old.upheld_at AND old.upheld_at IS NOT NULL
    OR new.withdrawn_at IS NOT old.withdrawn_at OR new.release IS NOT old.release
    OR new.voided_at IS NOT old.voided_at OR new.settled_by_id IS NOT old.settled_by_id
    OR new.owner_id IS NOT old.owner_id OR new.asked_at IS NOT old.asked_at OR new.accepted_at IS NOT old.accepted_at
    OR ((new.reason_settled IS NOT old.reason_settled OR new.evidence IS NOT old.evidence)
        AND NOT ((new.reason_settled IS old.reason_settled
                OR old.reason_settled IS NOT NULL AND new.reason_settled IS '[erased]')
            AND (new.evidence IS old.evidence OR old.evidence IS NOT NULL AND new.evidence IS '[erased]')
            AND EXISTS (SELECT 1 FROM complaint_case c JOIN customer u ON u.id = c.customer_id
                WHERE c.id = old.case_id AND u.erased_at IS NOT NULL))))
BEGIN SELECT raise(ABORT, 'a settled promise stays as it is'); END;

-- Slips are counted anew: each move was one, to an earlier date as well.
DROP TRIGGER promise_keeps_its_word;
WITH RECURSIVE chain (id, due_at, slips) AS (
    SELECT id, due_at, 0 FROM promise WHERE supersedes IS NULL AND superseded_by IS NOT NULL
    UNION ALL
    SELECT n.id, n.due_at, h.slips + (n.due_at > h.due_at) FROM chain h JOIN promise n ON n.supersedes = h.id)
UPDATE promise SET slips = chain.slips FROM chain WHERE chain.id = promise.id AND promise.slips <> chain.slips;
CREATE TRIGGER promise_keeps_its_word
BEFORE UPDATE OF id, case_id, kind, promised_by, promised_to, made_by_id, maker_token_id, made_at, channel, due_at,
    original_due_at, notified_channel, notified_outcome, notified_at, slips, supersedes, imported, concession_seq
    ON promise
BEGIN SELECT raise(ABORT, 'what was promised is never edited'); END;

-- Chains that moved, by their first date: those that did not are found by their due instant.
CREATE INDEX promise_by_original_due_at ON promise (original_due_at) WHERE supersedes IS NOT NULL;

-- From how many slips of a chain on a supervisor is asked to join by itself.
ALTER TABLE policy ADD COLUMN escalate_after_slips INTEGER NOT NULL DEFAULT 3 CHECK (escalate_after_slips >= 1);

-- What was made and kept within a minute is in no rate.
ALTER TABLE owner_record ADD COLUMN instant INTEGER NOT NULL DEFAULT 0;
UPDATE owner_record SET instant = i.count FROM (
    SELECT owner_id, count(*) AS count FROM promise
    WHERE owner_id IS NOT NULL AND promised_by = 'desk' AND promised_to = 'customer'
        AND kept_at <= due_at AND recorded_at <= due_at AND kept_at - made_at <= 60000
    GROUP BY owner_id) i
WHERE i.owner_id = owner_record.owner_id;
