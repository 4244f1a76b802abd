-- Answers to requests that came with an Idempotency-Key, kept for a day: a retry gets the same one and changes nothing.
CREATE TABLE answered_request (
    -- Ascends with recorded_at, so that the oldest come first without an index of their own.
    id INTEGER PRIMARY KEY,
    -- SHA-256 of the token, the method, the path and the key: nobody's key answers anybody else, or anything else.
    key_hash BLOB NOT NULL UNIQUE CHECK (length(key_hash) = 32),
    -- SHA-256 of what was sent.
    fingerprint BLOB NOT NULL CHECK (length(fingerprint) = 32),
    recorded_at INTEGER NOT NULL,
    status INTEGER NOT NULL CHECK (status BETWEEN 200 AND 299),
    -- Header fields of the answer that are its own.
    location TEXT,
    entity_tag TEXT,
    body BLOB NOT NULL
) STRICT;
