// Function pointers, member function pointers, tables of them, and C callbacks with user data.
// RUN: %check %s async-blocking-call -- -pthread
#include <array>
#include <boost/asio.hpp>
#include <cstdlib>
#include <pthread.h>
#include <string_view>
#include <unistd.h>

namespace asio = boost::asio;
using asio::ip::tcp;

asio::thread_pool pool(2);

using Command = void (*)(int);
void save(int file) { ::fsync(file); }
void ping(int) {}
void saveLater(int file) { ::fsync(file); }
void saveNever(int file) { ::fsync(file); }

struct Entry {
  std::string_view name;
  Command run;
};

constexpr Entry commands[] = {{"ping", ping}, {"save", save}};
const Command harmless[] = {ping, ping};
const std::array<Command, 2> background{saveLater, ping};

void perform(Command command, int file) { command(file); }
void performOnPool(Command command, int file) {
  asio::post(pool, [command, file] { command(file); });
}

// A C library's way.
extern "C" {
using Callback = void (*)(void *user);
}
void forEachPage(Callback callback, void *user) {
  for (int page = 0; page < 3; ++page)
    callback(user);
}
void forEachPageOnPool(Callback callback, void *user) {
  asio::post(pool, [=] { callback(user); });
}

struct Store {
  void flush() { ::fsync(file); }
  void count() { ++pages; }
  static void flushPage(void *self) { static_cast<Store *>(self)->flush(); }
  static void countPage(void *self) { static_cast<Store *>(self)->count(); }
  int file = 0;
  int pages = 0;
};

using Step = void (Store::*)();
void step(Store &store, Step member) { (store.*member)(); }
void stepOnPool(Store &store, Step member) {
  asio::post(pool, [&store, member] { (store.*member)(); });
}

extern "C" void *writerThread(void *store) {
  static_cast<Store *>(store)->flush();
  return nullptr;
}

int comparePages(const void *, const void *) {
  ::usleep(1);
  return 0;
}

asio::awaitable<void> dispatch(tcp::socket client, std::string_view request, Store &store, Command given) {
  perform(save, 1); // WARN: 'perform' blocks the event loop in coroutine 'dispatch'
  perform(ping, 1);
  performOnPool(save, 2);
  performOnPool(saveLater, 2);
  perform([](int file) { ::fsync(file); }, 3); // WARN: 'perform' blocks the event loop in coroutine 'dispatch'
  perform(given, 4);                           // nobody knows

  for (const Entry &entry : commands)
    if (entry.name == request)
      entry.run(5); // WARN: blocks the event loop in coroutine 'dispatch'
  commands[1].run(6); // WARN: blocks the event loop in coroutine 'dispatch'
  for (Command command : harmless)
    command(7);
  for (Command command : background)
    performOnPool(command, 8);

  forEachPage(&Store::flushPage, &store); // WARN: 'forEachPage' blocks the event loop in coroutine 'dispatch'
  forEachPage(&Store::countPage, &store);
  forEachPage([](void *user) { static_cast<Store *>(user)->flush(); }, &store); // WARN: 'forEachPage' blocks the event loop
  forEachPageOnPool(&Store::flushPage, &store);

  step(store, &Store::flush); // WARN: 'step' blocks the event loop in coroutine 'dispatch'
  step(store, &Store::count);
  stepOnPool(store, &Store::flush);
  Step chosen = request.empty() ? &Store::count : &Store::flush;
  (store.*chosen)(); // WARN: 'Store::flush' blocks the event loop in coroutine 'dispatch'

  pthread_t writer;
  ::pthread_create(&writer, nullptr, writerThread, &store);
  int pages[4] = {};
  std::qsort(pages, 4, sizeof(int), comparePages); // WARN: blocks the event loop in coroutine 'dispatch'
  Command never = saveNever;
  (void)never;
  asio::post(client.get_executor(), [command = &save] {
    command(9); // WARN: 'save' blocks the event loop in a lambda
  });
  co_return;
}
