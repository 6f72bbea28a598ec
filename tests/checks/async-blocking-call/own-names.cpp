// Names alone are no knowledge: these only look as if they blocked.
// RUN: %check %s async-blocking-call
#include "Inputs/task.h"
#include <chrono>

namespace my {

struct Duration {};
app::Task<> sleep(Duration);
app::Task<> sleep_for(Duration);

template <class T> struct future {
  T get() { return {}; }
  void wait() {}
};

struct mutex {
  app::Task<> lock();
  void unlock() {}
};

struct thread {
  void join() {}
};

} // namespace my

struct Path {};
bool open(Path);    // C++ functions that overload what the system calls 'open' and 'sleep'
void sleep(my::Duration);

app::Task<int> session(my::future<int> answer, my::mutex &m, my::thread t) {
  co_await my::sleep({});
  co_await my::sleep_for({});
  co_await m.lock();
  answer.wait();
  t.join();
  open(Path());
  ::sleep(my::Duration());
  co_return answer.get();
}
