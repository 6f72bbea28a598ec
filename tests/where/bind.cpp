// std::bind and its relatives: the bound function runs where the result is called.
// RUN: %check %s async-blocking-call -- -pthread
#include <boost/asio.hpp>
#include <functional>
#include <memory>
#include <thread>
#include <unistd.h>

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;
using std::placeholders::_1;
using std::placeholders::_2;

asio::thread_pool pool(2);

void writeBack(int page) { ::fsync(page); }
void writeForLoop(int page) {
  ::fsync(page); // WARN: 'fsync' blocks the event loop in 'writeForLoop'
}
void logBytes(error_code, std::size_t) {}
void applyStep(const std::function<void(int)> &step, int page) { step(page); }

class Session : public std::enable_shared_from_this<Session> {
public:
  explicit Session(tcp::socket peer) : peer(std::move(peer)), timer(this->peer.get_executor()) {}

  void start() {
    peer.async_read_some(asio::buffer(block), std::bind(&Session::onRead, shared_from_this(), _1, _2));
    timer.async_wait(std::bind(&Session::onTimeout, this, _1));
    asio::post(pool, std::bind(&Session::archive, this, 1));
    asio::post(peer.get_executor(), std::bind_front(&Session::onPosted, this));
    peer.async_wait(tcp::socket::wait_write, std::bind(logBytes, _1, 0));
  }

private:
  void onRead(error_code, std::size_t bytes) {
    writeBack(int(bytes)); // WARN: 'writeBack' blocks the event loop in 'Session::onRead'
  }
  void onTimeout(error_code) {
    ::sleep(1); // WARN: 'sleep' blocks the event loop in 'Session::onTimeout'
  }
  void onPosted() {
    writeBack(3); // WARN: 'writeBack' blocks the event loop in 'Session::onPosted'
  }
  void archive(int page) { writeBack(page); }

  tcp::socket peer;
  asio::steady_timer timer;
  char block[512];
};

struct Cache {
  void evict() { writeBack(9); }
  void touch() {}
  int dirty = 0;
};

template <class F> void callNow(F &&f) { f(); }
template <class F> void inPool(F &&f) { asio::post(pool, std::forward<F>(f)); }

asio::awaitable<void> serve(tcp::socket client, Cache &cache, Cache *shared) {
  auto evict = std::bind(&Cache::evict, &cache);
  evict();                                    // WARN: blocks the event loop in coroutine 'serve'
  std::bind(writeBack, 1)();                  // WARN: blocks the event loop in coroutine 'serve'
  auto page = std::bind(writeBack, _1);
  page(2);                                    // WARN: blocks the event loop in coroutine 'serve'
  auto front = std::bind_front(&Cache::evict, &cache);
  front();                                    // WARN: blocks the event loop in coroutine 'serve'
  auto member = std::mem_fn(&Cache::evict);
  member(cache);                              // WARN: blocks the event loop in coroutine 'serve'
  auto touch = std::mem_fn(&Cache::touch);
  touch(shared);
  std::function<void()> erased = std::bind(&Cache::evict, std::ref(cache));
  erased();                                   // WARN: blocks the event loop in coroutine 'serve'
  callNow(std::bind(&Cache::evict, shared));  // WARN: 'callNow' blocks the event loop in coroutine 'serve'
  callNow(std::bind(&Cache::touch, shared));
  applyStep(std::bind(writeBack, _1), 4);         // WARN: 'applyStep' blocks the event loop in coroutine 'serve'
  std::bind([](int file) { ::fsync(file); }, 5)(); // WARN: blocks the event loop in coroutine 'serve'
  std::bind(applyStep, [](int file) { ::fsync(file); }, 6)(); // WARN: blocks the event loop in coroutine 'serve'
  std::invoke(&Cache::evict, cache);          // WARN: blocks the event loop in coroutine 'serve'

  asio::post(pool, std::bind(writeBack, 7));
  asio::post(pool, std::bind(&Cache::evict, shared));
  asio::post(pool, std::bind_front(writeBack, 8));
  asio::post(pool, front);
  inPool(std::bind(&Cache::evict, shared));
  inPool(std::bind(applyStep, [](int file) { ::fsync(file); }, 9));
  std::thread(std::bind(writeBack, 10)).detach();
  asio::post(client.get_executor(), std::bind(writeForLoop, 11));
  auto unused = std::bind(writeBack, 12);
  (void)unused;
  co_return;
}

int main() {
  asio::io_context loop;
  tcp::acceptor acceptor(loop, {tcp::v4(), 8080});
  acceptor.async_accept([](error_code, tcp::socket peer) { std::make_shared<Session>(std::move(peer))->start(); });
  loop.run();
}
