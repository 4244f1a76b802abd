-- One log: what is decided about a customer, a policy or a token is an entry of it too, in the same sequence and the same
-- hash chain. Such an entry is in no case's log: "about" and "about_id" say what it is about (a policy is numbered from
-- the mildest severity on), "seq" counts the entries about that, and "row_digest" is the salted digest of its row as the
-- entry left it. Entries of cases have none of the three, so their hashes are what they were.
ALTER TABLE case_log ADD COLUMN about TEXT;
ALTER TABLE case_log ADD COLUMN about_id INTEGER;
ALTER TABLE case_log ADD COLUMN row_digest BLOB;

-- What is in the table stays as it is, so its text is changed where it stands, and no entry is written anew
-- (https://www.sqlite.org/lang_altertable.html, last section).
PRAGMA writable_schema = ON;
UPDATE sqlite_schema SET sql = replace(replace(sql,
    'case_id INTEGER NOT NULL REFERENCES complaint_case (id)', 'case_id INTEGER REFERENCES complaint_case (id)'),
    'UNIQUE (case_id, seq)',
    'UNIQUE (case_id, seq),
    CHECK (CASE WHEN case_id IS NULL
        THEN about IS NOT NULL AND about_id IS NOT NULL AND row_digest IS NOT NULL AND length(row_digest) = 32
            AND promise_id IS NULL
        ELSE about IS NULL AND about_id IS NULL AND row_digest IS NULL END)')
WHERE type = 'table' AND name = 'case_log';
PRAGMA writable_schema = RESET;

CREATE UNIQUE INDEX case_log_about ON case_log (about, about_id, seq) WHERE about IS NOT NULL;

DROP TRIGGER case_log_stays_as_it_is;
CREATE TRIGGER case_log_stays_as_it_is BEFORE UPDATE ON case_log
WHEN NOT (new.salt IS NULL AND new.id = old.id AND new.case_id IS old.case_id AND new.seq = old.seq
    AND new.kind = old.kind AND new.promise_id IS old.promise_id AND new.actor_id = old.actor_id
    AND new.token_id IS old.token_id AND new.at = old.at AND new.recorded_at = old.recorded_at
    AND new.imported = old.imported AND new.facts = old.facts AND new.digest = old.digest AND new.hash = old.hash
    AND new.about IS old.about AND new.about_id IS old.about_id AND new.row_digest IS old.row_digest
    AND EXISTS (SELECT 1 FROM customer u WHERE u.erased_at IS NOT NULL AND u.id = CASE
        WHEN old.case_id IS NOT NULL THEN (SELECT c.customer_id FROM complaint_case c WHERE c.id = old.case_id)
        WHEN old.about = 'customer' THEN old.about_id END)
    -- Each text stays, or is erased.
    AND (new.texts IS NULL) = (old.texts IS NULL)
    AND json_array_length(coalesce(new.texts, '[]')) = json_array_length(coalesce(old.texts, '[]'))
    AND NOT EXISTS (SELECT 1 FROM json_each(new.texts) n JOIN json_each(old.texts) o ON o.key = n.key
        WHERE n.value ->> 0 IS NOT o.value ->> 0
            OR n.value -> 1 IS NOT o.value -> 1 AND n.value -> 1 NOT IN ('"[erased]"', '["[erased]"]')))
BEGIN SELECT raise(ABORT, 'the log is never edited'); END;

-- What had been made or edited before the log told of it, and so stands as it stood then: tokens, and the customers and
-- policies that were not as they are made. "version" is what the changes since are counted from; decisions about going on
-- with a customer are entries of cases.
CREATE TABLE unlogged (
    about TEXT NOT NULL,
    about_id INTEGER NOT NULL,
    version INTEGER,
    PRIMARY KEY (about, about_id)
) STRICT, WITHOUT ROWID;
INSERT INTO unlogged (about, about_id, version)
SELECT 'token', id, NULL FROM token
UNION ALL
SELECT 'policy', CASE severity WHEN 'low' THEN 1 WHEN 'normal' THEN 2 WHEN 'high' THEN 3 ELSE 4 END, version
FROM policy WHERE version <> 1
UNION ALL
SELECT 'customer', id, version FROM (
    SELECT u.id, u.version - (SELECT count(*) FROM relationship_decision r WHERE r.customer_id = u.id) AS version
    FROM customer u WHERE u.version <> 1)
WHERE version <> 1;

CREATE TRIGGER unlogged_takes_no_more BEFORE INSERT ON unlogged
BEGIN SELECT raise(ABORT, 'what is made now is in the log'); END;
CREATE TRIGGER unlogged_stays_as_it_is BEFORE UPDATE ON unlogged
BEGIN SELECT raise(ABORT, 'what was before the log stays as it was'); END;
CREATE TRIGGER unlogged_stays BEFORE DELETE ON unlogged
BEGIN SELECT raise(ABORT, 'what was before the log stays as it was'); END;

-- A token, and a policy, is never taken away: the log names them.
CREATE TRIGGER token_stays BEFORE DELETE ON token
BEGIN SELECT raise(ABORT, 'a token is never deleted'); END;
CREATE TRIGGER policy_stays BEFORE DELETE ON policy
BEGIN SELECT raise(ABORT, 'a policy is never deleted'); END;
