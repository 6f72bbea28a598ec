// Libraries whose versions add namespaces, inline ones and others: the names are the same.
// REQUIRES: common-tests
// RUN: %check %s async-blocking-call --only command --command-option=--uncertain -- -I%source_root/checker/include
// RUN: %check %s async-blocking-call --only command --command-option=--uncertain -- -I%source_root/checker/include -DBOOST_PROCESS_V1_INLINE
#include <async_tidy/annotations.h>
#include <chrono>

// ---- Asio with ASIO_ENABLE_VERSION_NAMESPACE ---------------------------------------------------

namespace asio {
inline namespace v_1_38 {
class io_context {
public:
  unsigned run();
  unsigned poll();
};
template <typename Clock> class basic_waitable_timer {
public:
  void wait();
  template <typename Token> void async_wait(Token &&) {}
};
typedef basic_waitable_timer<std::chrono::steady_clock> steady_timer;
} // namespace v_1_38
} // namespace asio

// ---- Boost.Process from 1.86 on, with BOOST_PROCESS_V1_INLINE and without ----------------------

namespace boost::process {
#ifdef BOOST_PROCESS_V1_INLINE
inline
#endif
    namespace v1 {
class child {
public:
  void wait();
  bool running();
};
int system(const char *);
} // namespace v1
inline namespace v2 {
template <typename Executor> struct basic_process {
  int wait();
  bool running();
};
} // namespace v2
} // namespace boost::process

// ---- mongocxx: no inline namespace, but using-declarations -------------------------------------

namespace mongocxx {
namespace v_noabi {
class client {
public:
  int list_databases() const;
};
} // namespace v_noabi
using v_noabi::client;
} // namespace mongocxx

ASYNC_TIDY_RUNS_ON_LOOP void versions(asio::io_context &loop, asio::steady_timer &timer,
                                      boost::process::v1::child &child,
                                      boost::process::basic_process<int> &process,
                                      mongocxx::client &client) {
  loop.run();                        // WARN: 'asio::io_context::run' blocks
  loop.poll();
  timer.wait();                      // WARN: 'asio::basic_waitable_timer::wait' blocks the event loop in 'versions' (sleep)
  timer.async_wait([] {});
  child.wait();                      // WARN: child::wait' blocks the event loop in 'versions' (process)
  child.running();
  boost::process::v1::system("ls");  // WARN: system' blocks
  process.wait();                    // WARN: basic_process::wait' blocks
  process.running();
  client.list_databases();           // WARN: client::list_databases' blocks the event loop in 'versions' (database)
}

// ---- the user's own ----------------------------------------------------------------------------

namespace own {
inline namespace v1 {
struct child {
  void wait();
};
} // namespace v1
namespace asio {
struct steady_timer {
  void wait();
};
} // namespace asio
} // namespace own

ASYNC_TIDY_RUNS_ON_LOOP void ownNames(own::child &child, own::asio::steady_timer &timer) {
  child.wait();
  timer.wait();
}
