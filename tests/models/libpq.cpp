// libpq: what waits for the server, and what does not.
// REQUIRES: common-tests, pack-libpq
// RUN: %check %s async-blocking-call --only command --command-option=--uncertain -- -isystem /usr/include/postgresql
#include <boost/asio.hpp>
#include <libpq-fe.h>

boost::asio::awaitable<void> query(PGconn *connection) {
  PGconn *another = PQconnectdb("");       // WARN: 'PQconnectdb' blocks the event loop in coroutine 'query' (database)
  another = PQconnectdbParams(nullptr, nullptr, 0); // WARN: 'PQconnectdbParams'
  another = PQsetdbLogin("", "", "", "", "", "", ""); // WARN: 'PQsetdbLogin'
  another = PQconnectStart("");
  another = PQconnectStartParams(nullptr, nullptr, 0);
  PQconnectPoll(connection);
  PQreset(connection);                     // WARN: 'PQreset'
  PQresetStart(connection);
  PQresetPoll(connection);
  PQping("");                              // WARN: 'PQping'
  PQpingParams(nullptr, nullptr, 0);       // WARN: 'PQpingParams'
  PQexec(connection, "");                  // WARN: 'PQexec'
  PQexecParams(connection, "", 0, nullptr, nullptr, nullptr, nullptr, 0); // WARN: 'PQexecParams'
  PQprepare(connection, "", "", 0, nullptr); // WARN: 'PQprepare'
  PQexecPrepared(connection, "", 0, nullptr, nullptr, nullptr, 0); // WARN: 'PQexecPrepared'
  PQdescribePrepared(connection, "");      // WARN: 'PQdescribePrepared'
  PQdescribePortal(connection, "");        // WARN: 'PQdescribePortal'
  PQgetResult(connection);                 // WARN: 'PQgetResult' may block
  char *buffer = nullptr;
  PQgetCopyData(connection, &buffer, 0);   // WARN: 'PQgetCopyData'
  PQgetCopyData(connection, &buffer, 1);
  PQsendQuery(connection, "");             // WARN: 'PQsendQuery' may block
  PQputCopyData(connection, "", 0);        // WARN: 'PQputCopyData' may block
  char error[64];
  PQcancel(nullptr, error, sizeof error);  // WARN: 'PQcancel'
  PQsetnonblocking(connection, 1);
  PQconsumeInput(connection);
  PQisBusy(connection);
  PQflush(connection);
  PQnotifies(connection);
  PQsocket(connection);
  PQstatus(connection);
  PQresultStatus(nullptr);
  PQntuples(nullptr);
  PQgetvalue(nullptr, 0, 0);
  PQclear(nullptr);
  PQsetClientEncoding(connection, "UTF8"); // WARN: 'PQsetClientEncoding'
  PQencryptPasswordConn(connection, "", "", nullptr); // WARN: 'PQencryptPasswordConn'
  PQencryptPasswordConn(connection, "", "", "scram-sha-256");
  PQfinish(another);
  co_return;
}

boost::asio::awaitable<void> copy(PGconn *connection) {
  char line[64];
  PQgetline(connection, line, sizeof line); // WARN: 'PQgetline' blocks
  PQgetlineAsync(connection, line, sizeof line);
  PQputline(connection, line);             // WARN: 'PQputline' may block
  PQputnbytes(connection, line, 1);        // WARN: 'PQputnbytes' may block
  PQendcopy(connection);                   // WARN: 'PQendcopy' blocks
  int object = lo_open(connection, 1, 2);  // WARN: 'lo_open' blocks
  lo_read(connection, object, line, 1);    // WARN: 'lo_read' blocks
  lo_lseek64(connection, object, 0, 0);    // WARN: 'lo_lseek64' blocks
  lo_import(connection, "file");           // WARN: 'lo_import' blocks
  lo_close(connection, object);            // WARN: 'lo_close' blocks
  co_return;
}

boost::asio::awaitable<void> copyNonBlocking(PGconn *connection) {
  PQsetnonblocking(connection, 1);
  PQendcopy(connection);
  co_return;
}
