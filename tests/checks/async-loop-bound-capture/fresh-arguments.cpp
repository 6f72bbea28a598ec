// What a coroutine is given that nobody else has, it may still share with a thread.
// RUN: %check %s async-loop-bound-capture --only command -- -pthread
#include <boost/asio.hpp>
#include <memory>
#include <thread>
namespace asio = boost::asio;
using asio::ip::tcp;

asio::awaitable<void> shared(std::shared_ptr<tcp::socket> a) {
  std::thread([a] { a->close(); }).detach(); // WARN: 'a'
  co_await a->async_wait(tcp::socket::wait_read, asio::use_awaitable);
}
asio::awaitable<void> owned(std::unique_ptr<tcp::socket> b) {
  std::jthread worker([&b] { b->close(); }); // WARN: 'b'
  co_await b->async_wait(tcp::socket::wait_read, asio::use_awaitable);
}
asio::awaitable<void> value(tcp::socket c) {
  std::jthread worker([&c] { c.close(); }); // WARN: 'c'
  co_await c.async_wait(tcp::socket::wait_read, asio::use_awaitable);
}
asio::awaitable<void> moved(tcp::socket d) {
  std::jthread worker([&d] { d.close(); }); // WARN: 'd'
  co_await d.async_wait(tcp::socket::wait_read, asio::use_awaitable);
}
asio::awaitable<void> result(tcp::socket *f) {
  std::thread([f] { f->close(); }).detach(); // WARN: 'f'
  co_await f->async_wait(tcp::socket::wait_read, asio::use_awaitable);
}
asio::awaitable<void> variable(std::shared_ptr<tcp::socket> e) {
  std::thread([e] { e->close(); }).detach(); // WARN: 'e'
  co_await e->async_wait(tcp::socket::wait_read, asio::use_awaitable);
}
asio::awaitable<void> accepting(tcp::acceptor acceptor) {
  for (;;)
    asio::co_spawn(acceptor.get_executor(), moved(co_await acceptor.async_accept(asio::use_awaitable)), asio::detached);
}
tcp::socket *unknown();
int main() {
  asio::io_context loop;
  asio::co_spawn(loop, shared(std::make_shared<tcp::socket>(loop)), asio::detached);
  asio::co_spawn(loop, owned(std::make_unique<tcp::socket>(loop)), asio::detached);
  asio::co_spawn(loop, value(tcp::socket(loop)), asio::detached);
  tcp::socket d(loop);
  asio::co_spawn(loop, moved(std::move(d)), asio::detached);
  auto e = std::make_shared<tcp::socket>(loop);
  asio::co_spawn(loop, variable(e), asio::detached);
  asio::co_spawn(loop, accepting(tcp::acceptor(loop)), asio::detached);
  asio::co_spawn(loop, result(unknown()), asio::detached);
  loop.run();
}
