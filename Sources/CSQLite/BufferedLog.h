#ifndef BUFFEREDLOG_H
#define BUFFEREDLOG_H

// Makes the VFS CSQLITE_BUFFERED_LOG known. Returns an error code of SQLite.
int registerBufferedLog(void);

#endif
