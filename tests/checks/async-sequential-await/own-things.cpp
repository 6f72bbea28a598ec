// Sockets and other things that each time round, or what it awaits, has for itself.
// RUN: %check %s async-sequential-await -- -pthread
#include <boost/asio.hpp>
#include <string>
#include <vector>

namespace asio = boost::asio;
using asio::awaitable;
using asio::use_awaitable;
using asio::ip::tcp;

awaitable<std::string> fetch(std::string host, std::string path) {
  auto executor = co_await asio::this_coro::executor;
  tcp::resolver resolver(executor);
  auto endpoints = co_await resolver.async_resolve(host, "http", use_awaitable);
  tcp::socket socket(executor);
  co_await asio::async_connect(socket, endpoints, use_awaitable);
  std::string request = "GET " + path + " HTTP/1.0\r\n\r\n";
  co_await asio::async_write(socket, asio::buffer(request), use_awaitable);
  std::string reply;
  boost::system::error_code error;
  co_await asio::async_read(socket, asio::dynamic_buffer(reply), asio::redirect_error(use_awaitable, error));
  socket.close();
  co_return reply;
}

awaitable<std::vector<std::string>> all(std::vector<std::string> hosts) {
  std::vector<std::string> pages;
  for (const auto &host : hosts)
    pages.push_back(co_await fetch(host, "/")); // WARN: one 'fetch' after the other
  co_return pages;
}

class Client {
public:
  explicit Client(asio::any_io_executor executor) : socket(executor) {}
  awaitable<void> connect(tcp::endpoint to) { co_await socket.async_connect(to, use_awaitable); }
  awaitable<std::string> get(std::string path) {
    std::string text = path;
    co_await asio::async_write(socket, asio::buffer(text), use_awaitable);
    co_return text;
  }

private:
  tcp::socket socket;
};

awaitable<std::vector<std::string>> clients(std::vector<tcp::endpoint> servers) {
  auto executor = co_await asio::this_coro::executor;
  std::vector<std::string> pages;
  for (const tcp::endpoint &server : servers) {
    Client client(executor);
    co_await client.connect(server);
    pages.push_back(co_await client.get("/")); // WARN: one 'Client::get' after the other
  }
  Client one(executor);
  for (const char *path : {"/", "/a"})
    pages.push_back(co_await one.get(path)); // one connection is serial
  co_return pages;
}

awaitable<size_t> resolved(std::vector<std::string> hosts, asio::any_io_executor executor) {
  size_t count = 0;
  for (const std::string &host : hosts) {
    tcp::resolver resolver(executor);
    auto found = co_await resolver.async_resolve(host, "http", use_awaitable); // WARN: after the other
    count += found.size();
  }
  tcp::resolver one(executor);
  for (const std::string &host : hosts)
    count += (co_await one.async_resolve(host, "http", use_awaitable)).size();
  co_return count;
}
