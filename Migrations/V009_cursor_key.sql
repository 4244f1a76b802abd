-- What cursors are signed with, so that a client's is one that this database gave out. Random, so the program makes it
-- and no migration does; of this file alone, and as secret as what it lists.
CREATE TABLE cursor_key (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    key BLOB NOT NULL CHECK (length(key) = 32)
) STRICT;
