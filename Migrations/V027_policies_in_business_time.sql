-- What a policy has in business time, as ISO 8601 has it, beside what it has in elapsed time, which holds where there is no
-- calendar. NULL where it has none: so what entries of the log cover of its rows stays as it was.
ALTER TABLE policy ADD COLUMN acknowledge_in_business TEXT CHECK (acknowledge_in_business <> '');
ALTER TABLE policy ADD COLUMN update_in_business TEXT CHECK (update_in_business <> '');
ALTER TABLE policy ADD COLUMN remedy_in_business TEXT CHECK (remedy_in_business <> '');
ALTER TABLE policy ADD COLUMN follow_up_in_business TEXT
    CHECK (follow_up_in_business IS NULL OR follow_up_in_business <> '' AND follow_up_in IS NOT NULL);
