-- Who else is told of events. Its secrets are kept as they are, since what is sent is signed with them; the log covers them by
-- a salted digest of the row. One that was deleted keeps its row, as the log names it, without its URL and its secrets.
CREATE TABLE webhook (
    id INTEGER PRIMARY KEY,
    url TEXT NOT NULL,
    description TEXT CHECK (description <> ''),
    -- Arrays of words; NULL: all there are.
    types TEXT CHECK (types IS NULL OR json_valid(types) AND json_type(types) = 'array'),
    severity TEXT CHECK (severity IS NULL OR json_valid(severity) AND json_type(severity) = 'array'),
    owner TEXT CHECK (owner <> ''),
    team TEXT CHECK (team <> ''),
    active INTEGER NOT NULL DEFAULT 1 CHECK (active IN (0, 1)),
    -- Why the service turned it off by itself.
    off_reason TEXT CHECK (off_reason IS NULL OR active = 0),
    secret BLOB NOT NULL,
    -- The one before, which what is sent is signed with as well until then.
    former_secret BLOB,
    former_secret_until INTEGER,
    recorded_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    version INTEGER NOT NULL CHECK (version >= 1),
    -- The last event before it was made: it is told of what comes after that.
    after_event INTEGER NOT NULL,
    created_by TEXT NOT NULL CHECK (created_by <> ''),
    deleted_at INTEGER,
    CHECK ((former_secret IS NULL) = (former_secret_until IS NULL)),
    CHECK (CASE WHEN deleted_at IS NULL THEN url <> '' AND length(secret) >= 24
        ELSE url = '' AND secret = x'' AND former_secret IS NULL AND active = 0 END)
) STRICT;
CREATE TRIGGER webhook_stays BEFORE DELETE ON webhook
BEGIN SELECT raise(ABORT, 'the row of a webhook is never deleted'); END;

-- What one machine has told whom is known to its file alone, and no part of the record.

-- Up to which event of the log a webhook's deliveries are taken in hand.
CREATE TABLE webhook_cursor (
    webhook_id INTEGER PRIMARY KEY REFERENCES webhook (id),
    event_id INTEGER NOT NULL
) STRICT;

-- Something that a webhook is told, or was in the last weeks.
CREATE TABLE webhook_delivery (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    webhook_id INTEGER NOT NULL REFERENCES webhook (id),
    -- NULL for a test.
    event_id INTEGER REFERENCES case_log (id),
    -- What follows in the same case waits for it.
    case_id INTEGER,
    -- Whether it is tried once, out of the order, as somebody asked for it.
    once INTEGER NOT NULL DEFAULT 0 CHECK (once IN (0, 1)),
    status TEXT NOT NULL CHECK (status IN ('pending', 'delivered', 'failed')),
    created_at INTEGER NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0,
    -- When it was tried first of those times that its pauses are counted by, and how often since.
    first_tried_at INTEGER,
    tries INTEGER NOT NULL DEFAULT 0,
    -- When it is tried next.
    next_at INTEGER NOT NULL,
    delivered_at INTEGER,
    CHECK (event_id IS NOT NULL OR once = 1),
    CHECK ((status = 'delivered') = (delivered_at IS NOT NULL))
) STRICT;
CREATE UNIQUE INDEX webhook_delivery_by_event ON webhook_delivery (webhook_id, event_id) WHERE event_id IS NOT NULL;
CREATE INDEX webhook_delivery_by_id ON webhook_delivery (webhook_id, id);
CREATE INDEX webhook_delivery_pending ON webhook_delivery (webhook_id, event_id) WHERE status = 'pending';
CREATE INDEX webhook_delivery_next ON webhook_delivery (webhook_id, next_at) WHERE status = 'pending';
CREATE INDEX webhook_delivery_by_hand ON webhook_delivery (webhook_id) WHERE status = 'pending' AND once = 1;
CREATE INDEX webhook_delivery_by_age ON webhook_delivery (created_at) WHERE status <> 'pending';

-- A time that it was tried, and what came of it: the status of an answer, or why there was none.
CREATE TABLE webhook_attempt (
    delivery_id INTEGER NOT NULL REFERENCES webhook_delivery (id),
    number INTEGER NOT NULL CHECK (number >= 1),
    at INTEGER NOT NULL,
    milliseconds INTEGER NOT NULL,
    status INTEGER,
    failure TEXT,
    -- How the answer's body begins.
    answer BLOB CHECK (length(answer) <= 1024),
    PRIMARY KEY (delivery_id, number),
    CHECK ((status IS NULL) = (failure IS NOT NULL))
) STRICT, WITHOUT ROWID;
