// The floor under a create: the rows that `POST /v1/cases` writes, into a database of casekeeper's, with the writer's
// settings and one commit a batch, by libsqlite3 alone: no HTTP, no JSON, no rules, no hashes, and no look-ups. Prints
// creates per second.
//
//     sqlite-floor DATABASE SECONDS BATCH
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static sqlite3 *db;

static void check(int code) {
    if (code != SQLITE_OK && code != SQLITE_DONE && code != SQLITE_ROW) {
        fprintf(stderr, "sqlite-floor: %s\n", sqlite3_errmsg(db));
        exit(1);
    }
}

static void execute(const char *sql) { check(sqlite3_exec(db, sql, NULL, NULL, NULL)); }

static sqlite3_stmt *prepare(const char *sql) {
    sqlite3_stmt *statement;
    check(sqlite3_prepare_v3(db, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, NULL));
    return statement;
}

static void run(sqlite3_stmt *statement) {
    check(sqlite3_step(statement));
    sqlite3_reset(statement);
}

static sqlite3_int64 number(const char *sql) {
    sqlite3_stmt *statement = prepare(sql);
    check(sqlite3_step(statement));
    sqlite3_int64 value = sqlite3_column_int64(statement, 0);
    sqlite3_finalize(statement);
    return value;
}

static double now(void) {
    struct timespec time;
    clock_gettime(CLOCK_REALTIME, &time);
    return time.tv_sec + time.tv_nsec / 1e9;
}

int main(int argc, char **argv) {
    if (argc != 4) return 64;
    check(sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0));
    check(sqlite3_open(argv[1], &db));
    execute("PRAGMA temp_store = MEMORY; PRAGMA recursive_triggers = ON; PRAGMA synchronous = FULL;"
            "PRAGMA cache_size = -65536; PRAGMA wal_autocheckpoint = 10000; PRAGMA journal_size_limit = 67108864;"
            "PRAGMA foreign_keys = ON");
    execute("INSERT OR IGNORE INTO name (role, spelling, folded) VALUES ('owner', 'Kim', 'kim'),"
            "('actor', 'local', 'local'), ('team', 'Repairs', 'repairs'), ('category', 'Delivery', 'delivery')");
    sqlite3_stmt *begin = prepare("BEGIN IMMEDIATE"), *commit = prepare("COMMIT");
    sqlite3_stmt *stamp = prepare("UPDATE clock SET stamp = max(stamp + 1, ?1) WHERE id = 1");
    sqlite3_stmt *customer = prepare(
        "INSERT INTO customer (id, name, email, phone, recorded_at, updated_at, version)"
        "VALUES (?1, 'Ida Kern', 'ida@example.com', '+49 30 12345', ?2, ?2, 1)");
    sqlite3_stmt *record = prepare(
        "INSERT INTO complaint_case (id, customer_id, subject, complaint, channel, category_id, severity, mood,"
        "owner_id, team_id, received_at, opened_at, status, imported, version, edits, updated_at)"
        "VALUES (?1, ?3, 'Broken kettle', ?4, 'phone', ?5, 'normal', 'calm', ?6, ?7, ?2, ?2, 'open', 0, 2, 0, ?2)");
    sqlite3_stmt *promise = prepare(
        "INSERT INTO promise (id, case_id, kind, what, promised_by, promised_to, owner_id, made_by_id, made_at, due_at,"
        "original_due_at, slips, imported, told_at, told_recorded_at, version)"
        "VALUES (?1, ?3, 'callback', 'Call back with the date of the new kettle', 'desk', 'customer', ?4, ?5, ?2,"
        "?2 + 172800000, ?2 + 172800000, 0, 0, ?2, ?2, 1)");
    sqlite3_stmt *entry = prepare(
        "INSERT INTO case_log (id, case_id, seq, kind, promise_id, actor_id, at, recorded_at, imported, facts, texts,"
        "salt, digest, hash) VALUES (?1, ?3, ?4, ?5, ?6, ?7, ?2, ?2, 0, ?8, ?9, zeroblob(16), randomblob(32),"
        "randomblob(32))");
    sqlite3_stmt *caseText = prepare("INSERT INTO case_text (rowid, body) VALUES (?1, ?2)");
    sqlite3_stmt *customerText = prepare("INSERT INTO customer_text (rowid, body) VALUES (?1, ?2)");

    sqlite3_stmt *progress = prepare("UPDATE search_progress SET log_id = ?1, customer_id = ?2 WHERE id = 1");

    const char *complaint = "The kettle came back broken again, and nobody answered the phone for two days although a "
                            "call was promised.";
    const char *caseBody = "Broken kettle\nThe kettle came back broken again, and nobody answered the phone for two "
                           "days although a call was promised.";
    const char *what = "Call back with the date of the new kettle";
    const char *openedFacts = "[[\"customer_id\",123456],[\"received_at\",\"2026-11-22T02:37:12.123Z\"],"
                              "[\"channel\",\"phone\"],[\"severity\",\"normal\"],[\"mood\",\"calm\"]]";
    const char *madeFacts = "[[\"promise_kind\",\"callback\"],[\"by\",\"desk\"],[\"to\",\"customer\"],"
                            "[\"due_at\",\"2026-11-24T02:37:12.123Z\"]]";
    const char *madeTexts = "[[\"what\",\"Call back with the date of the new kettle\"],[\"made_by\",\"local\"],"
                            "[\"owner\",\"Kim\"]]";
    sqlite3_int64 owner = number("SELECT id FROM name WHERE role = 'owner' AND spelling = 'Kim'");
    sqlite3_int64 team = number("SELECT id FROM name WHERE role = 'team' AND spelling = 'Repairs'");
    sqlite3_int64 category = number("SELECT id FROM name WHERE role = 'category' AND spelling = 'Delivery'");
    sqlite3_int64 actor = number("SELECT id FROM name WHERE role = 'actor' AND spelling = 'local'");
    sqlite3_int64 customerID = number("SELECT coalesce(max(id), 0) FROM customer");
    sqlite3_int64 caseID = number("SELECT coalesce(max(id), 0) FROM complaint_case");
    sqlite3_int64 promiseID = number("SELECT coalesce(max(id), 0) FROM promise");
    sqlite3_int64 entryID = number("SELECT coalesce(max(id), 0) FROM case_log");

    int batch = atoi(argv[3]);
    double start = now(), end = start + atof(argv[2]);
    long creates = 0;
    int unknown = 0;
    while (now() < end) {
        sqlite3_int64 instant = (sqlite3_int64)(now() * 1000);
        run(begin);
        for (int index = 0; index < batch; index++) {
            sqlite3_bind_int64(customer, 1, ++customerID);
            sqlite3_bind_int64(customer, 2, instant);
            run(customer);
            sqlite3_bind_int64(record, 1, ++caseID);
            sqlite3_bind_int64(record, 2, instant);
            sqlite3_bind_int64(record, 3, customerID);
            sqlite3_bind_text(record, 4, complaint, -1, SQLITE_STATIC);
            sqlite3_bind_int64(record, 5, category);
            sqlite3_bind_int64(record, 6, owner);
            sqlite3_bind_int64(record, 7, team);
            run(record);
            sqlite3_bind_int64(promise, 1, ++promiseID);
            sqlite3_bind_int64(promise, 2, instant);
            sqlite3_bind_int64(promise, 3, caseID);
            sqlite3_bind_int64(promise, 4, owner);
            sqlite3_bind_int64(promise, 5, actor);
            run(promise);
            for (int seq = 1; seq <= 2; seq++) {
                sqlite3_bind_int64(entry, 1, ++entryID);
                sqlite3_bind_int64(entry, 2, instant);
                sqlite3_bind_int64(entry, 3, caseID);
                sqlite3_bind_int64(entry, 4, seq);
                sqlite3_bind_text(entry, 5, seq == 1 ? "case_opened" : "promise_made", -1, SQLITE_STATIC);
                if (seq == 1) sqlite3_bind_null(entry, 6); else sqlite3_bind_int64(entry, 6, promiseID);
                sqlite3_bind_int64(entry, 7, actor);
                sqlite3_bind_text(entry, 8, seq == 1 ? openedFacts : madeFacts, -1, SQLITE_STATIC);
                if (seq == 1) sqlite3_bind_null(entry, 9); else sqlite3_bind_text(entry, 9, madeTexts, -1, SQLITE_STATIC);
                run(entry);
            }
        }
        sqlite3_bind_int64(stamp, 1, instant);
        run(stamp);
        run(commit);
        creates += batch;
        unknown += batch;
        // As the server does: the full text some hundred log entries at a time, in a transaction of its own.
        if (2 * unknown < 512) continue;
        run(begin);
        for (int index = 0; index < unknown; index++) {
            sqlite3_bind_int64(customerText, 1, customerID - unknown + 1 + index);
            sqlite3_bind_text(customerText, 2, "Ida Kern\nida@example.com\n+49 30 12345", -1, SQLITE_STATIC);
            run(customerText);
            sqlite3_bind_int64(caseText, 1, (caseID - unknown + 1 + index) << 20);
            sqlite3_bind_text(caseText, 2, caseBody, -1, SQLITE_STATIC);
            run(caseText);
            sqlite3_bind_int64(caseText, 1, (caseID - unknown + 1 + index) << 20 | 2);
            sqlite3_bind_text(caseText, 2, what, -1, SQLITE_STATIC);
            run(caseText);
        }
        sqlite3_bind_int64(progress, 1, entryID);
        sqlite3_bind_int64(progress, 2, customerID);
        run(progress);
        run(commit);
        unknown = 0;
    }
    printf("%.1f\n", creates / (now() - start));
    return 0;
}
