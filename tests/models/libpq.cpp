// libpq: what waits for the server, and what does not.
// RUN: %check %s async-blocking-call --tidy-option=Uncertain=true --command-option=--uncertain -- -isystem /usr/include/postgresql
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
  PQfinish(another);
  co_return;
}
