-- When desks are open. A calendar is its versions: each is written once, and every change of it is another one.
-- "effective_from" says which one holds on a date, hours and teams alike.
CREATE TABLE calendar (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL CHECK (name <> ''),
    -- What all spellings of the name have in common.
    folded TEXT NOT NULL UNIQUE CHECK (folded <> ''),
    recorded_at INTEGER NOT NULL
) STRICT;
CREATE TRIGGER calendar_stays_as_it_is BEFORE UPDATE ON calendar
BEGIN SELECT raise(ABORT, 'the name of a calendar is never edited'); END;
CREATE TRIGGER calendar_stays BEFORE DELETE ON calendar
BEGIN SELECT raise(ABORT, 'a calendar is never deleted'); END;

-- "weekly" is an object of the days of the week (mon to sun) that it is open on, each with its hours: [["09:00","12:00"]].
-- "special_days" is an array of {"date","name","hours","yearly"}, and "teams" one of names. What is long comes last.
CREATE TABLE calendar_version (
    calendar_id INTEGER NOT NULL REFERENCES calendar (id),
    version INTEGER NOT NULL CHECK (version >= 1),
    recorded_at INTEGER NOT NULL,
    -- The first local date that it holds on (ISO 8601): NULL from ever.
    effective_from TEXT CHECK (effective_from IS NULL OR effective_from GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
    -- By its name in the IANA database.
    time_zone TEXT NOT NULL CHECK (time_zone <> ''),
    teams TEXT NOT NULL CHECK (json_valid(teams) AND json_type(teams) = 'array'),
    weekly TEXT NOT NULL CHECK (json_valid(weekly) AND json_type(weekly) = 'object'),
    special_days TEXT NOT NULL CHECK (json_valid(special_days) AND json_type(special_days) = 'array'),
    PRIMARY KEY (calendar_id, version)
) STRICT;
CREATE TRIGGER calendar_version_stays_as_it_is BEFORE UPDATE ON calendar_version
BEGIN SELECT raise(ABORT, 'a version of a calendar is never edited'); END;
CREATE TRIGGER calendar_version_stays BEFORE DELETE ON calendar_version
BEGIN SELECT raise(ABORT, 'a version of a calendar is never deleted'); END;
