// SQLite: in its default mode any thread may use a connection, and sqlite3_interrupt() is for others in each mode.
// REQUIRES: common-tests, pack-sqlite3
// RUN: %check %s async-loop-bound-capture --only command -- -pthread -I%source_root/checker/include
#include <async_tidy/annotations.h>
#include <sqlite3.h>
#include <thread>

sqlite3 *db;

ASYNC_TIDY_RUNS_ON_LOOP void serve() {
  std::thread([] { sqlite3_interrupt(db); }).detach();
  std::thread([] { sqlite3_exec(db, "", nullptr, nullptr, nullptr); }).detach();
  sqlite3_get_autocommit(db);
}
