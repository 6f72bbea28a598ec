// What a container keeps is the container's, whichever element it is.
// RUN: %check %s async-loop-bound-capture -- -pthread
#include <array>
#include <boost/asio.hpp>
#include <map>
#include <memory>
#include <optional>
#include <thread>
#include <unordered_map>
#include <vector>

namespace asio = boost::asio;
using asio::ip::tcp;

struct Session {
  explicit Session(tcp::socket peer) : peer(std::move(peer)) {}
  void stop() { peer.close(); } // WARN: uses 'Session::peer' on another thread
  asio::awaitable<void> serve() {
    char byte;
    co_await peer.async_read_some(asio::buffer(&byte, 1), asio::use_awaitable);
  }
  tcp::socket peer;
};

class Server {
public:
  void stop() {
    std::thread([this] {
      for (auto &socket : plain)
        socket.close(); // WARN: 'boost::asio::basic_socket::close' uses 'Server::plain' on another thread, while the event loop uses it
      for (auto &[id, socket] : byId)
        socket.close(); // WARN: uses 'Server::byId' on another thread
      if (auto at = byName.find("x"); at != byName.end())
        at->second->cancel(); // WARN: uses 'Server::byName' on another thread
      shared.front()->cancel(); // WARN: uses 'Server::shared' on another thread
      two[1]->cancel();         // WARN: uses 'Server::two' on another thread
      maybe->cancel();          // WARN: uses 'Server::maybe' on another thread
      for (const auto &session : sessions)
        session->stop();
    }).detach();
  }

  asio::awaitable<void> serve() {
    char byte;
    co_await plain[0].async_read_some(asio::buffer(&byte, 1), asio::use_awaitable);
    co_await byId.at(1).async_read_some(asio::buffer(&byte, 1), asio::use_awaitable);
    for (auto &[name, timer] : byName)
      co_await timer->async_wait(asio::use_awaitable);
    for (auto &timer : shared)
      co_await timer->async_wait(asio::use_awaitable);
    co_await two[0]->async_wait(asio::use_awaitable);
    co_await maybe->async_wait(asio::use_awaitable);
    for (auto &session : sessions)
      co_await session->serve();
    quiet[0]->cancel();
  }

  // Nobody else has what was taken out, or was made here.
  void takes() {
    std::thread([timer = std::move(quiet.back())] { timer->cancel(); }).detach();
    std::thread([] {
      asio::io_context own;
      std::vector<asio::steady_timer> timers;
      timers.emplace_back(own);
      for (auto &timer : timers)
        timer.cancel();
    }).detach();
  }

private:
  std::vector<tcp::socket> plain;
  std::map<int, tcp::socket> byId;
  std::unordered_map<std::string, std::shared_ptr<asio::steady_timer>> byName;
  std::vector<std::shared_ptr<asio::steady_timer>> shared;
  std::array<std::unique_ptr<asio::steady_timer>, 2> two;
  std::optional<asio::steady_timer> maybe;
  std::vector<std::shared_ptr<Session>> sessions;
  std::vector<std::unique_ptr<asio::steady_timer>> quiet;
};

asio::awaitable<void> inAParameter(std::vector<tcp::socket> sockets) {
  char data[64];
  std::jthread worker([&] { sockets[0].close(); }); // WARN: 'boost::asio::basic_socket::close' uses 'sockets' on another thread
  co_await asio::async_read(sockets[0], asio::buffer(data), asio::use_awaitable);
}

// A pair of two is not one.
asio::awaitable<void> two(asio::io_context &io) {
  std::pair<asio::steady_timer, asio::steady_timer> timers(io, io);
  std::jthread worker([&] { timers.first.cancel(); });
  co_await timers.second.async_wait(asio::use_awaitable);
}
