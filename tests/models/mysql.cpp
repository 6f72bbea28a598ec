// The C client of MariaDB: what waits for the server, what may, and what does not.
// REQUIRES: common-tests, pack-mysql
// RUN: %check %s async-blocking-call --only command --command-option=--uncertain --command-option=--tiers=+lock -- -I%source_root/checker/include -isystem /usr/include/mariadb
#include <async_tidy/annotations.h>
#include <mysql.h>

ASYNC_TIDY_RUNS_ON_LOOP void query(MYSQL *mysql, MYSQL_STMT *statement) {
  mysql_library_init(0, nullptr, nullptr);        // WARN: 'mysql_server_init' may block the event loop in 'query' (lock)
  mysql_init(mysql);
  mysql_real_connect(mysql, "", "", "", "", 0, nullptr, 0); // WARN: 'mysql_real_connect' blocks the event loop in 'query' (database)
  mysql_query(mysql, "");                         // WARN: 'mysql_query' blocks
  mysql_real_query(mysql, "", 0);                 // WARN: 'mysql_real_query' blocks
  MYSQL_RES *result = mysql_store_result(mysql);  // WARN: 'mysql_store_result' blocks
  mysql_fetch_row(result);                        // WARN: 'mysql_fetch_row' may block
  mysql_num_rows(result);
  mysql_free_result(result);                      // WARN: 'mysql_free_result' may block
  mysql_next_result(mysql);                       // WARN: 'mysql_next_result' blocks
  mysql_ping(mysql);                              // WARN: 'mysql_ping' blocks
  mysql_commit(mysql);                            // WARN: 'mysql_commit' blocks
  mysql_stmt_execute(statement);                  // WARN: 'mysql_stmt_execute' blocks
  mysql_stmt_fetch(statement);                    // WARN: 'mysql_stmt_fetch' may block
  mariadb_cancel(mysql);                          // WARN: 'mariadb_cancel' may block
  mysql_close(mysql);                             // WARN: 'mysql_close' blocks
}

ASYNC_TIDY_RUNS_ON_LOOP void stored(MYSQL_STMT *statement) {
  mysql_stmt_store_result(statement);             // WARN: 'mysql_stmt_store_result' blocks
  mysql_stmt_fetch(statement);
  mysql_stmt_free_result(statement);
}

ASYNC_TIDY_RUNS_ON_LOOP void start(MYSQL *mysql, MYSQL_RES *result) {
  int error = 0;
  MYSQL_ROW row;
  mysql_real_query_start(&error, mysql, "", 0);
  mysql_real_query_cont(&error, mysql, MYSQL_WAIT_READ);
  mysql_store_result_start(&result, mysql);
  mysql_fetch_row_start(&row, result);
  mysql_fetch_row_cont(&row, result, MYSQL_WAIT_READ);
  mysql_close_start(mysql);
}
