// A future that has just said that it is ready does not block; on every way, or it may.
// RUN: %check %s async-blocking-call
#include "Inputs/task.h"
#include <chrono>
#include <future>
#include <vector>

using app::Task;
using namespace std::chrono_literals;

Task<> tick();

Task<int> inABranch(std::future<int> &answer) {
  if (answer.wait_for(0s) == std::future_status::ready)
    co_return answer.get();
  co_return answer.get(); // WARN: 'std::future::get' blocks the event loop in coroutine 'inABranch'
}

Task<int> afterALoop(std::future<int> &answer) {
  while (answer.wait_for(0s) != std::future_status::ready)
    co_await tick();
  co_return answer.get();
}

Task<int> afterAnEarlyReturn(std::future<int> &answer) {
  if (answer.wait_for(0s) != std::future_status::ready)
    co_return 0;
  co_return answer.get();
}

Task<int> negated(std::future<int> &answer) {
  if (!(answer.wait_for(0s) == std::future_status::ready))
    co_return 0;
  co_return answer.get();
}

Task<int> conjunction(std::future<int> &answer, bool wanted) {
  if (wanted && answer.wait_for(0s) == std::future_status::ready)
    co_return answer.get();
  if (wanted || answer.wait_for(0s) == std::future_status::ready)
    co_return answer.get(); // WARN: 'std::future::get' blocks the event loop in coroutine 'conjunction'
  co_return 0;
}

Task<int> inAVariable(std::future<int> &answer) {
  const bool done = answer.wait_for(0s) == std::future_status::ready;
  if (done)
    co_return answer.get();
  co_return 0;
}

Task<int> ofAnother(std::future<int> &answer, std::future<int> &other) {
  if (other.wait_for(0s) == std::future_status::ready)
    co_return answer.get(); // WARN: 'std::future::get' blocks the event loop in coroutine 'ofAnother'
  co_return 0;
}

Task<int> assignedAnew(std::future<int> &answer, std::future<int> &other) {
  if (answer.wait_for(0s) != std::future_status::ready)
    co_return 0;
  answer = std::move(other);
  co_return answer.get(); // WARN: 'std::future::get' blocks the event loop in coroutine 'assignedAnew'
}

Task<int> elements(std::vector<std::future<int>> &answers) {
  int sum = 0;
  for (std::size_t i = 0; i < answers.size(); ++i)
    if (answers[i].wait_for(0s) == std::future_status::ready)
      sum += answers[i].get();
  for (auto &answer : answers)
    if (answer.wait_for(0s) == std::future_status::ready)
      sum += answer.get();
  std::size_t i = 0;
  if (answers[i].wait_for(0s) == std::future_status::ready) {
    ++i;
    sum += answers[i].get(); // WARN: 'std::future::get' blocks the event loop in coroutine 'elements'
  }
  co_return sum;
}

// A way that is never taken leads to no block of the CFG.
Task<int> forever(std::future<int> &answer) {
  if (false)
    co_return 0;
  while (true) {
    if (answer.wait_for(0s) == std::future_status::ready)
      co_return answer.get();
    co_await tick();
  }
}
