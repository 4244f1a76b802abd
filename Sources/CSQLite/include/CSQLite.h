// What can't be had of SQLite from Swift: functions that take a variable number of arguments.

#ifndef CSQLITE_H
#define CSQLITE_H

// Sets SQLite up for this process, if it can be before it begins to work. Returns an error code of SQLite.
//
// It counts no memory: for that it would take a lock on every allocation, which is one for all connections. It takes
// URIs for the names of files.
int csqlite_set_up(void);

#endif
