-- Names compare without regard to the space between their words now: "Ann  Lee" is "Ann Lee". fold_name is the program's own,
-- as SQLite has no such function. How a name is written stays as it is.
DROP TRIGGER name_stays_as_it_is;
UPDATE name SET folded = fold_name(spelling) WHERE folded <> fold_name(spelling);
CREATE TRIGGER name_stays_as_it_is BEFORE UPDATE ON name
BEGIN SELECT raise(ABORT, 'a name is never edited'); END;
