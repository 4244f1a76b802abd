-- Policies are rules in order: the first one in use that fits a case is the case's. Those of the severities, which there
-- were before, come last; they are named by their severity and are for it, so of what makes a rule they have the defaults
-- alone: what entries of the log cover of their rows ("row_digest") stays as it was. The log numbers them 1 to 4 from the
-- mildest on, as before; "id" says so now.
DROP TRIGGER policy_stays;
ALTER TABLE policy RENAME TO policy_before;
CREATE TABLE policy (
    id INTEGER PRIMARY KEY CHECK (id >= 1),
    severity TEXT UNIQUE CHECK (severity = 'low' OR severity = 'normal' OR severity = 'high' OR severity = 'critical'),
    name TEXT CHECK (name <> ''),
    folded TEXT UNIQUE CHECK (folded <> 'low' AND folded <> 'normal' AND folded <> 'high' AND folded <> 'critical'),
    position INTEGER NOT NULL DEFAULT 1000000 CHECK (position BETWEEN 1 AND 1000000),
    active INTEGER NOT NULL DEFAULT 1 CHECK (active = 0 OR active = 1),
    -- JSON arrays; NULL where it does not matter.
    match_severity TEXT CHECK (match_severity IS NULL OR json_valid(match_severity)),
    match_mood TEXT CHECK (match_mood IS NULL OR json_valid(match_mood)),
    match_category TEXT CHECK (match_category IS NULL OR json_valid(match_category)),
    match_channel TEXT CHECK (match_channel IS NULL OR json_valid(match_channel)),
    match_team TEXT CHECK (match_team IS NULL OR json_valid(match_team)),
    match_relationship TEXT CHECK (match_relationship IS NULL OR json_valid(match_relationship)),
    acknowledge_in INTEGER NOT NULL CHECK (acknowledge_in >= 1000),
    update_in INTEGER NOT NULL DEFAULT 604800000 CHECK (update_in >= 1000),
    remedy_in INTEGER NOT NULL DEFAULT 2592000000 CHECK (remedy_in >= 1000),
    warn_ahead INTEGER NOT NULL CHECK (warn_ahead >= 1000),
    max_span INTEGER NOT NULL CHECK (max_span >= acknowledge_in),
    concession_limit INTEGER NOT NULL DEFAULT 10000 CHECK (concession_limit >= 0),
    concession_currency TEXT NOT NULL DEFAULT 'USD' CHECK (length(concession_currency) = 3),
    load_cap INTEGER NOT NULL DEFAULT 10 CHECK (load_cap >= 1),
    escalate_mood TEXT DEFAULT 'abusive'
        CHECK (escalate_mood = 'calm' OR escalate_mood = 'upset' OR escalate_mood = 'angry' OR escalate_mood = 'abusive'),
    escalate_after INTEGER NOT NULL DEFAULT 2 CHECK (escalate_after >= 1),
    escalate_after_slips INTEGER NOT NULL DEFAULT 3 CHECK (escalate_after_slips >= 1),
    supervisor TEXT,
    follow_up_in INTEGER CHECK (follow_up_in >= 1000),
    -- When it was made; of those of the severities nobody knows.
    recorded_at INTEGER NOT NULL DEFAULT 0,
    updated_at INTEGER NOT NULL,
    version INTEGER NOT NULL DEFAULT 1,
    CHECK ((severity IS NULL) = (name IS NOT NULL)),
    CHECK ((name IS NULL) = (folded IS NULL)),
    CHECK ((severity IS NULL) = (position < 1000000)),
    CHECK (severity IS NULL OR active = 1)
) STRICT;
INSERT INTO policy (id, severity, acknowledge_in, update_in, remedy_in, warn_ahead, max_span, concession_limit,
    concession_currency, load_cap, escalate_mood, escalate_after, escalate_after_slips, supervisor, follow_up_in,
    updated_at, version)
SELECT CASE severity WHEN 'low' THEN 1 WHEN 'normal' THEN 2 WHEN 'high' THEN 3 ELSE 4 END, severity, acknowledge_in,
    update_in, remedy_in, warn_ahead, max_span, concession_limit, concession_currency, load_cap, escalate_mood,
    escalate_after, escalate_after_slips, supervisor, follow_up_in, updated_at, version
FROM policy_before ORDER BY 1;
DROP TABLE policy_before;

CREATE TRIGGER policy_stays BEFORE DELETE ON policy
BEGIN SELECT raise(ABORT, 'a policy is never deleted'); END;
CREATE TRIGGER policy_keeps_its_name BEFORE UPDATE ON policy
WHEN new.id <> old.id OR new.severity IS NOT old.severity OR new.name IS NOT old.name OR new.folded IS NOT old.folded
BEGIN SELECT raise(ABORT, 'what a policy is called is never edited'); END;
