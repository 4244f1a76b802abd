-- Epochs of the record: 1 from its beginning on, and one more each time that a copy of it was promoted. The service of the highest
-- epoch is the one that takes changes. The first has no row.
CREATE TABLE epoch (
    id INTEGER PRIMARY KEY CHECK (id >= 2),
    begun_at INTEGER NOT NULL
) STRICT;
CREATE TRIGGER epoch_stays_as_it_is BEFORE UPDATE ON epoch
BEGIN SELECT raise(ABORT, 'an epoch is never changed'); END;
CREATE TRIGGER epoch_stays BEFORE DELETE ON epoch
BEGIN SELECT raise(ABORT, 'an epoch is never deleted'); END;

-- The highest epoch that another service was found to have. It is of this file alone: where it is higher than the record's own,
-- this file takes no changes.
CREATE TABLE epoch_seen (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    epoch INTEGER NOT NULL CHECK (epoch >= 2)
) STRICT;
