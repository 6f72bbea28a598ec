// A context that main() itself runs is its loop, also if only callables are posted to it.
// RUN: %check %s async-loop-bound-capture --only command -- -pthread -isystem /usr/include/postgresql
#include <boost/asio.hpp>
#include <libpq-fe.h>
#include <thread>

namespace asio = boost::asio;

asio::io_context loop;
PGconn *accounts;

void tick() {
  asio::post(loop, [] { PQexec(accounts, "SELECT 1"); });
}

void settle() {
  std::thread([] {
    PQexec(accounts, "UPDATE accounts SET cents = cents + 1"); // WARN: 'PQexec' uses 'accounts' on another thread
  }).detach();
}

// One that a thread runs is that thread's queue of work.
asio::io_context jobs;
PGconn *archive;

void enqueue() {
  asio::post(jobs, [] { PQexec(archive, "SELECT 1"); });
}

int main() {
  std::jthread worker([] { jobs.run(); });
  tick();
  settle();
  enqueue();
  loop.run();
}
