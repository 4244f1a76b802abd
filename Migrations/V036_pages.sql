-- Links to the customer's page of a case. The entry of the case's log that tells of one has its number and covers its secret's hash.
CREATE TABLE case_share (
    case_id INTEGER NOT NULL REFERENCES complaint_case (id),
    seq INTEGER NOT NULL CHECK (seq >= 1),
    secret_hash BLOB NOT NULL UNIQUE CHECK (length(secret_hash) = 32),
    expires_at INTEGER NOT NULL,
    -- When it was taken back, or its customer erased.
    ended_at INTEGER,
    PRIMARY KEY (case_id, seq)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER case_share_ends_once BEFORE UPDATE ON case_share
WHEN old.ended_at IS NOT NULL OR new.case_id <> old.case_id OR new.seq <> old.seq OR new.secret_hash <> old.secret_hash
    OR new.expires_at <> old.expires_at
BEGIN SELECT raise(ABORT, 'a link stays as it was made until it ends'); END;
CREATE TRIGGER case_share_stays BEFORE DELETE ON case_share
BEGIN SELECT raise(ABORT, 'the row of a link is never deleted'); END;
