// libpq, with a loop of the program's own: it asks how many tables there are, and waits for the
// answer with poll(). A thread makes a long report with the same connection; what the loop sends
// meanwhile is refused.
// REQUIRES: common-tests, libpq
// RUN: %check %s async-loop-bound-capture -- %libpq-flags -I%source_root/checker/include
// RUN: %python %S/prove.py %s --compiler %compiler \
// RUN:   --postgres --complains "another command is already in progress" \
// RUN:   -- %libpq-flags -I%source_root/checker/include -lpq -pthread
#include <async_tidy/annotations.h>
#include <libpq-fe.h>

#include <iostream>
#include <poll.h>
#include <thread>

constexpr int interval = 50; // milliseconds
constexpr int wanted = 5;
constexpr auto report_sql = "SELECT pg_sleep(0.6)"; // outlasts them

class Monitor {
public:
  explicit Monitor(const char *where) : connection_(PQconnectdb(where)) {}

  ~Monitor() { PQfinish(connection_); }

  // The loop. No library shows that it is one, hence the annotation.
  ASYNC_TIDY_RUNS_ON_LOOP void watch() {
    for (int asked = 0; asked < wanted || asking_;) {
      pollfd readable{PQsocket(connection_), POLLIN, 0};
      if (poll(&readable, asking_ ? 1 : 0, interval) > 0)
        read_answer();
      else if (!asking_ && ++asked <= wanted)
        ask();
    }
  }

  void make_report() {
    PGresult *const report = PQexec(connection_, report_sql); // WARN: 'PQexec' uses 'Monitor::connection_' on another thread, while the event loop uses it
    reported_ = PQresultStatus(report) == PGRES_TUPLES_OK;
    PQclear(report);
  }

  void print() const {
    std::cout << answers_ << " answers, " << (reported_ ? "and" : "but no") << " a report\n";
  }

private:
  void ask() {
    if (PQsendQuery(connection_, "SELECT count(*) FROM pg_class"))
      asking_ = true;
    else
      std::cerr << PQerrorMessage(connection_);
  }

  void read_answer() {
    PQconsumeInput(connection_);
    if (PQisBusy(connection_))
      return;
    while (PGresult *const part = PQgetResult(connection_)) {
      answers_ += PQntuples(part);
      PQclear(part);
    }
    asking_ = false;
  }

  PGconn *connection_;
  bool asking_ = false;
  int answers_ = 0;
  bool reported_ = false;
};

int main(int argc, char **argv) {
  if (argc != 2)
    return 2;
  Monitor monitor(argv[1]);
  std::jthread reporter([&] { monitor.make_report(); });
  monitor.watch();
  reporter.join();
  monitor.print();
}
