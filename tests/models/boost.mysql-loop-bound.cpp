// Boost.MySQL: a connection, what it fills, and a pool belong to one thread at a time.
// REQUIRES: common-tests, pack-asio
// RUN: %check %s async-loop-bound-capture --only command -- -pthread
#include <boost/asio.hpp>
#include <string_view>
#include <thread>
#include <utility>

// ---- as Boost.MySQL declares it ----------------------------------------------------------------

namespace boost {
namespace mysql {

struct pool_params {};
class statement {
public:
  unsigned num_params() const noexcept;
};
class results {
public:
  bool has_value() const noexcept;
};
class any_connection {
public:
  any_connection(boost::asio::any_io_executor ex);
  template <class ExecutionContext, class = decltype(std::declval<ExecutionContext &>().get_executor())>
  any_connection(ExecutionContext &ctx) : any_connection(ctx.get_executor()) {}
  using executor_type = asio::any_io_executor;
  executor_type get_executor() noexcept;
  template <class ExecutionRequest, class ResultsType> void execute(ExecutionRequest &&, ResultsType &) {}
  template <class ExecutionRequest, class ResultsType, class CompletionToken>
  auto async_execute(ExecutionRequest &&, ResultsType &, CompletionToken &&token) {
    return asio::async_initiate<CompletionToken, void(boost::system::error_code)>([](auto &&) {}, token);
  }
  void ping();
};
template <class Stream> class connection {
public:
  template <class... Args, class = std::enable_if_t<std::is_constructible<Stream, Args...>::value>>
  connection(Args &&...) {}
  using executor_type = typename Stream::executor_type;
  executor_type get_executor();
  void ping();
  template <class CompletionToken> auto async_ping(CompletionToken &&token) {
    return asio::async_initiate<CompletionToken, void(boost::system::error_code)>([](auto &&) {}, token);
  }
};
using tcp_connection = connection<boost::asio::ip::tcp::socket>;
class pooled_connection {
public:
  pooled_connection() noexcept = default;
  pooled_connection(pooled_connection &&other) noexcept = default;
  pooled_connection &operator=(pooled_connection &&other) noexcept;
  any_connection &get() noexcept;
  any_connection *operator->() noexcept { return &get(); }
  void return_without_reset() noexcept;
};
class connection_pool {
public:
  connection_pool(asio::any_io_executor ex, pool_params params);
  bool valid() const noexcept;
  template <class CompletionToken> auto async_get_connection(CompletionToken &&token) {
    return asio::async_initiate<CompletionToken, void(boost::system::error_code, pooled_connection)>([](auto &&) {}, token);
  }
  void cancel();
};

} // namespace mysql
} // namespace boost

// ------------------------------------------------------------------------------------------------

namespace asio = boost::asio;
namespace mysql = boost::mysql;

asio::awaitable<void> serve() {
  mysql::any_connection connection(co_await asio::this_coro::executor);
  mysql::tcp_connection typed(co_await asio::this_coro::executor);
  mysql::results result;
  std::thread([&connection] { connection.ping(); }).detach();    // WARN: 'boost::mysql::any_connection::ping' uses 'connection' on another thread
  std::thread([&typed] { typed.ping(); }).detach();              // WARN: 'boost::mysql::connection::ping' uses 'typed' on another thread
  std::thread([&result] { result.has_value(); }).detach();       // WARN: 'boost::mysql::results::has_value' uses 'result' on another thread
  std::thread([&connection] { connection.get_executor(); }).detach();
  co_await connection.async_execute("SELECT 1", result, asio::use_awaitable);
  co_await typed.async_ping(asio::use_awaitable);
}

asio::awaitable<void> pooled(mysql::pooled_connection taken) {
  mysql::connection_pool pool(co_await asio::this_coro::executor, mysql::pool_params());
  std::thread([&taken] { taken.return_without_reset(); }).detach(); // WARN: 'boost::mysql::pooled_connection::return_without_reset' uses 'taken' on another thread
  std::thread([&pool] { pool.valid(); }).detach();               // WARN: 'boost::mysql::connection_pool::valid' uses 'pool' on another thread
  std::thread([&pool] { pool.cancel(); }).detach();
  taken->ping();
  pool.valid();
  taken = co_await pool.async_get_connection(asio::use_awaitable);
}

// A connection of the thread's own.
asio::awaitable<void> own() {
  std::thread([] {
    asio::io_context loop;
    mysql::any_connection connection(loop);
    mysql::results result;
    connection.execute("SELECT 1", result);
    result.has_value();
  }).detach();
  mysql::any_connection other(co_await asio::this_coro::executor);
  std::thread([connection = std::move(other)]() mutable { connection.ping(); }).detach();
}
