// Something to wait for: of coroutines that wait for nothing, none is faster when several run.
#pragma once
#include <boost/asio.hpp>

inline boost::asio::awaitable<void> aWhile() {
  boost::asio::steady_timer timer(co_await boost::asio::this_coro::executor, std::chrono::seconds(1));
  co_await timer.async_wait(boost::asio::use_awaitable);
}
