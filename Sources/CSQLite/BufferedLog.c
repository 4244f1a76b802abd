#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

#include "BufferedLog.h"
#include "CSQLite.h"

// SQLite writes a frame of the write-ahead log in two pieces, a header of 24 bytes and a page, and each piece costs a
// system call and two or three of the kernel's pages. Here what continues the last piece is held back, and goes out in
// one piece as soon as anything but a further piece is asked of the file.
//
// A reader finds frames by the index in shared memory, which gets them only after the sync of their commit, and before
// that the pieces are out. So this is for `synchronous = FULL` alone: without a sync nothing would say that a commit is
// complete.

// As much as the system's VFS writes at once: of a longer piece it takes the length's lower 17 bits.
enum { capacity = (1 << 17) - 1 };

typedef struct {
    sqlite3_file base;
    // What is held back, and where in the file it belongs.
    unsigned char *held;
    int length;
    sqlite3_int64 offset;
    // The file as the system's VFS knows it lies behind this.
} BufferedLog;

static BufferedLog *logOf(sqlite3_file *file) { return (BufferedLog *)file; }

static sqlite3_file *realOf(sqlite3_file *file) { return (sqlite3_file *)(logOf(file) + 1); }

// Writes what is held back. After an error it is gone: the commit that it was of has failed.
static int flush(sqlite3_file *file) {
    BufferedLog *log = logOf(file);
    if (log->length == 0) return SQLITE_OK;
    int length = log->length;
    log->length = 0;
    return realOf(file)->pMethods->xWrite(realOf(file), log->held, length, log->offset);
}

static int writeLog(sqlite3_file *file, const void *bytes, int count, sqlite3_int64 offset) {
    BufferedLog *log = logOf(file);
    if (log->length > 0 && (offset != log->offset + log->length || count > capacity - log->length)) {
        int code = flush(file);
        if (code != SQLITE_OK) return code;
    }
    if (log->held == NULL) log->held = malloc(capacity);
    if (log->held == NULL || count > capacity)
        return realOf(file)->pMethods->xWrite(realOf(file), bytes, count, offset);
    if (log->length == 0) log->offset = offset;
    memcpy(log->held + log->length, bytes, count);
    log->length += count;
    return SQLITE_OK;
}

static int readLog(sqlite3_file *file, void *bytes, int count, sqlite3_int64 offset) {
    int code = flush(file);
    return code == SQLITE_OK ? realOf(file)->pMethods->xRead(realOf(file), bytes, count, offset) : code;
}

static int truncateLog(sqlite3_file *file, sqlite3_int64 size) {
    int code = flush(file);
    return code == SQLITE_OK ? realOf(file)->pMethods->xTruncate(realOf(file), size) : code;
}

static int syncLog(sqlite3_file *file, int flags) {
    int code = flush(file);
    return code == SQLITE_OK ? realOf(file)->pMethods->xSync(realOf(file), flags) : code;
}

static int sizeOfLog(sqlite3_file *file, sqlite3_int64 *size) {
    int code = flush(file);
    return code == SQLITE_OK ? realOf(file)->pMethods->xFileSize(realOf(file), size) : code;
}

static int closeLog(sqlite3_file *file) {
    int code = flush(file);
    free(logOf(file)->held);
    int closed = realOf(file)->pMethods->xClose(realOf(file));
    return code == SQLITE_OK ? closed : code;
}

static int lockLog(sqlite3_file *file, int level) { return realOf(file)->pMethods->xLock(realOf(file), level); }

static int unlockLog(sqlite3_file *file, int level) { return realOf(file)->pMethods->xUnlock(realOf(file), level); }

static int isLogReserved(sqlite3_file *file, int *is) {
    return realOf(file)->pMethods->xCheckReservedLock(realOf(file), is);
}

static int controlLog(sqlite3_file *file, int operation, void *argument) {
    int code = flush(file);
    return code == SQLITE_OK ? realOf(file)->pMethods->xFileControl(realOf(file), operation, argument) : code;
}

static int sectorSizeOfLog(sqlite3_file *file) { return realOf(file)->pMethods->xSectorSize(realOf(file)); }

static int characteristicsOfLog(sqlite3_file *file) {
    return realOf(file)->pMethods->xDeviceCharacteristics(realOf(file));
}

static const sqlite3_io_methods methods = {
    .iVersion = 1,
    .xClose = closeLog,
    .xRead = readLog,
    .xWrite = writeLog,
    .xTruncate = truncateLog,
    .xSync = syncLog,
    .xFileSize = sizeOfLog,
    .xLock = lockLog,
    .xUnlock = unlockLog,
    .xCheckReservedLock = isLogReserved,
    .xFileControl = controlLog,
    .xSectorSize = sectorSizeOfLog,
    .xDeviceCharacteristics = characteristicsOfLog,
};

static sqlite3_vfs *real;

// Only the log is opened as ours; all other files are the system's own.
static int openFile(sqlite3_vfs *vfs, const char *name, sqlite3_file *file, int flags, int *flagsUsed) {
    (void)vfs;
    if (!(flags & SQLITE_OPEN_WAL)) return real->xOpen(real, name, file, flags, flagsUsed);
    BufferedLog *log = logOf(file);
    memset(log, 0, sizeof(BufferedLog));
    int code = real->xOpen(real, name, realOf(file), flags, flagsUsed);
    // Without methods nothing is asked of the file any more; one that could not be opened may still have to be closed.
    if (realOf(file)->pMethods != NULL) log->base.pMethods = &methods;
    return code;
}

static sqlite3_vfs buffered;

int registerBufferedLog(void) {
    real = sqlite3_vfs_find(NULL);
    if (real == NULL) return SQLITE_ERROR;
    buffered = *real;
    buffered.pNext = NULL;
    buffered.zName = CSQLITE_BUFFERED_LOG;
    buffered.szOsFile = (int)sizeof(BufferedLog) + real->szOsFile;
    buffered.xOpen = openFile;
    return sqlite3_vfs_register(&buffered, 0);
}
