-- Instants are milliseconds since 1970-01-01T00:00:00Z. What may never change is held by triggers at the end.

-- The stamp of the last committed batch: the writer's clock, strictly increasing across restarts.
CREATE TABLE clock (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    stamp INTEGER NOT NULL
) STRICT;
INSERT INTO clock (id, stamp) VALUES (1, 0);

-- Every name the database has ever seen, as it was written. Rows refer to names by id, so that they stay small, and
-- "folded" is what makes them compare without case.
CREATE TABLE name (
    id INTEGER PRIMARY KEY,
    role TEXT NOT NULL CHECK (role IN ('owner', 'team', 'category', 'supervisor', 'actor')),
    spelling TEXT NOT NULL,
    folded TEXT NOT NULL,
    UNIQUE (role, spelling)
) STRICT;
CREATE INDEX name_by_folded ON name (role, folded);

CREATE TABLE token (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL CHECK (name <> ''),
    role TEXT NOT NULL CHECK (role IN ('reader', 'agent', 'manager', 'admin')),
    secret_hash BLOB NOT NULL UNIQUE CHECK (length(secret_hash) = 32),
    created_at INTEGER NOT NULL,
    expires_at INTEGER,
    revoked_at INTEGER
) STRICT;

CREATE TABLE policy (
    severity TEXT PRIMARY KEY CHECK (severity IN ('low', 'normal', 'high', 'critical')),
    acknowledge_in INTEGER NOT NULL CHECK (acknowledge_in >= 1000),
    warn_ahead INTEGER NOT NULL CHECK (warn_ahead >= 1000),
    max_span INTEGER NOT NULL CHECK (max_span >= acknowledge_in),
    updated_at INTEGER NOT NULL,
    version INTEGER NOT NULL DEFAULT 1
) STRICT, WITHOUT ROWID;
-- Nobody has decided on these yet: when they came about is written by the program, as no migration knows the time.
INSERT INTO policy (severity, acknowledge_in, warn_ahead, max_span, updated_at) VALUES
    ('critical', 4 * 3600000, 3600000, 90 * 86400000, 0),
    ('high', 86400000, 4 * 3600000, 90 * 86400000, 0),
    ('normal', 2 * 86400000, 8 * 3600000, 90 * 86400000, 0),
    ('low', 3 * 86400000, 86400000, 90 * 86400000, 0);

CREATE TABLE customer (
    id INTEGER PRIMARY KEY,
    external_id TEXT UNIQUE,
    name TEXT NOT NULL CHECK (name <> ''),
    email TEXT,
    phone TEXT,
    recorded_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    version INTEGER NOT NULL DEFAULT 1
) STRICT;

CREATE TABLE complaint_case (
    id INTEGER PRIMARY KEY,
    external_id TEXT UNIQUE,
    customer_id INTEGER NOT NULL REFERENCES customer (id),
    subject TEXT,
    complaint TEXT NOT NULL CHECK (complaint <> ''),
    channel TEXT NOT NULL
        CHECK (channel IN ('phone', 'email', 'chat', 'web', 'social', 'letter', 'in_person', 'other')),
    category_id INTEGER REFERENCES name (id),
    tags TEXT CHECK (tags IS NULL OR json_valid(tags)),
    severity TEXT NOT NULL CHECK (severity IN ('low', 'normal', 'high', 'critical')),
    mood TEXT NOT NULL CHECK (mood IN ('calm', 'upset', 'angry', 'abusive')),
    desired_outcome TEXT,
    estimate_from TEXT,
    estimate_to TEXT,
    owner_id INTEGER REFERENCES name (id),
    team_id INTEGER REFERENCES name (id),
    supervisor_id INTEGER REFERENCES name (id),
    hard_deadline INTEGER,
    received_at INTEGER NOT NULL,
    opened_at INTEGER NOT NULL CHECK (opened_at >= received_at),
    status TEXT NOT NULL CHECK (status IN ('open', 'resolved', 'closed')),
    resolved_at INTEGER,
    closed_at INTEGER,
    imported INTEGER NOT NULL CHECK (imported IN (0, 1)),
    version INTEGER NOT NULL,
    edits INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    CHECK ((status = 'open') = (resolved_at IS NULL)),
    CHECK ((status = 'closed') = (closed_at IS NOT NULL)),
    CHECK ((estimate_from IS NULL) = (estimate_to IS NULL))
) STRICT;
CREATE INDEX complaint_case_by_opened_at ON complaint_case (opened_at);
CREATE INDEX complaint_case_by_customer ON complaint_case (customer_id);

-- What became of a case after its opening: status has history.
CREATE TABLE status_change (
    id INTEGER PRIMARY KEY,
    case_id INTEGER NOT NULL REFERENCES complaint_case (id),
    recorded_at INTEGER NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('open', 'resolved', 'closed'))
) STRICT;
CREATE INDEX status_change_by_case ON status_change (case_id);

-- A promise's state is not here: it follows from the instants.
CREATE TABLE promise (
    id INTEGER PRIMARY KEY,
    case_id INTEGER NOT NULL REFERENCES complaint_case (id),
    kind TEXT NOT NULL
        CHECK (kind IN ('acknowledge', 'update', 'callback', 'answer', 'remedy', 'decision', 'check_in', 'follow_up',
            'other')),
    what TEXT NOT NULL CHECK (what <> ''),
    promised_by TEXT NOT NULL CHECK (promised_by IN ('desk', 'customer')),
    promised_to TEXT NOT NULL CHECK (promised_to IN ('customer', 'us')),
    owner_id INTEGER REFERENCES name (id),
    made_by_id INTEGER NOT NULL REFERENCES name (id),
    maker_token_id INTEGER REFERENCES token (id),
    made_at INTEGER NOT NULL,
    channel TEXT,
    due_at INTEGER NOT NULL,
    original_due_at INTEGER NOT NULL,
    due_explained TEXT,
    next_step TEXT,
    notified_channel TEXT,
    notified_outcome TEXT CHECK (notified_outcome IN ('reached', 'message_left', 'attempted')),
    notified_at INTEGER,
    reason_made TEXT,
    slips INTEGER NOT NULL CHECK (slips >= 0),
    supersedes INTEGER REFERENCES promise (id),
    imported INTEGER NOT NULL CHECK (imported IN (0, 1)),
    told_at INTEGER,
    told_recorded_at INTEGER,
    -- The settlement: at most one of the four instants, and when the service was told of it.
    kept_at INTEGER,
    superseded_at INTEGER,
    withdrawn_at INTEGER,
    voided_at INTEGER,
    recorded_at INTEGER,
    superseded_by INTEGER REFERENCES promise (id),
    release TEXT CHECK (release IN ('customer_agreed', 'unreachable', 'impossible', 'duplicate')),
    settled_by_id INTEGER REFERENCES name (id),
    reason_settled TEXT,
    evidence TEXT,
    version INTEGER NOT NULL,
    CHECK (promised_by = 'desk' OR promised_to = 'us'),
    CHECK ((slips = 0) = (supersedes IS NULL)),
    CHECK (slips > 0 OR original_due_at = due_at),
    CHECK ((told_at IS NULL) = (told_recorded_at IS NULL)),
    CHECK ((kept_at IS NOT NULL) + (superseded_at IS NOT NULL) + (withdrawn_at IS NOT NULL)
        + (voided_at IS NOT NULL) = (recorded_at IS NOT NULL)),
    CHECK (kept_at BETWEEN made_at AND recorded_at),
    CHECK ((superseded_at IS NULL) = (superseded_by IS NULL)),
    CHECK ((withdrawn_at IS NULL) = (release IS NULL)),
    CHECK ((settled_by_id IS NULL) = (recorded_at IS NULL))
) STRICT;
CREATE INDEX promise_by_case ON promise (case_id);
CREATE INDEX promise_by_due_at ON promise (due_at);
-- The overdue list: its cost follows the number of unsettled promises, not of cases.
CREATE INDEX promise_unsettled ON promise (due_at)
    WHERE recorded_at IS NULL AND promised_by = 'desk' AND promised_to = 'customer';
-- A promise is superseded once.
CREATE UNIQUE INDEX promise_by_supersedes ON promise (supersedes) WHERE supersedes IS NOT NULL;

-- Whose promise it was before: the owner has history.
CREATE TABLE owner_change (
    id INTEGER PRIMARY KEY,
    promise_id INTEGER NOT NULL REFERENCES promise (id),
    recorded_at INTEGER NOT NULL,
    from_owner_id INTEGER REFERENCES name (id)
) STRICT;
CREATE INDEX owner_change_by_promise ON owner_change (promise_id);

-- Everything that happened, one sequence a case, in one hash chain over all cases. "digest" is the salted digest of
-- the actor, of "texts" and, for the opening of a case, of the complaint: the chain covers the digest, so that the
-- texts can be erased and the chain stays whole.
CREATE TABLE case_log (
    id INTEGER PRIMARY KEY,
    case_id INTEGER NOT NULL REFERENCES complaint_case (id),
    seq INTEGER NOT NULL CHECK (seq >= 1),
    kind TEXT NOT NULL,
    promise_id INTEGER REFERENCES promise (id),
    actor_id INTEGER NOT NULL REFERENCES name (id),
    token_id INTEGER REFERENCES token (id),
    at INTEGER NOT NULL,
    recorded_at INTEGER NOT NULL,
    imported INTEGER NOT NULL CHECK (imported IN (0, 1)),
    facts TEXT NOT NULL,
    texts TEXT,
    salt BLOB CHECK (length(salt) = 16),
    digest BLOB NOT NULL CHECK (length(digest) = 32),
    hash BLOB NOT NULL CHECK (length(hash) = 32),
    UNIQUE (case_id, seq)
) STRICT;

-- Full text without a copy of the texts. A row's id is its case's id * 2^20 + the sequence number of the log entry;
-- 0 stands for the case's own subject and complaint.
CREATE VIRTUAL TABLE case_text USING fts5 (body, content = '', tokenize = 'unicode61 remove_diacritics 2');
CREATE VIRTUAL TABLE customer_text USING fts5 (body, content = '', tokenize = 'unicode61 remove_diacritics 2');

CREATE TRIGGER name_stays_as_it_is BEFORE UPDATE ON name
BEGIN SELECT raise(ABORT, 'a name is never edited'); END;

CREATE TRIGGER name_stays BEFORE DELETE ON name
BEGIN SELECT raise(ABORT, 'a name is never deleted'); END;

CREATE TRIGGER complaint_case_keeps_the_complaint
BEFORE UPDATE OF id, customer_id, complaint, received_at, opened_at, imported ON complaint_case
BEGIN SELECT raise(ABORT, 'a complaint is never edited'); END;

CREATE TRIGGER complaint_case_stays BEFORE DELETE ON complaint_case
BEGIN SELECT raise(ABORT, 'a case is never deleted'); END;

CREATE TRIGGER promise_keeps_its_word
BEFORE UPDATE OF id, case_id, kind, what, promised_by, promised_to, made_by_id, maker_token_id, made_at, channel,
    due_at, original_due_at, due_explained, next_step, notified_channel, notified_outcome, notified_at, reason_made,
    slips, supersedes, imported ON promise
BEGIN SELECT raise(ABORT, 'what was promised is never edited'); END;

CREATE TRIGGER promise_is_settled_once BEFORE UPDATE ON promise
WHEN old.recorded_at IS NOT NULL AND (
    new.recorded_at IS NOT old.recorded_at OR new.kept_at IS NOT old.kept_at
    OR new.superseded_at IS NOT old.superseded_at OR new.superseded_by IS NOT old.superseded_by
    OR new.withdrawn_at IS NOT old.withdrawn_at OR new.release IS NOT old.release
    OR new.voided_at IS NOT old.voided_at OR new.settled_by_id IS NOT old.settled_by_id
    OR new.reason_settled IS NOT old.reason_settled OR new.evidence IS NOT old.evidence
    OR new.owner_id IS NOT old.owner_id)
BEGIN SELECT raise(ABORT, 'a settled promise stays as it is'); END;

CREATE TRIGGER promise_is_told_once BEFORE UPDATE OF told_at, told_recorded_at ON promise
WHEN old.told_at IS NOT NULL
    AND (new.told_at IS NOT old.told_at OR new.told_recorded_at IS NOT old.told_recorded_at)
BEGIN SELECT raise(ABORT, 'what the customer knows is never taken back'); END;

CREATE TRIGGER promise_stays BEFORE DELETE ON promise
BEGIN SELECT raise(ABORT, 'a promise is never deleted'); END;

CREATE TRIGGER status_change_stays_as_it_is BEFORE UPDATE ON status_change
BEGIN SELECT raise(ABORT, 'history is never edited'); END;

CREATE TRIGGER status_change_stays BEFORE DELETE ON status_change
BEGIN SELECT raise(ABORT, 'history is never deleted'); END;

CREATE TRIGGER owner_change_stays_as_it_is BEFORE UPDATE ON owner_change
BEGIN SELECT raise(ABORT, 'history is never edited'); END;

CREATE TRIGGER owner_change_stays BEFORE DELETE ON owner_change
BEGIN SELECT raise(ABORT, 'history is never deleted'); END;

CREATE TRIGGER case_log_stays_as_it_is BEFORE UPDATE ON case_log
BEGIN SELECT raise(ABORT, 'the log is never edited'); END;

CREATE TRIGGER case_log_stays BEFORE DELETE ON case_log
BEGIN SELECT raise(ABORT, 'the log is never deleted'); END;
