// Boost.Process: what waits for a process, and what does not.
// REQUIRES: common-tests, pack-boost.process
// RUN: %check %s async-blocking-call --only command --command-option=--uncertain -- -pthread
#include <boost/asio.hpp>
#include <boost/process.hpp>
#include <boost/process/v2.hpp>
#include <string>
#include <utility>
#include <vector>

namespace asio = boost::asio;
namespace process = boost::process;
namespace v2 = boost::process::v2;

struct Own { // names like those of a child
  void wait() {}
  bool running() { return false; }
};
namespace mine {
int system(const char *) { return 0; }
} // namespace mine

asio::awaitable<void> first(asio::io_context &loop, process::child &child, process::group &group, Own own) {
  std::error_code error;
  child.wait();                                      // WARN: 'boost::process::child::wait' blocks the event loop in coroutine 'first' (process)
  child.wait(error);                                 // WARN: 'boost::process::child::wait' blocks
  child.wait_for(std::chrono::seconds(1));           // WARN: 'boost::process::child::wait_for' blocks
  child.wait_for(std::chrono::seconds(0));
  child.wait_until(std::chrono::steady_clock::now()); // WARN: 'boost::process::child::wait_until' blocks
  group.wait();                                      // WARN: 'boost::process::group::wait' blocks
  group.wait_for(std::chrono::seconds(1));           // WARN: 'boost::process::group::wait_for' blocks
  group.wait_for(std::chrono::seconds(0), error);
  process::system("true");                           // WARN: 'boost::process::system' blocks
  process::spawn("true");                            // WARN: 'boost::process::spawn' may block
  process::async_system(loop, [](auto, int) {}, "true");
  child.running();
  child.terminate();
  process::child killed("sleep 100");                // WARN: 'boost::process::child::~child' may block
  process::child detached("sleep 100");
  detached.detach();
  process::child given("sleep 100");
  process::child kept(std::move(given));
  kept.detach();
  process::child waited("true");
  waited.wait();                                     // WARN: 'boost::process::child::wait' blocks
  process::ipstream stream;
  stream.open("pipe");                               // WARN: 'boost::process::basic_ipstream::open' blocks
  process::pipebuf buffer;
  own.wait();
  own.running();
  mine::system("true");
  co_return;
}

asio::awaitable<void> second(asio::any_io_executor executor) {
  v2::process program(executor, "/bin/true", std::vector<std::string>{});    // WARN: basic_process::basic_process' may block
  program.wait();                                    // WARN: basic_process::wait' blocks
  program.running();
  program.interrupt();
  program.terminate();
  co_await program.async_wait(asio::use_awaitable);
  v2::process moved(std::move(program));
  v2::execute(std::move(moved));                     // WARN: execute' blocks
  char data[64];
  v2::popen both(executor, "/bin/cat", std::vector<std::string>{});
  both.read_some(asio::buffer(data));                // WARN: basic_popen::read_some' blocks
  both.write_some(asio::buffer(data));               // WARN: basic_popen::write_some' blocks
  co_await both.async_read_some(asio::buffer(data), asio::use_awaitable);
}
