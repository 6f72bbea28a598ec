// Boost.Redis: a connection belongs to one thread at a time.
// REQUIRES: common-tests, pack-asio
// RUN: %check %s async-loop-bound-capture --only command -- -pthread
#include <boost/asio.hpp>
#include <thread>

// ---- as Boost.Redis declares it ----------------------------------------------------------------

namespace boost {
namespace redis {

struct config {};
template <class Executor> class basic_connection {
public:
  using executor_type = Executor;
  explicit basic_connection(executor_type ex);
  explicit basic_connection(asio::io_context &ioc);
  executor_type get_executor() noexcept;
  template <class CompletionToken> auto async_run(config const &, CompletionToken &&token) {
    return asio::async_initiate<CompletionToken, void(boost::system::error_code)>([](auto &&) {}, token);
  }
  void cancel();
};
class connection {
public:
  using executor_type = asio::any_io_executor;
  explicit connection(executor_type ex);
  explicit connection(asio::io_context &ioc);
  executor_type get_executor() noexcept;
  template <class CompletionToken> auto async_run(config const &, CompletionToken &&token) {
    return asio::async_initiate<CompletionToken, void(boost::system::error_code)>([](auto &&) {}, token);
  }
  void cancel();
};

} // namespace redis
} // namespace boost

// ------------------------------------------------------------------------------------------------

namespace asio = boost::asio;
namespace redis = boost::redis;

asio::awaitable<void> serve() {
  redis::connection connection(co_await asio::this_coro::executor);
  redis::basic_connection<asio::any_io_executor> typed(co_await asio::this_coro::executor);
  std::thread([&connection] { connection.cancel(); }).detach(); // WARN: 'boost::redis::connection::cancel' uses 'connection' on another thread
  std::thread([&typed] { typed.cancel(); }).detach();           // WARN: 'boost::redis::basic_connection::cancel' uses 'typed' on another thread
  std::thread([&connection] {
    asio::post(connection.get_executor(), [&connection] { connection.cancel(); });
  }).detach();
  // A connection of the thread's own.
  std::thread([] {
    asio::io_context loop;
    redis::connection own(loop);
    own.async_run(redis::config(), asio::detached);
    loop.run();
    own.cancel();
  }).detach();
  typed.async_run(redis::config(), asio::detached);
  co_await connection.async_run(redis::config(), asio::use_awaitable);
}
