// Boost.Redis: nothing in it waits but what runs in its handlers.
// REQUIRES: common-tests, pack-asio
// RUN: %check %s async-blocking-call --only command --command-option=--uncertain -- -pthread -I%source_root/checker/include
#include <async_tidy/annotations.h>
#include <boost/asio.hpp>
#include <future>
#include <string>
#include <tuple>
#include <unistd.h>
#include <utility>

// ---- as Boost.Redis declares it ----------------------------------------------------------------

namespace boost {
namespace redis {

struct config {};
class request {
public:
  template <class... Ts> void push(std::string_view, Ts const &...) {}
};
template <class... Ts> using response = std::tuple<Ts...>;
using ignore_t = std::decay_t<decltype(std::ignore)>;
extern ignore_t ignore;
enum class operation { run, receive, all };

template <class Executor> class basic_connection {
public:
  using executor_type = Executor;
  explicit basic_connection(executor_type ex);
  explicit basic_connection(asio::io_context &ioc);
  executor_type get_executor() noexcept;
  template <class CompletionToken = asio::default_completion_token_t<executor_type>>
  auto async_run(config const &, CompletionToken &&token = {}) {
    return asio::async_initiate<CompletionToken, void(boost::system::error_code)>([](auto &&) {}, token);
  }
  template <class CompletionToken = asio::default_completion_token_t<executor_type>>
  auto async_receive(CompletionToken &&token = {}) {
    return asio::async_initiate<CompletionToken, void(boost::system::error_code, std::size_t)>([](auto &&) {}, token);
  }
  std::size_t receive(system::error_code &ec);
  template <class Response = ignore_t, class CompletionToken = asio::default_completion_token_t<executor_type>>
  auto async_exec(request const &, Response & = ignore, CompletionToken &&token = {}) {
    return asio::async_initiate<CompletionToken, void(boost::system::error_code, std::size_t)>([](auto &&) {}, token);
  }
  void cancel(operation op = operation::all);
  bool will_reconnect() const noexcept;
  template <class Response> void set_receive_response(Response &) {}
};

class connection {
public:
  using executor_type = asio::any_io_executor;
  explicit connection(executor_type ex);
  explicit connection(asio::io_context &ioc);
  executor_type get_executor() noexcept;
  template <class CompletionToken = asio::deferred_t>
  auto async_run(config const &, CompletionToken &&token = {}) {
    return asio::async_initiate<CompletionToken, void(boost::system::error_code)>([](auto &&) {}, token);
  }
  template <class CompletionToken = asio::deferred_t> auto async_receive(CompletionToken &&token = {}) {
    return asio::async_initiate<CompletionToken, void(boost::system::error_code, std::size_t)>([](auto &&) {}, token);
  }
  template <class CompletionToken = asio::deferred_t> auto async_receive2(CompletionToken &&token = {}) {
    return asio::async_initiate<CompletionToken, void(boost::system::error_code)>([](auto &&) {}, token);
  }
  std::size_t receive(system::error_code &ec);
  template <class Response = ignore_t, class CompletionToken = asio::deferred_t>
  auto async_exec(request const &, Response & = ignore, CompletionToken &&token = {}) {
    return asio::async_initiate<CompletionToken, void(boost::system::error_code, std::size_t)>([](auto &&) {}, token);
  }
  void cancel(operation op = operation::all);
  bool will_reconnect() const noexcept;
  template <class Response> void set_receive_response(Response &) {}
};

} // namespace redis
} // namespace boost

// ---- awaited -----------------------------------------------------------------------------------

namespace asio = boost::asio;
namespace redis = boost::redis;
using Connection = redis::basic_connection<asio::use_awaitable_t<>::executor_with_default<asio::any_io_executor>>;

asio::awaitable<void> asks(redis::connection &connection) {
  redis::request request;
  redis::response<std::string> response;
  boost::system::error_code error;
  connection.async_run(redis::config(), asio::detached);
  request.push("GET", "key");
  co_await connection.async_exec(request, response);
  co_await connection.async_exec(request, redis::ignore, asio::use_awaitable);
  connection.set_receive_response(response);
  while (connection.will_reconnect()) {
    co_await connection.async_receive();
    co_await connection.async_receive2();
    connection.receive(error);
  }
  connection.cancel();
}

asio::awaitable<void> asksTyped(Connection &connection) {
  redis::request request;
  redis::response<std::string> response;
  boost::system::error_code error;
  co_await connection.async_run(redis::config());
  co_await connection.async_exec(request, response);
  co_await connection.async_receive();
  connection.receive(error);
  connection.cancel(redis::operation::run);
}

ASYNC_TIDY_RUNS_ON_LOOP void takesPushed(redis::connection &connection) {
  boost::system::error_code error;
  connection.receive(error);
}

// ---- blocks ------------------------------------------------------------------------------------

asio::awaitable<void> waitsForAnswer(redis::connection &connection, redis::request request) {
  redis::response<std::string> response;
  auto answer = connection.async_exec(request, response, asio::use_future);
  answer.get(); // WARN: 'std::future::get' blocks the event loop in coroutine 'waitsForAnswer' (wait)
  co_return;
}

// ---- handlers ----------------------------------------------------------------------------------

void onTheLoop(asio::io_context &loop, redis::request &request) {
  redis::connection connection(loop);
  redis::response<std::string> response;
  connection.async_run(redis::config(), [](auto) { ::fsync(1); });                        // WARN: 'fsync' blocks the event loop in a lambda (disk)
  connection.async_exec(request, response, [](auto, std::size_t) { ::fsync(1); });        // WARN: 'fsync' blocks the event loop in a lambda (disk)
  connection.async_receive([](auto, std::size_t) { ::fsync(1); });                        // WARN: 'fsync' blocks the event loop in a lambda (disk)
}
void onThePool(asio::thread_pool &threads, redis::request &request) {
  redis::connection connection(threads.get_executor());
  redis::response<std::string> response;
  connection.async_exec(request, response, [](auto, std::size_t) { ::fsync(1); });
}

// ---- the user's own ----------------------------------------------------------------------------

namespace own {
namespace redis {
struct connection {
  template <class Handler> void async_exec(int, Handler &&) {}
  void receive(int);
};
} // namespace redis
} // namespace own

void ownNames(own::redis::connection &connection) {
  connection.async_exec(1, [] { ::fsync(1); });
}
asio::awaitable<void> receives(own::redis::connection connection) {
  connection.receive(1);
  co_return;
}
