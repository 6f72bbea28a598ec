// What it costs to know the packs. Without arguments it only starts; with some it looks names up,
// beside a std::unordered_map with the same names, and prints how many times longer that takes.
// NO_PACKS: the binary has none.
#include "knowledge/Knowledge.h"
#include <chrono>
#include <cstdio>
#include <unordered_map>
#include <vector>

#ifdef NO_PACKS
const async_tidy::BuiltinTables &async_tidy::builtinTables() {
  static const BuiltinTables none;
  return none;
}
#endif

namespace {

using Clock = std::chrono::steady_clock;

template <class LookUp> double timeOf(const std::vector<std::string> &names, LookUp lookUp) {
  constexpr int Rounds = 200;
  size_t found = 0;
  auto begin = Clock::now();
  for (int round = 0; round != Rounds; ++round)
    for (const std::string &name : names)
      found += lookUp(name) ? 1 : 0;
  std::chrono::duration<double, std::nano> time = Clock::now() - begin;
  if (found == 0)
    std::puts("nothing is known");
  return time.count() / double(Rounds * names.size());
}

} // namespace

int main(int argc, char **) {
  async_tidy::Knowledge knowledge;
  if (argc == 1)
    return 0;
  std::vector<std::string> names;
  std::unordered_map<std::string, int> beside;
  knowledge.forEachName([&](llvm::StringRef name) {
    names.push_back(name.str());
    beside[name.str()] = 1;
    names.push_back(name.str() + "_"); // most names of a program are not known
  });
  double ours = 1e9, theirs = 1e9;
  for (int i = 0; i != 5; ++i) {
    ours = std::min(ours, timeOf(names, [&](const std::string &name) {
                      return !knowledge.functions(name, true).empty();
                    }));
    theirs = std::min(
        theirs, timeOf(names, [&](const std::string &name) { return beside.contains(name); }));
  }
  std::printf("%zu names, %.0f ns each, %.2f times that of a std::unordered_map\n", beside.size(),
              ours, ours / theirs);
  return ours > 3 * theirs ? 1 : 0;
}
