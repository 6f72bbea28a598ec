// Boost.Thread: what is given to it runs on other threads.
// REQUIRES: common-tests, pack-boost.thread
// RUN: %check %s async-loop-bound-capture --only command -- -pthread -DBOOST_THREAD_VERSION=4
#include <boost/asio.hpp>
#include <boost/thread.hpp>
#include <boost/thread/future.hpp>
#include <boost/thread/scoped_thread.hpp>

namespace asio = boost::asio;

asio::awaitable<void> serve(boost::thread_group &group, boost::mutex &mutex) {
  asio::steady_timer timer(co_await asio::this_coro::executor);
  boost::thread([&timer] { timer.cancel(); }).detach();   // WARN: 'timer' on another thread
  boost::scoped_thread<boost::detach> scoped([&timer] { timer.cancel(); }); // WARN: 'timer' on another thread
  group.create_thread([&timer] { timer.cancel(); });      // WARN: 'timer' on another thread
  boost::async([&timer] { timer.cancel(); });             // WARN: 'timer' on another thread
  boost::async(boost::launch::deferred, [&timer] { timer.cancel(); });
  boost::thread([&mutex] { mutex.lock(); }).detach();
  co_await timer.async_wait(asio::use_awaitable);
}
