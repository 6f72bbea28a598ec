// Which tasks are lazy, the models of the libraries say.
// RUN: %check %s async-unawaited-task
#include <coroutine>

// ---- as the libraries declare them ---------------------------------------------------------------

namespace async_simple::coro {
template <class T> struct RescheduleLazy {};
template <class T> struct Lazy {
  RescheduleLazy<T> via(int *executor) &&;
  void start(void (*callback)(T));
};
} // namespace async_simple::coro

namespace boost::cobalt {
template <class T> struct task {};
template <class T> struct promise {};
} // namespace boost::cobalt

namespace concurrencpp {
template <class T> struct result {};
template <class T> struct lazy_result {
  result<T> run();
};
} // namespace concurrencpp

namespace coro {
template <class T = void> struct task {};
struct thread_pool {
  bool spawn_detached(task<void> task);
  task<void> spawn_joinable(task<void> task);
  template <class T> task<T> schedule(task<T> task);
};
} // namespace coro

namespace cppcoro {
template <class T = void> struct task {};
template <class T = void> struct shared_task {};
template <class T> task<T> schedule_on(int &scheduler, task<T> task);
} // namespace cppcoro

namespace drogon {
template <class T = void> struct Task {};
struct AsyncTask {};
} // namespace drogon

namespace folly {
template <class T> struct SemiFuture {};
namespace coro {
template <class T> struct TaskWithExecutor {
  SemiFuture<T> start() &&;
};
template <class T> struct Task {
  TaskWithExecutor<T> scheduleOn(int *executor) &&;
  SemiFuture<T> semi() &&;
};
template <class T> TaskWithExecutor<T> co_withExecutor(int *executor, Task<T> task);
} // namespace coro
} // namespace folly

namespace QCoro {
template <class T = void> struct Task {};
template <class T = void> struct LazyTask {};
} // namespace QCoro

namespace seastar {
template <class T> struct future {};
} // namespace seastar

// ---- what a program forgets ----------------------------------------------------------------------

async_simple::coro::Lazy<int> asyncSimple();
boost::cobalt::task<int> cobaltTask();
boost::cobalt::promise<int> cobaltPromise();
concurrencpp::result<int> concurrencppResult();
concurrencpp::lazy_result<int> concurrencppLazy();
coro::task<> libcoro();
cppcoro::task<> cppcoroTask();
drogon::Task<> drogonTask();
drogon::AsyncTask drogonAsync();
folly::coro::Task<int> follyTask();
folly::SemiFuture<int> follyFuture();
QCoro::Task<> qcoroTask();
QCoro::LazyTask<> qcoroLazy();
seastar::future<int> seastarFuture();

void ordinary(int *executor, coro::thread_pool &pool, int &scheduler) {
  asyncSimple(); // WARN: the task of 'asyncSimple' // NOTE: instead: asyncSimple().start([](auto &&) {})
  asyncSimple().via(executor); // WARN: the task of 'async_simple::coro::Lazy::via'
  asyncSimple().start([](int) {});
  cobaltTask(); // WARN: the task of 'cobaltTask' // NOTE: instead: cobalt::spawn(executor, cobaltTask(), asio::detached)
  cobaltPromise();
  concurrencppResult();
  concurrencppLazy(); // WARN: the task of 'concurrencppLazy' // NOTE: instead: concurrencppLazy().run()
  concurrencppLazy().run();
  libcoro(); // WARN: the task of 'libcoro' // NOTE: instead: scheduler->spawn_detached(libcoro()), or coro::sync_wait()
  pool.spawn_detached(libcoro());
  pool.spawn_joinable(libcoro());
  pool.schedule(libcoro()); // WARN: the task of 'coro::thread_pool::schedule'
  cppcoroTask(); // WARN: the task of 'cppcoroTask' // NOTE: instead: scope.spawn(cppcoroTask())
  cppcoro::schedule_on(scheduler, cppcoroTask()); // WARN: the task of 'cppcoro::schedule_on'
  drogonTask(); // WARN: the task of 'drogonTask' // NOTE: co_await drogonTask(); })
  drogonAsync();
  follyTask(); // WARN: the task of 'follyTask' // NOTE: instead: co_withExecutor(executor, follyTask()).start()
  follyTask().scheduleOn(executor); // WARN: 'folly::coro::Task::scheduleOn' // NOTE: instead: follyTask().scheduleOn(executor).start()
  follyTask().scheduleOn(executor).start();
  co_withExecutor(executor, follyTask()); // WARN: 'folly::coro::co_withExecutor'
  follyFuture();
  qcoroTask();
  qcoroLazy(); // WARN: the task of 'qcoroLazy' // NOTE: instead: co_await it in a coroutine
  seastarFuture();
}
