// Only code on a loop can hurt it: ordinary functions may block.
// RUN: %check %s async-blocking-call
#include <chrono>
#include <fstream>
#include <thread>

void backOff() { std::this_thread::sleep_for(std::chrono::seconds(1)); }

struct Log {
  explicit Log(const char *path) : out(path) {}
  ~Log() { backOff(); }
  std::ofstream out;
};

int main() {
  Log log("log.txt");
  backOff();
  std::thread worker(backOff);
  worker.join();
}
