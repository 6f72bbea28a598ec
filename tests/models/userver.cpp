// userver: its tasks have stacks of their own, and what waits in them suspends the task only.
// REQUIRES: common-tests
// RUN: %check %s async-blocking-call --only command --command-option=--uncertain --command-option=--tiers=+lock -- -I%source_root/checker/include
#include <async_tidy/annotations.h>
#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <mutex>
#include <shared_mutex>
#include <string>
#include <string_view>
#include <thread>
#include <unistd.h>
#include <utility>

// ---- as userver declares it --------------------------------------------------------------------

#define USERVER_NAMESPACE_BEGIN namespace userver {
#define USERVER_NAMESPACE_END }

USERVER_NAMESPACE_BEGIN

namespace server {
namespace http {
class HttpRequest;
}
namespace request {
class RequestContext;
}
namespace handlers {
class HttpHandlerBase {
protected:
  virtual std::string HandleRequestThrow(const http::HttpRequest &, request::RequestContext &) const;
};
} // namespace handlers
} // namespace server

namespace engine {

class TaskProcessor;
class Deadline {};
enum class CvStatus { kNoTimeout, kTimeout };
enum class FutureStatus { kReady, kTimeout };

class Mutex final {
public:
  void lock();
  void unlock();
  bool try_lock() noexcept;
};
class SharedMutex final {
public:
  void lock();
  void unlock();
  bool try_lock();
  void lock_shared();
  void unlock_shared();
};
class Semaphore final {
public:
  void lock_shared();
  void unlock_shared();
};
class ConditionVariable final {
public:
  CvStatus Wait(std::unique_lock<Mutex> &);
  template <typename Predicate> bool Wait(std::unique_lock<Mutex> &, Predicate &&) { return true; }
  template <typename Rep, typename Period>
  CvStatus WaitFor(std::unique_lock<Mutex> &, std::chrono::duration<Rep, Period>);
};
class SingleUseEvent final {
public:
  void Wait();
};
class SingleConsumerEvent final {
public:
  bool WaitForEvent();
};

void Yield();
void SleepUntil(Deadline);
template <typename Rep, typename Period> void SleepFor(const std::chrono::duration<Rep, Period> &);
template <typename Rep, typename Period>
void InterruptibleSleepFor(const std::chrono::duration<Rep, Period> &);

class [[nodiscard]] TaskBase {
public:
  void Wait() const noexcept(false);
  template <typename Rep, typename Period>
  void WaitFor(const std::chrono::duration<Rep, Period> &) const noexcept(false);
  void SyncCancel() noexcept;
  void BlockingWait() const;
};
class [[nodiscard]] Task : public TaskBase {};
template <typename T> class [[nodiscard]] TaskWithResult : public Task {
public:
  T Get() noexcept(false);
};
template <typename T> class Future final {
public:
  T get();
  FutureStatus wait() const;
};

template <typename Function, typename... Args>
TaskWithResult<int> AsyncNoSpan(TaskProcessor &, Function &&, Args &&...) {
  return {};
}
template <typename Function, typename... Args>
TaskWithResult<int> AsyncNoSpan(Function &&, Args &&...) {
  return {};
}
void RunStandalone(std::function<void()> payload);

namespace io {
class Socket {
public:
  void Connect(int address, Deadline);
  std::size_t RecvSome(void *, std::size_t, Deadline);
  std::size_t RecvAll(void *, std::size_t, Deadline);
  std::size_t SendAll(const void *, std::size_t, Deadline);
  Socket Accept(Deadline);
};
} // namespace io
namespace subprocess {
class ChildProcess {
public:
  void Wait();
  int Get();
};
} // namespace subprocess

} // namespace engine

namespace utils {
template <typename Function, typename... Args>
engine::TaskWithResult<int> Async(std::string name, Function &&, Args &&...) {
  return {};
}
template <typename Function, typename... Args>
engine::TaskWithResult<int> Async(engine::TaskProcessor &, std::string name, Function &&,
                                  Args &&...) {
  return {};
}
} // namespace utils

namespace clients::http {
class Request {
public:
  std::shared_ptr<int> perform();
};
} // namespace clients::http

namespace fs {
std::string ReadFileContents(engine::TaskProcessor &, const std::string &path);
void RewriteFileContents(engine::TaskProcessor &, const std::string &path, std::string_view);
void CreateDirectories(engine::TaskProcessor &, std::string_view path);
} // namespace fs
namespace fs::blocking {
std::string ReadFileContents(const std::string &path);
bool FileExists(const std::string &path);
void RewriteFileContents(const std::string &path, std::string_view);
class CFile {
public:
  CFile();
  CFile(const std::string &path, int flags);
  std::size_t Read(char *, std::size_t);
  void Close();
};
class FileDescriptor {
public:
  static FileDescriptor Open(const std::string &path, int flags);
  void FSync();
};
} // namespace fs::blocking

USERVER_NAMESPACE_END

// ---- suspends the task -------------------------------------------------------------------------

using namespace userver;
using namespace std::chrono_literals;

ASYNC_TIDY_RUNS_ON_LOOP void locks(engine::Mutex &mutex, engine::SharedMutex &shared,
                                   engine::Semaphore &semaphore,
                                   engine::ConditionVariable &condition) {
  mutex.lock();
  mutex.unlock();
  mutex.try_lock();
  shared.lock();
  shared.try_lock();
  shared.lock_shared();
  semaphore.lock_shared();
}

// The guards of the standard library lock them. Which mutex a guard has does not show where it
// locks it once more, so that is a false alarm.
ASYNC_TIDY_RUNS_ON_LOOP void guards(engine::Mutex &mutex, engine::Mutex &other,
                                    engine::SharedMutex &shared, engine::Semaphore &semaphore,
                                    engine::ConditionVariable &condition) {
  std::lock_guard guard(mutex);
  std::scoped_lock both(mutex, other);
  std::shared_lock reading(shared);
  std::shared_lock counted(semaphore);
  std::unique_lock held(mutex);
  held.unlock();
  held.lock();                                     // WARN: 'std::unique_lock::lock' blocks
  condition.Wait(held);
  condition.Wait(held, [] { return true; });
  condition.WaitFor(held, 1ms);
}

ASYNC_TIDY_RUNS_ON_LOOP void waits(engine::TaskWithResult<int> &task, engine::Future<int> &future,
                                   engine::SingleUseEvent &once,
                                   engine::SingleConsumerEvent &event) {
  engine::SleepFor(1s);
  engine::SleepUntil({});
  engine::InterruptibleSleepFor(1s);
  engine::Yield();
  task.Wait();
  task.WaitFor(1s);
  task.Get();
  task.SyncCancel();
  future.get();
  future.wait();
  once.Wait();
  event.WaitForEvent();
  utils::Async("name", [] { engine::SleepFor(1s); }).Get();
}

ASYNC_TIDY_RUNS_ON_LOOP void exchanges(engine::io::Socket &socket, char *buffer,
                                       engine::subprocess::ChildProcess &child,
                                       clients::http::Request &request,
                                       engine::TaskProcessor &forFiles) {
  socket.Connect(1, {});
  socket.RecvSome(buffer, 1, {});
  socket.RecvAll(buffer, 1, {});
  socket.SendAll(buffer, 1, {});
  socket.Accept({});
  child.Wait();
  child.Get();
  request.perform();
  fs::ReadFileContents(forFiles, "name");
  fs::RewriteFileContents(forFiles, "name", "text");
  fs::CreateDirectories(forFiles, "name");
}

// ---- blocks the thread -------------------------------------------------------------------------

ASYNC_TIDY_RUNS_ON_LOOP void blocks(engine::TaskWithResult<int> &task, std::mutex &own,
                                    std::thread &thread, char *buffer) {
  task.BlockingWait();                             // WARN: 'userver::engine::TaskBase::BlockingWait' blocks the event loop in 'blocks' (wait)
  engine::RunStandalone([] { ::fsync(1); });       // WARN: 'userver::engine::RunStandalone' blocks
  fs::blocking::ReadFileContents("name");          // WARN: 'userver::fs::blocking::ReadFileContents' blocks the event loop in 'blocks' (disk)
  fs::blocking::FileExists("name");                // WARN: 'userver::fs::blocking::FileExists' blocks
  fs::blocking::RewriteFileContents("name", "");   // WARN: 'userver::fs::blocking::RewriteFileContents' blocks
  fs::blocking::CFile none;
  fs::blocking::CFile file("name", 0);             // WARN: 'userver::fs::blocking::CFile::CFile' blocks
  file.Read(buffer, 1);                            // WARN: 'userver::fs::blocking::CFile::Read' blocks
  fs::blocking::FileDescriptor::Open("name", 0)    // WARN: 'userver::fs::blocking::FileDescriptor::Open' blocks
      .FSync();                                    // WARN: 'userver::fs::blocking::FileDescriptor::FSync' blocks
  std::this_thread::sleep_for(1s);                 // WARN: 'std::this_thread::sleep_for' blocks the event loop in 'blocks' (sleep)
  own.lock();                                      // WARN: 'std::mutex::lock' blocks the event loop in 'blocks' (lock)
  std::lock_guard guard(own);                      // WARN: 'std::lock_guard::lock_guard' blocks
  thread.join();                                   // WARN: 'std::thread::join' blocks
}

// ---- elsewhere ---------------------------------------------------------------------------------

ASYNC_TIDY_RUNS_ON_LOOP void handsOver(engine::TaskProcessor &forFiles) {
  engine::AsyncNoSpan(forFiles, [] { fs::blocking::FileExists("name"); }).Get();
  utils::Async(forFiles, "name", [] { fs::blocking::FileExists("name"); }).Get();
}

struct Hello : server::handlers::HttpHandlerBase {
  std::string HandleRequestThrow(const server::http::HttpRequest &, server::request::RequestContext &) const override {
    fs::blocking::FileExists("name"); // WARN: 'userver::fs::blocking::FileExists' blocks the event loop in 'Hello::HandleRequestThrow' (disk)
    return "";
  }
  void Other() { fs::blocking::FileExists("name"); }
};

// ---- the user's own ----------------------------------------------------------------------------

namespace own {
struct Task {
  void BlockingWait();
};
namespace engine {
struct Mutex {
  void lock();
};
void SleepFor(int);
void RunStandalone();
} // namespace engine
namespace fs::blocking {
void ReadFileContents(const char *);
}
} // namespace own

ASYNC_TIDY_RUNS_ON_LOOP void ownNames(own::Task &task, own::engine::Mutex &mutex) {
  task.BlockingWait();
  mutex.lock();
  own::engine::SleepFor(1);
  own::engine::RunStandalone();
  own::fs::blocking::ReadFileContents("name");
}
