// What a capture is: by name, with an initialiser, a pointer, through a reference, in a nested or a generic lambda.
// RUN: %check %s async-task-capture -- -pthread
#include <boost/asio.hpp>
#include <memory>
#include <string>

namespace asio = boost::asio;

void use(int);
void use(const int *);
void use(const char *);
void use(const std::string &);

struct Point {
  int x = 0, y = 0;
};

void initialised(asio::io_context &io) {
  std::string text = "local";
  asio::post(io, [&other = text] { use(other); }); // WARN: 'text' is captured by reference
}

void pointers(asio::io_context &io) {
  int number = 1;
  asio::post(io, [pointer = &number] { use(pointer); }); // WARN: a lambda gets a pointer to 'number', and may run after that is gone // NOTE: instead: pass a copy, or a pointer that shares ownership, or wait before it dies
}

void pointerVariables(asio::io_context &io) {
  int number = 1;
  int *pointer = &number;
  asio::post(io, [pointer] { use(pointer); }); // WARN: a lambda gets a pointer to 'number'
}

void arrays(asio::io_context &io) {
  char buffer[16];
  char *data = buffer;
  asio::post(io, [data] { use(data); }); // WARN: a lambda gets a pointer to 'buffer'
  asio::post(io, [data = buffer] { use(data); }); // WARN: a lambda gets a pointer to 'buffer'
}

void parts(asio::io_context &io) {
  Point point;
  asio::post(io, [&x = point.x] { use(x); }); // WARN: 'point' is captured by reference
  auto [x, y] = point;
  asio::post(io, [&y] { use(y); }); // WARN: is captured by reference
}

void references(asio::io_context &io) {
  std::string text = "local";
  const std::string &same = text;
  asio::post(io, [&same] { use(same); }); // WARN: 'text' is captured by reference
  const std::string &made = text + "!";
  asio::post(io, [&] { use(made); }); // WARN: 'made' is captured by reference
}

void pointersThemselves(asio::io_context &io) {
  auto shared = std::make_shared<int>(1);
  asio::post(io, [&] { use(*shared); }); // WARN: 'shared' is captured by reference
}

void generic(asio::steady_timer &timer) {
  int number = 1;
  timer.async_wait([&number](auto error) { use(number); }); // WARN: 'number' is captured by reference
}

void named(asio::io_context &io) {
  int number = 1;
  auto later = [&] { use(number); }; // WARN: 'number' is captured by reference
  asio::post(io, later); // NOTE: 'boost::asio::post' takes it here
}

void nested(asio::io_context &io) {
  asio::post(io, [&io] {
    int number = 1;
    asio::post(io, [&] { use(number); }); // WARN: 'number' is captured by reference
  });
}

template <class T> void templates(asio::io_context &io, T value) {
  asio::post(io, [&] { use(value); }); // WARN: 'value' is captured by reference
}

template void templates<int>(asio::io_context &, int);

// ---- right

void values(asio::io_context &io) {
  Point point;
  std::string text = "local";
  char buffer[4] = "abc";
  auto shared = std::make_shared<int>(1);
  asio::post(io, [=] { use(point.x), use(text), use(buffer), use(*shared); });
  asio::post(io, [text = std::move(text), raw = shared.get()] { use(text), use(raw); });
}

void constants(asio::io_context &io) {
  const int number = 1;
  constexpr int other = 2;
  asio::post(io, [&] { use(number + other + 0); });
}

void pointersElsewhere(asio::io_context &io, int *given, std::string *made) {
  int *next = given + 1;
  int *own = new int(1);
  asio::post(io, [=] { use(given), use(next), use(own), use(*made); });
}

void ofTheOuter(asio::io_context &io, int number) {
  asio::post(io, [&io, number] {
    asio::post(io, [number] { use(number); });
  });
}
