// What is known to be missed: closing one of these is to be seen.
// RUN: %check %s async-task-capture
#include <boost/asio.hpp>
#include <functional>
#include <string>
#include <string_view>

namespace asio = boost::asio;

void use(int number);
void use(std::string_view text);

struct Part {
  std::string_view text;
};

// A view in a member of what is captured.
void viewInMember(asio::thread_pool &pool) {
  std::string text = "text";
  Part part{text};
  asio::post(pool, [part] { use(part.text); });
}

// `this` of a local object.
struct Worker {
  int number = 0;
  void start(asio::thread_pool &pool) {
    asio::post(pool, [this] { use(number); });
  }
};

void thisOfLocal(asio::thread_pool &pool) {
  Worker worker;
  worker.start(pool);
}

// What a reference parameter refers to is the caller's.
void postFor(asio::thread_pool &pool, const int &number) {
  asio::post(pool, [&number] { use(number); });
}

void referenceParameter(asio::thread_pool &pool) {
  int number = 1;
  postFor(pool, number);
}

// A variable of the function around both lambdas.
void nested(asio::thread_pool &pool) {
  int number = 1;
  asio::post(pool, [&pool, &other = pool] {
    int inner = 2;
    asio::post(other, [inner] { use(inner); });
  });
  auto make = [&] { asio::post(pool, [&number] { use(number); }); };
  make();
}

void run(int &number) {
  use(number);
}

void bound(asio::thread_pool &pool) {
  int number = 1;
  asio::post(pool, std::bind(run, std::ref(number)));
}
