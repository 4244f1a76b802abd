-- Who a customer is: how to speak with them, who may be one with them, and who was found to be; whose a case is, and who called.

-- The language to speak in (BCP 47), and what to mind, as tags of a case are kept.
ALTER TABLE customer ADD COLUMN language TEXT;
ALTER TABLE customer ADD COLUMN needs TEXT CHECK (needs IS NULL OR json_valid(needs));

-- By what two may be one, in a form in which it is looked up: the digits of a phone number, backwards; an address, and a key in
-- another system, by full case folding. They follow from the customer's fields; phone_key and fold_name are the program's own.
ALTER TABLE customer ADD COLUMN phone_key TEXT;
ALTER TABLE customer ADD COLUMN email_key TEXT;
ALTER TABLE customer ADD COLUMN external_id_key TEXT;
UPDATE customer SET phone_key = phone_key(phone), email_key = fold_name(email), external_id_key = fold_name(external_id)
WHERE phone IS NOT NULL OR email IS NOT NULL OR external_id IS NOT NULL;
CREATE INDEX customer_by_phone ON customer (phone_key) WHERE phone_key IS NOT NULL;
CREATE INDEX customer_by_email ON customer (email_key) WHERE email_key IS NOT NULL;
CREATE INDEX customer_by_external_id_key ON customer (external_id_key) WHERE external_id_key IS NOT NULL;

-- Who they were found to be, and since when: a pointer that can be taken back, and is kept with its history in field_change.
-- "has_merged" says that somebody was ever found to be them.
ALTER TABLE customer ADD COLUMN merged_at INTEGER;
ALTER TABLE customer ADD COLUMN merged_into INTEGER REFERENCES customer (id)
    CHECK ((merged_into IS NULL) = (merged_at IS NULL) AND merged_into <> id);
ALTER TABLE customer ADD COLUMN has_merged INTEGER NOT NULL DEFAULT 0 CHECK (has_merged = 0 OR has_merged = 1);
CREATE INDEX customer_merged ON customer (merged_into) WHERE merged_into IS NOT NULL;
CREATE INDEX customer_has_merged ON customer (id) WHERE has_merged = 1;

DROP TRIGGER customer_stays_erased;
CREATE TRIGGER customer_stays_erased BEFORE UPDATE ON customer
WHEN old.erased_at IS NOT NULL AND (new.erased_at IS NOT old.erased_at OR new.name <> '[erased]'
    OR new.email IS NOT NULL OR new.phone IS NOT NULL OR new.external_id IS NOT NULL OR new.language IS NOT NULL
    OR new.needs IS NOT NULL OR new.phone_key IS NOT NULL OR new.email_key IS NOT NULL
    OR new.external_id_key IS NOT NULL OR new.merged_into IS NOT old.merged_into)
BEGIN SELECT raise(ABORT, 'who is erased stays so'); END;
CREATE TRIGGER customer_stays BEFORE DELETE ON customer
BEGIN SELECT raise(ABORT, 'a customer is never deleted'); END;

-- Who called for the customer.
ALTER TABLE complaint_case ADD COLUMN contact_name TEXT;
ALTER TABLE complaint_case ADD COLUMN contact_phone TEXT;
ALTER TABLE complaint_case ADD COLUMN contact_email TEXT;
ALTER TABLE complaint_case ADD COLUMN contact_relation TEXT;

-- Whose a case is can be corrected, and what it was before is kept; but what was of somebody who was erased stays so.
DROP TRIGGER complaint_case_keeps_its_beginning;
CREATE TRIGGER complaint_case_keeps_its_beginning
BEFORE UPDATE OF id, received_at, opened_at, imported ON complaint_case
BEGIN SELECT raise(ABORT, 'a complaint is never edited'); END;
CREATE TRIGGER complaint_case_stays_with_the_erased BEFORE UPDATE OF customer_id ON complaint_case
WHEN new.customer_id <> old.customer_id
    AND EXISTS (SELECT 1 FROM customer u WHERE u.id IN (old.customer_id, new.customer_id) AND u.erased_at IS NOT NULL)
BEGIN SELECT raise(ABORT, 'who is erased stays so'); END;

-- In the log of a case that is somebody else's by now, what is of who was erased is what was decided about them, with what ended
-- the case by that, and what its opening covers of them.
CREATE INDEX relationship_decision_by_entry ON relationship_decision (case_id, seq);
DROP TRIGGER case_log_stays_as_it_is;
CREATE TRIGGER case_log_stays_as_it_is BEFORE UPDATE ON case_log
WHEN NOT (new.salt IS NULL AND new.id = old.id AND new.case_id IS old.case_id AND new.seq = old.seq
    AND new.kind = old.kind AND new.promise_id IS old.promise_id AND new.actor_id = old.actor_id
    AND new.token_id IS old.token_id AND new.at = old.at AND new.recorded_at = old.recorded_at
    AND new.imported = old.imported AND new.digest = old.digest AND new.hash = old.hash
    AND new.about IS old.about AND new.about_id IS old.about_id AND new.row_digest IS old.row_digest
    AND EXISTS (SELECT 1 FROM customer u WHERE u.erased_at IS NOT NULL AND u.id IN (
        CASE WHEN old.case_id IS NOT NULL THEN (SELECT c.customer_id FROM complaint_case c WHERE c.id = old.case_id)
            WHEN old.about = 'customer' THEN old.about_id END,
        CASE WHEN old.kind IN ('relationship', 'case_resolved', 'case_closed') THEN (
            SELECT r.customer_id FROM relationship_decision r
            WHERE r.case_id = old.case_id AND r.seq <= old.seq AND r.recorded_at = old.recorded_at
                AND NOT EXISTS (SELECT 1 FROM case_log m WHERE m.case_id = old.case_id AND m.seq > r.seq
                    AND m.seq < old.seq AND m.kind = 'case_updated')
            ORDER BY r.seq DESC LIMIT 1)
            WHEN old.kind = 'case_opened' THEN (SELECT f.value ->> 1 FROM json_each(old.facts) f
                WHERE f.value ->> 0 = 'customer_id') END))
    -- Each text stays, or is erased.
    AND (new.texts IS NULL) = (old.texts IS NULL)
    AND json_array_length(coalesce(new.texts, '[]')) = json_array_length(coalesce(old.texts, '[]'))
    AND NOT EXISTS (SELECT 1 FROM json_each(new.texts) n JOIN json_each(old.texts) o ON o.key = n.key
        WHERE n.value ->> 0 IS NOT o.value ->> 0
            OR n.value -> 1 IS NOT o.value -> 1 AND n.value -> 1 NOT IN ('"[erased]"', '["[erased]"]'))
    -- Each fact stays, but for the words of a lesson.
    AND (new.facts = old.facts OR old.kind = 'lesson'
        AND json_array_length(new.facts) = json_array_length(old.facts)
        AND NOT EXISTS (SELECT 1 FROM json_each(new.facts) n JOIN json_each(old.facts) o ON o.key = n.key
            WHERE n.value ->> 0 IS NOT o.value ->> 0
                OR n.value -> 1 IS NOT o.value -> 1
                    AND NOT (o.value ->> 0 IN ('cause', 'process') AND n.value -> 1 = '"[erased]"'))))
BEGIN SELECT raise(ABORT, 'the log is never edited'); END;
