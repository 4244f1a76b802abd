-- A case that is a duplicate of another one: what was promised in it goes on there, as a promise of that case with the same
-- due instant, and with all that was said of it before. "transferred_from" is the promise that it goes on from,
-- "first_made_at" when the first one was made, and "counted_from" from when its time was counted: no span begins anew.
-- "concession_case_id" is the case that the concession is of, where it is another one than the promise's.
ALTER TABLE promise ADD COLUMN transferred_at INTEGER;
ALTER TABLE promise ADD COLUMN transferred_to INTEGER REFERENCES promise (id)
    CHECK ((transferred_to IS NULL) = (transferred_at IS NULL));
ALTER TABLE promise ADD COLUMN transferred_from INTEGER REFERENCES promise (id)
    CHECK (transferred_from IS NULL OR supersedes IS NULL);
ALTER TABLE promise ADD COLUMN first_made_at INTEGER
    CHECK ((first_made_at IS NULL) = (transferred_from IS NULL) AND (first_made_at IS NULL OR first_made_at <= made_at));
ALTER TABLE promise ADD COLUMN counted_from INTEGER
    CHECK ((counted_from IS NULL) = (transferred_from IS NULL) AND (counted_from IS NULL OR counted_from <= first_made_at));
ALTER TABLE promise ADD COLUMN concession_case_id INTEGER REFERENCES complaint_case (id)
    CHECK (concession_case_id IS NULL OR concession_seq IS NOT NULL);

-- What is in the tables stays as it is, so their text is changed where it stands
-- (https://www.sqlite.org/lang_altertable.html, last section).
PRAGMA writable_schema = ON;
UPDATE sqlite_schema SET sql = replace(replace(replace(replace(sql,
    'CHECK (slips = 0 OR supersedes IS NOT NULL)',
    'CHECK (slips = 0 OR supersedes IS NOT NULL OR transferred_from IS NOT NULL)'),
    'CHECK (supersedes IS NOT NULL OR original_due_at = due_at)',
    'CHECK (supersedes IS NOT NULL OR transferred_from IS NOT NULL OR original_due_at = due_at)'),
    '(voided_at IS NOT NULL) = (recorded_at IS NOT NULL)',
    '(voided_at IS NOT NULL) + (transferred_at IS NOT NULL) = (recorded_at IS NOT NULL)'),
    'CHECK (kept_at BETWEEN made_at AND recorded_at)',
    'CHECK (kept_at BETWEEN coalesce(first_made_at, made_at) AND recorded_at)')
WHERE type = 'table' AND name = 'promise';
PRAGMA writable_schema = RESET;

-- A promise goes on once.
CREATE UNIQUE INDEX promise_by_transferred_from ON promise (transferred_from) WHERE transferred_from IS NOT NULL;

DROP TRIGGER promise_keeps_its_word;
CREATE TRIGGER promise_keeps_its_word
BEFORE UPDATE OF id, case_id, kind, promised_by, promised_to, made_by_id, maker_token_id, made_at, channel, due_at,
    original_due_at, notified_channel, notified_outcome, notified_at, slips, supersedes, imported, concession_seq,
    transferred_from, first_made_at, counted_from, concession_case_id
    ON promise
BEGIN SELECT raise(ABORT, 'what was promised is never edited'); END;
CREATE TRIGGER promise_is_transferred_once BEFORE UPDATE OF transferred_at, transferred_to ON promise
WHEN old.recorded_at IS NOT NULL
    AND (new.transferred_at IS NOT old.transferred_at OR new.transferred_to IS NOT old.transferred_to)
BEGIN SELECT raise(ABORT, 'a settled promise stays as it is'); END;

-- Chains that moved, by their first date: those that did not are found by their due instant. One that goes on in another case
-- has moved before it came there, if it has.
DROP INDEX promise_by_original_due_at;
CREATE INDEX promise_by_original_due_at ON promise (original_due_at) WHERE original_due_at <> due_at;

-- Whose promise it was before, in the case that it goes on from: "carried" rows are that one's.
ALTER TABLE owner_change ADD COLUMN carried INTEGER NOT NULL DEFAULT 0 CHECK (carried = 0 OR carried = 1);

-- The case that one was resolved as a duplicate of: with the status that stands on it, so that it has history too.
ALTER TABLE complaint_case ADD COLUMN duplicate_of INTEGER REFERENCES complaint_case (id)
    CHECK (duplicate_of IS NULL OR status <> 'open' AND duplicate_of <> id);
ALTER TABLE status_change ADD COLUMN duplicate_of INTEGER REFERENCES complaint_case (id)
    CHECK (duplicate_of IS NULL OR status <> 'open' AND duplicate_of <> case_id);

-- What went on from a case goes with an erasure of whose that is, also where the case that it went on in is somebody else's by
-- now: a promise, once the words of the one before it are gone, and what the log says of it; and that the case was a duplicate.
PRAGMA writable_schema = ON;
UPDATE sqlite_schema SET sql = replace(sql, 'AND u.erased_at IS NOT NULL)',
    'AND u.erased_at IS NOT NULL
                UNION ALL SELECT 1 FROM promise q
                WHERE q.id IN (old.supersedes, old.transferred_from) AND q.what = ''[erased]'')')
WHERE type = 'trigger'
    AND name IN ('promise_keeps_its_words', 'promise_is_settled_once', 'promise_keeps_its_explanations');
UPDATE sqlite_schema SET sql = replace(sql,
    'EXISTS (SELECT 1 FROM customer u WHERE u.erased_at IS NOT NULL AND u.id IN (',
    'EXISTS (SELECT 1 FROM promise q WHERE q.id = old.promise_id AND q.what = ''[erased]''
        UNION ALL SELECT 1 FROM customer u WHERE u.erased_at IS NOT NULL AND u.id IN (
        (SELECT c.customer_id FROM json_each(old.facts) f JOIN complaint_case c ON c.id = f.value ->> 1
            WHERE old.kind = ''duplicate'' AND f.value ->> 0 = ''duplicate''),')
WHERE type = 'trigger' AND name = 'case_log_stays_as_it_is';
PRAGMA writable_schema = RESET;
