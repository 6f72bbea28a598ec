// SOCI: what waits for the database, and what does not.
// REQUIRES: common-tests, pack-soci
// RUN: %check %s async-blocking-call --only command --command-option=--uncertain -- -I%source_root/checker/include
#include <async_tidy/annotations.h>
#include <cstddef>
#include <soci/soci.h>

ASYNC_TIDY_RUNS_ON_LOOP void query(soci::statement &statement, soci::connection_pool &pool) {
  soci::session none;
  soci::session session("sqlite3", "file");    // WARN: 'soci::session::session' blocks the event loop in 'query' (database)
  soci::session pooled(pool);                  // WARN: 'soci::session::session' blocks
  none.open("sqlite3://file");                 // WARN: 'soci::session::open' blocks
  none.is_connected();
  session.begin();                             // WARN: 'soci::session::begin' blocks
  statement.prepare("select 1");               // WARN: 'soci::statement::prepare' blocks
  statement.define_and_bind();
  statement.execute(true);                     // WARN: 'soci::statement::execute' blocks
  statement.fetch();                           // WARN: 'soci::statement::fetch' blocks
  session.commit();                            // WARN: 'soci::session::commit' blocks
  std::size_t at = pool.lease();               // WARN: 'soci::connection_pool::lease' blocks
  pool.try_lease(at, 100);                     // WARN: 'soci::connection_pool::try_lease' blocks
  pool.try_lease(at, 0);
  pool.give_back(at);
}
