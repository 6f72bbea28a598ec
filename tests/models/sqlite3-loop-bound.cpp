// SQLite: in its default mode any thread may use a connection, and sqlite3_interrupt() is for others in each mode.
// REQUIRES: common-tests, pack-sqlite3
// RUN: %check %s async-loop-bound-capture --only command -- -pthread -I%source_root/checker/include
#include <async_tidy/annotations.h>
#include <boost/asio.hpp>
#include <chrono>
#include <future>
#include <memory>
#include <sqlite3.h>
#include <string>
#include <thread>

sqlite3 *db;

ASYNC_TIDY_RUNS_ON_LOOP void serve() {
  std::thread([] { sqlite3_interrupt(db); }).detach();
  std::thread([] { sqlite3_exec(db, "", nullptr, nullptr, nullptr); }).detach();
  sqlite3_get_autocommit(db);
}

namespace asio = boost::asio;
using asio::ip::tcp;

// ---- a store of the server's, and a job that tidies it up: without SQLite's mutex it belongs to one of them

class Store {
public:
  explicit Store(const char *file) {
    sqlite3_open_v2(file, &db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, nullptr);
  }

  ~Store() {
    tidier.join();
    sqlite3_close(db);
  }

  asio::awaitable<void> serve(tcp::socket client) {
    char line[64];
    for (;;) {
      co_await client.async_read_some(asio::buffer(line), asio::use_awaitable);
      insert(line);
    }
  }

  void tidyUp() {
    tidier = std::thread([this] {
      sqlite3_exec(db, "DELETE FROM lines WHERE id < 1000", nullptr, nullptr, nullptr); // WARN: 'sqlite3_exec' uses 'Store::db' on another thread
      vacuum();
    });
  }

  void stop() {
    std::thread([this] { sqlite3_interrupt(db); }).join();
  }

private:
  void insert(const char *line) {
    sqlite3_stmt *statement = nullptr;
    sqlite3_prepare_v2(db, "INSERT INTO lines (text) VALUES (?)", -1, &statement, nullptr);
    sqlite3_bind_text(statement, 1, line, -1, SQLITE_TRANSIENT);
    sqlite3_step(statement);
    sqlite3_finalize(statement);
  }

  void vacuum() {
    sqlite3_exec(db, "VACUUM", nullptr, nullptr, nullptr); // WARN: 'sqlite3_exec' uses 'Store::db' on another thread
  }

  sqlite3 *db = nullptr;
  std::thread tidier;
};

// ---- a global, that helpers receive

constexpr int ReadOnly = SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX;
sqlite3 *catalogue;

int countOf(sqlite3 *any, const char *table) {
  sqlite3_stmt *statement = nullptr;
  sqlite3_prepare_v2(any, table, -1, &statement, nullptr); // WARN: 'sqlite3_prepare_v2' uses 'catalogue' on another thread
  sqlite3_step(statement);
  int count = sqlite3_column_int(statement, 0);
  sqlite3_finalize(statement);
  return count;
}

void openCatalogue() {
  sqlite3_open_v2("catalogue", &catalogue, ReadOnly, nullptr);
}

asio::awaitable<void> report() {
  asio::steady_timer timer(co_await asio::this_coro::executor);
  for (;;) {
    timer.expires_after(std::chrono::seconds(1));
    co_await timer.async_wait(asio::use_awaitable);
    countOf(catalogue, "SELECT count(*) FROM books");
  }
}

int booksAndAuthors() {
  auto authors = std::async(std::launch::async, [] { return countOf(catalogue, "SELECT count(*) FROM authors"); });
  return authors.get();
}

// ---- a struct that is passed around; handlers that are posted

struct Session {
  sqlite3 *db = nullptr;
  int changes = 0;
};

bool open(Session &session) {
  return sqlite3_open_v2("session", &session.db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX, nullptr) == SQLITE_OK;
}

void handle(Session &session) {
  sqlite3_exec(session.db, "INSERT INTO visits DEFAULT VALUES", nullptr, nullptr, nullptr);
  session.changes += sqlite3_changes(session.db);
}

void archive(Session &session) {
  sqlite3_exec(session.db, "DELETE FROM visits", nullptr, nullptr, nullptr); // WARN: 'sqlite3_exec' uses 'Session::db' on another thread
}

void run(asio::io_context &loop, Session &session) {
  asio::post(loop, [&session] { handle(session); });
  std::jthread archiver(archive, std::ref(session));
  loop.run();
}

// ---- a pool's thread and the loop

asio::awaitable<void> reindex(asio::thread_pool &pool, const std::shared_ptr<Session> &session) {
  open(*session);
  asio::post(pool, [session] { sqlite3_exec(session->db, "REINDEX", nullptr, nullptr, nullptr); }); // WARN: 'sqlite3_exec' uses 'Session::db' on another thread
  asio::steady_timer timer(co_await asio::this_coro::executor);
  co_await timer.async_wait(asio::use_awaitable);
  handle(*session);
}

// ---- right: SQLite's own mutex

class SharedStore {
public:
  explicit SharedStore(const char *file) {
    sqlite3_open(file, &byDefault);
    sqlite3_open_v2(file, &full, SQLITE_OPEN_READWRITE | SQLITE_OPEN_FULLMUTEX, nullptr);
    sqlite3_open_v2(file, &asConfigured, SQLITE_OPEN_READWRITE, nullptr);
  }

  asio::awaitable<void> serve(tcp::socket client) {
    char line[64];
    for (;;) {
      co_await client.async_read_some(asio::buffer(line), asio::use_awaitable);
      for (sqlite3 *each : {byDefault, full, asConfigured})
        sqlite3_exec(each, "INSERT INTO lines DEFAULT VALUES", nullptr, nullptr, nullptr);
      sqlite3_total_changes(byDefault);
      sqlite3_total_changes(full);
      sqlite3_total_changes(asConfigured);
    }
  }

  void tidyUp() {
    tidier = std::jthread([this] {
      sqlite3_exec(byDefault, "VACUUM", nullptr, nullptr, nullptr);
      sqlite3_exec(full, "VACUUM", nullptr, nullptr, nullptr);
      sqlite3_exec(asConfigured, "VACUUM", nullptr, nullptr, nullptr);
    });
  }

private:
  sqlite3 *byDefault = nullptr, *full = nullptr, *asConfigured = nullptr;
  std::jthread tidier;
};

// ---- right: a connection for each thread

class Connection {
public:
  explicit Connection(const char *file) {
    sqlite3_open_v2(file, &db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, nullptr);
  }

  ~Connection() { sqlite3_close_v2(db); }

  void run(const char *sql) { sqlite3_exec(db, sql, nullptr, nullptr, nullptr); }

  sqlite3 *get() const { return db; }

private:
  sqlite3 *db = nullptr;
};

asio::awaitable<void> oneForEach(tcp::socket client) {
  Connection mine("lines");
  std::jthread other([] {
    Connection own("lines");
    own.run("VACUUM");
    sqlite3_exec(own.get(), "ANALYZE", nullptr, nullptr, nullptr);
  });
  char line[64];
  co_await client.async_read_some(asio::buffer(line), asio::use_awaitable);
  mine.run("INSERT INTO lines DEFAULT VALUES");
  sqlite3_exec(mine.get(), "COMMIT", nullptr, nullptr, nullptr);
}

class Reader {
public:
  void start() {
    thread = std::jthread([this] {
      sqlite3_open_v2("lines", &threads, SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX, nullptr);
      countOf(threads, "SELECT count(*) FROM lines");
      sqlite3_close(threads);
    });
  }

  asio::awaitable<void> serve() {
    sqlite3_open_v2("lines", &loops, SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX, nullptr);
    asio::steady_timer timer(co_await asio::this_coro::executor);
    co_await timer.async_wait(asio::use_awaitable);
    countOf(loops, "SELECT count(*) FROM lines");
  }

private:
  sqlite3 *threads = nullptr, *loops = nullptr;
  std::jthread thread;
};

// ---- right: the thread has it for itself, or gives its work back

asio::awaitable<void> given(tcp::acceptor acceptor) {
  sqlite3 *db = nullptr;
  sqlite3_open_v2("lines", &db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, nullptr);
  sqlite3_exec(db, "CREATE TABLE IF NOT EXISTS lines", nullptr, nullptr, nullptr);
  co_await acceptor.async_wait(tcp::acceptor::wait_read, asio::use_awaitable);
  std::thread([db] {
    sqlite3_exec(db, "VACUUM", nullptr, nullptr, nullptr);
    sqlite3_close(db);
  }).detach();
}

class Journal {
public:
  explicit Journal(asio::io_context &loop) : loop(loop) {
    sqlite3_open_v2("journal", &db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, nullptr);
  }

  asio::awaitable<void> serve(tcp::socket client) {
    char line[64];
    co_await client.async_read_some(asio::buffer(line), asio::use_awaitable);
    write(line);
  }

  void compute() {
    std::thread([this] {
      std::string result(1000, 'x');
      asio::post(loop, [this, result] { write(result.c_str()); });
    }).detach();
  }

private:
  void write(const char *line) { sqlite3_exec(db, line, nullptr, nullptr, nullptr); }

  asio::io_context &loop;
  sqlite3 *db = nullptr;
};

int main() {
  asio::io_context loop;
  asio::thread_pool pool(1);
  Store store("lines");
  SharedStore shared("lines");
  Reader reader;
  Journal journal(loop);
  Session session;
  openCatalogue();
  open(session);
  asio::co_spawn(loop, store.serve(tcp::socket(loop)), asio::detached);
  asio::co_spawn(loop, shared.serve(tcp::socket(loop)), asio::detached);
  asio::co_spawn(loop, report(), asio::detached);
  auto visits = std::make_shared<Session>();
  asio::co_spawn(loop, reindex(pool, visits), asio::detached);
  asio::co_spawn(loop, oneForEach(tcp::socket(loop)), asio::detached);
  asio::co_spawn(loop, reader.serve(), asio::detached);
  asio::co_spawn(loop, given(tcp::acceptor(loop)), asio::detached);
  asio::co_spawn(loop, journal.serve(tcp::socket(loop)), asio::detached);
  store.tidyUp();
  shared.tidyUp();
  reader.start();
  journal.compute();
  booksAndAuthors();
  run(loop, session);
}
