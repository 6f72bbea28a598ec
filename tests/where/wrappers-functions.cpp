// Free functions that pass a callable on to a pool or to a loop: what ends on a loop is reported, at any depth.
// RUN: %check %s async-blocking-call -- -pthread
#include <boost/asio.hpp>
#include <functional>
#include <unistd.h>

namespace asio = boost::asio;
using asio::ip::tcp;

asio::thread_pool pool(4);

void renderThumbnail(int file) { ::fsync(file); }

// Always the pool.
template <class F> void inPool(F f) { asio::post(pool, std::move(f)); }
template <class F> void inPoolForwarded(F &&f) { asio::post(pool, std::forward<F>(f)); }
void inPoolErased(std::function<void()> f) { asio::post(pool, std::move(f)); }
void inPoolConst(const std::function<void()> &f) { asio::dispatch(pool.get_executor(), f); }
void inPoolPointer(void (*f)()) { asio::post(pool, f); }
void inPoolWrapped(std::function<void()> f) {
  asio::post(pool, [f = std::move(f)] { f(); });
}

// Wherever the caller says.
template <class Executor, class F> void runOn(Executor where, F f) { asio::post(where, std::move(f)); }
template <class F> void runOnErased(asio::any_io_executor where, F f) { asio::post(where, std::move(f)); }
void runPlain(asio::any_io_executor where, std::function<void()> f) { asio::post(where, std::move(f)); }
void runPlainLogged(const asio::any_io_executor &where, std::function<void()> f) { runPlain(where, [f] { f(); }); }

// Two and three levels.
template <class F> void inBackground(F f) { inPool(std::move(f)); }
template <class F> void whenIdle(F f) { inBackground([f = std::move(f)]() mutable { f(); }); }
void eventually(asio::any_io_executor where, std::function<void()> f) { runPlainLogged(where, std::move(f)); }
template <class F> void sooner(asio::any_io_executor where, F f) { eventually(where, std::function<void()>(f)); }

// No executor at all.
template <class F> void measured(F f) { f(); }
void measuredErased(const std::function<void()> &f) { f(); }
template <class F> void measuredTwice(F &&f) { measured([&f] { measuredErased(f); }); }

void refreshIndex() { ::fsync(5); }
void refreshCatalogue() {
  ::fsync(6); // WARN: 'fsync' blocks the event loop
}

asio::awaitable<void> uploadOffLoaded(tcp::socket client) {
  inPool([] { renderThumbnail(1); });
  inPoolForwarded([] { renderThumbnail(2); });
  inPoolErased([] { renderThumbnail(3); });
  inPoolConst([] { renderThumbnail(4); });
  inPoolPointer([] { renderThumbnail(5); });
  inPoolPointer(refreshIndex);
  inPoolWrapped([] { renderThumbnail(6); });
  inBackground([] { renderThumbnail(7); });
  whenIdle([] { renderThumbnail(8); });
  runOn(pool.get_executor(), [] { renderThumbnail(9); });
  runPlain(pool.get_executor(), refreshIndex);
  eventually(pool.get_executor(), [] { renderThumbnail(10); });
  sooner(pool.get_executor(), [] { renderThumbnail(11); });
  co_return;
}

asio::awaitable<void> upload(tcp::socket client) {
  runOn(client.get_executor(), [] {
    renderThumbnail(1); // WARN: 'renderThumbnail' blocks the event loop in a lambda
  });
  runPlain(client.get_executor(), [] {
    renderThumbnail(2); // WARN: 'renderThumbnail' blocks the event loop in a lambda
  });
  runPlain(client.get_executor(), refreshCatalogue);
  eventually(client.get_executor(), [] {
    renderThumbnail(3); // WARN: 'renderThumbnail' blocks the event loop
  });
  sooner(client.get_executor(), [] {
    renderThumbnail(4); // WARN: 'renderThumbnail' blocks the event loop
  });
  measured([] { renderThumbnail(5); });       // WARN: 'measured' blocks the event loop in coroutine 'upload'
  measuredErased([] { renderThumbnail(6); }); // WARN: 'measuredErased' blocks the event loop in coroutine 'upload'
  measuredTwice([] { renderThumbnail(7); });  // WARN: 'measuredTwice' blocks the event loop in coroutine 'upload'
  measured([] { inPool([] { renderThumbnail(8); }); });
  inPool([] { measuredTwice([] { renderThumbnail(9); }); });
  co_return;
}

asio::awaitable<void> uploadToBoth(tcp::socket client) {
  runOn(pool.get_executor(), [] { renderThumbnail(1); });
  runOn(client.get_executor(), [] {
    renderThumbnail(2); // WARN: 'renderThumbnail' blocks the event loop in a lambda
  });
  runOnErased(pool.get_executor(), [] { renderThumbnail(3); });
  runOnErased(client.get_executor(), [] {
    renderThumbnail(4); // WARN: 'renderThumbnail' blocks the event loop in a lambda
  });
  runPlain(pool.get_executor(), [] { renderThumbnail(5); });
  runPlain(client.get_executor(), [] {
    renderThumbnail(6); // WARN: 'renderThumbnail' blocks the event loop in a lambda
  });
  auto render = [] {
    renderThumbnail(7); // WARN: 'renderThumbnail' blocks the event loop in a lambda
  };
  runPlain(pool.get_executor(), render);
  runPlain(client.get_executor(), render);
  co_return;
}
