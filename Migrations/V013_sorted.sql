-- What an erasure looks for, and what is of one file alone.

-- Of whom a stored answer tells: an erasure empties it, and need not look into it. Those that are kept by now say so
-- themselves: a case with its customer, a promise or an entry with its case, or what became of a promise, with both.
ALTER TABLE answered_request RENAME TO answered_before;
CREATE TABLE answered_request (
    -- Ascends with recorded_at, so that the oldest come first without an index of their own.
    id INTEGER PRIMARY KEY,
    -- SHA-256 of the token, the method, the path and the key: nobody's key answers anybody else, or anything else.
    key_hash BLOB NOT NULL UNIQUE CHECK (length(key_hash) = 32),
    -- SHA-256 of what was sent.
    fingerprint BLOB NOT NULL CHECK (length(fingerprint) = 32),
    recorded_at INTEGER NOT NULL,
    customer_id INTEGER,
    case_id INTEGER,
    status INTEGER NOT NULL CHECK (status BETWEEN 200 AND 299),
    -- Header fields of the answer that are its own.
    location TEXT,
    entity_tag TEXT,
    body BLOB NOT NULL
) STRICT;
INSERT INTO answered_request (
    id, key_hash, fingerprint, recorded_at, customer_id, case_id, status, location, entity_tag, body)
SELECT id, key_hash, fingerprint, recorded_at,
    coalesce(json ->> '$.customer.id', json ->> '$.case.customer.id', json ->> '$.promise.case.customer.id',
        CASE WHEN json ->> '$.erased_at' IS NOT NULL THEN json ->> '$.id' END),
    coalesce(json ->> '$.case_id', json ->> '$.case.id',
        CASE WHEN json ->> '$.customer.id' IS NOT NULL THEN json ->> '$.id' END),
    status, location, entity_tag, body
FROM (SELECT *, CASE WHEN json_valid(CAST(body AS TEXT)) THEN CAST(body AS TEXT) ELSE '{}' END AS json FROM answered_before)
ORDER BY id;
DROP TABLE answered_before;

-- What a lesson came from, and the process at fault, are words that were typed. Entries have them among their texts from
-- now on; those of before had them among the facts, from where an erasure takes them as well: what it leaves of such an
-- entry's hash is told by the entry that tells of the erasure.
DROP TRIGGER case_log_stays_as_it_is;
CREATE TRIGGER case_log_stays_as_it_is BEFORE UPDATE ON case_log
WHEN NOT (new.salt IS NULL AND new.id = old.id AND new.case_id IS old.case_id AND new.seq = old.seq
    AND new.kind = old.kind AND new.promise_id IS old.promise_id AND new.actor_id = old.actor_id
    AND new.token_id IS old.token_id AND new.at = old.at AND new.recorded_at = old.recorded_at
    AND new.imported = old.imported AND new.digest = old.digest AND new.hash = old.hash
    AND new.about IS old.about AND new.about_id IS old.about_id AND new.row_digest IS old.row_digest
    AND EXISTS (SELECT 1 FROM customer u WHERE u.erased_at IS NOT NULL AND u.id = CASE
        WHEN old.case_id IS NOT NULL THEN (SELECT c.customer_id FROM complaint_case c WHERE c.id = old.case_id)
        WHEN old.about = 'customer' THEN old.about_id END)
    -- Each text stays, or is erased.
    AND (new.texts IS NULL) = (old.texts IS NULL)
    AND json_array_length(coalesce(new.texts, '[]')) = json_array_length(coalesce(old.texts, '[]'))
    AND NOT EXISTS (SELECT 1 FROM json_each(new.texts) n JOIN json_each(old.texts) o ON o.key = n.key
        WHERE n.value ->> 0 IS NOT o.value ->> 0
            OR n.value -> 1 IS NOT o.value -> 1 AND n.value -> 1 NOT IN ('"[erased]"', '["[erased]"]'))
    -- Each fact stays, but for the words of a lesson.
    AND (new.facts = old.facts OR old.kind = 'lesson'
        AND json_array_length(new.facts) = json_array_length(old.facts)
        AND NOT EXISTS (SELECT 1 FROM json_each(new.facts) n JOIN json_each(old.facts) o ON o.key = n.key
            WHERE n.value ->> 0 IS NOT o.value ->> 0
                OR n.value -> 1 IS NOT o.value -> 1
                    AND NOT (o.value ->> 0 IN ('cause', 'process') AND n.value -> 1 = '"[erased]"'))))
BEGIN SELECT raise(ABORT, 'the log is never edited'); END;

-- When a token was last let in is known to one file alone, and no part of the record.
CREATE TABLE token_use (
    token_id INTEGER PRIMARY KEY REFERENCES token (id),
    last_used_at INTEGER NOT NULL
) STRICT;
INSERT INTO token_use (token_id, last_used_at)
SELECT id, last_used_at FROM token WHERE last_used_at IS NOT NULL ORDER BY id;
ALTER TABLE token DROP COLUMN last_used_at;
