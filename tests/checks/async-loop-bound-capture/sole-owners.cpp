// What a function gives away for good is another thing each time.
// RUN: %check %s async-loop-bound-capture --only command -- -pthread -isystem /usr/include/postgresql
#include <boost/asio.hpp>
#include <libpq-fe.h>
#include <memory>
#include <thread>

namespace asio = boost::asio;

// What reads its rows is the thread's that asked for it.
class Rows {
public:
  explicit Rows(PGconn *connection) : connection(connection) {}

  bool next() { return PQconsumeInput(connection) != 0; }

private:
  PGconn *connection;
};

std::unique_ptr<Rows> query(const char *sql);

asio::awaitable<void> serve() {
  auto rows = query("SELECT 1");
  while (rows->next())
    co_await asio::post(asio::use_awaitable);
}

std::jthread clean() {
  return std::jthread([] {
    std::unique_ptr<Rows> rows;
    rows = query("SELECT 2");
    while (rows->next()) {
    }
  });
}

// What a function shares may be one.
class Columns {
public:
  explicit Columns(PGconn *connection) : connection(connection) {}

  bool next() {
    return PQconsumeInput(connection) != 0; // WARN: uses 'Columns::connection' on another thread
  }

private:
  PGconn *connection;
};

std::shared_ptr<Columns> columns();

asio::awaitable<void> serveColumns() {
  auto all = columns();
  while (all->next())
    co_await asio::post(asio::use_awaitable);
}

std::jthread cleanColumns() {
  return std::jthread([] {
    auto all = columns();
    while (all->next()) {
    }
  });
}
