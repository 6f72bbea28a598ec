// libuv: loops and handles belong to the thread that runs the loop; any thread may only wake it.
// REQUIRES: common-tests, pack-libuv
// RUN: %check %s async-loop-bound-capture --only command -- -pthread -I%source_root/checker/include
#include <async_tidy/annotations.h>
#include <thread>
#include <uv.h>

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
