// Locals and parameters of a function that goes on, or returns, without waiting.
// RUN: %check %s async-task-capture -- -pthread
#include <boost/asio.hpp>
#include <string>
#include <thread>

namespace asio = boost::asio;

void use(int);
void use(const std::string &);

void local(asio::io_context &io) {
  std::string text = "local";
  asio::post(io, [&text] { use(text); }); // WARN: 'text' is captured by reference in a lambda that may run after it is gone // NOTE: 'boost::asio::post' takes it here on 'io', to run later // NOTE: instead: capture it by value, [text]
} // NOTE: 'text' dies here, and nothing in 'local' waits for it before that

void parameter(asio::io_context &io, std::string text) {
  asio::post(io, [&] { use(text); }); // WARN: 'text' is captured by reference
}

void inner(asio::io_context &io, bool isLong) {
  if (isLong) {
    int length = 4;
    asio::post(io, [&] { use(length); }); // WARN: 'length' is captured by reference
  } // NOTE: 'length' dies here
  io.run(); // too late
}

void inCondition(asio::io_context &io) {
  if (int left = rand())
    asio::post(io, [&] { use(left); }); // WARN: 'left' is captured by reference
  io.run();
}

void caught(asio::io_context &io) {
  try {
    use(1);
  } catch (std::exception error) {
    asio::post(io, [&] { use(error.what()); }); // WARN: 'error' is captured by reference
  }
  io.run();
}

void detached(int number) {
  std::thread([&] { use(number); }).detach(); // WARN: 'number' is captured by reference
}

void detachedLater() {
  int number = 1;
  std::thread worker([&] { use(number); }); // WARN: 'number' is captured by reference
  worker.detach();
}

struct Owner {
  std::thread worker;
  asio::io_context io;
  int member = 0;

  void start() {
    int number = 1;
    worker = std::thread([&] { use(number); }); // WARN: 'number' is captured by reference
  }

  void members() {
    asio::post(io, [&] { use(member); });
  }

  void itself() {
    asio::post(io, [this] { use(member); });
  }
};

void afterATimer(asio::steady_timer &timer) {
  int number = 1;
  timer.async_wait([&](auto) { use(number); }); // WARN: 'number' is captured by reference
}

void throughALambda(asio::io_context &io) {
  auto later = [&io](int number) {
    asio::post(io, [&] { use(number); }); // WARN: 'number' is captured by reference
  };
  later(1);
}

// ---- right

int global;

void globals(asio::io_context &io) {
  static int kept = 0;
  thread_local int each = 0;
  asio::post(io, [&] { use(global + kept + each); });
}

void ofTheCaller(asio::io_context &io, std::string &text) {
  std::string &same = text;
  asio::post(io, [&] { use(same); });
  asio::post(io, [&] { use(text); });
}

void runs(asio::io_context &io) {
  std::string text = "local";
  asio::post(io, [&] { use(text); });
  io.run();
}

void unknownEnd(asio::io_context &io);

void mayWait(asio::io_context &io) {
  int number = 1;
  asio::post(io, [&] { use(number); });
  unknownEnd(io);
}

// With main, the program ends.
int main(int argc, char **argv) {
  asio::thread_pool pool;
  int number = argc;
  asio::post(pool, [&] { use(number); });
  for (int i = 0; i != argc; ++i)
    asio::post(pool, [&] { use(argv[i]); }); // WARN: 'i' is captured by reference
}
