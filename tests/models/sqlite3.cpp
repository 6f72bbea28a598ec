// SQLite: what reads and writes files, and what does not.
// REQUIRES: common-tests, pack-sqlite3
// RUN: %check %s async-blocking-call --only command --command-option=--uncertain --command-option=--tiers=+lock -- -I%source_root/checker/include
#include <async_tidy/annotations.h>
#include <sqlite3.h>

ASYNC_TIDY_RUNS_ON_LOOP void store(sqlite3 *db, sqlite3_blob *blob, sqlite3_mutex *mutex, int time) {
  sqlite3 *other = nullptr;
  sqlite3_stmt *statement = nullptr;
  sqlite3_open("file", &other);                                         // WARN: 'sqlite3_open' blocks the event loop in 'store' (database)
  sqlite3_open_v2("file", &other, SQLITE_OPEN_READWRITE, nullptr);      // WARN: 'sqlite3_open_v2' blocks
  sqlite3_open_v2("file", &other, SQLITE_OPEN_READWRITE | SQLITE_OPEN_MEMORY, nullptr);
  sqlite3_exec(db, "", nullptr, nullptr, nullptr);                      // WARN: 'sqlite3_exec' blocks
  sqlite3_prepare_v2(db, "", -1, &statement, nullptr);                  // WARN: 'sqlite3_prepare_v2' may block
  sqlite3_bind_int(statement, 1, 2);
  sqlite3_step(statement);                                              // WARN: 'sqlite3_step' blocks
  sqlite3_column_int(statement, 0);
  sqlite3_reset(statement);                                             // WARN: 'sqlite3_reset' may block
  sqlite3_finalize(statement);                                          // WARN: 'sqlite3_finalize' may block
  sqlite3_blob_read(blob, nullptr, 0, 0);                               // WARN: 'sqlite3_blob_read' blocks
  sqlite3_blob_bytes(blob);
  sqlite3_wal_checkpoint(db, "main");                                   // WARN: 'sqlite3_wal_checkpoint' blocks
  sqlite3_deserialize(db, "main", nullptr, 0, 0, 0);                    // WARN: 'sqlite3_deserialize' may block
  sqlite3_sleep(10);                                                    // WARN: 'sqlite3_sleep' blocks the event loop in 'store' (sleep)
  sqlite3_sleep(time);                                                  // WARN: 'sqlite3_sleep' blocks
  sqlite3_sleep(0);
  sqlite3_mutex_enter(mutex);                                           // WARN: 'sqlite3_mutex_enter' may block the event loop in 'store' (lock)
  sqlite3_mutex_try(mutex);
  sqlite3_initialize();                                                 // WARN: 'sqlite3_initialize' may block
  sqlite3_interrupt(db);
  sqlite3_close(other);                                                 // WARN: 'sqlite3_close' blocks
}

int row(void *, int, char **, char **) {
  sqlite3_sleep(1);
  return 0;
}

ASYNC_TIDY_RUNS_ON_LOOP void rows(sqlite3 *db) {
  sqlite3_exec(db, "", row, nullptr, nullptr); // WARN: 'sqlite3_exec' blocks // WARN: 'row' blocks the event loop in 'rows': it reaches 'sqlite3_sleep' (sleep)
}
