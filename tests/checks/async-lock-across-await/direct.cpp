// A guard lives over an await: in a statement, an initialiser, a condition, an argument, a range, a result.
// RUN: %check %s async-lock-across-await
#include "Inputs/coroutines.h"
#include <mutex>
#include <vector>

std::mutex mutex;
int counter;

Task<> statement() {
  std::lock_guard<std::mutex> guard(mutex); // NOTE: it is taken here
  ++counter;
  // NOTE@+2: meanwhile this thread runs other code: if that wants the lock, it waits for a coroutine that cannot go on; and a coroutine that goes on on another thread must not give the lock back there
  // NOTE@+1: instead: give the lock back before the co_await; or co_await a mutex made for coroutines, or let only the loop's thread use the data
  co_await request(); // WARN: lock of 'mutex' is held while coroutine 'statement' sleeps here
}

Task<> initialiser() {
  std::lock_guard guard(mutex); // NOTE: it is taken here
  int value = co_await request(); // WARN: 'initialiser' sleeps here
  counter = value;
}

Task<> condition() {
  std::lock_guard guard(mutex); // NOTE: it is taken here
  if (co_await request() != 0) // WARN: 'condition' sleeps here
    ++counter;
}

Task<> loopCondition() {
  std::lock_guard guard(mutex); // NOTE: it is taken here
  while (co_await request() != 0) // WARN: 'loopCondition' sleeps here
    ++counter;
}

Task<> argument() {
  std::lock_guard guard(mutex); // NOTE: it is taken here
  co_await request(co_await request()); // WARN: 'argument' sleeps here
}

Task<std::vector<int>> list() {
  co_await request();
  co_return {1, 2};
}

Task<> range() {
  std::lock_guard guard(mutex); // NOTE: it is taken here
  for (int one : co_await list()) // WARN: 'range' sleeps here
    counter += one;
}

Task<int> result() {
  std::lock_guard guard(mutex); // NOTE: it is taken here
  co_return co_await request(); // WARN: 'result' sleeps here
}

Task<> inLambda() {
  auto body = [&]() -> Task<> {
    std::lock_guard guard(mutex); // NOTE: it is taken here
    co_await request(); // WARN: lock of 'mutex' is held while a lambda coroutine sleeps here
  };
  co_await body();
}

Task<> several() {
  std::lock_guard guard(mutex); // NOTE: it is taken here
  co_await request(1); // WARN: 'several' sleeps here
  co_await request(2); // NOTE: it is held at 2 more, the next of them here
  co_await request(3);
}
