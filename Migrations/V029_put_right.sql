-- What is entered late, and what is put right. A promise that nobody asked for may have been kept before the service made it, as the
-- complaint had come in by then: only who made one that takes another's place knows that it was not. "Verifier" holds the rest to
-- the rows that it follows from. What is in the table stays as it is, so its text is changed where it stands
-- (https://www.sqlite.org/lang_altertable.html, last section).
PRAGMA writable_schema = ON;
UPDATE sqlite_schema SET sql = replace(sql,
    'CHECK (kept_at BETWEEN coalesce(first_made_at, made_at) AND recorded_at)',
    'CHECK (kept_at <= recorded_at AND (supersedes IS NULL OR kept_at >= coalesce(first_made_at, made_at)))')
WHERE type = 'table' AND name = 'promise';
PRAGMA writable_schema = RESET;

-- When the case was resolved, where the service was told later; NULL: then. And whether a row only says otherwise how the case
-- ended: its status stays, with its instants.
ALTER TABLE status_change ADD COLUMN resolved_at INTEGER
    CHECK (resolved_at IS NULL OR status = 'resolved' AND resolved_at <= recorded_at);
ALTER TABLE status_change ADD COLUMN corrects INTEGER NOT NULL DEFAULT 0
    CHECK (corrects = 0 OR corrects = 1 AND status <> 'open' AND resolved_at IS NULL);

-- Since when what was done counts as done at the stage, where that is before the service was told of it, as it takes the place of
-- one that was a mistake; NULL: since then. And when it was found to be a mistake itself.
ALTER TABLE case_stage ADD COLUMN since INTEGER CHECK (since <= recorded_at);
ALTER TABLE case_stage ADD COLUMN undone_at INTEGER CHECK (undone_at >= recorded_at);
DROP TRIGGER case_stage_stays_as_it_is;
CREATE TRIGGER case_stage_stays_as_it_is BEFORE UPDATE ON case_stage
WHEN new.case_id <> old.case_id OR new.number <> old.number OR new.name <> old.name OR new.regime <> old.regime
    OR new.regime_version <> old.regime_version OR new.requested_at <> old.requested_at
    OR new.recorded_at <> old.recorded_at OR new.hard_deadline IS NOT old.hard_deadline OR new.since IS NOT old.since
    OR new.undone_at IS NOT old.undone_at AND old.undone_at IS NOT NULL
    OR new.reason IS NOT old.reason AND NOT (old.reason IS NOT NULL AND new.reason IS '[erased]'
        AND EXISTS (SELECT 1 FROM complaint_case c JOIN customer u ON u.id = c.customer_id
            WHERE c.id = old.case_id AND u.erased_at IS NOT NULL))
BEGIN SELECT raise(ABORT, 'how a stage began is never edited'); END;
