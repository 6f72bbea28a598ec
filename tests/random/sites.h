// What every random program uses: sites, which block and note the thread they run on, and choices, which a tape makes.
#pragma once
#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <mutex>
#include <sys/types.h>
#include <thread>
#include <unistd.h>
#include <utility>
#include <vector>

// Not const, so that nobody can tell from the source that the wait may be short.
inline int tick = 1;

namespace truth {

constexpr int most_sites = 100000;
constexpr int families = 4;
constexpr unsigned char on_loop = 1;
constexpr unsigned char elsewhere = 2;

inline std::atomic<unsigned char> seen[most_sites];
inline std::atomic<pid_t> loop_thread{0};

inline void note(int site) noexcept { seen[site] |= gettid() == loop_thread ? on_loop : elsewhere; }

// The choices of one run, in the order in which they are met. advance() goes on to the next run that differs: each way
// through the program is run once, however often it passes the same choice.
class Tape {
public:
  int choose(int ways) {
    if (at == digits.size())
      digits.push_back({0, ways});
    if (digits[at].ways != ways) {
      std::fprintf(stderr, "a run did not repeat\n");
      std::abort();
    }
    return digits[at++].value;
  }
  bool used() const { return at > 0; }
  bool begun() const { return !digits.empty(); }
  // False when all runs have been made, and the first one is next.
  bool advance() {
    at = 0;
    for (; !digits.empty(); digits.pop_back())
      if (++digits.back().value < digits.back().ways)
        return true;
    return false;
  }

private:
  struct Digit {
    int value;
    int ways;
  };
  std::vector<Digit> digits;
  std::size_t at = 0;
};

// One for the root and what it awaits, and one for each detached task, which runs beside it.
inline Tape tapes[families];

inline std::mutex threads_mutex;
inline std::vector<std::thread> threads;

inline void join_threads() {
  std::vector<std::thread> ended;
  {
    std::lock_guard lock(threads_mutex);
    ended.swap(threads);
  }
  for (auto &thread : ended)
    thread.join();
}

// Runs a program on all tapes; gives the number of runs.
template <class Run> int explore(Run run) {
  constexpr int most_runs = 3000;
  for (Tape &tape : tapes)
    tape = Tape();
  bool done[families] = {};
  bool waits = true;
  int runs = 0;
  while (waits && runs < most_runs) {
    bool news = false;
    waits = false;
    for (bool more = true; more && runs < most_runs; ++runs) {
      run();
      more = tapes[0].advance();
      for (int i = 1; i < families; ++i)
        if (tapes[i].used()) { // its task was spawned in this run
          news = news || !done[i];
          done[i] = !tapes[i].advance() || done[i];
        }
    }
    for (int i = 1; i < families; ++i)
      waits = waits || (news && tapes[i].begun() && !done[i]);
  }
  return runs;
}

template <class Run> void program(int number, Run run) {
  std::printf("program %d %d\n", number, explore(run));
  std::fflush(stdout);
}

// Each site: its number, whether it ran on the loop, and whether it ran elsewhere.
inline void print(int sites) {
  for (int site = 1; site <= sites; ++site)
    std::printf("site %d %d %d\n", site, (seen[site] & on_loop) != 0, (seen[site] & elsewhere) != 0);
}

} // namespace truth

// ---- sites ----------------------------------------------------------------------------------------------------------
inline void S(int site) noexcept {
  std::this_thread::sleep_for(std::chrono::nanoseconds(tick));
  truth::note(site);
}
inline void help1(int site) noexcept { S(site); }
inline void help2(int site) noexcept { help1(site); }
inline void help3(int site) noexcept {
  if (site >= 0)
    help2(site);
}
// A value; always 1.
inline int V(int site) noexcept {
  help1(site);
  return 1;
}
// A site at the end of a scope.
struct Guard {
  explicit Guard(int site) noexcept : site(site) {}
  Guard(const Guard &) = delete;
  Guard &operator=(const Guard &) = delete;
  ~Guard() { S(site); }
  int site;
};

// ---- choices: hundreds of the number are the family -------------------------------------------------------------------
inline int D(int choice, int ways) noexcept { return truth::tapes[choice / 100].choose(ways); }
inline bool C(int choice) noexcept { return D(choice, 2) == 1; }
inline bool B(int site, int choice) noexcept {
  S(site);
  return C(choice);
}
// Rounds of a loop: none, one or two.
inline std::vector<int> rounds(int choice) noexcept { return std::vector<int>(static_cast<std::size_t>(D(choice, 3))); }
inline std::vector<int> slow_rounds(int site, int choice) noexcept {
  S(site);
  return rounds(choice);
}
inline void use(int) noexcept {}

// ---- callables --------------------------------------------------------------------------------------------------------
template <class F> void here(F &&f) { f(); }
inline void keep(std::thread thread) {
  std::lock_guard lock(truth::threads_mutex);
  truth::threads.push_back(std::move(thread));
}
inline void in_thread(std::function<void()> job) { keep(std::thread(std::move(job))); }
