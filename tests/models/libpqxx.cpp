// libpqxx: what waits for the server, and what does not.
// REQUIRES: common-tests, pack-libpqxx
// RUN: %check %s async-blocking-call --only command --command-option=--uncertain -- -I%source_root/checker/include
#include <async_tidy/annotations.h>
#include <pqxx/pqxx>

ASYNC_TIDY_RUNS_ON_LOOP void query(pqxx::work &work, pqxx::pipeline &pipeline) {
  pqxx::connection connection("dbname=x");        // WARN: may block the event loop in 'query' (database)
  connection.prepare("a", "select $1");           // WARN: prepare' may block
  connection.await_notification();                // WARN: await_notification' blocks
  connection.await_notification(1, 0);            // WARN: await_notification' blocks
  connection.await_notification(0, 1000);         // WARN: await_notification' blocks
  connection.await_notification(0, 0);
  connection.get_notifs();                        // WARN: get_notifs' may block
  connection.is_open();
  work.exec("select 1");                          // WARN: exec' blocks the event loop in 'query' (database)
  work.exec0("delete from x");                    // WARN: exec0' blocks
  work.exec1("select 1");                         // WARN: exec1' blocks
  work.exec_n(2, "select 1");                     // WARN: exec_n' blocks
  work.exec_params("select $1", 1);               // WARN: exec_params' blocks
  work.exec_prepared("a", 1);                     // WARN: exec_prepared' blocks
  work.quote("text");
  work.set_variable("a", "1");                    // WARN: set_variable' blocks
  work.get_variable("a");                         // WARN: get_variable' blocks
  work.commit();                                  // WARN: commit' blocks
  work.abort();                                   // WARN: abort' blocks
  connection.cancel_query();                      // WARN: cancel_query' blocks
  pipeline.insert("select 1");                    // WARN: insert' may block
  pipeline.flush();                               // WARN: flush' blocks
  pipeline.cancel();                              // WARN: cancel' blocks
  pipeline.retrieve();                            // WARN: retrieve' blocks
  pipeline.complete();                            // WARN: complete' blocks
}

ASYNC_TIDY_RUNS_ON_LOOP void copy(pqxx::connection &connection, pqxx::work &work, pqxx::stream_to &to) {
  pqxx::nontransaction none(connection);          // WARN: nontransaction' may block
  none.exec("select 1");                          // WARN: exec' blocks
  none.commit();
  none.abort();
  pqxx::stream_from from(work, "x");              // WARN: stream_from' blocks
  to.complete();                                  // WARN: complete' blocks
}

struct Listener : pqxx::notification_receiver {
  explicit Listener(pqxx::connection_base &connection) : notification_receiver(connection, "channel") {}
  void operator()(const std::string &, int) override {}
};

ASYNC_TIDY_RUNS_ON_LOOP void objects(pqxx::connection &connection, pqxx::work &work, pqxx::icursorstream &stream) {
  pqxx::largeobjectaccess object(work, 1);        // WARN: largeobjectaccess' blocks
  char bytes[4];
  object.read(bytes, 4);                          // WARN: read' blocks
  object.write(bytes, 4);                         // WARN: write' blocks
  object.seek(0, std::ios::beg);                  // WARN: seek' blocks
  pqxx::largeobject(1).remove(work);              // WARN: remove' blocks
  pqxx::result rows;
  stream.get(rows);                               // WARN: get' blocks
  Listener listener(connection);                  // WARN: it reaches 'pqxx::notification_receiver::notification_receiver'
}
