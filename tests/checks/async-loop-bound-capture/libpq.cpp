// A PostgreSQL connection: one thread at a time, the loop's.
// RUN: %check %s async-loop-bound-capture -- -isystem /usr/include/postgresql -pthread
#include <boost/asio.hpp>
#include <libpq-fe.h>
#include <memory>
#include <string>
#include <thread>

namespace asio = boost::asio;

struct Finish {
  void operator()(PGconn *connection) const { PQfinish(connection); }
};

using Connection = std::unique_ptr<PGconn, Finish>;

asio::io_context loop;
PGconn *raw;      // NOTE: 'raw' is declared here
Connection owned; // NOTE: 'owned' is declared here

class Database {
public:
  PGconn *get() const { return connection.get(); }

  operator PGconn *() const { return connection.get(); }

private:
  Connection connection; // NOTE: 'Database::connection' is declared here
} database;

asio::awaitable<void> readable() {
  asio::steady_timer timer(co_await asio::this_coro::executor);
  co_await timer.async_wait(asio::use_awaitable);
}

asio::awaitable<void> query(PGconn *connection) {
  PQsendQuery(connection, "SELECT 1");
  while (PQisBusy(connection)) {
    co_await readable();
    PQconsumeInput(connection);
  }
  while (PGresult *result = PQgetResult(connection))
    PQclear(result);
}

asio::awaitable<void> serve() {
  co_await query(raw); // the loop's use is in query
  co_await query(owned.get());
  co_await query(database);
}

void settle() {
  PQclear(PQexec(raw, "SELECT 2"));           // WARN: 'PQexec' uses 'raw' on another thread, while the event loop uses it // NOTE: instead: keep all that uses raw on its loop and give this thread values; or open a connection in this thread
  PQclear(PQexec(owned.get(), "SELECT 3"));   // WARN: 'PQexec' uses 'owned' on another thread
  PQclear(PQexec(database, "SELECT 4"));      // WARN: 'PQexec' uses 'Database::connection' on another thread
  PQsendQuery(database.get(), "SELECT 5");    // WARN: 'PQsendQuery' uses 'Database::connection' on another thread
  std::string what = PQerrorMessage(raw);     // WARN: 'PQerrorMessage' uses 'raw' on another thread
}

void settleOnAConnectionOfItsOwn() {
  PGconn *mine = PQconnectdb("");
  PQclear(PQexec(mine, "SELECT 6"));
  PQfinish(mine);
  Connection another(PQconnectdb(""));
  PQclear(PQexec(another.get(), "SELECT 7"));
}

// Results do not change any more, and a cancel is for other threads.
void useResult(PGresult *result, PGcancel *cancel) {
  char error[256];
  std::thread([=, &error] {
    PQgetvalue(result, 0, 0);
    PQcancel(cancel, error, sizeof error);
  }).detach();
}

int main() {
  asio::co_spawn(loop, serve(), asio::detached);
  std::jthread settlement(settle); // NOTE: 'std::jthread::jthread' runs 'settle' on another thread here
  std::jthread another(settleOnAConnectionOfItsOwn);
  loop.run();
}
