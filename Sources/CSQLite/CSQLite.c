#include <sqlite3.h>

// Both are refused once SQLite has begun to work. Then it counts its memory; Debian's takes URIs anyway. So it is done before
// the program's first line, whoever opens a database first.
__attribute__((constructor)) static void set_up(void) {
    sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
    sqlite3_config(SQLITE_CONFIG_URI, 1);
}
