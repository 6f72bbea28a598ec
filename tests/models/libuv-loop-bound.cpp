// libuv: loops and handles belong to the thread that runs the loop; any thread may only wake it.
// REQUIRES: common-tests, pack-libuv
// RUN: %check %s async-loop-bound-capture --only command -- -pthread -I%source_root/checker/include
#include <async_tidy/annotations.h>
#include <atomic>
#include <cstddef>
#include <cstdlib>
#include <deque>
#include <fcntl.h>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <uv.h>
#include <vector>

static void wake(uv_async_t *async) {
  uv_async_send(async);
}

static void restart(uv_timer_t *timer) {
  uv_timer_again(timer); // WARN: 'uv_timer_again' uses 'other' on another thread
}

static void onTimer(uv_timer_t *) {}
static void onAsync(uv_async_t *) {}

uv_loop_t loop;
uv_async_t async;
uv_timer_t timer, other;
uv_tcp_t tcp;
uv_buf_t buffer;

static uv_stream_t *stream() { return reinterpret_cast<uv_stream_t *>(&tcp); }

ASYNC_TIDY_RUNS_ON_LOOP void serve() {
  uv_async_init(&loop, &async, onAsync);
  uv_timer_start(&timer, onTimer, 0, 1000);
  uv_timer_start(&other, onTimer, 0, 1000);
  uv_try_write(stream(), &buffer, 1);
  std::thread([] { uv_async_send(&async); }).detach();
  std::thread([] { wake(&async); }).detach();
  std::thread([] { uv_metrics_idle_time(&loop); }).detach();
  std::thread([] { uv_timer_start(&timer, onTimer, 0, 1); }).detach(); // WARN: 'uv_timer_start' uses 'timer' on another thread
  std::thread([] { restart(&other); }).detach();
  std::thread([] { uv_try_write(stream(), &buffer, 1); }).detach();    // WARN: 'uv_try_write' uses 'tcp' on another thread
  std::thread([] { uv_close(reinterpret_cast<uv_handle_t *>(&async), nullptr); }).detach(); // WARN: 'uv_close' uses 'async' on another thread
  std::thread([] { uv_stop(&loop); }).detach();                        // WARN: 'uv_stop' uses 'loop' on another thread
  // A loop of its own.
  std::thread([] {
    uv_loop_t own;
    uv_loop_init(&own);
    uv_run(&own, UV_RUN_DEFAULT);
  }).detach();
}

struct Job {
  uv_work_t request;
  uv_async_t *async;
  uv_timer_t *timer;
};

static void work(uv_work_t *request) {
  auto *job = static_cast<Job *>(request->data);
  uv_async_send(job->async);
  uv_timer_start(job->timer, onTimer, 0, 1); // WARN: 'uv_timer_start' uses 'Job::timer' on another thread
}

static void afterWork(uv_work_t *request, int) {
  auto *job = static_cast<Job *>(request->data);
  uv_close(reinterpret_cast<uv_handle_t *>(job->async), nullptr);
  uv_timer_start(job->timer, onTimer, 0, 1);
}

void begin(uv_loop_t *loop, Job *job) {
  uv_queue_work(loop, &job->request, work, afterWork);
}

// ---- a server that scales pictures in the pool

namespace thumbnails {

struct Session {
  uv_tcp_t client;
  uv_timer_t timer;
  uv_async_t progress;
  uv_work_t job;
  uv_write_t answer, early;
  std::string path;
  std::vector<char> pixels;
  std::atomic<int> percent = 0;
};

static uv_stream_t *streamOf(Session *session) { return reinterpret_cast<uv_stream_t *>(&session->client); }

static void onTimeout(uv_timer_t *timer) { uv_read_stop(streamOf(static_cast<Session *>(timer->data))); }

static void onProgress(uv_async_t *async) { uv_timer_again(&static_cast<Session *>(async->data)->timer); }

static void onClosed(uv_handle_t *handle) { delete static_cast<Session *>(handle->data); }

static void onWritten(uv_write_t *request, int status) {
  auto *session = static_cast<Session *>(request->data);
  if (status < 0)
    uv_close(reinterpret_cast<uv_handle_t *>(&session->client), onClosed);
}

static std::vector<char> scale(const std::string &path, std::atomic<int> &percent) {
  percent = 50;
  return std::vector<char>(path.begin(), path.end());
}

static void sendEarly(Session *session) {
  uv_buf_t buffer = uv_buf_init(session->pixels.data(), 16);
  session->early.data = session;
  uv_write(&session->early, streamOf(session), &buffer, 1, onWritten); // WARN: 'uv_write' uses 'thumbnails::Session::client' on another thread // WARN: 'uv_write' uses 'thumbnails::Session::early' on another thread
}

static void scaleAndAnswer(uv_work_t *request) {
  auto *session = static_cast<Session *>(request->data);
  uv_timer_start(&session->timer, onTimeout, 30000, 0); // WARN: 'uv_timer_start' uses 'thumbnails::Session::timer' on another thread
  session->pixels = scale(session->path, session->percent);
  sendEarly(session);
  uv_async_send(&session->progress); // NOTE: to wake the event loop here, with 'uv_async_send', comes too late
}

static void report(Session *session, int percent) {
  session->percent = percent;
  uv_async_send(&session->progress);
}

static void scaleOnly(uv_work_t *request) {
  auto *session = static_cast<Session *>(request->data);
  session->pixels = scale(session->path, session->percent);
  report(session, 100);
}

static void onScaled(uv_work_t *request, int status) {
  auto *session = static_cast<Session *>(request->data);
  uv_timer_stop(&session->timer);
  if (status == UV_ECANCELED)
    return;
  uv_buf_t buffer = uv_buf_init(session->pixels.data(), session->pixels.size());
  session->answer.data = session;
  uv_write(&session->answer, streamOf(session), &buffer, 1, onWritten);
}

static void allocate(uv_handle_t *, size_t size, uv_buf_t *buffer) {
  *buffer = uv_buf_init(static_cast<char *>(std::malloc(size)), size);
}

static void onRead(uv_stream_t *stream, ssize_t length, const uv_buf_t *buffer) {
  auto *session = static_cast<Session *>(stream->data);
  if (length > 0) {
    session->path.append(buffer->base, length);
    session->job.data = session;
    if (session->path.starts_with("fast"))
      uv_queue_work(stream->loop, &session->job, scaleOnly, onScaled);
    else
      uv_queue_work(stream->loop, &session->job, scaleAndAnswer, onScaled); // NOTE: 'uv_queue_work' runs 'thumbnails::scaleAndAnswer' on another thread here
  } else if (length < 0) {
    uv_close(reinterpret_cast<uv_handle_t *>(stream), onClosed);
  }
  std::free(buffer->base);
}

static void onConnection(uv_stream_t *server, int status) {
  if (status < 0)
    return;
  auto *session = new Session;
  uv_tcp_init(server->loop, &session->client);
  uv_timer_init(server->loop, &session->timer);
  uv_async_init(server->loop, &session->progress, onProgress);
  session->client.data = session->timer.data = session->progress.data = session;
  if (uv_accept(server, streamOf(session)) == 0) {
    uv_timer_start(&session->timer, onTimeout, 30000, 0);
    uv_read_start(streamOf(session), allocate, onRead);
  }
}

int serve() {
  uv_loop_t *loop = uv_default_loop();
  uv_tcp_t server;
  sockaddr_in address;
  uv_tcp_init(loop, &server);
  uv_ip4_addr("0.0.0.0", 7000, &address);
  uv_tcp_bind(&server, reinterpret_cast<const sockaddr *>(&address), 0);
  uv_listen(reinterpret_cast<uv_stream_t *>(&server), 128, onConnection);
  return uv_run(loop, UV_RUN_DEFAULT);
}

} // namespace thumbnails

// ---- a thread that measures, with what it has in a class

namespace sensors {

class Monitor {
public:
  void start(uv_loop_t *loop) {
    uv_timer_init(loop, &ticker);
    uv_idle_init(loop, &idle);
    uv_udp_init(loop, &udp);
    uv_async_init(loop, &wake, onWake);
    ticker.data = idle.data = udp.data = wake.data = this;
    uv_timer_start(&ticker, onTick, 0, 1000);
    uv_thread_create(&thread, &Monitor::measure, this); // NOTE: 'uv_thread_create' runs 'sensors::Monitor::measure' on another thread here
  }

  void stop() {
    stopping = true;
    uv_thread_join(&thread);
    uv_timer_stop(&ticker);
    uv_close(reinterpret_cast<uv_handle_t *>(&wake), nullptr);
    uv_close(reinterpret_cast<uv_handle_t *>(&ticker), nullptr);
  }

private:
  static void measure(void *self) {
    auto *monitor = static_cast<Monitor *>(self);
    uv_udp_recv_start(&monitor->udp, allocate, onDatagram); // WARN: 'uv_udp_recv_start' uses 'sensors::Monitor::udp' on another thread
    while (!monitor->stopping)
      monitor->measureOnce();
    uv_timer_set_repeat(&monitor->ticker, 5000); // WARN: 'uv_timer_set_repeat' uses 'sensors::Monitor::ticker' on another thread
    uv_timer_stop(&monitor->ticker); // WARN: 'uv_timer_stop' uses 'sensors::Monitor::ticker' on another thread // NOTE: 'uv_timer_stop' ends what is under way, and is a use like any other
  }

  void measureOnce() {
    double value = std::rand();
    {
      std::lock_guard lock(mutex);
      values.push_back(value);
    }
    uv_async_send(&wake);
    if (value < 0)
      uv_idle_start(&idle, onIdle); // WARN: 'uv_idle_start' uses 'sensors::Monitor::idle' on another thread
  }

  static void onWake(uv_async_t *async) {
    auto *monitor = static_cast<Monitor *>(async->data);
    std::vector<double> taken;
    {
      std::lock_guard lock(monitor->mutex);
      taken.swap(monitor->values);
    }
    uv_timer_again(&monitor->ticker);
    for (double value : taken)
      monitor->send(value);
  }

  void send(double value) {
    uv_buf_t buffer = uv_buf_init(reinterpret_cast<char *>(&value), sizeof value);
    uv_udp_try_send(&udp, &buffer, 1, nullptr);
  }

  static void onIdle(uv_idle_t *handle) { uv_idle_stop(handle); }
  static void onTick(uv_timer_t *) {}
  static void onDatagram(uv_udp_t *udp, ssize_t, const uv_buf_t *, const sockaddr *, unsigned) { uv_udp_recv_stop(udp); }
  static void allocate(uv_handle_t *, size_t, uv_buf_t *) {}

  uv_thread_t thread;
  uv_timer_t ticker;
  uv_idle_t idle;
  uv_udp_t udp;
  uv_async_t wake;
  std::atomic<bool> stopping = false;
  std::mutex mutex;
  std::vector<double> values;
};

} // namespace sensors

// ---- the request leads to the struct around it

namespace lookups {

#define CONTAINER_OF(pointer, type, member) \
  reinterpret_cast<type *>(reinterpret_cast<char *>(pointer) - offsetof(type, member))

struct Lookup {
  int id;
  uv_work_t request;
  uv_getaddrinfo_t resolver;
  uv_signal_t signal;
  std::string host, found;
};

static void onResolved(uv_getaddrinfo_t *resolver, int, addrinfo *result) {
  auto *lookup = CONTAINER_OF(resolver, Lookup, resolver);
  uv_freeaddrinfo(result);
  delete lookup;
}

static void onSignal(uv_signal_t *, int) {}

static void find(uv_work_t *request) {
  auto *lookup = CONTAINER_OF(request, Lookup, request);
  lookup->found = lookup->host + ".local";
  uv_getaddrinfo(request->loop, &lookup->resolver, onResolved, lookup->host.c_str(), nullptr, nullptr); // WARN: 'uv_getaddrinfo' uses 'uv_work_s::loop' on another thread // WARN: 'uv_getaddrinfo' uses 'lookups::Lookup::resolver' on another thread
  uv_signal_start(&lookup->signal, onSignal, 2); // WARN: 'uv_signal_start' uses 'lookups::Lookup::signal' on another thread
  uv_stop(request->loop); // WARN: 'uv_stop' uses 'uv_work_s::loop' on another thread
}

static void findOnly(uv_work_t *request) {
  auto *lookup = CONTAINER_OF(request, Lookup, request);
  lookup->found = lookup->host + ".local";
}

static void onFound(uv_work_t *request, int) {
  auto *lookup = CONTAINER_OF(request, Lookup, request);
  uv_signal_stop(&lookup->signal);
  uv_getaddrinfo(request->loop, &lookup->resolver, onResolved, lookup->found.c_str(), nullptr, nullptr);
}

void begin(uv_loop_t *loop, std::string host, bool isGood) {
  auto *lookup = new Lookup{.host = host};
  uv_signal_init(loop, &lookup->signal);
  uv_queue_work(loop, &lookup->request, isGood ? findOnly : find, onFound);
}

} // namespace lookups

// ---- lambdas for callbacks, members for what they do

namespace downloads {

struct Download {
  void begin(uv_loop_t *loop) {
    request.data = retry.data = this;
    uv_timer_init(loop, &retry);
    uv_async_init(loop, &progress, [](uv_async_t *) {});
    uv_queue_work(
        loop, &request, [](uv_work_t *work) { static_cast<Download *>(work->data)->fetch(); },
        [](uv_work_t *work, int) { static_cast<Download *>(work->data)->fetched(); });
  }

  void fetch() {
    body = url;
    if (body.empty())
      uv_timer_start(&retry, [](uv_timer_t *) {}, 1000, 0); // WARN: 'uv_timer_start' uses 'downloads::Download::retry' on another thread
    uv_async_send(&progress); // NOTE: to wake the event loop here, with 'uv_async_send', comes too late
  }

  void fetched() {
    if (body.empty() && ++attempts < 3)
      uv_timer_start(
          &retry, [](uv_timer_t *timer) { static_cast<Download *>(timer->data)->begin(timer->loop); }, 1000, 0);
    else
      uv_close(reinterpret_cast<uv_handle_t *>(&retry), nullptr);
  }

  uv_work_t request;
  uv_timer_t retry;
  uv_async_t progress;
  std::string url, body;
  int attempts = 0;
};

} // namespace downloads

// ---- a queue of what the loop is to do

namespace dispatchers {

class Dispatcher {
public:
  explicit Dispatcher(uv_loop_t *loop) {
    uv_async_init(loop, &async, [](uv_async_t *handle) { static_cast<Dispatcher *>(handle->data)->drain(); });
    async.data = this;
  }

  void post(std::function<void()> task) {
    {
      std::lock_guard lock(mutex);
      tasks.push_back(std::move(task));
    }
    uv_async_send(&async);
  }

private:
  void drain() {
    std::deque<std::function<void()>> taken;
    {
      std::lock_guard lock(mutex);
      taken.swap(tasks);
    }
    for (auto &task : taken)
      task();
  }

  uv_async_t async;
  std::mutex mutex;
  std::deque<std::function<void()>> tasks;
};

class Player {
public:
  Player(uv_loop_t *loop, Dispatcher &dispatcher) : dispatcher(dispatcher) {
    uv_timer_init(loop, &clock);
    uv_check_init(loop, &check);
    uv_timer_start(&clock, [](uv_timer_t *) {}, 0, 40);
  }

  void play() {
    decoder = std::thread([this] {
      while (int frame = std::rand()) {
        dispatcher.post([this, frame] { show(frame); });
        if (frame % 100 == 0)
          uv_timer_set_repeat(&clock, 20); // WARN: 'uv_timer_set_repeat' uses 'dispatchers::Player::clock' on another thread
      }
      dispatcher.post([this] { uv_timer_stop(&clock); });
    });
  }

private:
  void show(int) {
    uv_timer_again(&clock);
    uv_check_start(&check, [](uv_check_t *) {});
  }

  Dispatcher &dispatcher;
  uv_timer_t clock;
  uv_check_t check;
  std::thread decoder;
};

} // namespace dispatchers

// ---- right: a loop for each thread

namespace shards {

struct Shard {
  uv_thread_t thread;
  uv_loop_t loop;
  uv_timer_t timer;
  uv_async_t stop;
  uv_process_t child;
  uv_sem_t ready;
  unsigned ticks = 0;
};

static void onTick(uv_timer_t *timer) {
  auto *shard = static_cast<Shard *>(timer->data);
  if (++shard->ticks == 100)
    uv_timer_set_repeat(&shard->timer, 1000);
}

static void onStop(uv_async_t *async) {
  auto *shard = static_cast<Shard *>(async->data);
  uv_timer_stop(&shard->timer);
  uv_process_kill(&shard->child, 15);
  uv_close(reinterpret_cast<uv_handle_t *>(&shard->timer), nullptr);
  uv_close(reinterpret_cast<uv_handle_t *>(async), nullptr);
}

static void run(void *argument) {
  auto *shard = static_cast<Shard *>(argument);
  uv_process_options_t options{};
  uv_loop_init(&shard->loop);
  uv_async_init(&shard->loop, &shard->stop, onStop);
  uv_timer_init(&shard->loop, &shard->timer);
  shard->stop.data = shard->timer.data = shard;
  uv_timer_start(&shard->timer, onTick, 10, 10);
  uv_spawn(&shard->loop, &shard->child, &options);
  uv_sem_post(&shard->ready);
  uv_run(&shard->loop, UV_RUN_DEFAULT);
  uv_loop_close(&shard->loop);
}

int serve() {
  std::vector<std::unique_ptr<Shard>> shards;
  for (int i = 0; i < 4; ++i) {
    auto shard = std::make_unique<Shard>();
    uv_sem_init(&shard->ready, 0);
    uv_thread_create(&shard->thread, run, shard.get());
    uv_sem_wait(&shard->ready);
    shards.push_back(std::move(shard));
  }
  for (auto &shard : shards)
    uv_async_send(&shard->stop);
  for (auto &shard : shards)
    uv_thread_join(&shard->thread);
  return 0;
}

} // namespace shards

// ---- right: one thread prepares the loop, another runs it

namespace background {

class EventLoop {
public:
  EventLoop() : loop(std::make_unique<uv_loop_t>()) {
    uv_loop_init(loop.get());
    uv_async_init(loop.get(), &wake, onWake);
    wake.data = this;
  }

  void start() {
    thread = std::thread([this] { run(); });
  }

  void stop() {
    post([this] { uv_close(reinterpret_cast<uv_handle_t *>(&wake), nullptr); });
    thread.join();
    uv_loop_close(loop.get());
  }

  void every(uint64_t milliseconds) {
    post([this, milliseconds] {
      uv_timer_init(loop.get(), &timer);
      uv_timer_start(&timer, [](uv_timer_t *) {}, 0, milliseconds);
    });
  }

private:
  void post(std::function<void()> task) {
    std::lock_guard lock(mutex);
    tasks.push_back(std::move(task));
    uv_async_send(&wake);
  }

  void run() {
    uv_update_time(loop.get());
    uv_run(loop.get(), UV_RUN_DEFAULT);
  }

  static void onWake(uv_async_t *async) {
    auto *self = static_cast<EventLoop *>(async->data);
    std::lock_guard lock(self->mutex);
    for (auto &task : self->tasks)
      task();
    self->tasks.clear();
  }

  std::unique_ptr<uv_loop_t> loop;
  uv_async_t wake;
  uv_timer_t timer;
  std::thread thread;
  std::mutex mutex;
  std::deque<std::function<void()>> tasks;
};

} // namespace background

// ---- right: what has no callback is done at once, and no loop has to do with it; a loop for one job; what is joined

namespace jobs {

struct Job {
  uv_work_t request;
  uv_fs_t entry, later;
  uv_timer_t *timer;
  std::string path, text;
  uint64_t size, time;
};

static std::string readAll(const std::string &path) {
  uv_fs_t open, read, close;
  char data[4096];
  int file = uv_fs_open(nullptr, &open, path.c_str(), O_RDONLY, 0, nullptr);
  uv_fs_req_cleanup(&open);
  uv_buf_t buffer = uv_buf_init(data, sizeof data);
  int length = uv_fs_read(nullptr, &read, file, &buffer, 1, 0, nullptr);
  uv_fs_req_cleanup(&read);
  uv_fs_close(nullptr, &close, file, nullptr);
  return std::string(data, length);
}

static uint64_t measure(const char *host) {
  uv_loop_t own;
  uv_timer_t timer;
  uv_getaddrinfo_t resolver;
  uv_loop_init(&own);
  uv_timer_init(&own, &timer);
  uv_getaddrinfo(&own, &resolver, [](uv_getaddrinfo_t *, int, addrinfo *) {}, host, nullptr, nullptr);
  uv_timer_start(&timer, [](uv_timer_t *) {}, 1000, 0);
  uv_run(&own, UV_RUN_DEFAULT);
  uv_loop_close(&own);
  return uv_hrtime();
}

static void work(uv_work_t *request) {
  auto *job = static_cast<Job *>(uv_req_get_data(reinterpret_cast<uv_req_t *>(request)));
  job->text = readAll(job->path);
  uv_fs_stat(nullptr, &job->entry, job->path.c_str(), nullptr);
  job->size = job->entry.statbuf.st_size;
  uv_fs_req_cleanup(&job->entry);
}

static void onStat(uv_fs_t *request) { uv_fs_req_cleanup(request); }

static void afterWork(uv_work_t *request, int) {
  auto *job = static_cast<Job *>(request->data);
  uv_fs_stat(request->loop, &job->later, job->path.c_str(), onStat);
  uv_timer_start(job->timer, [](uv_timer_t *) {}, job->time, 0);
}

static void time(uv_work_t *request) {
  auto *job = static_cast<Job *>(request->data);
  job->time = measure(job->path.c_str());
}

static void readSettings(void *argument) {
  static_cast<Job *>(argument)->path = "settings";
}

void begin(uv_loop_t *loop, Job *job) {
  uv_thread_t thread;
  uv_thread_create(&thread, readSettings, job);
  uv_thread_join(&thread);
  uv_timer_init(loop, job->timer);
  job->request.data = job;
  uv_queue_work(loop, &job->request, work, afterWork);
  uv_queue_work(loop, &(new Job(*job))->request, time, afterWork);
}

} // namespace jobs
