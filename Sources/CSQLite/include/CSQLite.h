// What of SQLite can't be called from Swift, as it takes a variable number of arguments.

#ifndef CSQLITE_H
#define CSQLITE_H

// Has SQLite count no memory, in this process, from here on: to count it, it takes a lock on every allocation, which is
// one for all connections. Nothing happens once SQLite has begun to work.
void csqlite_count_no_memory(void);

#endif
