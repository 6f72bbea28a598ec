// What is missed today, so that closing a gap is seen. Each loop could run its awaits together.
// RUN: %check %s async-sequential-await -- -pthread
#include "Inputs/while.h"
#include <boost/asio/ssl.hpp>
#include <ranges>
#include <string>
#include <vector>

namespace asio = boost::asio;
using asio::awaitable;
using asio::use_awaitable;

awaitable<int> load(int id) { co_await aWhile(); co_return id; }
awaitable<void> download(std::string url, std::string file);

awaitable<int> views(std::vector<int> ids, int count) {
  int total = 0;
  for (int id : ids | std::views::filter([](int id) { return id > 3; }))
    total += co_await load(id);
  for (int id : std::views::iota(0, count))
    total += co_await load(id);
  for (auto id = ids.begin(); id != ids.end(); ++id)
    total += co_await load(*id);
  int i = 0;
  while (i < count)
    total += co_await load(i++);
  co_return total;
}

awaitable<void> withoutResult(std::vector<std::string> urls) {
  for (const std::string &url : urls)
    co_await download(url, url + ".html");
}

awaitable<std::string> get(asio::ssl::context &context, std::string host) {
  asio::ssl::stream<asio::ip::tcp::socket> stream(co_await asio::this_coro::executor, context);
  co_await stream.async_handshake(asio::ssl::stream_base::client, use_awaitable);
  co_return host;
}
awaitable<std::string> secure(std::vector<std::string> hosts, asio::ssl::context &context) {
  std::string all;
  for (const std::string &host : hosts)
    all += co_await get(context, host);
  co_return all;
}

struct Report {
  std::vector<int> results;
  awaitable<void> fill(std::vector<int> ids) {
    for (int id : ids)
      results.push_back(co_await load(id));
  }
};

awaitable<int> assigned(int id) {
  int a, b;
  a = co_await load(id);
  b = co_await load(id + 1);
  co_return a + b;
}
