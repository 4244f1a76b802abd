-- Whose rules for answering complaints a case is under. A regime is its versions: each is written once, and every change of it is
-- another one. Which one a case is under is said by when the complaint was received.
CREATE TABLE regime (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL CHECK (name <> ''),
    -- What all spellings of the name have in common.
    folded TEXT NOT NULL UNIQUE CHECK (folded <> ''),
    recorded_at INTEGER NOT NULL
) STRICT;
CREATE TRIGGER regime_stays_as_it_is BEFORE UPDATE ON regime
BEGIN SELECT raise(ABORT, 'the name of a regime is never edited'); END;
CREATE TRIGGER regime_stays BEFORE DELETE ON regime
BEGIN SELECT raise(ABORT, 'a regime is never deleted'); END;

-- "stages" is an array of {"name","clocks"}, and these of what a clock has, as the regime's JSON has it. What is long comes last.
CREATE TABLE regime_version (
    regime_id INTEGER NOT NULL REFERENCES regime (id),
    version INTEGER NOT NULL CHECK (version >= 1),
    recorded_at INTEGER NOT NULL,
    -- The first and the last local date of receipt that it holds for (ISO 8601): NULL from ever, and for good.
    valid_from TEXT CHECK (valid_from IS NULL OR valid_from GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
    valid_until TEXT CHECK (valid_until IS NULL OR valid_until GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
    received_closed TEXT NOT NULL CHECK (received_closed IN ('same', 'next')),
    -- The name of one, be it shipped or on record.
    calendar TEXT NOT NULL CHECK (calendar <> ''),
    title TEXT NOT NULL CHECK (title <> ''),
    authority TEXT NOT NULL CHECK (authority <> ''),
    source TEXT NOT NULL CHECK (source <> ''),
    stages TEXT NOT NULL CHECK (json_valid(stages) AND json_type(stages) = 'array'),
    PRIMARY KEY (regime_id, version),
    CHECK (valid_from IS NULL OR valid_until IS NULL OR valid_from <= valid_until)
) STRICT;
CREATE TRIGGER regime_version_stays_as_it_is BEFORE UPDATE ON regime_version
BEGIN SELECT raise(ABORT, 'a version of a regime is never edited'); END;
CREATE TRIGGER regime_version_stays BEFORE DELETE ON regime_version
BEGIN SELECT raise(ABORT, 'a version of a regime is never deleted'); END;
