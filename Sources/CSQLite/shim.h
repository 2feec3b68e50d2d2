#pragma once
#include <sqlite3.h>

// Extended result codes are expressions, which the importer does not see.
static const int bridge_sqlite_constraint_foreign_key = SQLITE_CONSTRAINT_FOREIGNKEY;
static const int bridge_sqlite_constraint_primary_key = SQLITE_CONSTRAINT_PRIMARYKEY;
static const int bridge_sqlite_constraint_unique = SQLITE_CONSTRAINT_UNIQUE;
static const int bridge_sqlite_short_read = SQLITE_IOERR_SHORT_READ;

// SQLITE_TRANSIENT is a cast of -1 to a function pointer, which the importer does not see. A null pointer would bind
// NULL instead of an empty value.

static inline int bridge_sqlite_bind_text(sqlite3_stmt *statement, int index, const void *text, sqlite3_uint64 count) {
    return sqlite3_bind_text64(statement, index, text ? (const char *)text : "", count, SQLITE_TRANSIENT, SQLITE_UTF8);
}

static inline int bridge_sqlite_bind_blob(sqlite3_stmt *statement, int index, const void *bytes, sqlite3_uint64 count) {
    return sqlite3_bind_blob64(statement, index, bytes ? bytes : "", count, SQLITE_TRANSIENT);
}

// The first bytes of the database file as they are on the disk, read by SQLite without a lock, a log or any change.
// SQLITE_IOERR_SHORT_READ: there are fewer, the rest is zero.
static inline int bridge_sqlite_read_header(sqlite3 *database, void *bytes, int count) {
    sqlite3_file *file = 0;
    int code = sqlite3_file_control(database, "main", SQLITE_FCNTL_FILE_POINTER, &file);
    if (code != SQLITE_OK) return code;
    if (!file || !file->pMethods) return SQLITE_CANTOPEN;
    return file->pMethods->xRead(file, bytes, count, 0);
}
