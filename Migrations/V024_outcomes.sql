-- How a case ended: what was found, what the customer gets for it, and when they were told for good. It stands with the status of
-- the resolution, so that it has history too; an open case has none of it.
ALTER TABLE complaint_case ADD COLUMN outcome TEXT CHECK (outcome IS NULL OR status <> 'open');
ALTER TABLE complaint_case ADD COLUMN redress_amount INTEGER
    CHECK (redress_amount IS NULL OR status <> 'open' AND redress_amount >= 0);
ALTER TABLE complaint_case ADD COLUMN redress_currency TEXT CHECK ((redress_currency IS NULL) = (redress_amount IS NULL));
ALTER TABLE complaint_case ADD COLUMN final_response_sent_at INTEGER
    CHECK (final_response_sent_at IS NULL OR status <> 'open');
ALTER TABLE complaint_case ADD COLUMN final_response_channel TEXT
    CHECK ((final_response_channel IS NULL) = (final_response_sent_at IS NULL));
ALTER TABLE status_change ADD COLUMN outcome TEXT CHECK (outcome IS NULL OR status <> 'open');
ALTER TABLE status_change ADD COLUMN redress_amount INTEGER
    CHECK (redress_amount IS NULL OR status <> 'open' AND redress_amount >= 0);
ALTER TABLE status_change ADD COLUMN redress_currency TEXT CHECK ((redress_currency IS NULL) = (redress_amount IS NULL));
ALTER TABLE status_change ADD COLUMN final_response_sent_at INTEGER
    CHECK (final_response_sent_at IS NULL OR status <> 'open');
ALTER TABLE status_change ADD COLUMN final_response_channel TEXT
    CHECK ((final_response_channel IS NULL) = (final_response_sent_at IS NULL));

-- Who is to be treated with particular care, and why. NULL where nobody said so: it is no value of a customer who is not, so what
-- was covered of customers before stays as it is.
ALTER TABLE customer ADD COLUMN vulnerable INTEGER CHECK (vulnerable IS NULL OR vulnerable = 1);
ALTER TABLE customer ADD COLUMN vulnerable_reason TEXT;
CREATE INDEX customer_vulnerable ON customer (id) WHERE vulnerable = 1;

DROP TRIGGER customer_stays_erased;
CREATE TRIGGER customer_stays_erased BEFORE UPDATE ON customer
WHEN old.erased_at IS NOT NULL AND (new.erased_at IS NOT old.erased_at OR new.name <> '[erased]'
    OR new.email IS NOT NULL OR new.phone IS NOT NULL OR new.external_id IS NOT NULL OR new.language IS NOT NULL
    OR new.needs IS NOT NULL OR new.vulnerable IS NOT NULL OR new.vulnerable_reason IS NOT NULL
    OR new.phone_key IS NOT NULL OR new.email_key IS NOT NULL OR new.external_id_key IS NOT NULL
    OR new.merged_into IS NOT old.merged_into)
BEGIN SELECT raise(ABORT, 'who is erased stays so'); END;
