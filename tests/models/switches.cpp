// Where coroutines go on after an await, by the models of libraries that are not packaged: their declarations, cut down. (Those that can be
// had are tried against real threads in tests/threads.)
// RUN: %check %s async-blocking-call
#include <chrono>
#include <coroutine>
#include <memory>
#include <unistd.h>

void load(int number) noexcept { ::fsync(number); }

struct Promise {
  std::suspend_always initial_suspend();
  std::suspend_always final_suspend() noexcept;
  void return_void();
  void unhandled_exception();
};
template <class T = void> struct Awaiter {
  bool await_ready() const;
  void await_suspend(std::coroutine_handle<>) const;
  T await_resume() const;
};
#define TASK(Name)                                                                                 \
  struct Name : Awaiter<> {                                                                        \
    struct promise_type : Promise {                                                                \
      Name get_return_object();                                                                    \
    };                                                                                             \
  };

namespace boost::cobalt {
TASK(task)
struct use_op_t {};
template <class E> Awaiter<> spawn(E &, task, use_op_t);
} // namespace boost::cobalt
namespace boost::asio {
struct thread_pool {};
} // namespace boost::asio
namespace folly {
struct CPUThreadPoolExecutor {};
namespace coro {
TASK(Task)
template <class E> Task co_withExecutor(E *, Task);
} // namespace coro
} // namespace folly
namespace seastar {
TASK(future)
struct smp {
  template <class F> static future submit_to(unsigned, F) { return {}; }
};
namespace coroutine {
Awaiter<> maybe_yield();
}
} // namespace seastar
namespace cppcoro {
TASK(task)
struct static_thread_pool {
  Awaiter<> schedule();
};
struct io_service {
  Awaiter<> schedule();
};
template <class S> task resume_on(S &, task);
template <class S> task schedule_on(S &, task);
} // namespace cppcoro
namespace coro {
TASK(task)
struct thread_pool {
  Awaiter<> schedule();
  task schedule(task);
  Awaiter<> yield();
};
} // namespace coro
namespace concurrencpp {
TASK(lazy_result)
struct thread_pool_executor {};
struct manual_executor {};
template <class E> Awaiter<> resume_on(std::shared_ptr<E>);
} // namespace concurrencpp
namespace async_simple {
struct Executor {};
namespace executors {
struct SimpleExecutor : Executor {};
} // namespace executors
namespace coro {
TASK(Lazy)
Awaiter<> dispatch(Executor *);
} // namespace coro
} // namespace async_simple
namespace trantor {
struct EventLoop {};
} // namespace trantor
namespace drogon {
TASK(Task)
Awaiter<> switchThreadCoro(trantor::EventLoop *);
Awaiter<> sleepCoro(trantor::EventLoop *, double);
namespace orm {
struct DbClient {
  Awaiter<> execSqlCoro(const char *);
};
} // namespace orm
} // namespace drogon
namespace stdexec {
template <class S> struct Sender : Awaiter<> {};
template <class S> Sender<S> schedule(S);
} // namespace stdexec
namespace exec {
TASK(task)
struct static_thread_pool {
  struct scheduler {};
  scheduler get_scheduler();
};
} // namespace exec
namespace unifex {
TASK(task)
struct static_thread_pool {
  static_thread_pool &get_scheduler();
};
Awaiter<> schedule(static_thread_pool &);
Awaiter<> other();
} // namespace unifex
namespace sw::redis {
struct CoRedis {
  struct Awaiter : ::Awaiter<> {};
  Awaiter get(const char *);
};
} // namespace sw::redis

boost::cobalt::task cobaltTask(boost::asio::thread_pool &pool, boost::cobalt::task (*work)()) {
  co_await boost::cobalt::spawn(pool, work(), boost::cobalt::use_op_t());
  load(1); // WARN: 'load' blocks
}

folly::coro::Task follyChild() { co_return; }
folly::coro::Task follyTask(folly::CPUThreadPoolExecutor *pool) {
  co_await folly::coro::co_withExecutor(pool, follyChild());
  load(2); // WARN: 'load' blocks
}

seastar::future seastarTask() {
  co_await seastar::smp::submit_to(1, [] {});
  co_await seastar::coroutine::maybe_yield();
  load(3); // WARN: 'load' blocks
}

cppcoro::task cppcoroChild(cppcoro::static_thread_pool &pool) { co_await pool.schedule(); }
cppcoro::task cppcoroTask(cppcoro::static_thread_pool &pool, cppcoro::io_service &loop, bool some) {
  co_await pool.schedule();
  load(4);
  co_await loop.schedule();
  load(5); // WARN: 'load' blocks
  co_await cppcoroChild(pool);
  load(6);
  co_await cppcoro::resume_on(loop, cppcoroChild(pool));
  load(7); // WARN: 'load' blocks
  co_await cppcoro::schedule_on(pool, cppcoroChild(pool));
  load(8);
}

coro::task libcoroChild() { co_return; }
coro::task libcoroTask(std::unique_ptr<coro::thread_pool> pool) {
  load(9); // WARN: 'load' blocks
  co_await pool->schedule(libcoroChild());
  load(10);
}
coro::task libcoroYield(coro::thread_pool &pool) {
  co_await pool.yield();
  load(11);
}

concurrencpp::lazy_result concurrencppTask(std::shared_ptr<concurrencpp::thread_pool_executor> pool,
                                           std::shared_ptr<concurrencpp::manual_executor> loop) {
  co_await concurrencpp::resume_on(pool);
  load(12);
  co_await concurrencpp::resume_on(loop);
  load(13); // WARN: 'load' blocks
}

async_simple::coro::Lazy lazyTask(async_simple::executors::SimpleExecutor *pool) {
  load(14); // WARN: 'load' blocks
  co_await async_simple::coro::dispatch(pool);
  load(15);
}
async_simple::coro::Lazy lazyParent(async_simple::executors::SimpleExecutor *pool) {
  co_await lazyTask(pool);
  load(16);
}

drogon::Task drogonTask(trantor::EventLoop *loop, drogon::orm::DbClient &database) {
  co_await database.execSqlCoro("select 1");
  load(17); // in a loop of the client's own
  co_await drogon::switchThreadCoro(loop);
  load(18); // WARN: 'load' blocks
  co_await drogon::sleepCoro(loop, 1);
  load(19); // WARN: 'load' blocks
}

exec::task execTask(exec::static_thread_pool &pool) {
  co_await stdexec::schedule(pool.get_scheduler());
  load(20); // WARN: 'load' blocks
}

unifex::task unifexChild(unifex::static_thread_pool &pool) {
  co_await unifex::schedule(pool.get_scheduler());
  load(21);
  co_await unifex::other();
  load(22);
}
unifex::task unifexTask(unifex::static_thread_pool &pool) {
  co_await unifexChild(pool);
  load(23); // WARN: 'load' blocks
}

cppcoro::task redisTask(sw::redis::CoRedis &redis) {
  co_await redis.get("key");
  load(24); // in a thread of the library's own
}
