// A chain is reported at its first call in the coroutine; notes walk it, the shortest way.
// RUN: %check %s async-blocking-call
// EXACT-NOTES
#include "Inputs/task.h"
#include <chrono>
#include <thread>

using app::Task;

void backOff() {
  std::this_thread::sleep_for(std::chrono::seconds(1)); // NOTE: 'backOff' calls 'std::this_thread::sleep_for' here, which sleeps
}

void retry(int attempts) {
  for (int i = 0; i < attempts; ++i)
    backOff(); // NOTE: 'retry' calls 'backOff' here
}

class Client {
public:
  void send() { retry(3); } // NOTE: 'Client::send' calls 'retry' here
  static void connect() { // the long way to the same sleep, and a short one
    detour();
    backOff(); // NOTE: 'Client::connect' calls 'backOff' here
  }

private:
  static void detour() { retry(1); }
};

Task<> session(Client &client) { // NOTE: coroutine 'session' is presumed to run on an event loop: no spawn of it is seen
  client.send();     // WARN: 'Client::send' blocks the event loop in coroutine 'session': it reaches 'std::this_thread::sleep_for' (sleep) // NOTE: instead: co_await a timer of the event loop
  Client::connect(); // WARN: 'Client::connect' blocks the event loop in coroutine 'session': it reaches 'std::this_thread::sleep_for' (sleep) // NOTE: instead: co_await a timer
  co_return;
}
