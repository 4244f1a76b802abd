-- Who keeps promises, as they were named: with where to reach them, whose days they live by, and whether they take on
-- anything new. What promises and cases call them stays in "name"; whoever was never named has no row.
CREATE TABLE owner (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL CHECK (name <> ''),
    -- What all spellings of the name have in common.
    folded TEXT NOT NULL UNIQUE CHECK (folded <> ''),
    email TEXT,
    team TEXT,
    -- By its name in the IANA database; without one, the desk's own.
    time_zone TEXT,
    active INTEGER NOT NULL DEFAULT 1 CHECK (active = 0 OR active = 1),
    recorded_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL CHECK (updated_at >= recorded_at),
    -- 0 for whoever was never named, and is here as the log tells of them alone.
    version INTEGER NOT NULL CHECK (version >= 0)
) STRICT;
CREATE TRIGGER owner_keeps_its_name BEFORE UPDATE OF id, name, folded, recorded_at ON owner
WHEN new.id <> old.id OR new.name <> old.name OR new.folded <> old.folded OR new.recorded_at <> old.recorded_at
BEGIN SELECT raise(ABORT, 'the name of an owner is never edited'); END;
CREATE TRIGGER owner_stays BEFORE DELETE ON owner
BEGIN SELECT raise(ABORT, 'an owner is never deleted'); END;

-- Whose a token is; those of before are shared.
ALTER TABLE token ADD COLUMN owner_id INTEGER REFERENCES owner (id);
CREATE INDEX token_by_owner ON token (owner_id) WHERE owner_id IS NOT NULL;
CREATE TRIGGER token_keeps_its_owner BEFORE UPDATE OF owner_id ON token WHEN new.owner_id IS NOT old.owner_id
BEGIN SELECT raise(ABORT, 'whose a token is never changes'); END;

-- Whose cases are open.
CREATE INDEX complaint_case_open_by_owner ON complaint_case (owner_id) WHERE status = 'open' AND owner_id IS NOT NULL;

-- Owners have a history of their fields, too. What is in the table stays as it is, so its text is changed where it stands
-- (https://www.sqlite.org/lang_altertable.html, last section).
PRAGMA writable_schema = ON;
UPDATE sqlite_schema SET sql = replace(sql,
    'CHECK (about = ''case'' OR about = ''customer'' OR about = ''policy'')',
    'CHECK (about = ''case'' OR about = ''customer'' OR about = ''policy'' OR about = ''owner'')')
WHERE type = 'table' AND name = 'field_change';
PRAGMA writable_schema = RESET;
