-- Cases under regimes: which one a case is under, what stages it came to, and which promises their clocks made. Names stand as
-- the regime is written. A case without one has NULL, so what was covered of cases and policies before stays as it was.
ALTER TABLE complaint_case ADD COLUMN regime TEXT CHECK (regime <> '');
-- How many rows of "case_stage" it has: of most there is none to be looked for.
ALTER TABLE complaint_case ADD COLUMN stages INTEGER NOT NULL DEFAULT 0 CHECK (stages >= 0);
-- Open cases by when they must be settled: what nears is looked up, whatever else there is.
CREATE INDEX complaint_case_by_hard_deadline ON complaint_case (hard_deadline)
    WHERE status = 'open' AND hard_deadline IS NOT NULL;
-- The same as of an earlier instant: what was resolved since was open then.
CREATE INDEX status_change_since ON status_change (recorded_at);

ALTER TABLE policy ADD COLUMN regime TEXT CHECK (regime <> '');
ALTER TABLE policy ADD COLUMN match_regime TEXT CHECK (match_regime IS NULL OR json_valid(match_regime));

-- The clock of a regime that made the promise, or the one whose place it took: of which of the case's stages, and what it is
-- counted from.
ALTER TABLE promise ADD COLUMN clock TEXT CHECK (clock <> '');
ALTER TABLE promise ADD COLUMN stage INTEGER CHECK ((stage IS NULL) = (clock IS NULL) AND stage >= 1);
ALTER TABLE promise ADD COLUMN clock_from INTEGER CHECK ((clock_from IS NULL) = (clock IS NULL));
CREATE TRIGGER promise_keeps_its_clock BEFORE UPDATE OF clock, stage, clock_from ON promise
BEGIN SELECT raise(ABORT, 'what was promised is never edited'); END;

-- The stages of regimes that a case came to, each as it began.
CREATE TABLE case_stage (
    case_id INTEGER NOT NULL REFERENCES complaint_case (id),
    -- Its place among the stages of the case, whichever regimes they are of.
    number INTEGER NOT NULL CHECK (number >= 1),
    name TEXT NOT NULL CHECK (name <> ''),
    regime TEXT NOT NULL CHECK (regime <> ''),
    -- 0 for one that came with the service.
    regime_version INTEGER NOT NULL CHECK (regime_version >= 0),
    requested_at INTEGER NOT NULL,
    recorded_at INTEGER NOT NULL CHECK (recorded_at >= requested_at),
    hard_deadline INTEGER,
    reason TEXT,
    PRIMARY KEY (case_id, number)
) STRICT;
-- A report of what an authority asks for looks these up.
CREATE INDEX case_stage_by_regime ON case_stage (regime, requested_at);
CREATE TRIGGER case_stage_stays_as_it_is BEFORE UPDATE ON case_stage
WHEN new.case_id <> old.case_id OR new.number <> old.number OR new.name <> old.name OR new.regime <> old.regime
    OR new.regime_version <> old.regime_version OR new.requested_at <> old.requested_at
    OR new.recorded_at <> old.recorded_at OR new.hard_deadline IS NOT old.hard_deadline
    OR new.reason IS NOT old.reason AND NOT (old.reason IS NOT NULL AND new.reason IS '[erased]'
        AND EXISTS (SELECT 1 FROM complaint_case c JOIN customer u ON u.id = c.customer_id
            WHERE c.id = old.case_id AND u.erased_at IS NOT NULL))
BEGIN SELECT raise(ABORT, 'how a stage began is never edited'); END;
CREATE TRIGGER case_stage_stays BEFORE DELETE ON case_stage
BEGIN SELECT raise(ABORT, 'a stage of a case is never deleted'); END;
