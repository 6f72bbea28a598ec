// Connections to databases in programs of some size: of the loop, of a thread, of a pool, given away.
// REQUIRES: common-tests, pack-libpq, pack-libpqxx, pack-mysql
// RUN: %check %s async-loop-bound-capture --only command -- -pthread -isystem /usr/include/postgresql -isystem /usr/include/mariadb
#include <boost/asio.hpp>
#include <chrono>
#include <condition_variable>
#include <future>
#include <libpq-fe.h>
#include <memory>
#include <mutex>
#include <mysql.h>
#include <optional>
#include <pqxx/pqxx>
#include <string>
#include <thread>
#include <vector>

namespace asio = boost::asio;

struct Finish {
  void operator()(PGconn *connection) const { PQfinish(connection); }
  void operator()(PGresult *result) const { PQclear(result); }
};

using Connection = std::unique_ptr<PGconn, Finish>;
using Result = std::unique_ptr<PGresult, Finish>;

asio::awaitable<void> pause(std::chrono::milliseconds time) {
  asio::steady_timer timer(co_await asio::this_coro::executor);
  timer.expires_after(time);
  co_await timer.async_wait(asio::use_awaitable);
}

// ---- libpq: an owner, and a thread that cleans up

class Accounts {
public:
  explicit Accounts(const char *where) : connection(PQconnectdb(where)) {}

  asio::awaitable<void> serve(asio::posix::stream_descriptor readable) {
    PQsetnonblocking(connection.get(), 1);
    for (;;) {
      PQsendQuery(connection.get(), "SELECT balance FROM accounts");
      while (PQisBusy(connection.get())) {
        co_await readable.async_wait(asio::posix::stream_descriptor::wait_read, asio::use_awaitable);
        PQconsumeInput(connection.get());
      }
      while (Result result{PQgetResult(connection.get())})
        total += PQntuples(result.get());
    }
  }

  void cleanUp() {
    cleaner = std::thread([this] {
      Result result(PQexec(connection.get(), "DELETE FROM sessions")); // WARN: 'PQexec' uses 'Accounts::connection' on another thread
      if (PQresultStatus(result.get()) != PGRES_COMMAND_OK)
        complain(connection);
    });
  }

  // A cancel is made for other threads.
  void interrupt() {
    PGcancel *cancel = PQgetCancel(connection.get());
    std::thread([cancel] {
      char error[256];
      PQcancel(cancel, error, sizeof error);
      PQfreeCancel(cancel);
    }).detach();
  }

private:
  static void complain(const Connection &of) {
    std::string text = PQerrorMessage(of.get()); // WARN: 'PQerrorMessage' uses 'Accounts::connection' on another thread
  }

  Connection connection;
  std::thread cleaner;
  int total = 0;
};

// ---- libpq: a job refers to the connection, and helpers get the job

struct Job {
  PGconn *connection;
  std::string sql;
};

struct Import {
  Connection &connection;
  int rows = 0;
};

void execute(const Job &job) {
  Result result(PQexec(job.connection, job.sql.c_str())); // WARN: 'PQexec' uses 'Job::connection' on another thread
}

asio::awaitable<void> copy(Import &import) {
  PQputCopyData(import.connection.get(), "1\n", 2);
  ++import.rows;
  co_await pause(std::chrono::milliseconds(1));
  PQputCopyEnd(import.connection.get(), nullptr);
}

void finishImport(Import &import) {
  Result result(PQexec(import.connection.get(), "ANALYZE")); // WARN: 'PQexec' uses 'books' on another thread
}

asio::awaitable<void> importAll(Connection &connection) {
  Import import{connection};
  std::jthread analyzer([&import] { finishImport(import); });
  co_await copy(import);
}

asio::awaitable<void> jobs(asio::thread_pool &pool, Job &job) {
  asio::post(pool, [&job] { execute(job); });
  co_await pause(std::chrono::milliseconds(1));
  PQsendQuery(job.connection, "LISTEN jobs");
}

void abandon(Job &job) {
  std::thread([&job] { PQfinish(job.connection); }).detach(); // WARN: 'PQfinish' uses 'Job::connection' on another thread // NOTE: 'PQfinish' ends what is under way, and is a use like any other
}

// ---- libpq: one that is there at times

class Cache {
public:
  void open() { connection.emplace(PQconnectdb("dbname=cache")); }

  asio::awaitable<void> refresh() {
    while (connection) {
      PQsendQuery(connection->get(), "SELECT * FROM cache");
      co_await pause(std::chrono::seconds(1));
    }
  }

  std::future<bool> check() {
    return std::async(std::launch::async, [this] {
      return connection && PQstatus(connection->get()) == CONNECTION_OK; // WARN: 'PQstatus' uses 'Cache::connection' on another thread
    });
  }

private:
  std::optional<Connection> connection;
};

// ---- libpqxx

class Orders {
public:
  explicit Orders(const std::string &where) : connection(where) {}

  asio::awaitable<void> serve() {
    for (;;) {
      co_await pause(std::chrono::seconds(1));
      pqxx::work work(connection);
      work.exec("UPDATE orders SET seen = true");
      work.commit();
    }
  }

  void archive() {
    archiver = std::jthread([this] {
      pqxx::work work(connection); // WARN: uses 'Orders::connection' on another thread
      work.exec("DELETE FROM orders WHERE done");
      work.commit();
    });
    prepare(connection);
  }

private:
  void prepare(pqxx::connection &other) {
    std::thread([&other] {
      other.prepare("order", "SELECT * FROM orders WHERE id = $1"); // WARN: prepare' uses 'Orders::connection' on another thread
    }).detach();
  }

  pqxx::connection connection;
  std::jthread archiver;
};

// ---- MySQL

class Stock {
public:
  Stock() : mysql(mysql_init(nullptr)) { mysql_real_connect(mysql, "localhost", "me", "", "stock", 0, nullptr, 0); }

  ~Stock() { mysql_close(mysql); }

  asio::awaitable<void> serve(asio::posix::stream_descriptor readable) {
    int failed = 0;
    int status = mysql_real_query_start(&failed, mysql, "SELECT 1", 8);
    while (status != 0) {
      co_await readable.async_wait(asio::posix::stream_descriptor::wait_read, asio::use_awaitable);
      status = mysql_real_query_cont(&failed, mysql, MYSQL_WAIT_READ);
    }
  }

  void keepAlive() {
    std::thread([this] {
      while (mysql_ping(mysql) == 0) // WARN: 'mysql_ping' uses 'Stock::mysql' on another thread
        std::this_thread::sleep_for(std::chrono::minutes(1));
    }).detach();
    std::thread(count, mysql).detach();
  }

  void abandon() {
    std::thread([this] { mariadb_cancel(mysql); }).join();
  }

private:
  static void count(MYSQL *connection) {
    mysql_query(connection, "SELECT count(*) FROM stock"); // WARN: 'mysql_query' uses 'Stock::mysql' on another thread
    if (MYSQL_RES *result = mysql_store_result(connection)) // WARN: 'mysql_store_result' uses 'Stock::mysql' on another thread
      mysql_free_result(result);
  }

  MYSQL *mysql;
};

// ---- MySQL: a global

MYSQL warehouse;

asio::awaitable<void> deliver() {
  co_await pause(std::chrono::seconds(1));
  mysql_query(&warehouse, "UPDATE stock SET count = count - 1");
}

void backUp() {
  std::thread([] { mysql_query(&warehouse, "FLUSH TABLES"); }).detach(); // WARN: 'mysql_query' uses 'warehouse' on another thread
}

void end() {
  std::thread([] { mysql_close(&warehouse); }).detach(); // WARN: 'mysql_close' uses 'warehouse' on another thread // NOTE: 'mysql_close' ends what is under way
}

// ---- right: a pool of connections gives each thread its own

class Pool {
public:
  class Lease {
  public:
    Lease(Pool &pool, Connection connection) : pool(pool), connection(std::move(connection)) {}
    Lease(Lease &&) = default;
    ~Lease() {
      if (connection)
        pool.giveBack(std::move(connection));
    }
    PGconn *get() const { return connection.get(); }

  private:
    Pool &pool;
    Connection connection;
  };

  Lease take() {
    std::unique_lock lock(mutex);
    returned.wait(lock, [this] { return !idle.empty(); });
    Connection connection = std::move(idle.back());
    idle.pop_back();
    return Lease(*this, std::move(connection));
  }

private:
  void giveBack(Connection connection) {
    std::lock_guard lock(mutex);
    idle.push_back(std::move(connection));
    returned.notify_one();
  }

  std::mutex mutex;
  std::condition_variable returned;
  std::vector<Connection> idle;
};

int countRows(PGconn *connection, const char *sql) {
  Result result(PQexec(connection, sql));
  return PQntuples(result.get());
}

asio::awaitable<void> leases(Pool &pool) {
  Pool::Lease mine = pool.take();
  std::jthread thread([&pool] {
    Pool::Lease own = pool.take();
    countRows(own.get(), "SELECT 1");
  });
  co_await pause(std::chrono::milliseconds(1));
  countRows(mine.get(), "SELECT 2");
}

// ---- right: one for each, opened there

asio::awaitable<void> oneForEach(asio::thread_pool &pool) {
  Connection mine(PQconnectdb(""));
  asio::post(pool, [] {
    Connection own(PQconnectdb(""));
    countRows(own.get(), "SELECT 1");
    pqxx::connection second("dbname=orders");
    pqxx::work work(second);
    work.exec("SELECT 2");
    MYSQL third;
    mysql_init(&third);
    mysql_query(&third, "SELECT 3");
    mysql_close(&third);
  });
  pqxx::connection second("dbname=orders");
  co_await pause(std::chrono::milliseconds(1));
  countRows(mine.get(), "SELECT 4");
  pqxx::nontransaction work(second);
  work.exec("SELECT 5");
}

// ---- right: given away, lent, waited for

class Reports {
public:
  asio::awaitable<void> give() {
    Connection connection(PQconnectdb(""));
    countRows(connection.get(), "BEGIN");
    co_await pause(std::chrono::milliseconds(1));
    std::thread([connection = std::move(connection)] { countRows(connection.get(), "COMMIT"); }).detach();
  }

  asio::awaitable<int> lend(asio::thread_pool &pool) {
    Connection connection(PQconnectdb(""));
    co_await asio::co_spawn(
        pool,
        [&]() -> asio::awaitable<void> {
          countRows(connection.get(), "SELECT 1");
          co_return;
        },
        asio::use_awaitable);
    co_return countRows(connection.get(), "SELECT 2");
  }

  asio::awaitable<void> wait() {
    pqxx::connection connection("");
    std::thread thread([&] { pqxx::work(connection).exec("SELECT 1"); });
    thread.join();
    pqxx::work work(connection);
    work.exec("SELECT 2");
    co_return;
  }
};

// ---- right: the thread has the loop ask

class Questions {
public:
  explicit Questions(asio::io_context &loop) : loop(loop) {}

  asio::awaitable<void> serve() {
    co_await pause(std::chrono::milliseconds(1));
    ask("SELECT 1");
  }

  void compute() {
    std::thread([this] {
      std::string sql = "SELECT " + std::to_string(42);
      asio::post(loop, [this, sql] { ask(sql); });
    }).detach();
  }

private:
  void ask(const std::string &sql) { PQsendQuery(connection.get(), sql.c_str()); }

  asio::io_context &loop;
  Connection connection;
};

int main() {
  asio::io_context loop;
  asio::thread_pool pool(2);
  Accounts accounts("");
  Cache cache;
  Orders orders("");
  Stock stock;
  Pool connections;
  Reports reports;
  Questions questions(loop);
  Connection books(PQconnectdb(""));
  Job job{PQconnectdb(""), "VACUUM"};
  cache.open();
  asio::co_spawn(loop, accounts.serve(asio::posix::stream_descriptor(loop)), asio::detached);
  asio::co_spawn(loop, importAll(books), asio::detached);
  asio::co_spawn(loop, jobs(pool, job), asio::detached);
  asio::co_spawn(loop, cache.refresh(), asio::detached);
  asio::co_spawn(loop, orders.serve(), asio::detached);
  asio::co_spawn(loop, stock.serve(asio::posix::stream_descriptor(loop)), asio::detached);
  asio::co_spawn(loop, deliver(), asio::detached);
  asio::co_spawn(loop, leases(connections), asio::detached);
  asio::co_spawn(loop, oneForEach(pool), asio::detached);
  asio::co_spawn(loop, reports.give(), asio::detached);
  asio::co_spawn(loop, reports.lend(pool), asio::detached);
  asio::co_spawn(loop, reports.wait(), asio::detached);
  asio::co_spawn(loop, questions.serve(), asio::detached);
  accounts.cleanUp();
  accounts.interrupt();
  cache.check();
  orders.archive();
  stock.keepAlive();
  stock.abandon();
  backUp();
  end();
  abandon(job);
  questions.compute();
  loop.run();
}
