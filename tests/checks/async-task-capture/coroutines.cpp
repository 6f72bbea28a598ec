// Parameters of coroutines that are spawned: references, pointers, the object.
// RUN: %check %s async-task-capture -- -pthread
#include <boost/asio.hpp>
#include <memory>
#include <string>
#include <string_view>

namespace asio = boost::asio;
using asio::ip::tcp;

struct Config {
  int port = 0;
};

asio::awaitable<void> byReference(const Config &config) { co_return; }
asio::awaitable<void> byRvalue(tcp::socket &&socket) { co_return; }
asio::awaitable<void> byPointer(Config *config) { co_return; }
asio::awaitable<void> byValue(Config config, std::string text) { co_return; }
asio::awaitable<void> text(const std::string &text) { co_return; }

struct Session {
  tcp::socket socket;
  asio::awaitable<void> run() { co_return; }
};

void spawnsOnLocals(asio::io_context &io, tcp::socket socket) {
  Config config;
  asio::co_spawn(io, byReference(config), asio::detached); // WARN: coroutine 'byReference' gets a reference to 'config', and may run after that is gone // NOTE: 'boost::asio::co_spawn' spawns it here on 'io', to run later // NOTE: instead: let the coroutine take this parameter by value
  asio::co_spawn(io, byPointer(&config), asio::detached); // WARN: coroutine 'byPointer' gets a reference to 'config'
  asio::co_spawn(io, byRvalue(std::move(socket)), asio::detached); // WARN: coroutine 'byRvalue' gets a reference to 'socket'
}

void temporaries(asio::io_context &io) {
  asio::co_spawn(io, text("text"), asio::detached); // WARN: coroutine 'text' gets a reference to a temporary, and may run after that is gone // NOTE: it dies at the end of this statement
  asio::co_spawn(io, byReference(Config{80}), asio::detached); // WARN: coroutine 'byReference' gets a reference to a temporary
  io.run();
}

void objects(asio::io_context &io, tcp::socket socket) {
  Session session{std::move(socket)};
  asio::co_spawn(io, session.run(), asio::detached); // WARN: coroutine 'Session::run' is called on 'session', and may run after that is gone // NOTE: instead: keep the object alive as long as the coroutine runs
}

void temporaryObjects(asio::io_context &io, tcp::socket socket) {
  asio::co_spawn(io, Session{std::move(socket)}.run(), asio::detached); // WARN: coroutine 'Session::run' is called on a temporary
  io.run();
}

asio::awaitable<void> inALoop(tcp::acceptor acceptor) {
  for (;;) {
    tcp::socket socket = co_await acceptor.async_accept(asio::use_awaitable);
    asio::co_spawn(acceptor.get_executor(), byRvalue(std::move(socket)), asio::detached); // WARN: coroutine 'byRvalue' gets a reference to 'socket'
  }
}

asio::awaitable<void> onItsOwnExecutor() {
  Config config;
  asio::co_spawn(co_await asio::this_coro::executor, byReference(config), asio::detached); // WARN: coroutine 'byReference' gets a reference to 'config'
}

// ---- right

void values(asio::io_context &io) {
  Config config;
  asio::co_spawn(io, byValue(config, "text"), asio::detached);
}

void runs(asio::io_context &io) {
  Config config;
  asio::co_spawn(io, byReference(config), asio::detached);
  io.run();
}

asio::awaitable<void> awaits(asio::thread_pool &pool) {
  Config config;
  co_await byReference(config);
  co_await text("text");
  co_await asio::co_spawn(pool, byReference(config), asio::use_awaitable);
  auto task = byReference(config);
  co_await std::move(task);
}

asio::awaitable<void> waitsLater(asio::steady_timer &done) {
  Config config;
  asio::co_spawn(done.get_executor(), byReference(config), asio::detached);
  co_await done.async_wait(asio::use_awaitable);
}

asio::awaitable<void> forwards(const std::string &given) { return byValue({}, given); }

void copiesAtOnce(asio::io_context &io) {
  asio::co_spawn(io, forwards("text"), asio::detached);
}

void shared(asio::io_context &io, std::shared_ptr<Session> session) {
  asio::co_spawn(io, session->run(), asio::detached);
}

void ofTheCaller(asio::io_context &io, Config &config) {
  asio::co_spawn(io, byReference(config), asio::detached);
}
