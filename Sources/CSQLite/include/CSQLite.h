// What can't be had of SQLite from Swift: functions that take a variable number of arguments, and files of our own.

#ifndef CSQLITE_H
#define CSQLITE_H

// Sets SQLite up for this process, if it can be before it begins to work. Returns an error code of SQLite.
//
// It counts no memory: for that it would take a lock on every allocation, which is one for all connections. It takes
// URIs for the names of files, and knows the VFS below.
int csqlite_set_up(void);

// The VFS for a connection with `synchronous = FULL`, and for no other: the frames of a commit go to the write-ahead
// log in one piece.
#define CSQLITE_BUFFERED_LOG "casekeeper-log"

#endif
