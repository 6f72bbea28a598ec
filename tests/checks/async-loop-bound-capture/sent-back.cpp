// What the thread sends back to the loop comes after what the thread does before it.
// RUN: %check %s async-loop-bound-capture --only command -- -pthread -isystem /usr/include/postgresql
#include <boost/asio.hpp>
#include <functional>
#include <libpq-fe.h>
#include <memory>
#include <mutex>
#include <pthread.h>
#include <thread>

namespace asio = boost::asio;
using asio::ip::tcp;

// A loop, and threads that work for it.
class Program {
public:
  void run() {
    timer.async_wait([](auto) {});
    context.run();
  }

protected:
  asio::io_context context;
  asio::steady_timer timer{context};
  asio::thread_pool pool{2};
};

struct Job {
  PGconn *connection;
  bool isDone = false;
};

class Server : Program {
public:
  // Each job is with one thread at a time.
  void execute(std::shared_ptr<Job> job) {
    asio::post(pool, [this, job] {
      PQexec(job->connection, "SELECT 1");
      asio::post(context, [job] { PQfinish(job->connection); });
    });
  }
};

struct Task {
  PGconn *connection;
};

// The same in functions of its own.
class Helped : Program {
public:
  void execute(std::shared_ptr<Task> task) {
    asio::post(pool, [this, task] {
      work(*task);
      sendBack(task);
    });
  }

  static void work(Task &task) { PQexec(task.connection, "SELECT 1"); }

  void sendBack(std::shared_ptr<Task> task) {
    asio::post(context, [task] { PQfinish(task->connection); });
  }
};

struct Ticket {
  PGconn *connection;
};

// It goes on with it after it has given it back.
class Hasty : Program {
public:
  void execute(std::shared_ptr<Ticket> ticket) {
    asio::post(pool, [this, ticket] {
      asio::post(context, [ticket] { PQfinish(ticket->connection); });
      PQexec(ticket->connection, "SELECT 1"); // WARN: 'PQexec' uses 'Ticket::connection' on another thread
    });
  }
};

struct Round {
  PGconn *connection;
};

// Each time round it has been given back the time before.
class Repeating : Program {
public:
  void execute(std::shared_ptr<Round> round) {
    asio::post(pool, [this, round] {
      for (;;) {
        PQexec(round->connection, "SELECT 1"); // WARN: 'PQexec' uses 'Round::connection' on another thread
        std::thread([this, round] { asio::post(context, [round] { PQsendQuery(round->connection, "SELECT 2"); }); }).join();
      }
    });
  }
};

// C waits with the thread's number, wherever that is kept.
void *connectIt(void *argument) {
  static_cast<tcp::socket *>(argument)->connect({});
  return nullptr;
}

void waitsForOne(tcp::socket socket) {
  pthread_t thread;
  pthread_create(&thread, nullptr, connectIt, &socket);
  pthread_join(thread, nullptr);
  socket.async_wait(tcp::socket::wait_read, [](auto) {});
}

void waitsForAll(tcp::socket socket) {
  pthread_t threads[2];
  pthread_create(&threads[0], nullptr, connectIt, &socket);
  pthread_join(threads[0], nullptr);
  socket.async_wait(tcp::socket::wait_read, [](auto) {});
}

void *closeIt(void *argument) {
  static_cast<tcp::socket *>(argument)->close(); // WARN: 'boost::asio::basic_socket::close' uses 'socket' on another thread
  return nullptr;
}

void waitsForAnother(tcp::socket socket, pthread_t other) {
  pthread_t thread;
  pthread_create(&thread, nullptr, closeIt, &socket);
  pthread_join(other, nullptr);
  socket.async_wait(tcp::socket::wait_read, [](auto) {});
}

// A handler that holds the lock while it works is over when it gives it back.
class Guarded : Program {
public:
  void tick() {
    asio::post(context, [this] {
      std::lock_guard lock(mutex);
      PQsendQuery(connection, "SELECT 1");
    });
  }

  void work() {
    asio::post(pool, [this] {
      std::lock_guard lock(mutex);
      PQsendQuery(connection, "SELECT 2");
    });
  }

private:
  std::mutex mutex;
  PGconn *connection = nullptr;
};

// What a loop's thread does before and after it runs its loop, it does for the loop.
class LoopThread {
public:
  void start(std::function<void()> before, std::function<void()> after) {
    thread = std::thread(std::bind(&LoopThread::run, this, before, after));
  }

  asio::io_context context;

private:
  void run(const std::function<void()> &before, const std::function<void()> &after) {
    before();
    context.run();
    after();
  }

  std::thread thread;
};

class Client {
public:
  void start() {
    thread.start([this] { socket.open(tcp::v4()); }, [this] { socket.close(); });
  }

  asio::awaitable<void> serve() { co_await socket.async_wait(tcp::socket::wait_read, asio::use_awaitable); }

private:
  LoopThread thread;
  tcp::socket socket{thread.context};
};
