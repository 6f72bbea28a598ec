// libuv: a thread computes prices, and the loop shows each a little later, when it has settled. The
// thread starts the loop's timer for that itself, and puts the price into its data.
// REQUIRES: common-tests, libuv
// RUN: %check %s async-loop-bound-capture
// RUN: %python %S/prove.py %s --compiler %compiler \
// RUN:   --complains "WARNING: ThreadSanitizer: data race" \
// RUN:   --complains "Location is global 'display'" \
// RUN:   -- -fsanitize=thread -pthread -luv
#include <uv.h>

#include <cstdint>
#include <cstdio>

constexpr std::uint64_t settling = 5; // milliseconds
constexpr int wanted = 4;             // prices

struct Display {
  uv_timer_t refresh;
  uv_timer_t clock;
  int prices[wanted] = {};
  int shown = 0; // which of them
};

Display display;

void show(uv_timer_t *refresh) {
  if (const auto *const price = static_cast<int *>(refresh->data)) {
    display.shown = *price;
    std::printf("price %d\n", display.shown);
  }
}

void compute(void *) {
  int computed = 0;
  for (int &price : display.prices) {
    uv_sleep(30); // a computation
    price = ++computed;
    display.refresh.data = &price;
    uv_timer_start(&display.refresh, show, settling, 0); // WARN: 'uv_timer_start' uses 'Display::refresh' on another thread, while the event loop uses it
  }
}

// The last price stands for a while.
void tick(uv_timer_t *clock) {
  if (!uv_is_active(reinterpret_cast<uv_handle_t *>(&display.refresh)) && display.shown == wanted)
    uv_stop(clock->loop);
}

int main() {
  uv_loop_t *const loop = uv_default_loop();
  uv_timer_init(loop, &display.refresh);
  uv_timer_init(loop, &display.clock);
  uv_timer_start(&display.clock, tick, 10, 10);

  uv_thread_t worker;
  uv_thread_create(&worker, compute, nullptr);
  uv_run(loop, UV_RUN_DEFAULT);
  uv_thread_join(&worker);
}
