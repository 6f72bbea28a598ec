// hiredis: contexts belong to one thread, those with callbacks to their loop's.
// REQUIRES: common-tests, pack-hiredis, pack-libuv, pack-libevent
// RUN: %check %s async-loop-bound-capture --only command -- -pthread
#include <atomic>
#include <boost/asio.hpp>
#include <cstdarg>
#include <cstddef>
#include <event2/event.h>
#include <hiredis/adapters/libevent.h>
#include <hiredis/adapters/libuv.h>
#include <hiredis/async.h>
#include <hiredis/hiredis.h>
#include <memory>
#include <mutex>
#include <pthread.h>
#include <string>
#include <thread>
#include <uv.h>
#include <vector>

redisAsyncContext *commands, *messages;
redisContext *blocking;

void onReply(redisAsyncContext *context, void *, void *) {
  redisAsyncCommand(commands, nullptr, nullptr, "GET b");
  redisAsyncCommand(messages, nullptr, nullptr, "SUBSCRIBE b");
  redisAppendCommand(blocking, "GET b");
}

void begin() {
  redisAsyncCommand(commands, onReply, nullptr, "GET a");
}

void serve() {
  std::thread([] { redisAsyncCommand(commands, nullptr, nullptr, "GET c"); }).detach(); // WARN: 'redisAsyncCommand' uses 'commands' on another thread
  std::thread([] { redisAsyncDisconnect(messages); }).detach();                         // WARN: 'redisAsyncDisconnect' uses 'messages' on another thread
  std::thread([] { redisCommand(blocking, "GET c"); }).detach();                        // WARN: 'redisCommand' uses 'blocking' on another thread
  // A connection of its own.
  std::thread([] {
    redisContext *own = redisConnect("localhost", 6379);
    redisCommand(own, "GET c");
    redisFree(own);
  }).detach();
}

// ---- a loop of libuv has the connections; a thread computes what is stored

namespace cache {

class Cache {
public:
  explicit Cache(uv_loop_t *loop) {
    commands = redisAsyncConnect("localhost", 6379);
    messages = redisAsyncConnect("localhost", 6379);
    redisLibuvAttach(commands, loop);
    redisLibuvAttach(messages, loop);
    redisAsyncSetConnectCallback(commands, onConnect);
    redisAsyncSetDisconnectCallback(commands, onDisconnect);
    commands->data = messages->data = this;
    uv_async_init(loop, &wake, onWake);
    wake.data = this;
    redisAsyncCommand(messages, onMessage, this, "SUBSCRIBE changes");
  }

  void start() { computer = std::thread(&Cache::compute, this); }

  void startOther() { computer = std::thread(&Cache::computeAndStore, this); } // NOTE: 'std::thread::thread' runs 'cache::Cache::computeAndStore' on another thread here

  void stop() {
    stopping = true;
    computer.join();
    redisAsyncDisconnect(commands);
    redisAsyncDisconnect(messages);
  }

private:
  void computeAndStore() {
    while (!stopping) {
      std::string value = next();
      redisAsyncCommand(commands, onStored, this, "SET sum %s", value.c_str()); // WARN: 'redisAsyncCommand' uses 'cache::Cache::commands' on another thread
      uv_async_send(&wake); // NOTE: to wake the event loop here, with 'uv_async_send', comes too late
    }
    redisAsyncFree(messages); // WARN: 'redisAsyncFree' uses 'cache::Cache::messages' on another thread // NOTE: 'redisAsyncFree' ends what is under way, and is a use like any other
  }

  void compute() {
    while (!stopping) {
      std::string value = next();
      {
        std::lock_guard lock(mutex);
        waiting.push_back(value);
      }
      uv_async_send(&wake);
    }
  }

  std::string next() { return std::to_string(++count); }

  static void onWake(uv_async_t *async) {
    auto *cache = static_cast<Cache *>(async->data);
    std::vector<std::string> values;
    {
      std::lock_guard lock(cache->mutex);
      values.swap(cache->waiting);
    }
    for (const std::string &value : values)
      redisAsyncCommand(cache->commands, onStored, cache, "SET sum %s", value.c_str());
  }

  static void onStored(redisAsyncContext *context, void *reply, void *) {
    if (!reply)
      redisAsyncDisconnect(context);
  }

  static void onMessage(redisAsyncContext *, void *reply, void *data) {
    auto *cache = static_cast<Cache *>(data);
    if (reply)
      redisAsyncCommand(cache->commands, onStored, cache, "GET sum");
    else
      redisAsyncCommand(cache->messages, nullptr, nullptr, "UNSUBSCRIBE");
  }

  static void onConnect(const redisAsyncContext *, int) {}
  static void onDisconnect(const redisAsyncContext *context, int) {
    static_cast<Cache *>(context->data)->stopping = true;
  }

  redisAsyncContext *commands, *messages;
  uv_async_t wake;
  std::thread computer;
  std::mutex mutex;
  std::vector<std::string> waiting;
  std::atomic<bool> stopping = false;
  int count = 0;
};

} // namespace cache

// ---- a server on Asio, and threads with contexts of their own, and one with the server's

namespace workers {

struct Free {
  void operator()(redisContext *context) const { redisFree(context); }
};
using Context = std::unique_ptr<redisContext, Free>;

static Context connect() {
  timeval timeout{1, 0};
  return Context(redisConnectWithTimeout("localhost", 6379, timeout));
}

static redisContext *ofThisThread() {
  thread_local Context context = connect();
  return context.get();
}

static long increment(redisContext *context, const char *key) {
  auto *reply = static_cast<redisReply *>(redisCommand(context, "INCR %s", key));
  long value = reply ? reply->integer : 0;
  freeReplyObject(reply);
  return value;
}

static void set(redisContext *context, const char *key) {
  freeReplyObject(redisCommand(context, "SET %s 0", key)); // WARN: 'redisCommand' uses 'workers::shared' on another thread
}

struct Worker {
  void run() {
    while (void *reply = redisCommand(context.get(), "BLPOP jobs 0"))
      freeReplyObject(reply);
  }

  Context context = connect();
  std::thread thread;
};

static redisContext *shared;

class Server {
public:
  Server() : timer(loop) {
    for (int i = 0; i < 4; ++i) {
      workers.push_back(std::make_unique<Worker>());
      Worker *worker = workers.back().get();
      worker->thread = std::thread(&Worker::run, worker);
    }
    own = connect();
    shared = redisConnect("localhost", 6379);
  }

  void tick() {
    timer.expires_after(std::chrono::seconds(1));
    timer.async_wait([this](auto error) {
      if (error)
        return;
      increment(own.get(), "ticks");
      increment(ofThisThread(), "ticks");
      set(shared, "ticks");
      tick();
    });
  }

  void work() {
    threads.emplace_back([] { increment(ofThisThread(), "work"); });
    threads.emplace_back([] {
      Context mine = connect();
      increment(mine.get(), "work");
    });
    threads.emplace_back([mine = connect()] { increment(mine.get(), "work"); });
    threads.emplace_back([] { set(shared, "work"); });
    threads.emplace_back([this] {
      void *reply;
      redisAppendCommand(own.get(), "GET a"); // WARN: 'redisAppendCommand' uses 'workers::Server::own' on another thread
      redisGetReply(own.get(), &reply);       // WARN: 'redisGetReply' uses 'workers::Server::own' on another thread
    });
  }

  void run() { loop.run(); }

private:
  boost::asio::io_context loop;
  boost::asio::steady_timer timer;
  std::vector<std::unique_ptr<Worker>> workers;
  std::vector<std::jthread> threads;
  Context own;
};

int main() {
  Server server;
  server.tick();
  server.work();
  server.run();
  return 0;
}

} // namespace workers

// ---- libevent

namespace sessions {

struct Session {
  event_base *base;
  event *timer;
  redisContext *redis;
  redisAsyncContext *async;
};

static void onTimer(evutil_socket_t, short, void *argument) {
  auto *session = static_cast<Session *>(argument);
  redisCommand(session->redis, "PING");
  redisAsyncCommand(session->async, nullptr, nullptr, "PING");
}

static void save(Session *session) {
  redisCommand(session->redis, "SAVE"); // WARN: 'redisCommand' uses 'sessions::Session::redis' on another thread
  redisAsyncFormattedCommand(session->async, nullptr, nullptr, "SAVE", 4); // WARN: 'redisAsyncFormattedCommand' uses 'sessions::Session::async' on another thread
}

static void *saver(void *argument) {
  save(static_cast<Session *>(argument));
  return nullptr;
}

// A thread with a base of its own.
static void *runner(void *argument) {
  auto *session = static_cast<Session *>(argument);
  session->base = event_base_new();
  session->async = redisAsyncConnect("localhost", 6379);
  redisLibeventAttach(session->async, session->base);
  redisAsyncCommand(session->async, nullptr, nullptr, "PING");
  event_base_dispatch(session->base);
  redisAsyncFree(session->async);
  return nullptr;
}

void begin(Session *session) {
  session->redis = redisConnect("localhost", 6379);
  session->timer = event_new(session->base, -1, EV_PERSIST, onTimer, session);
  timeval second{1, 0};
  event_add(session->timer, &second);
  pthread_t thread;
  pthread_create(&thread, nullptr, saver, session);
  pthread_create(&thread, nullptr, runner, new Session{});
}

} // namespace sessions

// ---- right: who takes one out of the pool has it for himself

namespace pooled {

class Pool {
public:
  redisContext *take() {
    std::lock_guard lock(mutex);
    if (idle.empty())
      return redisConnect("localhost", 6379);
    redisContext *context = idle.back();
    idle.pop_back();
    return context;
  }

  void giveBack(redisContext *context) {
    std::lock_guard lock(mutex);
    idle.push_back(context);
  }

private:
  std::mutex mutex;
  std::vector<redisContext *> idle;
};

static Pool pool;

static void ping() {
  redisContext *context = pool.take();
  freeReplyObject(redisCommand(context, "PING"));
  pool.giveBack(context);
}

void begin(uv_timer_t *timer) {
  uv_timer_start(timer, [](uv_timer_t *) { ping(); }, 0, 1000);
  std::thread([] { ping(); }).detach();
}

} // namespace pooled
