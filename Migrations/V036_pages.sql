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

-- Sessions of the board: who has shown a token, or given a name while there was none, and may come back with a cookie until the
-- session ends. All of it is of this file alone. Of the secret in the cookie only its hash is here: it has as many random bits, so it
-- needs no salt. A session is never longer than its token: what of that may change is looked up in its row each time.
CREATE TABLE session (
    id INTEGER PRIMARY KEY,
    secret_hash BLOB NOT NULL UNIQUE CHECK (length(secret_hash) = 32),
    -- NULL while there is no token.
    token_id INTEGER REFERENCES token (id),
    -- Who acts, where the token is shared or there is none; NULL where nobody said so.
    actor TEXT,
    created_at INTEGER NOT NULL,
    ends_at INTEGER NOT NULL CHECK (ends_at > created_at),
    -- When it was ended before that.
    ended_at INTEGER
) STRICT;
CREATE INDEX session_by_token ON session (token_id) WHERE ended_at IS NULL;
CREATE INDEX session_by_end ON session (ends_at);
