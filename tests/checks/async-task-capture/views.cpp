// Views and iterators are values, and what they show dies all the same.
// RUN: %check %s async-task-capture
#include <boost/asio.hpp>
#include <array>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace asio = boost::asio;

void use(std::string_view text);
void use(std::span<const int> numbers);
void use(const char *text);
void use(int number);

void views(asio::thread_pool &pool, const std::string &theirs) {
  std::string text = "text";
  std::string_view view = text;
  asio::post(pool, [view] { use(view); }); // WARN: a lambda gets a view of 'text', and may run after that is gone
  asio::post(pool, [part = view.substr(1)] { use(part); });
  asio::post(pool, [all = std::string_view(text)] { use(all); }); // WARN: a lambda gets a view of 'text', and may run after that is gone
  asio::post(pool, [text] { use(text); });
  std::string_view other = theirs;
  asio::post(pool, [other] { use(other); });
  std::string_view constant = "constant";
  asio::post(pool, [constant] { use(constant); });
}

void spans(asio::thread_pool &pool) {
  std::vector<int> numbers{1, 2, 3};
  std::array<int, 2> two{1, 2};
  int three[3] = {};
  std::span<const int> some(numbers);
  asio::post(pool, [some] { use(some); }); // WARN: a lambda gets a view of 'numbers', and may run after that is gone
  asio::post(pool, [some = std::span<const int>(two)] { use(some); }); // WARN: a lambda gets a view of 'two', and may run after that is gone
  asio::post(pool, [some = std::span<const int>(three)] { use(some); }); // WARN: a lambda gets a view of 'three', and may run after that is gone
}

void iterators(asio::thread_pool &pool, std::map<int, int> &theirs) {
  std::vector<int> numbers{1, 2, 3};
  auto first = numbers.begin();
  asio::post(pool, [first] { use(*first); }); // WARN: a lambda gets an iterator into 'numbers', and may run after that is gone
  auto found = theirs.find(1);
  asio::post(pool, [found] { use(found->second); });
  int one = numbers.front();
  asio::post(pool, [one] { use(one); });
  std::vector<std::string> texts;
  std::string last = texts.back();
  asio::post(pool, [last] { use(last); });
}

void pointers(asio::thread_pool &pool) {
  std::string text = "text";
  const char *characters = text.c_str();
  asio::post(pool, [characters] { use(characters); }); // WARN: a lambda gets a pointer to 'text', and may run after that is gone
}

void waited(std::string_view) {
  asio::thread_pool pool;
  std::string text = "text";
  std::string_view view = text;
  asio::post(pool, [view] { use(view); });
  pool.join();
}

asio::awaitable<void> session(std::string_view name) {
  co_await asio::steady_timer(co_await asio::this_coro::executor).async_wait(asio::use_awaitable);
  use(name);
}

std::string makeName() {
  return "name";
}

void parameters(asio::io_context &io, std::string_view theirs) {
  std::string name = makeName();
  asio::co_spawn(io, session(name), asio::detached); // WARN: coroutine 'session' gets a view of 'name', and may run after that is gone
  asio::co_spawn(io, session(makeName()), asio::detached); // WARN: coroutine 'session' gets a view of a temporary, and may run after that is gone
  asio::co_spawn(io, session(name + "!"), asio::detached); // WARN: coroutine 'session' gets a view of a temporary, and may run after that is gone
  asio::co_spawn(io, session("constant"), asio::detached);
  asio::co_spawn(io, session(theirs), asio::detached);
}

asio::awaitable<void> parent() {
  std::string name = makeName();
  co_await session(name);
  co_await session(makeName());
}
