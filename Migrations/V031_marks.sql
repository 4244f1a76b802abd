-- What the clock says of an unsettled promise before it is due, and since: "marks" are instants, each with what is said then, as
-- [[1764400000000,"due_soon"]], fixed when the promise is made; NULL without any. What lies before "next_mark_at" was said, and
-- nothing from there on; NULL where there is never anything to say, as of what a customer promised. So the next of all is the
-- first of an index, and a restart goes on where the record is.
ALTER TABLE promise ADD COLUMN marks TEXT CHECK (marks IS NULL OR json_valid(marks));
ALTER TABLE promise ADD COLUMN next_mark_at INTEGER;
-- The year 1: those that there are get their marks from the program, which knows policies and calendars.
UPDATE promise SET next_mark_at = -62135596800000 WHERE recorded_at IS NULL AND promised_by = 'desk';

CREATE INDEX promise_by_next_mark ON promise (next_mark_at) WHERE recorded_at IS NULL AND next_mark_at IS NOT NULL;

CREATE TRIGGER promise_mark_moves_on BEFORE UPDATE OF next_mark_at ON promise
WHEN old.next_mark_at IS NOT NULL AND (new.next_mark_at IS NULL OR new.next_mark_at <= old.next_mark_at)
BEGIN SELECT raise(ABORT, 'what was said of a promise is not said again'); END;

-- When owners are warned; NULL: once, "warn_ahead" before what they promised is due. And who else hears when of what is unsettled
-- still; NULL: nobody. So what entries of the log cover of rows of before stays as it was.
ALTER TABLE policy ADD COLUMN warn_at TEXT CHECK (warn_at IS NULL OR json_valid(warn_at));
ALTER TABLE policy ADD COLUMN ladder TEXT CHECK (ladder IS NULL OR json_valid(ladder));

-- A promise that a step of the ladder has brought up waits for whoever heard of it until it is settled. What is in the table stays
-- as it is, so its text is changed where it stands (https://www.sqlite.org/lang_altertable.html, last section).
PRAGMA writable_schema = ON;
UPDATE sqlite_schema SET sql = replace(sql, 'OR kind = ''dispute'')', 'OR kind = ''dispute'' OR kind = ''ladder'')')
WHERE type = 'table' AND name = 'matter';
PRAGMA writable_schema = RESET;
