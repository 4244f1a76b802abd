-- What is promised too far off, and a customer who has it in writing.

-- Two more rules of the desk: from how far off on a promise of the next word, or of a remedy, is warned about. The more
-- severe a case, the nearer; a policy that somebody has edited is covered by its last entry in the log, and has the one
-- that every severity could have.
ALTER TABLE policy ADD COLUMN update_in INTEGER NOT NULL DEFAULT 604800000 CHECK (update_in >= 1000);
ALTER TABLE policy ADD COLUMN remedy_in INTEGER NOT NULL DEFAULT 2592000000 CHECK (remedy_in >= 1000);
UPDATE policy SET update_in = 86400000, remedy_in = 604800000 WHERE severity = 'critical' AND version = 1;
UPDATE policy SET update_in = 3 * 86400000, remedy_in = 1209600000 WHERE severity = 'high' AND version = 1;

-- A customer may be told by a letter or an e-mail that was sent. What is in the table stays as it is, so its text is
-- changed where it stands (https://www.sqlite.org/lang_altertable.html, last section).
PRAGMA writable_schema = ON;
UPDATE sqlite_schema SET sql = replace(sql,
    '(notified_outcome = ''reached'' OR notified_outcome = ''message_left''',
    '(notified_outcome = ''reached'' OR notified_outcome = ''sent'' OR notified_outcome = ''message_left''')
WHERE type = 'table' AND name = 'promise';
PRAGMA writable_schema = RESET;
