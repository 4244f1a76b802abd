#include "CSQLite.h"

#include <sqlite3.h>

int csqlite_set_up(void) {
    // These two are refused once SQLite has begun to work. Then it counts its memory; Debian's takes URIs anyway.
    sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
    sqlite3_config(SQLITE_CONFIG_URI, 1);
    return sqlite3_initialize();
}
