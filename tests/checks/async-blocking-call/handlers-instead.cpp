// What a function of the loop is told to write instead: it cannot await.
// RUN: %check %s async-blocking-call --tidy-option=Models=%S/Inputs/ring.yaml --command-option=--models=%S/Inputs/ring.yaml
#include <chrono>
#include <functional>
#include <thread>

namespace ring {
struct Loop {
  void run();
};
void post(Loop &loop, std::function<void()> handler);
} // namespace ring

int main() {
  ring::Loop loop;
  using namespace std::chrono_literals;
  ring::post(loop, [] {
    std::this_thread::sleep_for(1s); // WARN: blocks the event loop in a lambda (sleep) // NOTE: instead: ring::Timer and its handler; see docs/models/std.md#std-this_thread-sleep_for
  });
  loop.run();
}
