#pragma once
#include <sqlite3.h>

// Extended result codes are expressions, which the importer does not see.
static const int bridge_sqlite_constraint_foreign_key = SQLITE_CONSTRAINT_FOREIGNKEY;
static const int bridge_sqlite_constraint_primary_key = SQLITE_CONSTRAINT_PRIMARYKEY;
static const int bridge_sqlite_constraint_unique = SQLITE_CONSTRAINT_UNIQUE;

// SQLITE_TRANSIENT is a cast of -1 to a function pointer, which the importer does not see. A null pointer would bind
// NULL instead of an empty value.

static inline int bridge_sqlite_bind_text(sqlite3_stmt *statement, int index, const void *text, sqlite3_uint64 count) {
    return sqlite3_bind_text64(statement, index, text ? (const char *)text : "", count, SQLITE_TRANSIENT, SQLITE_UTF8);
}

static inline int bridge_sqlite_bind_blob(sqlite3_stmt *statement, int index, const void *bytes, sqlite3_uint64 count) {
    return sqlite3_bind_blob64(statement, index, bytes ? bytes : "", count, SQLITE_TRANSIENT);
}
