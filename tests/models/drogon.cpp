// drogon: the synchronous forms block, those with callbacks and those that are awaited do not.
// REQUIRES: common-tests
// RUN: %check %s async-blocking-call --only command --command-option=--uncertain --command-option=--tiers=+lock -- -I%source_root/checker/include
#include <async_tidy/annotations.h>
#include <chrono>
#include <coroutine>
#include <exception>
#include <functional>
#include <future>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <unistd.h>
#include <utility>
#include <vector>

// ---- as drogon declares it ---------------------------------------------------------------------

namespace trantor {
using Func = std::function<void()>;
class EventLoop {
public:
  void loop();
  void quit();
  void runInLoop(const Func &);
  void queueInLoop(const Func &);
  int runAfter(double delay, const Func &);
};
class EventLoopThread {
public:
  void wait();
  void run();
};
class TaskQueue {
public:
  virtual void runTaskInQueue(const std::function<void()> &) = 0;
  void syncTaskInQueue(const std::function<void()> &);
};
class SerialTaskQueue : public TaskQueue {
public:
  void runTaskInQueue(const std::function<void()> &) override;
  void waitAllTasksFinished();
  void stop();
};
class TcpConnection {
public:
  virtual void send(const std::string &) = 0;
};
} // namespace trantor

namespace drogon {

class HttpRequest;
class HttpResponse;
class WebSocketConnection;
enum class WebSocketMessageType { Text };

class HttpSimpleControllerBase {
public:
  virtual void asyncHandleHttpRequest(const std::shared_ptr<HttpRequest> &,
                                      std::function<void(const std::shared_ptr<HttpResponse> &)> &&) = 0;
};
template <class T> class HttpSimpleController : public HttpSimpleControllerBase {};
using WebSocketConnectionPtr = std::shared_ptr<WebSocketConnection>;
class WebSocketControllerBase {
public:
  virtual void handleNewMessage(const WebSocketConnectionPtr &, std::string &&, const WebSocketMessageType &) = 0;
};
template <class T> class WebSocketController : public WebSocketControllerBase {};

enum class ReqResult { Ok, BadResponse };
class HttpRequest;
class HttpResponse;
using HttpRequestPtr = std::shared_ptr<HttpRequest>;
using HttpResponsePtr = std::shared_ptr<HttpResponse>;
using HttpReqCallback = std::function<void(ReqResult, const HttpResponsePtr &)>;

template <typename T = void> struct CallbackAwaiter {
  bool await_ready() noexcept;
  void await_suspend(std::coroutine_handle<>);
  T await_resume();
};
namespace internal {
template <typename R> struct promise_base {
  R get_return_object();
  std::suspend_always initial_suspend();
  std::suspend_always final_suspend() noexcept;
  void unhandled_exception();
};
struct [[nodiscard]] TimerAwaiter : CallbackAwaiter<void> {};
struct HttpRespAwaiter : CallbackAwaiter<HttpResponsePtr> {};
} // namespace internal

template <typename T = void> struct [[nodiscard]] Task {
  struct promise_type : internal::promise_base<Task> {
    void return_value(const T &);
  };
  auto operator co_await() const noexcept { return CallbackAwaiter<T>(); }
};
template <> struct [[nodiscard]] Task<void> {
  struct promise_type : internal::promise_base<Task> {
    void return_void();
  };
  auto operator co_await() const noexcept { return CallbackAwaiter<void>(); }
};
struct AsyncTask {
  struct promise_type {
    AsyncTask get_return_object() noexcept;
    std::suspend_never initial_suspend() const noexcept;
    std::suspend_never final_suspend() const noexcept;
    void unhandled_exception();
    void return_void() noexcept;
  };
};

template <typename Await> auto sync_wait(Await &&) { return 0; }
template <typename Coro> void async_run(Coro &&) {}
inline internal::TimerAwaiter sleepCoro(trantor::EventLoop *, double) noexcept { return {}; }

class Mutex final {
  class ScopedCoroMutexAwaiter;
  class CoroMutexAwaiter;

public:
  bool try_lock() noexcept;
  ScopedCoroMutexAwaiter scoped_lock(trantor::EventLoop *loop = nullptr) noexcept;
  CoroMutexAwaiter lock(trantor::EventLoop *loop = nullptr) noexcept;
  void unlock() noexcept;
};
class Mutex::CoroMutexAwaiter : public CallbackAwaiter<void> {};
class Mutex::ScopedCoroMutexAwaiter : public CallbackAwaiter<std::unique_lock<Mutex>> {};

class HttpAppFramework {
public:
  virtual void run() = 0;
  virtual void quit() = 0;
};
class HttpClient {
public:
  virtual void sendRequest(const HttpRequestPtr &, const HttpReqCallback &, double = 0) = 0;
  virtual void sendRequest(const HttpRequestPtr &, HttpReqCallback &&, double timeout = 0) = 0;
  std::pair<ReqResult, HttpResponsePtr> sendRequest(const HttpRequestPtr &, double timeout = 0);
  internal::HttpRespAwaiter sendRequestCoro(HttpRequestPtr, double timeout = 0);
};

namespace orm {
class Result {};
class Transaction;
class DrogonDbException {};
using ExceptionCallback = std::function<void(const DrogonDbException &)>;
enum class TransactionType { Deferred, Immediate };
class DbClient {
public:
  template <typename FUNCTION1, typename FUNCTION2, typename... Arguments>
  void execSqlAsync(const std::string &, FUNCTION1 &&, FUNCTION2 &&, Arguments &&...) noexcept {}
  template <typename... Arguments>
  std::future<Result> execSqlAsyncFuture(const std::string &, Arguments &&...) noexcept {
    return {};
  }
  template <typename... Arguments> Result execSqlSync(const std::string &, Arguments &&...) {
    return {};
  }
  template <typename... Arguments>
  CallbackAwaiter<Result> execSqlCoro(const std::string &, Arguments...) noexcept {
    return {};
  }
  virtual std::shared_ptr<Transaction>
  newTransaction(const std::function<void(bool)> &commitCallback = std::function<void(bool)>()) = 0;
  virtual void
  newTransactionAsync(const std::function<void(const std::shared_ptr<Transaction> &)> &) = 0;
  void newTransactionAsync(TransactionType,
                           const std::function<void(const std::shared_ptr<Transaction> &)> &);
  CallbackAwaiter<std::shared_ptr<Transaction>> newTransactionCoro();
};
class Criteria {};
template <typename T> class Mapper {
public:
  using SingleRowCallback = std::function<void(T)>;
  using MultipleRowsCallback = std::function<void(std::vector<T>)>;
  using CountCallback = std::function<void(const size_t)>;
  std::vector<T> findAll() noexcept(false);
  void findAll(const MultipleRowsCallback &, const ExceptionCallback &) noexcept;
  size_t count(const Criteria &criteria = Criteria()) noexcept(false);
  void count(const Criteria &, const CountCallback &, const ExceptionCallback &) noexcept;
  T findOne(const Criteria &) noexcept(false);
  void findOne(const Criteria &, const SingleRowCallback &, const ExceptionCallback &) noexcept;
  std::future<T> findFutureOne(const Criteria &) noexcept;
  void insert(T &) noexcept(false);
  void insert(const T &, const SingleRowCallback &, const ExceptionCallback &) noexcept;
  template <typename... Arguments>
  size_t updateBy(const std::vector<std::string> &, const Criteria &, Arguments &&...) {
    return 0;
  }
  template <typename... Arguments>
  void updateBy(const std::vector<std::string> &, const CountCallback &, const ExceptionCallback &,
                const Criteria &, Arguments &&...) noexcept {}
};
namespace internal {
template <typename T> struct MapperAwaiter : CallbackAwaiter<T> {};
} // namespace internal
template <typename T> class CoroMapper : public Mapper<T> {
public:
  internal::MapperAwaiter<std::vector<T>> findAll() { return {}; }
  internal::MapperAwaiter<T> findOne(const Criteria &) { return {}; }
  internal::MapperAwaiter<T> insert(const T &) { return {}; }
};
} // namespace orm

namespace nosql {
class RedisResult {};
class RedisTransaction;
class RedisClient {
public:
  virtual void execCommandAsync(std::function<void(const RedisResult &)> &&,
                                std::function<void(const std::exception &)> &&, std::string_view,
                                ...) noexcept = 0;
  template <typename F> int execCommandSync(F &&, std::string_view) { return 0; }
  CallbackAwaiter<RedisResult> execCommandCoro(std::string_view);
  virtual std::shared_ptr<RedisTransaction> newTransaction() = 0;
};
} // namespace nosql

namespace utils {
std::string gzipCompress(const char *, size_t);
std::string getMd5(const char *, size_t);
} // namespace utils

} // namespace drogon

// ---- awaited, or with a callback ---------------------------------------------------------------

using drogon::Task;
using namespace drogon;

struct User {};

Task<int> child() { co_return 1; }

Task<> locks(drogon::Mutex &mutex, trantor::EventLoop *loop) {
  co_await mutex.lock();
  mutex.unlock();
  auto held = co_await mutex.scoped_lock();
  mutex.try_lock();
  co_await drogon::sleepCoro(loop, 1.0);
  co_await child();
}

Task<> exchanges(HttpClient &client, HttpRequestPtr request, orm::DbClient &db,
                 nosql::RedisClient &redis, trantor::TcpConnection &connection,
                 const HttpReqCallback &kept) {
  co_await client.sendRequestCoro(request);
  client.sendRequest(request, [](ReqResult, const HttpResponsePtr &) {});
  client.sendRequest(request, [](ReqResult, const HttpResponsePtr &) {}, 1.0);
  client.sendRequest(request, kept);
  co_await db.execSqlCoro("select 1");
  db.execSqlAsync("select 1", [](const orm::Result &) {}, [](const orm::DrogonDbException &) {});
  db.execSqlAsyncFuture("select 1");
  co_await db.newTransactionCoro();
  db.newTransactionAsync([](const std::shared_ptr<orm::Transaction> &) {});
  db.newTransactionAsync(orm::TransactionType::Immediate,
                         [](const std::shared_ptr<orm::Transaction> &) {});
  co_await redis.execCommandCoro("get x");
  redis.execCommandAsync([](const nosql::RedisResult &) {}, [](const std::exception &) {}, "get x");
  connection.send("text");
  drogon::async_run([]() -> Task<> { co_return; });
}

Task<> maps(orm::Mapper<User> &mapper, orm::CoroMapper<User> &awaited, orm::Criteria criteria,
            const orm::ExceptionCallback &failed, User user) {
  mapper.findAll([](std::vector<User>) {}, failed);
  mapper.count(criteria, [](size_t) {}, failed);
  mapper.findOne(criteria, [](User) {}, failed);
  mapper.findFutureOne(criteria);
  mapper.insert(user, [](User) {}, failed);
  mapper.updateBy({"name"}, [](size_t) {}, failed, criteria, 1);
  co_await awaited.findAll();
  co_await awaited.findOne(criteria);
  co_await awaited.insert(user);
}

// ---- blocks ------------------------------------------------------------------------------------

Task<> waitsForThread(HttpClient &client, HttpRequestPtr request, HttpAppFramework &app,
                      trantor::EventLoop &loop, trantor::EventLoopThread &thread,
                      trantor::SerialTaskQueue &queue, orm::DbClient &db, std::mutex &own) {
  drogon::sync_wait(child());                  // WARN: 'drogon::sync_wait' blocks the event loop in coroutine 'waitsForThread' (wait)
  client.sendRequest(request);                 // WARN: 'drogon::HttpClient::sendRequest' blocks
  client.sendRequest(request, 1.0);            // WARN: 'drogon::HttpClient::sendRequest' blocks
  app.run();                                   // WARN: 'drogon::HttpAppFramework::run' blocks
  loop.loop();                                 // WARN: 'trantor::EventLoop::loop' blocks
  thread.wait();                               // WARN: 'trantor::EventLoopThread::wait' blocks
  queue.syncTaskInQueue([] { ::fsync(1); });   // WARN: syncTaskInQueue' blocks
  queue.waitAllTasksFinished();                // WARN: 'trantor::SerialTaskQueue::waitAllTasksFinished' blocks
  queue.stop();                                // WARN: 'trantor::SerialTaskQueue::stop' blocks
  db.execSqlAsyncFuture("select 1").get();     // WARN: 'std::future::get' blocks
  own.lock();                                  // WARN: 'std::mutex::lock' blocks the event loop in coroutine 'waitsForThread' (lock)
  co_return;
}

AsyncTask asks(orm::DbClient &db, nosql::RedisClient &redis, orm::Mapper<User> &mapper,
               orm::CoroMapper<User> &awaited, orm::Criteria criteria, User user) {
  db.execSqlSync("select 1");                  // WARN: 'drogon::orm::DbClient::execSqlSync' blocks the event loop in coroutine 'asks' (database)
  db.newTransaction();                         // WARN: 'drogon::orm::DbClient::newTransaction' blocks
  redis.execCommandSync([](const nosql::RedisResult &) { return 1; }, "get x"); // WARN: 'drogon::nosql::RedisClient::execCommandSync' blocks
  redis.newTransaction();                      // WARN: 'drogon::nosql::RedisClient::newTransaction' blocks
  mapper.findAll();                            // WARN: 'drogon::orm::Mapper::findAll' blocks
  mapper.count();                              // WARN: 'drogon::orm::Mapper::count' blocks
  mapper.count(criteria);                      // WARN: 'drogon::orm::Mapper::count' blocks
  mapper.findOne(criteria);                    // WARN: 'drogon::orm::Mapper::findOne' blocks
  mapper.insert(user);                         // WARN: 'drogon::orm::Mapper::insert' blocks
  mapper.updateBy({"name"}, criteria, 1);      // WARN: 'drogon::orm::Mapper::updateBy' blocks
  awaited.Mapper<User>::findAll();             // WARN: 'drogon::orm::Mapper::findAll' blocks
  mapper.findFutureOne(criteria).get();        // WARN: 'std::future::get' blocks
  drogon::utils::getMd5("text", 4);            // WARN: 'drogon::utils::getMd5' may block the event loop in coroutine 'asks' (cpu)
  drogon::utils::gzipCompress("text", 4);      // WARN: 'drogon::utils::gzipCompress' may block
  co_return;
}

// ---- elsewhere ---------------------------------------------------------------------------------

Task<> handsOver(trantor::SerialTaskQueue &queue, trantor::EventLoop *loop, orm::DbClient &db) {
  queue.runTaskInQueue([&] { db.execSqlSync("select 1"); });
  co_await drogon::sleepCoro(loop, 1.0);
  loop->queueInLoop([&] { db.execSqlSync("select 1"); }); // WARN: 'drogon::orm::DbClient::execSqlSync' blocks the event loop in a lambda
  // The callbacks run in the loop of the client.
  db.execSqlAsync("select 1", [](const orm::Result &) { ::fsync(1); }, [](auto) {}); // WARN: (disk)
  db.newTransactionAsync(orm::TransactionType::Immediate, [](auto &) { ::fsync(1); }); // WARN: (disk)
}

struct Page : HttpSimpleController<Page> {
  void asyncHandleHttpRequest(const HttpRequestPtr &, std::function<void(const HttpResponsePtr &)> &&) override {
    ::fsync(1); // WARN: 'fsync' blocks the event loop in 'Page::asyncHandleHttpRequest' (disk)
  }
};

struct Chat : WebSocketController<Chat> {
  void handleNewMessage(const WebSocketConnectionPtr &, std::string &&, const WebSocketMessageType &) override {
    ::fsync(2); // WARN: 'fsync' blocks the event loop in 'Chat::handleNewMessage' (disk)
  }
  void other() { ::fsync(3); }
};

// ---- the user's own ----------------------------------------------------------------------------

namespace own {
struct Mutex {
  void lock();
  void scoped_lock();
};
struct HttpClient {
  int sendRequest(int);
};
struct Mapper {
  void findAll();
  void count();
};
template <class T> void sync_wait(T &&) {}
} // namespace own

Task<> ownNames(own::Mutex &mutex, own::HttpClient &client, own::Mapper &mapper) {
  mutex.lock();
  mutex.scoped_lock();
  client.sendRequest(1);
  mapper.findAll();
  mapper.count();
  own::sync_wait(1);
  co_return;
}
