-- What is searched is made to words by the program, which knows of languages: the index only tells them apart by the space
-- between them.
DROP TABLE case_text;
DROP TABLE customer_text;
CREATE VIRTUAL TABLE case_text USING fts5 (body, content = '', tokenize = 'ascii');
CREATE VIRTUAL TABLE customer_text USING fts5 (body, content = '', tokenize = 'ascii');
-- Fewer, larger merges.
INSERT INTO case_text (case_text, rank) VALUES ('automerge', 8);
INSERT INTO customer_text (customer_text, rank) VALUES ('automerge', 8);

-- Which rules made the words, and up to where all is to be made anew: 0 where nothing is. The index knows what is after that,
-- up to "log_id" and "customer_id".
ALTER TABLE search_progress ADD COLUMN words INTEGER NOT NULL DEFAULT 0;
ALTER TABLE search_progress ADD COLUMN missing_log_id INTEGER NOT NULL DEFAULT 0;
ALTER TABLE search_progress ADD COLUMN missing_customer_id INTEGER NOT NULL DEFAULT 0;
UPDATE search_progress SET purge = 0;

-- From when until when a case or a customer had what a row of the index knows and has been edited since: for a search as of
-- an earlier instant. The row's id is -(about_id << 20 | number).
CREATE TABLE former_text (
    about TEXT NOT NULL CHECK (about = 'case' OR about = 'customer'),
    about_id INTEGER NOT NULL,
    number INTEGER NOT NULL CHECK (number > 0),
    since INTEGER NOT NULL,
    until INTEGER NOT NULL CHECK (until > since),
    PRIMARY KEY (about, about_id, number)
) STRICT, WITHOUT ROWID;
