// SQLite as this process has it, from its beginning on: it counts no memory, as for that it would take a lock on every
// allocation, which is one for all connections; and it takes URIs for the names of files.
//
// Swift can't say so itself: the function for it takes a variable number of arguments. There is nothing to call.

#ifndef CSQLITE_H
#define CSQLITE_H
#endif
