-- What the tactics need beside the log: rules of the desk, what waits for somebody, what an owner carries.

-- What a desk decides about concessions (T15), load (T4), supervisors (T13) and following up (T21).
ALTER TABLE policy ADD COLUMN concession_limit INTEGER NOT NULL DEFAULT 10000 CHECK (concession_limit >= 0);
ALTER TABLE policy ADD COLUMN concession_currency TEXT NOT NULL DEFAULT 'USD' CHECK (length(concession_currency) = 3);
ALTER TABLE policy ADD COLUMN load_cap INTEGER NOT NULL DEFAULT 10 CHECK (load_cap >= 1);
ALTER TABLE policy ADD COLUMN escalate_mood TEXT DEFAULT 'abusive'
    CHECK (escalate_mood IN ('calm', 'upset', 'angry', 'abusive'));
ALTER TABLE policy ADD COLUMN escalate_after INTEGER NOT NULL DEFAULT 2 CHECK (escalate_after >= 1);
ALTER TABLE policy ADD COLUMN supervisor TEXT;
ALTER TABLE policy ADD COLUMN follow_up_in INTEGER CHECK (follow_up_in >= 1000);
UPDATE policy SET escalate_mood = 'angry' WHERE severity = 'critical';

-- The mood observed before the latest one: whether it rises or falls (T10).
ALTER TABLE complaint_case ADD COLUMN mood_before TEXT;

-- Whether the relationship was to be kept or ended, and when that was last decided (T17); and since when nothing
-- personal is left.
ALTER TABLE customer ADD COLUMN relationship TEXT CHECK (relationship IN ('keep', 'end'));
ALTER TABLE customer ADD COLUMN relationship_at INTEGER;
ALTER TABLE customer ADD COLUMN erased_at INTEGER;

CREATE TABLE relationship_decision (
    id INTEGER PRIMARY KEY,
    customer_id INTEGER NOT NULL REFERENCES customer (id),
    case_id INTEGER NOT NULL REFERENCES complaint_case (id),
    seq INTEGER NOT NULL,
    decision TEXT NOT NULL CHECK (decision IN ('keep', 'end')),
    recorded_at INTEGER NOT NULL
) STRICT;
CREATE INDEX relationship_decision_by_customer ON relationship_decision (customer_id);

CREATE TRIGGER relationship_decision_stays_as_it_is BEFORE UPDATE ON relationship_decision
BEGIN SELECT raise(ABORT, 'history is never edited'); END;
CREATE TRIGGER relationship_decision_stays BEFORE DELETE ON relationship_decision
BEGIN SELECT raise(ABORT, 'history is never deleted'); END;

-- A promise made for somebody else waits for its owner's word (T4): since when, and when they gave it. Both are of the
-- owner it has; of those before, owner_change keeps them. "concession_seq" is the log entry of the concession that the
-- promise is to make good (T15).
ALTER TABLE promise ADD COLUMN asked_at INTEGER;
ALTER TABLE promise ADD COLUMN accepted_at INTEGER;
ALTER TABLE promise ADD COLUMN concession_seq INTEGER;
ALTER TABLE owner_change ADD COLUMN from_asked_at INTEGER;
ALTER TABLE owner_change ADD COLUMN from_accepted_at INTEGER;
CREATE INDEX promise_unaccepted ON promise (asked_at)
    WHERE recorded_at IS NULL AND asked_at IS NOT NULL AND accepted_at IS NULL;
-- What somebody has to do, and by when. What is nobody's is not in it.
CREATE INDEX promise_unsettled_by_owner ON promise (owner_id, due_at)
    WHERE recorded_at IS NULL AND owner_id IS NOT NULL AND promised_by = 'desk' AND promised_to = 'customer';

-- What became of the promises to customers that somebody owned: the parts of their kept rate, so that a new promise can
-- be answered with it at once.
CREATE TABLE owner_record (
    owner_id INTEGER PRIMARY KEY REFERENCES name (id),
    kept INTEGER NOT NULL,
    kept_late INTEGER NOT NULL,
    broken INTEGER NOT NULL,
    backdated INTEGER NOT NULL
) STRICT;
INSERT INTO owner_record (owner_id, kept, kept_late, broken, backdated)
SELECT owner_id, sum(kept_at IS NOT NULL AND kept_at <= due_at), sum(kept_at IS NOT NULL AND kept_at > due_at),
    sum((superseded_at IS NOT NULL AND superseded_at > due_at)
        OR (withdrawn_at IS NOT NULL AND (withdrawn_at > due_at OR release <> 'customer_agreed'))),
    sum(kept_at IS NOT NULL AND kept_at <= due_at AND recorded_at > due_at)
FROM promise
WHERE recorded_at IS NOT NULL AND owner_id IS NOT NULL AND promised_by = 'desk' AND promised_to = 'customer'
GROUP BY owner_id;

-- What waits for somebody in a case: a threat for its assessment (T16), a concession for a manager (T15), an escalation
-- for the supervisor (T13), the case of a customer whose relationship was ended for a new decision (T17). "seq" is the
-- log entry that raised it; settled_at is NULL while it waits.
CREATE TABLE matter (
    id INTEGER PRIMARY KEY,
    case_id INTEGER NOT NULL REFERENCES complaint_case (id),
    kind TEXT NOT NULL CHECK (kind = 'threat' OR kind = 'escalation' OR kind = 'concession' OR kind = 'return'),
    seq INTEGER NOT NULL CHECK (seq >= 1),
    raised_at INTEGER NOT NULL,
    settled_at INTEGER CHECK (settled_at >= raised_at),
    settled_seq INTEGER CHECK (settled_seq >= seq),
    outcome TEXT,
    CHECK ((settled_at IS NULL) = (settled_seq IS NULL)),
    CHECK ((settled_at IS NULL) = (outcome IS NULL)),
    UNIQUE (case_id, seq, kind)
) STRICT;
CREATE INDEX matter_waiting ON matter (kind, raised_at) WHERE settled_at IS NULL;

CREATE TRIGGER matter_is_settled_once BEFORE UPDATE ON matter
WHEN old.settled_at IS NOT NULL OR new.id <> old.id OR new.case_id <> old.case_id OR new.kind <> old.kind
    OR new.seq <> old.seq OR new.raised_at <> old.raised_at
BEGIN SELECT raise(ABORT, 'what waited is never edited'); END;
CREATE TRIGGER matter_stays BEFORE DELETE ON matter
BEGIN SELECT raise(ABORT, 'what waited is never deleted'); END;

-- The entries that reports count, without a look at all the others.
CREATE INDEX case_log_counted ON case_log (kind, recorded_at)
    WHERE kind = 'threat' OR kind = 'concession' OR kind = 'lesson' OR kind = 'mood' OR kind = 'debrief';

-- Whether words of customers who were erased may still stand in older parts of the full-text index, that wait to be
-- merged: 1 before the first step, 2 after it.
ALTER TABLE search_progress ADD COLUMN purge INTEGER NOT NULL DEFAULT 0 CHECK (purge BETWEEN 0 AND 2);
CREATE INDEX customer_erased ON customer (id) WHERE erased_at IS NOT NULL;

CREATE TRIGGER customer_stays_erased BEFORE UPDATE ON customer
WHEN old.erased_at IS NOT NULL AND (new.erased_at IS NOT old.erased_at OR new.name <> '[erased]'
    OR new.email IS NOT NULL OR new.phone IS NOT NULL OR new.external_id IS NOT NULL)
BEGIN SELECT raise(ABORT, 'who is erased stays so'); END;

-- What is personal, and free text, can be erased with the customer's wish, and in no other way: the mark stands in its
-- place from then on. What was promised to whom and when, and every digest, stays.
DROP TRIGGER complaint_case_keeps_the_complaint;
CREATE TRIGGER complaint_case_keeps_its_beginning
BEFORE UPDATE OF id, customer_id, received_at, opened_at, imported ON complaint_case
BEGIN SELECT raise(ABORT, 'a complaint is never edited'); END;
CREATE TRIGGER complaint_case_keeps_the_complaint BEFORE UPDATE OF complaint ON complaint_case
WHEN new.complaint <> old.complaint AND NOT (new.complaint = '[erased]'
    AND EXISTS (SELECT 1 FROM customer u WHERE u.id = old.customer_id AND u.erased_at IS NOT NULL))
BEGIN SELECT raise(ABORT, 'a complaint is never edited'); END;

DROP TRIGGER promise_keeps_its_word;
CREATE TRIGGER promise_keeps_its_word
BEFORE UPDATE OF id, case_id, kind, promised_by, promised_to, made_by_id, maker_token_id, made_at, channel, due_at,
    original_due_at, notified_channel, notified_outcome, notified_at, slips, supersedes, imported, concession_seq
    ON promise
BEGIN SELECT raise(ABORT, 'what was promised is never edited'); END;
CREATE TRIGGER promise_keeps_its_words BEFORE UPDATE OF what, due_explained, next_step, reason_made ON promise
WHEN NOT (new.what IN (old.what, '[erased]')
    AND (new.due_explained IS old.due_explained OR old.due_explained IS NOT NULL AND new.due_explained IS '[erased]')
    AND (new.next_step IS old.next_step OR old.next_step IS NOT NULL AND new.next_step IS '[erased]')
    AND (new.reason_made IS old.reason_made OR old.reason_made IS NOT NULL AND new.reason_made IS '[erased]')
    AND EXISTS (SELECT 1 FROM complaint_case c JOIN customer u ON u.id = c.customer_id
        WHERE c.id = old.case_id AND u.erased_at IS NOT NULL))
BEGIN SELECT raise(ABORT, 'what was promised is never edited'); END;

DROP TRIGGER promise_is_settled_once;
CREATE TRIGGER promise_is_settled_once BEFORE UPDATE ON promise
WHEN old.recorded_at IS NOT NULL AND (
    new.recorded_at IS NOT old.recorded_at OR new.kept_at IS NOT old.kept_at
    OR new.superseded_at IS NOT old.superseded_at OR new.superseded_by IS NOT old.superseded_by
    OR new.withdrawn_at IS NOT old.withdrawn_at OR new.release IS NOT old.release
    OR new.voided_at IS NOT old.voided_at OR new.settled_by_id IS NOT old.settled_by_id
    OR new.owner_id IS NOT old.owner_id OR new.asked_at IS NOT old.asked_at OR new.accepted_at IS NOT old.accepted_at
    OR ((new.reason_settled IS NOT old.reason_settled OR new.evidence IS NOT old.evidence)
        AND NOT ((new.reason_settled IS old.reason_settled
                OR old.reason_settled IS NOT NULL AND new.reason_settled IS '[erased]')
            AND (new.evidence IS old.evidence OR old.evidence IS NOT NULL AND new.evidence IS '[erased]')
            AND EXISTS (SELECT 1 FROM complaint_case c JOIN customer u ON u.id = c.customer_id
                WHERE c.id = old.case_id AND u.erased_at IS NOT NULL))))
BEGIN SELECT raise(ABORT, 'a settled promise stays as it is'); END;

DROP TRIGGER case_log_stays_as_it_is;
CREATE TRIGGER case_log_stays_as_it_is BEFORE UPDATE ON case_log
WHEN NOT (new.salt IS NULL AND new.id = old.id AND new.case_id = old.case_id AND new.seq = old.seq
    AND new.kind = old.kind AND new.promise_id IS old.promise_id AND new.actor_id = old.actor_id
    AND new.token_id IS old.token_id AND new.at = old.at AND new.recorded_at = old.recorded_at
    AND new.imported = old.imported AND new.facts = old.facts AND new.digest = old.digest AND new.hash = old.hash
    AND EXISTS (SELECT 1 FROM complaint_case c JOIN customer u ON u.id = c.customer_id
        WHERE c.id = old.case_id AND u.erased_at IS NOT NULL)
    -- Each text stays, or is erased.
    AND (new.texts IS NULL) = (old.texts IS NULL)
    AND json_array_length(coalesce(new.texts, '[]')) = json_array_length(coalesce(old.texts, '[]'))
    AND NOT EXISTS (SELECT 1 FROM json_each(new.texts) n JOIN json_each(old.texts) o ON o.key = n.key
        WHERE n.value ->> 0 IS NOT o.value ->> 0
            OR n.value -> 1 IS NOT o.value -> 1 AND n.value -> 1 NOT IN ('"[erased]"', '["[erased]"]')))
BEGIN SELECT raise(ABORT, 'the log is never edited'); END;
