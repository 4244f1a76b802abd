-- When each of the desk who was named is next told that their digest is ready, as the clock says. "date" is the last one that they
-- were told on, by the clocks of their calendar; what is told of is later each time. "next_at" is NULL where nothing is to come: for
-- want of a calendar that ever opens, and for who takes on nothing new. So the next of all is the first of an index, and a restart
-- goes on where the record is.
CREATE TABLE digest_mark (
    owner_id INTEGER PRIMARY KEY REFERENCES owner (id),
    date TEXT CHECK (date GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    next_at INTEGER
) STRICT;

CREATE INDEX digest_mark_by_next ON digest_mark (next_at) WHERE next_at IS NOT NULL;

CREATE TRIGGER digest_mark_moves_on BEFORE UPDATE OF date ON digest_mark
WHEN old.date IS NOT NULL AND (new.date IS NULL OR new.date < old.date)
BEGIN SELECT raise(ABORT, 'what was told of a day is not told again'); END;

CREATE TRIGGER digest_mark_stays BEFORE DELETE ON digest_mark
BEGIN SELECT raise(ABORT, 'on which day somebody was told last is never forgotten'); END;

-- The year 1: the program, which knows calendars, finds out when those who there are are told next.
INSERT INTO digest_mark (owner_id, next_at) SELECT id, -62135596800000 FROM owner WHERE version > 0 AND active;
INSERT INTO digest_mark (owner_id) SELECT id FROM owner WHERE version > 0 AND NOT active;
