// SQLite in its multi-thread mode, for the whole program: no two threads may share a connection, nor what comes from it.
// REQUIRES: common-tests, pack-sqlite3
// RUN: %check %s async-loop-bound-capture --only command -- -pthread
#include <boost/asio.hpp>
#include <chrono>
#include <memory>
#include <sqlite3.h>
#include <string>
#include <thread>
#include <vector>

namespace asio = boost::asio;
using asio::ip::tcp;

void configure() {
  sqlite3_config(SQLITE_CONFIG_MULTITHREAD);
  sqlite3_initialize();
}

struct Close {
  void operator()(sqlite3 *db) const { sqlite3_close(db); }
};

struct Finalize {
  void operator()(sqlite3_stmt *statement) const { sqlite3_finalize(statement); }
};

using Connection = std::unique_ptr<sqlite3, Close>;
using Statement = std::unique_ptr<sqlite3_stmt, Finalize>;

Connection connect(const char *file) {
  sqlite3 *db = nullptr;
  sqlite3_open(file, &db);
  return Connection(db);
}

Statement prepare(sqlite3 *db, const char *sql) {
  sqlite3_stmt *statement = nullptr;
  sqlite3_prepare_v2(db, sql, -1, &statement, nullptr);
  return Statement(statement);
}

// ---- the sensors' values: the loop stores them, a thread thins them out

class Values {
public:
  explicit Values(const char *file) : db(connect(file)), insertion(prepare(db.get(), "INSERT INTO recent VALUES (?)")) {}

  asio::awaitable<void> collect(asio::ip::udp::socket sensors) {
    double value = 0;
    for (;;) {
      co_await sensors.async_receive(asio::buffer(&value, sizeof value), asio::use_awaitable);
      sqlite3_bind_double(insertion.get(), 1, value);
      sqlite3_step(insertion.get());
      sqlite3_reset(insertion.get());
      latest = sqlite3_last_insert_rowid(db.get());
    }
  }

  void thinOut() {
    worker = std::jthread([this] {
      sqlite3_exec(db.get(), "DELETE FROM recent WHERE id % 2", nullptr, nullptr, nullptr); // WARN: 'sqlite3_exec' uses 'Values::db' on another thread
      store(0);
    });
  }

  void stop() {
    std::jthread([this] { sqlite3_interrupt(db.get()); });
  }

private:
  void store(double mean) {
    sqlite3_bind_double(insertion.get(), 1, mean); // WARN: 'sqlite3_bind_double' uses 'Values::insertion' on another thread
    sqlite3_step(insertion.get());
  }

  Connection db;
  Statement insertion;
  sqlite3_int64 latest = 0;
  std::jthread worker;
};

// ---- a global, and a timer's handler

sqlite3 *settings;

std::string setting(sqlite3 *from, const char *name) {
  Statement query = prepare(from, "SELECT value FROM settings WHERE name = ?");
  sqlite3_bind_text(query.get(), 1, name, -1, SQLITE_STATIC);
  if (sqlite3_step(query.get()) != SQLITE_ROW)
    return sqlite3_errmsg(from); // WARN: 'sqlite3_errmsg' uses 'settings' on another thread
  return reinterpret_cast<const char *>(sqlite3_column_text(query.get(), 0));
}

class Refresh {
public:
  explicit Refresh(asio::io_context &loop) : timer(loop) {}

  void start() {
    timer.expires_after(std::chrono::minutes(1));
    timer.async_wait([this](boost::system::error_code error) {
      if (error)
        return;
      pause = setting(settings, "pause");
      start();
    });
  }

private:
  asio::steady_timer timer;
  std::string pause;
};

void startMailer(asio::thread_pool &pool) {
  asio::post(pool, [] { setting(settings, "sender"); });
}

// ---- right: each has its own

asio::awaitable<void> readAll(tcp::socket client) {
  Connection mine = connect("values");
  std::vector<std::thread> readers;
  for (const char *table : {"SELECT * FROM recent", "SELECT * FROM old"})
    readers.emplace_back([table] {
      Connection own = connect("values");
      Statement query = prepare(own.get(), table);
      while (sqlite3_step(query.get()) == SQLITE_ROW)
        sqlite3_column_double(query.get(), 0);
    });
  Statement query = prepare(mine.get(), "SELECT count(*) FROM recent");
  sqlite3_step(query.get());
  co_await asio::async_write(client, asio::buffer(setting(mine.get(), "greeting")), asio::use_awaitable);
  for (std::thread &reader : readers)
    reader.join();
}

thread_local Connection perThread;

asio::awaitable<void> threadLocal(asio::thread_pool &pool) {
  asio::post(pool, [] { setting(perThread.get(), "colour"); });
  setting(perThread.get(), "colour");
  co_return;
}

// ---- right: one after the other

asio::awaitable<void> backUp(asio::thread_pool &pool) {
  Connection from = connect("values"), to = connect("copy");
  auto copy = [&]() -> asio::awaitable<void> {
    sqlite3_backup *backup = sqlite3_backup_init(to.get(), "main", from.get(), "main");
    sqlite3_backup_step(backup, -1);
    sqlite3_backup_finish(backup);
    co_return;
  };
  co_await asio::co_spawn(pool, copy(), asio::use_awaitable);
  sqlite3_exec(from.get(), "DELETE FROM recent", nullptr, nullptr, nullptr);
}

asio::awaitable<void> given(asio::steady_timer timer) {
  Connection db = connect("values");
  sqlite3_exec(db.get(), "CREATE TABLE IF NOT EXISTS old", nullptr, nullptr, nullptr);
  co_await timer.async_wait(asio::use_awaitable);
  std::thread([db = std::move(db)] { sqlite3_exec(db.get(), "VACUUM", nullptr, nullptr, nullptr); }).detach();
}

class Log {
public:
  void start() {
    writer = std::jthread([this] {
      db = connect("log");
      sqlite3_exec(db.get(), "INSERT INTO log VALUES ('started')", nullptr, nullptr, nullptr);
    });
  }

  asio::awaitable<void> report(tcp::socket client) {
    co_await asio::async_write(client, asio::buffer("started"), asio::use_awaitable);
  }

private:
  Connection db;
  std::jthread writer;
};

int main() {
  configure();
  asio::io_context loop;
  asio::thread_pool pool(2);
  sqlite3_open_v2("settings", &settings, SQLITE_OPEN_READONLY, nullptr);
  Values values("values");
  Refresh refresh(loop);
  Log log;
  asio::co_spawn(loop, values.collect(asio::ip::udp::socket(loop)), asio::detached);
  asio::co_spawn(loop, readAll(tcp::socket(loop)), asio::detached);
  asio::co_spawn(loop, threadLocal(pool), asio::detached);
  asio::co_spawn(loop, backUp(pool), asio::detached);
  asio::co_spawn(loop, given(asio::steady_timer(loop)), asio::detached);
  asio::co_spawn(loop, log.report(tcp::socket(loop)), asio::detached);
  values.thinOut();
  refresh.start();
  log.start();
  startMailer(pool);
  loop.run();
}
