// libpq: a dashboard counts the tables every now and then, with a connection that the loop waits
// for. A thread makes a long report with a connection of its own.
// REQUIRES: common-tests, libpq
// RUN: %check %s async-loop-bound-capture -- %libpq-flags
// RUN: %python %S/prove.py %s --compiler %compiler \
// RUN:   --postgres --quiet --prints "5 answers, and a report" \
// RUN:   -- %libpq-flags -lpq -pthread
#include <boost/asio.hpp>
#include <libpq-fe.h>

#include <chrono>
#include <iostream>
#include <thread>
#include <unistd.h>

namespace asio = boost::asio;
using namespace std::chrono_literals;

constexpr auto interval = 50ms;
constexpr int wanted = 5;
constexpr auto report_sql = "SELECT pg_sleep(0.6)"; // outlasts them

class Dashboard {
public:
  Dashboard(asio::io_context &loop, const char *where)
      : where_(where), connection_(PQconnectdb(where)), socket_(loop, dup(PQsocket(connection_))),
        pause_(loop) {}

  ~Dashboard() { PQfinish(connection_); }

  void refresh_later() {
    if (++asked_ > wanted)
      return;
    pause_.expires_after(interval);
    pause_.async_wait([this](boost::system::error_code) { refresh(); });
  }

  void make_report() {
    PGconn *const connection = PQconnectdb(where_);
    PGresult *const report = PQexec(connection, report_sql);
    reported_ = PQresultStatus(report) == PGRES_TUPLES_OK;
    PQclear(report);
    PQfinish(connection);
  }

  void print() const {
    std::cout << answered_ << " answers, " << (reported_ ? "and" : "but no") << " a report\n";
  }

private:
  void refresh() {
    if (PQsendQuery(connection_, "SELECT count(*) FROM pg_class")) {
      await_answer();
    } else {
      std::cerr << PQerrorMessage(connection_);
      refresh_later();
    }
  }

  void await_answer() {
    socket_.async_wait(socket_.wait_read, [this](boost::system::error_code) {
      PQconsumeInput(connection_);
      if (PQisBusy(connection_))
        return await_answer();
      while (PGresult *const part = PQgetResult(connection_)) {
        answered_ += PQntuples(part);
        PQclear(part);
      }
      refresh_later();
    });
  }

  const char *where_;
  PGconn *connection_;
  asio::posix::stream_descriptor socket_;
  asio::steady_timer pause_;
  int asked_ = 0;
  int answered_ = 0;
  bool reported_ = false;
};

int main(int argc, char **argv) {
  if (argc != 2)
    return 2;
  asio::io_context loop;
  Dashboard dashboard(loop, argv[1]);
  std::jthread reporter([&] { dashboard.make_report(); });
  dashboard.refresh_later();
  loop.run();
  reporter.join();
  dashboard.print();
}
