// libuv: a thread computes prices, and the loop shows each a little later, when it has settled. The
// thread wakes the loop, which takes the price and starts its timer.
// REQUIRES: common-tests, libuv
// RUN: %check %s async-loop-bound-capture
// RUN: %python %S/prove.py %s --compiler %compiler \
// RUN:   --quiet --prints "price 4" \
// RUN:   -- -fsanitize=thread -pthread -luv
#include <uv.h>

#include <cstdint>
#include <cstdio>
#include <mutex>

constexpr std::uint64_t settling = 5; // milliseconds
constexpr int wanted = 4;             // prices

struct Display {
  uv_async_t computed;
  uv_timer_t refresh;
  uv_timer_t clock;
  std::mutex mutex;
  int latest = 0; // of what the thread has computed
  int price = 0;
  int shown = 0; // which of them
};

Display display;

void show(uv_timer_t *refresh) {
  display.shown = *static_cast<int *>(refresh->data);
  std::printf("price %d\n", display.shown);
}

void take(uv_async_t *) {
  const std::lock_guard lock(display.mutex);
  display.price = display.latest;
  display.refresh.data = &display.price;
  uv_timer_start(&display.refresh, show, settling, 0);
}

void compute(void *) {
  for (int price = 1; price <= wanted; ++price) {
    uv_sleep(30); // a computation
    {
      const std::lock_guard lock(display.mutex);
      display.latest = price;
    }
    uv_async_send(&display.computed);
  }
}

// The last price stands for a while.
void tick(uv_timer_t *clock) {
  if (!uv_is_active(reinterpret_cast<uv_handle_t *>(&display.refresh)) && display.shown == wanted)
    uv_stop(clock->loop);
}

int main() {
  uv_loop_t *const loop = uv_default_loop();
  uv_async_init(loop, &display.computed, take);
  uv_timer_init(loop, &display.refresh);
  uv_timer_init(loop, &display.clock);
  uv_timer_start(&display.clock, tick, 10, 10);

  uv_thread_t worker;
  uv_thread_create(&worker, compute, nullptr);
  uv_run(loop, UV_RUN_DEFAULT);
  uv_thread_join(&worker);
}
