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
