// redis-plus-plus: Redis waits for each answer; AsyncRedis gives futures, and CoRedis is awaited.
// REQUIRES: common-tests
// RUN: %check %s async-blocking-call --only command --command-option=--uncertain -- -I%source_root/checker/include
#include <async_tidy/annotations.h>
#include <chrono>
#include <coroutine>
#include <functional>
#include <future>
#include <initializer_list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unistd.h>

// ---- as redis-plus-plus declares it ------------------------------------------------------------

namespace sw {

namespace redis {

using StringView = std::string_view;
using OptionalString = std::optional<std::string>;
template <typename T> using Future = std::future<T>;
template <typename F, typename... Args> using IsInvocable = std::is_invocable<F, Args...>;
struct redisReply {};
using ReplyUPtr = std::unique_ptr<redisReply>;
struct ConnectionOptions {
  std::string host;
  int port = 6379;
};
struct ConnectionPoolOptions {};

class Connection {
public:
  explicit Connection(const ConnectionOptions &opts);
  bool broken() const noexcept;
  void reconnect();
  ReplyUPtr recv(bool handle_error_reply = true);
};
class ConnectionPool {
public:
  Connection fetch();
  ConnectionOptions connection_options();
  void release(Connection connection);
  Connection create();
};
class Subscriber {
public:
  Subscriber(Subscriber &&) = default;
  template <typename MsgCb> void on_message(MsgCb) {}
  void subscribe(const StringView &channel);
  void consume();
};
class PipelineImpl;
class TransactionImpl;
class QueuedReplies {};
template <typename Impl> class QueuedRedis {
public:
  QueuedRedis(QueuedRedis &&) = default;
  ~QueuedRedis();
  QueuedReplies exec();
  void discard();
  QueuedRedis &get(const StringView &key);
  QueuedRedis &ping();
};
using Transaction = QueuedRedis<TransactionImpl>;
using Pipeline = QueuedRedis<PipelineImpl>;

class Redis {
public:
  explicit Redis(const ConnectionOptions &connection_opts, const ConnectionPoolOptions &pool_opts = {});
  explicit Redis(const std::string &uri);
  Redis(Redis &&) = default;
  Redis &operator=(Redis &&) = default;
  Pipeline pipeline(bool new_connection = true);
  Transaction transaction(bool piped = false, bool new_connection = true);
  Subscriber subscriber();
  template <typename Result, typename... Args> Result command(const StringView &, Args &&...) { return {}; }
  std::string ping();
  long long del(const StringView &key);
  template <typename Input> long long del(Input, Input) { return 0; }
  template <typename T> long long del(std::initializer_list<T> il) { return del(il.begin(), il.end()); }
  OptionalString get(const StringView &key);
  bool set(const StringView &key, const StringView &val);
  OptionalString blpop(const StringView &key, const std::chrono::seconds &timeout = std::chrono::seconds{0});
};
class RedisCluster {
public:
  explicit RedisCluster(const std::string &uri);
  Redis redis(const StringView &hash_tag, bool new_connection = true);
  Pipeline pipeline(const StringView &hash_tag, bool new_connection = true);
  Subscriber subscriber();
  template <typename Callback> void for_each(Callback &&) {}
  OptionalString get(const StringView &key);
};

class AsyncSubscriber {
public:
  AsyncSubscriber(AsyncSubscriber &&) = default;
  template <typename MsgCb> void on_message(MsgCb &&) {}
  Future<void> subscribe(const StringView &channel);
};
class AsyncRedis {
public:
  explicit AsyncRedis(const std::string &uri);
  AsyncSubscriber subscriber();
  Future<std::string> ping();
  Future<OptionalString> get(const StringView &key);
  template <typename Callback>
  auto get(const StringView &, Callback &&) ->
      typename std::enable_if<IsInvocable<typename std::decay<Callback>::type, Future<OptionalString> &&>::value, void>::type {}
};
class CoRedis {
public:
  explicit CoRedis(const std::string &uri);
  template <typename Result, typename ResultParser = void, typename = void> class Awaiter {
  public:
    bool await_ready() noexcept { return false; }
    void await_suspend(std::coroutine_handle<>) {}
    Result await_resume();
  };
  Awaiter<OptionalString> get(const StringView &key);
  Awaiter<long long> del(const StringView &key);
};

class RedMutex {
public:
  RedMutex(std::shared_ptr<Redis> master, const std::string &resource);
  RedMutex(const RedMutex &) = delete;
  void lock();
  void unlock();
  bool try_lock();
};

} // namespace redis

} // namespace sw

// ---- waits for nobody --------------------------------------------------------------------------

using namespace std::chrono_literals;

struct Task { // of the user
  struct promise_type {
    Task get_return_object();
    std::suspend_never initial_suspend();
    std::suspend_never final_suspend() noexcept;
    void return_void();
    void unhandled_exception();
  };
};

ASYNC_TIDY_RUNS_ON_LOOP Task awaits(sw::redis::CoRedis &redis) {
  auto value = co_await redis.get("key");
  co_await redis.del("key");
}

ASYNC_TIDY_RUNS_ON_LOOP void starts(sw::redis::AsyncRedis &redis) {
  auto value = redis.get("key");
  redis.get("key", [](sw::redis::Future<sw::redis::OptionalString> &&value) { value.get(); });
  sw::redis::AsyncSubscriber messages = redis.subscriber();
  messages.on_message([](std::string, std::string) {});
  auto subscribed = messages.subscribe("channel");
  if (value.wait_for(0s) == std::future_status::ready)
    value.get();
}

ASYNC_TIDY_RUNS_ON_LOOP void prepares(sw::redis::Pipeline &pipeline, sw::redis::Subscriber &subscriber,
                                      sw::redis::ConnectionPool &pool, sw::redis::Connection &connection) {
  sw::redis::Redis redis("tcp://localhost"); // connects when it is used
  sw::redis::Redis moved(std::move(redis));
  pipeline.ping().get("key");
  subscriber.on_message([](std::string, std::string) {});
  connection.broken();
  pool.connection_options();
}

// ---- blocks ------------------------------------------------------------------------------------

ASYNC_TIDY_RUNS_ON_LOOP void waitsForAnswers(sw::redis::Redis &redis, sw::redis::RedisCluster &cluster) {
  redis.ping();                       // WARN: 'sw::redis::Redis::ping' blocks the event loop in 'waitsForAnswers' (database)
  redis.get("key");                   // WARN: 'sw::redis::Redis::get' blocks
  redis.set("key", "value");          // WARN: 'sw::redis::Redis::set' blocks
  redis.del({"a", "b"});              // WARN: 'sw::redis::Redis::del' blocks
  redis.blpop("list", 1s);            // WARN: 'sw::redis::Redis::blpop' blocks
  redis.command<long long>("DBSIZE"); // WARN: 'sw::redis::Redis::command' blocks
  cluster.get("key");                 // WARN: 'sw::redis::RedisCluster::get' blocks
  cluster.for_each([](sw::redis::Redis &) {});                   // WARN: 'sw::redis::RedisCluster::for_each' may block
  cluster.for_each([](sw::redis::Redis &node) { node.ping(); }); // WARN: it reaches 'sw::redis::Redis::ping' (database)
}

ASYNC_TIDY_RUNS_ON_LOOP void takesConnections(sw::redis::Redis &redis, sw::redis::RedisCluster &cluster) {
  auto pipeline = redis.pipeline();         // WARN: 'sw::redis::Redis::pipeline' may block the event loop in 'takesConnections' (database)
  pipeline.get("a").get("b").exec();        // WARN: 'sw::redis::QueuedRedis::exec' blocks
  auto transaction = redis.transaction();   // WARN: 'sw::redis::Redis::transaction' may block
  transaction.discard();                    // WARN: 'sw::redis::QueuedRedis::discard' blocks
  auto subscriber = redis.subscriber();     // WARN: 'sw::redis::Redis::subscriber' may block
  subscriber.consume();                     // WARN: 'sw::redis::Subscriber::consume' blocks
  auto node = cluster.redis("tag");         // WARN: 'sw::redis::RedisCluster::redis' may block
  node.ping();                              // WARN: 'sw::redis::Redis::ping' blocks
  cluster.pipeline("tag").exec();           // WARN: 'sw::redis::RedisCluster::pipeline' may block // WARN: 'sw::redis::QueuedRedis::exec' blocks
  cluster.subscriber();                     // WARN: 'sw::redis::RedisCluster::subscriber' may block
}

ASYNC_TIDY_RUNS_ON_LOOP void inside(sw::redis::ConnectionPool &pool, sw::redis::RedMutex &mutex) {
  auto connection = pool.fetch();           // WARN: 'sw::redis::ConnectionPool::fetch' blocks
  connection.recv();                        // WARN: 'sw::redis::Connection::recv' blocks
  connection.reconnect();                   // WARN: 'sw::redis::Connection::reconnect' blocks
  pool.create();                            // WARN: 'sw::redis::ConnectionPool::create' blocks
  mutex.lock();                             // WARN: 'sw::redis::RedMutex::lock' blocks
  mutex.try_lock();                         // WARN: 'sw::redis::RedMutex::try_lock' blocks
}

ASYNC_TIDY_RUNS_ON_LOOP void waitsForFuture(sw::redis::AsyncRedis &redis) {
  redis.get("key").get();                   // WARN: 'std::future::get' blocks the event loop in 'waitsForFuture' (wait)
}

// ---- elsewhere ---------------------------------------------------------------------------------

// Callbacks run in the library's thread.
ASYNC_TIDY_RUNS_ON_LOOP void handsOver(sw::redis::AsyncRedis &redis) {
  redis.get("key", [](sw::redis::Future<sw::redis::OptionalString> &&) { ::fsync(1); });
}

// So does what follows CoRedis.
ASYNC_TIDY_RUNS_ON_LOOP Task goesOn(sw::redis::CoRedis &redis) {
  ::fsync(1);                               // WARN: 'fsync' blocks the event loop in coroutine 'goesOn' (disk)
  co_await redis.get("key");
  ::fsync(1);
}

// ---- the user's own ----------------------------------------------------------------------------

namespace own {
struct Redis {
  void get(const char *);
  void ping();
};
namespace sw::redis {
struct Subscriber {
  void consume();
};
} // namespace sw::redis
} // namespace own

ASYNC_TIDY_RUNS_ON_LOOP void ownNames(own::Redis &redis, own::sw::redis::Subscriber &subscriber) {
  redis.get("key");
  redis.ping();
  subscriber.consume();
}
