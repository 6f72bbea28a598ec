// What it costs to link a program, and to look a function up in it.
//
//   LinkBench shape FACTS...     says of what shape a real project's facts are
//   LinkBench link FACTS...      links these, and prints the costs
//   LinkBench [FUNCTIONS]        makes facts of that shape for so many functions, links them, and
//                                prints the shape, the costs, and what the facts weigh
#include "facts/FactsFile.h"
#include "facts/Link.h"
#include "facts/ProgramFile.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/raw_ostream.h"
#include <chrono>
#include <fcntl.h>
#include <queue>
#include <random>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>
#include <unordered_map>

using namespace async_tidy;

namespace {

using Clock = std::chrono::steady_clock;

double secondsSince(Clock::time_point begin) {
  return std::chrono::duration<double>(Clock::now() - begin).count();
}

double percentile(std::vector<size_t> values, double part) {
  if (values.empty())
    return 0;
  llvm::sort(values);
  return double(values[std::min(values.size() - 1, size_t(part * double(values.size())))]);
}

/// Counts what a link has to do with a project's facts.
class Shape {
public:
  void add(const Unit &unit, size_t bytes) {
    ++units;
    size += bytes;
    for (const Body &body : unit.bodies) {
      ++bodies;
      if (copies[body.id]++ != 0)
        continue;
      calls.push_back(body.calls.size());
      callCount += body.calls.size();
      for (const Call &call : body.calls)
        if (call.sink)
          sinks.push_back(body.id);
        else if (call.callee != 0)
          callers[call.callee].push_back(body.id);
    }
  }

  void print() {
    std::vector<size_t> lengths = chainLengths();
    llvm::outs() << llvm::formatv(
        "{0} units, {1} functions, {2} calls; {3:F1} KB a unit\n"
        "copies of a function: {4:F2} on average\n"
        "calls of a function: median {5}, 90 % {6}, 99 % {7}, mean {8:F2}\n"
        "steps to a sink: median {9}, 90 % {10}, most {11}; {12:F1} % of functions reach one\n",
        units, copies.size(), callCount, double(size) / 1024 / double(std::max<size_t>(units, 1)),
        double(bodies) / double(std::max<size_t>(copies.size(), 1)), percentile(calls, 0.5),
        percentile(calls, 0.9), percentile(calls, 0.99),
        double(callCount) / double(std::max<size_t>(copies.size(), 1)), percentile(lengths, 0.5),
        percentile(lengths, 0.9), percentile(lengths, 1),
        100 * double(lengths.size()) / double(std::max<size_t>(copies.size(), 1)));
  }

private:
  std::vector<size_t> chainLengths() {
    std::unordered_map<EntityId, size_t> distance;
    std::queue<EntityId> todo;
    for (EntityId id : sinks)
      if (distance.emplace(id, 1).second)
        todo.push(id);
    for (; !todo.empty(); todo.pop())
      for (EntityId caller : callers[todo.front()])
        if (distance.emplace(caller, distance[todo.front()] + 1).second)
          todo.push(caller);
    std::vector<size_t> lengths;
    lengths.reserve(distance.size());
    for (const auto &[id, length] : distance)
      lengths.push_back(length);
    return lengths;
  }

  size_t units = 0;
  size_t size = 0;
  size_t bodies = 0;
  size_t callCount = 0;
  std::unordered_map<EntityId, size_t> copies;
  std::unordered_map<EntityId, std::vector<EntityId>> callers;
  std::vector<EntityId> sinks;
  std::vector<size_t> calls;
};

/// Makes units whose functions are numbered through: each unit has some of its own, and copies of
/// some that headers have.
class Synthesis {
public:
  explicit Synthesis(size_t functions) : functions(functions) {}

  static constexpr size_t OwnFunctions = 100;
  static constexpr size_t HeaderCopies = 100;
  static constexpr double HeaderPart = 0.15; // of all functions

  size_t unitCount() const {
    return std::max<size_t>(1, size_t(double(functions) * (1 - HeaderPart)) / OwnFunctions);
  }

  Unit make(size_t number) {
    Unit unit;
    unit.mainFile =
        "src/module" + std::to_string(number % 97) + "/file" + std::to_string(number) + ".cpp";
    unit.files = {unit.mainFile};
    size_t headers = functions - unitCount() * OwnFunctions;
    for (size_t i = 0; i != OwnFunctions; ++i)
      unit.bodies.push_back(function(headers + number * OwnFunctions + i, 0));
    // Units of one folder include the same headers, and some all do.
    size_t first = number * HeaderCopies / 8 % std::max<size_t>(headers, 1);
    for (size_t i = 0; i != HeaderCopies && headers != 0; ++i) {
      size_t header = (i % 4 == 0 ? i : first + i) % headers;
      unit.files.push_back("include/header" + std::to_string(header / 20) + ".h");
      unit.bodies.push_back(function(header, uint32_t(unit.files.size() - 1)));
    }
    for (const Body &body : unit.bodies)
      if (body.id % 5 == 0)
        unit.variables.push_back({body.id + 1, "Class::member" + std::to_string(body.id % 1000),
                                  body.place, 0, true, true, false, 0});
    for (unsigned read = 0; read != 300; ++read)
      unit.reads.push_back({"include/header" + std::to_string(number % 50 + read) + ".h", read});
    normalize(unit);
    return unit;
  }

private:
  static EntityId idOf(size_t function) { return (uint64_t(function) + 1) * 0x9e3779b97f4a7c15; }

  static std::string nameOf(size_t function) {
    return "project::module" + std::to_string(function % 97) + "::Class" +
           std::to_string(function / 12) + "::function" + std::to_string(function);
  }

  /// The same function is the same in all units: chance depends on it alone.
  Body function(size_t number, uint32_t file) const {
    std::mt19937_64 chance(number * 7 + 1);
    Body body;
    body.id = idOf(number);
    body.name = nameOf(number);
    uint32_t line = uint32_t(number % 2000) + 1;
    body.place = {file, line, 6};
    body.end = {file, line + 20, 1};
    body.parameters = uint32_t(chance() % 4);
    // Most functions call few others, and a few call many.
    std::geometric_distribution<int> many(chance() % 20 == 0 ? 0.03 : 0.24);
    size_t calls = 1 + size_t(many(chance));
    for (size_t i = 0; i != calls; ++i)
      body.calls.push_back(
          call(number, {file, line + 1 + uint32_t(i), uint32_t(chance() % 60 + 1)}, chance));
    return body;
  }

  Call call(size_t caller, Place place, std::mt19937_64 &chance) const {
    Call result;
    result.place = place;
    if (chance() % 25 == 0) {
      result.name = "pthread_mutex_lock";
      result.sink = Sink{Tier::Lock, true, "", "posix.md#pthread_mutex_lock"};
      return result;
    }
    // Functions nearby, mostly, else any.
    size_t callee = chance() % 4 != 0 ? caller - std::min<size_t>(caller, 1 + chance() % 90)
                                      : chance() % functions;
    result.callee = idOf(callee);
    result.name = nameOf(callee);
    result.isVirtual = chance() % 12 == 0;
    if (chance() % 3 == 0)
      result.passed = {Term::thisObject(), Term::field(idOf(callee) + 1, Term::thisObject())};
    return result;
  }

  size_t functions;
};

size_t peakMegabytes() {
  rusage used{};
  getrusage(RUSAGE_SELF, &used);
  return size_t(used.ru_maxrss) / 1024;
}

std::vector<std::unique_ptr<llvm::MemoryBuffer>> load(llvm::ArrayRef<std::string> paths) {
  std::vector<std::unique_ptr<llvm::MemoryBuffer>> buffers;
  for (const std::string &path : paths) {
    auto buffer = llvm::MemoryBuffer::getFile(path, /*IsText=*/false,
                                              /*RequiresNullTerminator=*/false);
    if (!buffer)
      llvm::report_fatal_error(llvm::Twine(path) + ": " + buffer.getError().message());
    buffers.push_back(std::move(*buffer));
  }
  return buffers;
}

struct Cost {
  double wall = 0; // seconds
  double cpu = 0;  // seconds of all threads
};

double cpuSeconds() {
  rusage used{};
  getrusage(RUSAGE_SELF, &used);
  auto seconds = [](timeval time) { return double(time.tv_sec) + double(time.tv_usec) / 1e6; };
  return seconds(used.ru_utime) + seconds(used.ru_stime);
}

Cost linkAll(llvm::ArrayRef<std::string> paths, llvm::StringRef program) {
  auto begin = Clock::now();
  double cpuBefore = cpuSeconds();
  auto buffers = load(paths);
  std::vector<FactsInput> inputs;
  for (auto [path, buffer] : llvm::zip_equal(paths, buffers))
    inputs.push_back({path, buffer->getBuffer()});
  llvm::cantFail(llvm::writeToOutput(
      program, [&](llvm::raw_ostream &out) { return linkFacts(std::move(inputs), out); }));
  return {secondsSince(begin), cpuSeconds() - cpuBefore};
}

/// The least of some times is what it takes when the disk is not still writing what was there.
void measureLink(llvm::ArrayRef<std::string> paths, llvm::StringRef program) {
  Cost least = linkAll(paths, program);
  size_t memory = peakMegabytes();
  for (unsigned round = 0; round != 4; ++round) {
    Cost cost = linkAll(paths, program);
    least = {std::min(least.wall, cost.wall), std::min(least.cpu, cost.cpu)};
  }
  llvm::outs() << llvm::formatv("link: {0:F2} s, {1} MB, {2:F2} s of CPU time\n", least.wall,
                                memory, least.cpu);
  llvm::outs().flush();
}

/// Lets the kernel forget what it has of the file.
void forget(llvm::StringRef path) {
  int file = open(path.str().c_str(), O_RDONLY);
  fdatasync(file);
  posix_fadvise(file, 0, 0, POSIX_FADV_DONTNEED);
  close(file);
}

void lookUp(llvm::StringRef path) {
  forget(path);
  auto begin = Clock::now();
  auto program = llvm::cantFail(ProgramFile::open(path));
  EntityId wanted = program.bodyKeys()[program.bodyCount() / 3];
  Body body = llvm::cantFail(program.body(*program.indexOf(wanted)));
  llvm::outs() << llvm::formatv("look-up, cold: {0:F2} ms\n", 1000 * secondsSince(begin));

  constexpr size_t Rounds = 2'000'000;
  std::mt19937_64 random(1);
  std::vector<EntityId> ids;
  for (size_t i = 0; i != 4096; ++i)
    ids.push_back(program.bodyKeys()[random() % program.bodyCount()]);
  size_t sum = 0;
  for (EntityId id : ids)
    sum += *program.indexOf(id);
  begin = Clock::now();
  for (size_t i = 0; i != Rounds; ++i)
    sum += *program.indexOf(ids[i % ids.size()]);
  double warm = secondsSince(begin);
  llvm::outs() << llvm::formatv("look-up, warm: {0:F0} ns (of '{1}'; {2})\n",
                                1e9 * warm / double(Rounds), body.name, sum % 10);
}

/// Runs `work` in a process of its own, so that its memory is only its own.
template <class Work> void apart(Work work) {
  llvm::outs().flush();
  pid_t child = fork();
  if (child == 0) {
    work();
    llvm::outs().flush();
    _exit(0);
  }
  int status = 0;
  waitpid(child, &status, 0);
  if (status != 0)
    exit(1);
}

void measure(size_t functions) {
  llvm::SmallString<128> folder;
  if (llvm::sys::fs::createUniqueDirectory("async-tidy-link", folder))
    llvm::report_fatal_error("no folder");
  std::vector<std::string> paths;
  Synthesis synthesis(functions);
  for (size_t i = 0; i != synthesis.unitCount(); ++i)
    paths.push_back((folder + "/" + llvm::Twine(i) + FactsSuffix).str());
  apart([&] {
    Shape shape;
    for (size_t i = 0; i != paths.size(); ++i) {
      Unit unit = synthesis.make(i);
      std::string bytes = encodeFacts(unit);
      shape.add(unit, bytes.size());
      std::error_code error;
      llvm::raw_fd_ostream(paths[i], error) << bytes;
    }
    shape.print();
  });
  std::string program = (folder + "/program").str();
  apart([&] { measureLink(paths, program); });
  uint64_t size = 0;
  llvm::sys::fs::file_size(program, size);
  llvm::outs() << llvm::formatv("program: {0} MB\n", size >> 20);
  apart([&] { lookUp(program); });
  llvm::sys::fs::remove_directories(folder);
}

} // namespace

int main(int argc, const char **argv) {
  std::vector<std::string> words(argv + 1, argv + argc);
  auto paths = llvm::ArrayRef<std::string>(words).drop_front(words.empty() ? 0 : 1);
  if (!words.empty() && words.front() == "shape") {
    Shape shape;
    for (const std::string &path : paths) {
      uint64_t size = 0;
      llvm::sys::fs::file_size(path, size);
      shape.add(llvm::cantFail(loadFacts(path)), size);
    }
    shape.print();
    return 0;
  }
  if (!words.empty() && words.front() == "link") {
    llvm::SmallString<128> program;
    if (llvm::sys::fs::createTemporaryFile("async-tidy-link", "program", program))
      llvm::report_fatal_error("no file");
    measureLink(paths, program);
    llvm::sys::fs::remove(program);
    return 0;
  }
  measure(words.empty() ? 50000 : std::stoul(words[0]));
}
