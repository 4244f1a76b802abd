-- How far the log says of unsettled promises that they fell due: of every one that is due at or before this place, in the
-- order of due instants and ids, it does. So each is said once, and to find the next one takes no search and no index
-- besides that of the unsettled promises. What was settled late by "since" has no such entry.
CREATE TABLE overdue_mark (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    due_at INTEGER NOT NULL,
    promise_id INTEGER NOT NULL,
    since INTEGER NOT NULL
) STRICT;
-- The year 1, before anything was due.
INSERT INTO overdue_mark (id, due_at, promise_id, since) SELECT 1, -62135596800000, 0, stamp FROM clock;

CREATE TRIGGER overdue_mark_stays BEFORE DELETE ON overdue_mark
BEGIN SELECT raise(ABORT, 'the mark is never deleted'); END;

CREATE TRIGGER overdue_mark_moves_on BEFORE UPDATE ON overdue_mark
WHEN new.since <> old.since OR (new.due_at, new.promise_id) < (old.due_at, old.promise_id)
BEGIN SELECT raise(ABORT, 'the mark only moves on'); END;
