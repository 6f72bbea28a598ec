// Boost.MySQL: each operation waits for the server in one form, and is awaited in the other.
// REQUIRES: common-tests, pack-asio
// RUN: %check %s async-blocking-call --only command --command-option=--uncertain -- -pthread -I%source_root/checker/include
#include <async_tidy/annotations.h>
#include <boost/asio.hpp>
#include <future>
#include <string_view>
#include <unistd.h>
#include <utility>
#include <vector>

// ---- as Boost.MySQL declares it ----------------------------------------------------------------

namespace boost {
namespace mysql {

using error_code = boost::system::error_code;
using string_view = std::string_view;
class diagnostics {};
struct character_set {};
struct connect_params {};
struct handshake_params {};
struct pool_params {};
class rows_view {};
class pipeline_request {};
class stage_response {};

template <class CompletionToken> class with_diagnostics_t {
public:
  constexpr with_diagnostics_t() : impl_{} {}
  template <class T> constexpr explicit with_diagnostics_t(T &&token) : impl_(std::forward<T>(token)) {}
  CompletionToken impl_;
};
template <class CompletionToken>
constexpr with_diagnostics_t<typename std::decay<CompletionToken>::type>
with_diagnostics(CompletionToken &&token) {
  return with_diagnostics_t<typename std::decay<CompletionToken>::type>(
      std::forward<CompletionToken>(token));
}
} // namespace mysql

namespace asio {
template <typename CompletionToken, typename Signature>
class async_result<mysql::with_diagnostics_t<CompletionToken>, Signature> {
public:
  template <class Initiation, class Token>
  static auto initiate(Initiation &&initiation, Token &&token) {
    return async_initiate<CompletionToken, Signature>(std::forward<Initiation>(initiation),
                                                      token.impl_);
  }
};
} // namespace asio

namespace mysql {

namespace detail {
template <class Signature, class CompletionToken> auto async_run(CompletionToken &&token) {
  return asio::async_initiate<CompletionToken, Signature>([](auto &&) {}, token);
}
} // namespace detail

template <class T> struct bound_statement_tuple {};
class statement {
public:
  bool valid() const noexcept;
  template <class... T> auto bind(T &&...) const -> bound_statement_tuple<std::tuple<T...>>;
};
class results {
public:
  bool has_value() const noexcept;
};
class execution_state {
public:
  bool complete() const noexcept;
};

class any_connection {
public:
  any_connection(boost::asio::any_io_executor ex);
  template <class ExecutionContext, class = decltype(std::declval<ExecutionContext &>().get_executor())>
  any_connection(ExecutionContext &ctx) : any_connection(ctx.get_executor()) {}
  any_connection(any_connection &&other) = default;
  using executor_type = asio::any_io_executor;
  executor_type get_executor() noexcept;
  bool uses_ssl() const noexcept;

  void connect(const connect_params &params, error_code &ec, diagnostics &diag);
  void connect(const connect_params &params);
  template <class CompletionToken = with_diagnostics_t<asio::deferred_t>>
  auto async_connect(const connect_params &, diagnostics &, CompletionToken &&token = {}) {
    return detail::async_run<void(error_code)>(std::forward<CompletionToken>(token));
  }
  template <class CompletionToken = with_diagnostics_t<asio::deferred_t>>
  auto async_connect(const connect_params &, CompletionToken &&token = {}) {
    return detail::async_run<void(error_code)>(std::forward<CompletionToken>(token));
  }
  template <class ExecutionRequest, class ResultsType>
  void execute(ExecutionRequest &&, ResultsType &, error_code &, diagnostics &) {}
  template <class ExecutionRequest, class ResultsType>
  void execute(ExecutionRequest &&, ResultsType &) {}
  template <class ExecutionRequest, class ResultsType, class CompletionToken = with_diagnostics_t<asio::deferred_t>>
  auto async_execute(ExecutionRequest &&, ResultsType &, CompletionToken &&token = {}) {
    return detail::async_run<void(error_code)>(std::forward<CompletionToken>(token));
  }
  template <class ExecutionRequest, class ExecutionStateType>
  void start_execution(ExecutionRequest &&, ExecutionStateType &) {}
  template <class ExecutionRequest, class ExecutionStateType, class CompletionToken = with_diagnostics_t<asio::deferred_t>>
  auto async_start_execution(ExecutionRequest &&, ExecutionStateType &, CompletionToken &&token = {}) {
    return detail::async_run<void(error_code)>(std::forward<CompletionToken>(token));
  }
  statement prepare_statement(string_view stmt, error_code &err, diagnostics &diag);
  statement prepare_statement(string_view stmt);
  template <class CompletionToken = with_diagnostics_t<asio::deferred_t>>
  auto async_prepare_statement(string_view, CompletionToken &&token = {}) {
    return detail::async_run<void(error_code, statement)>(std::forward<CompletionToken>(token));
  }
  void close_statement(const statement &stmt);
  template <class CompletionToken = with_diagnostics_t<asio::deferred_t>>
  auto async_close_statement(const statement &, CompletionToken &&token = {}) {
    return detail::async_run<void(error_code)>(std::forward<CompletionToken>(token));
  }
  rows_view read_some_rows(execution_state &st);
  template <class CompletionToken = with_diagnostics_t<asio::deferred_t>>
  auto async_read_some_rows(execution_state &, CompletionToken &&token = {}) {
    return detail::async_run<void(error_code, rows_view)>(std::forward<CompletionToken>(token));
  }
  template <class ExecutionStateType> void read_resultset_head(ExecutionStateType &) {}
  template <class ExecutionStateType, class CompletionToken = with_diagnostics_t<asio::deferred_t>>
  auto async_read_resultset_head(ExecutionStateType &, CompletionToken &&token = {}) {
    return detail::async_run<void(error_code)>(std::forward<CompletionToken>(token));
  }
  void set_character_set(const character_set &charset);
  template <class CompletionToken = with_diagnostics_t<asio::deferred_t>>
  auto async_set_character_set(const character_set &, CompletionToken &&token = {}) {
    return detail::async_run<void(error_code)>(std::forward<CompletionToken>(token));
  }
  void ping();
  void ping(error_code &err, diagnostics &diag);
  template <class CompletionToken = with_diagnostics_t<asio::deferred_t>>
  auto async_ping(CompletionToken &&token = {}) {
    return detail::async_run<void(error_code)>(std::forward<CompletionToken>(token));
  }
  void reset_connection();
  template <class CompletionToken = with_diagnostics_t<asio::deferred_t>>
  auto async_reset_connection(CompletionToken &&token = {}) {
    return detail::async_run<void(error_code)>(std::forward<CompletionToken>(token));
  }
  void close();
  template <class CompletionToken = with_diagnostics_t<asio::deferred_t>>
  auto async_close(CompletionToken &&token = {}) {
    return detail::async_run<void(error_code)>(std::forward<CompletionToken>(token));
  }
  void run_pipeline(const pipeline_request &req, std::vector<stage_response> &res);
  template <class CompletionToken = with_diagnostics_t<asio::deferred_t>>
  auto async_run_pipeline(const pipeline_request &, std::vector<stage_response> &, CompletionToken &&token = {}) {
    return detail::async_run<void(error_code)>(std::forward<CompletionToken>(token));
  }
};

template <class Stream> class connection {
public:
  template <class... Args, class = std::enable_if_t<std::is_constructible<Stream, Args...>::value>>
  connection(Args &&...) {}
  connection(connection &&other) = default;
  using executor_type = typename Stream::executor_type;
  executor_type get_executor();
  bool uses_ssl() const noexcept;
  template <typename EndpointType> void connect(const EndpointType &, const handshake_params &) {}
  template <typename EndpointType, class CompletionToken = asio::default_completion_token_t<executor_type>>
  auto async_connect(const EndpointType &, const handshake_params &, CompletionToken &&token = {}) {
    return detail::async_run<void(error_code)>(std::forward<CompletionToken>(token));
  }
  void handshake(const handshake_params &params);
  template <class CompletionToken = asio::default_completion_token_t<executor_type>>
  auto async_handshake(const handshake_params &, CompletionToken &&token = {}) {
    return detail::async_run<void(error_code)>(std::forward<CompletionToken>(token));
  }
  template <class ExecutionRequest, class ResultsType>
  void execute(ExecutionRequest &&, ResultsType &, error_code &, diagnostics &) {}
  template <class ExecutionRequest, class ResultsType>
  void execute(ExecutionRequest &&, ResultsType &) {}
  template <class ExecutionRequest, class ResultsType, class CompletionToken = asio::default_completion_token_t<executor_type>>
  auto async_execute(ExecutionRequest &&, ResultsType &, CompletionToken &&token = {}) {
    return detail::async_run<void(error_code)>(std::forward<CompletionToken>(token));
  }
  template <class ExecutionRequest, class ExecutionStateType>
  void start_execution(ExecutionRequest &&, ExecutionStateType &) {}
  statement prepare_statement(string_view);
  void close_statement(const statement &);
  rows_view read_some_rows(execution_state &);
  template <class ExecutionStateType> void read_resultset_head(ExecutionStateType &) {}
  void ping();
  void reset_connection();
  void close();
  void quit();
  template <class CompletionToken = asio::default_completion_token_t<executor_type>>
  auto async_quit(CompletionToken &&token = {}) {
    return detail::async_run<void(error_code)>(std::forward<CompletionToken>(token));
  }
};
using tcp_connection = connection<boost::asio::ip::tcp::socket>;

class pooled_connection {
public:
  pooled_connection() noexcept = default;
  pooled_connection(pooled_connection &&other) noexcept = default;
  bool valid() const noexcept;
  any_connection &get() noexcept;
  any_connection *operator->() noexcept { return &get(); }
  void return_without_reset() noexcept;
};
class connection_pool {
public:
  connection_pool(asio::any_io_executor ex, pool_params params);
  template <class ExecutionContext, class = decltype(std::declval<ExecutionContext &>().get_executor())>
  connection_pool(ExecutionContext &ctx, pool_params params)
      : connection_pool(ctx.get_executor(), std::move(params)) {}
  using executor_type = asio::any_io_executor;
  executor_type get_executor() noexcept;
  template <class CompletionToken = with_diagnostics_t<asio::deferred_t>>
  auto async_run(CompletionToken &&token = {}) {
    return detail::async_run<void(error_code)>(std::forward<CompletionToken>(token));
  }
  template <class CompletionToken = with_diagnostics_t<asio::deferred_t>>
  auto async_get_connection(CompletionToken &&token = {}) {
    return detail::async_run<void(error_code, pooled_connection)>(std::forward<CompletionToken>(token));
  }
  void cancel();
};

} // namespace mysql
} // namespace boost

// ---- awaited -----------------------------------------------------------------------------------

namespace asio = boost::asio;
namespace mysql = boost::mysql;

asio::awaitable<void> queries(mysql::any_connection connection, mysql::connect_params params,
                              mysql::pipeline_request pipeline) {
  mysql::diagnostics diagnostics;
  mysql::results result;
  mysql::execution_state state;
  std::vector<mysql::stage_response> responses;
  co_await connection.async_connect(params, diagnostics);
  co_await connection.async_connect(params);
  co_await connection.async_execute("SELECT 1", result);
  co_await connection.async_execute("SELECT 1", result, asio::use_awaitable);
  co_await connection.async_execute("SELECT 1", result, mysql::with_diagnostics(asio::use_awaitable));
  co_await connection.async_start_execution("SELECT 1", state);
  co_await connection.async_read_some_rows(state);
  co_await connection.async_read_resultset_head(state);
  mysql::statement statement = co_await connection.async_prepare_statement("SELECT ?");
  co_await connection.async_execute(statement.bind(1), result);
  co_await connection.async_close_statement(statement);
  co_await connection.async_set_character_set({});
  co_await connection.async_run_pipeline(pipeline, responses);
  co_await connection.async_ping();
  co_await connection.async_reset_connection();
  co_await connection.async_close();
  connection.uses_ssl();
  connection.get_executor();
  result.has_value();
  state.complete();
}

asio::awaitable<void> overTcp(mysql::tcp_connection connection, asio::ip::tcp::endpoint endpoint) {
  mysql::results result;
  co_await connection.async_connect(endpoint, mysql::handshake_params(), asio::use_awaitable);
  co_await connection.async_handshake(mysql::handshake_params(), asio::use_awaitable);
  co_await connection.async_execute("SELECT 1", result, asio::use_awaitable);
  co_await connection.async_quit(asio::use_awaitable);
}

asio::awaitable<void> pooled(mysql::connection_pool &pool) {
  mysql::results result;
  mysql::pooled_connection connection = co_await pool.async_get_connection();
  co_await connection->async_execute("SELECT 1", result);
  connection.return_without_reset();
  pool.cancel();
}

// ---- blocks ------------------------------------------------------------------------------------

asio::awaitable<void> waitsForServer(mysql::any_connection connection, mysql::connect_params params,
                                     mysql::pipeline_request pipeline) {
  mysql::error_code error;
  mysql::diagnostics diagnostics;
  mysql::results result;
  mysql::execution_state state;
  std::vector<mysql::stage_response> responses;
  connection.connect(params);                           // WARN: 'boost::mysql::any_connection::connect' blocks the event loop in coroutine 'waitsForServer' (database)
  connection.connect(params, error, diagnostics);       // WARN: 'boost::mysql::any_connection::connect' blocks
  connection.execute("SELECT 1", result);               // WARN: 'boost::mysql::any_connection::execute' blocks
  connection.execute("SELECT 1", result, error, diagnostics); // WARN: 'boost::mysql::any_connection::execute' blocks
  connection.start_execution("SELECT 1", state);        // WARN: 'boost::mysql::any_connection::start_execution' blocks
  connection.read_some_rows(state);                     // WARN: 'boost::mysql::any_connection::read_some_rows' blocks
  connection.read_resultset_head(state);                // WARN: 'boost::mysql::any_connection::read_resultset_head' blocks
  auto statement = connection.prepare_statement("?");   // WARN: 'boost::mysql::any_connection::prepare_statement' blocks
  connection.close_statement(statement);                // WARN: 'boost::mysql::any_connection::close_statement' blocks
  connection.set_character_set({});                     // WARN: 'boost::mysql::any_connection::set_character_set' blocks
  connection.run_pipeline(pipeline, responses);         // WARN: 'boost::mysql::any_connection::run_pipeline' blocks
  connection.ping();                                    // WARN: 'boost::mysql::any_connection::ping' blocks
  connection.ping(error, diagnostics);                  // WARN: 'boost::mysql::any_connection::ping' blocks
  connection.reset_connection();                        // WARN: 'boost::mysql::any_connection::reset_connection' blocks
  connection.close();                                   // WARN: 'boost::mysql::any_connection::close' blocks
  co_return;
}

ASYNC_TIDY_RUNS_ON_LOOP void waitsOverTcp(mysql::tcp_connection &connection, asio::ip::tcp::endpoint endpoint) {
  mysql::results result;
  mysql::execution_state state;
  connection.connect(endpoint, mysql::handshake_params()); // WARN: 'boost::mysql::connection::connect' blocks the event loop in 'waitsOverTcp' (database)
  connection.handshake(mysql::handshake_params());      // WARN: 'boost::mysql::connection::handshake' blocks
  connection.execute("SELECT 1", result);               // WARN: 'boost::mysql::connection::execute' blocks
  connection.start_execution("SELECT 1", state);        // WARN: 'boost::mysql::connection::start_execution' blocks
  connection.read_some_rows(state);                     // WARN: 'boost::mysql::connection::read_some_rows' blocks
  connection.read_resultset_head(state);                // WARN: 'boost::mysql::connection::read_resultset_head' blocks
  auto statement = connection.prepare_statement("?");   // WARN: 'boost::mysql::connection::prepare_statement' blocks
  connection.close_statement(statement);                // WARN: 'boost::mysql::connection::close_statement' blocks
  connection.ping();                                    // WARN: 'boost::mysql::connection::ping' blocks
  connection.reset_connection();                        // WARN: 'boost::mysql::connection::reset_connection' blocks
  connection.quit();                                    // WARN: 'boost::mysql::connection::quit' blocks
  connection.close();                                   // WARN: 'boost::mysql::connection::close' blocks
}

asio::awaitable<void> waitsOnPooled(mysql::connection_pool &pool) {
  mysql::results result;
  auto connection = co_await pool.async_get_connection(asio::use_awaitable);
  connection->execute("SELECT 1", result);              // WARN: 'boost::mysql::any_connection::execute' blocks
  connection.get().ping();                              // WARN: 'boost::mysql::any_connection::ping' blocks
  auto future = pool.async_get_connection(asio::use_future);
  future.get();                                         // WARN: 'std::future::get' blocks
}

// ---- handlers ----------------------------------------------------------------------------------

void onTheLoop(asio::io_context &loop) {
  mysql::any_connection connection(loop);
  connection.async_ping([](mysql::error_code) { ::fsync(1); }); // WARN: 'fsync' blocks the event loop in a lambda (disk)
}
void onThePool(asio::thread_pool &threads) {
  mysql::any_connection connection(threads);
  connection.async_ping([](mysql::error_code) { ::fsync(1); });
}

// ---- the user's own ----------------------------------------------------------------------------

namespace own {
struct any_connection {
  void execute(const char *, mysql::results &);
  void ping();
};
namespace mysql {
struct connection {
  void connect();
  void close();
};
} // namespace mysql
} // namespace own

asio::awaitable<void> ownNames(own::any_connection connection, own::mysql::connection other) {
  mysql::results result;
  connection.execute("SELECT 1", result);
  connection.ping();
  other.connect();
  other.close();
  co_return;
}
