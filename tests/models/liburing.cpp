// liburing: what waits for completions, and what takes those that are there.
// REQUIRES: common-tests, pack-liburing
// RUN: %check %s async-blocking-call --only command --command-option=--uncertain --command-option=--tiers=+lock,+console -- -I%source_root/checker/include
#include <async_tidy/annotations.h>
#include <liburing.h>

ASYNC_TIDY_RUNS_ON_LOOP void reap(io_uring *ring, unsigned count, __kernel_timespec *timeout) {
  io_uring_cqe *done = nullptr;
  __kernel_timespec none{0, 0};
  io_uring_wait_cqe(ring, &done);                              // WARN: 'io_uring_wait_cqe' blocks the event loop in 'reap' (wait)
  io_uring_wait_cqe_nr(ring, &done, count);                    // WARN: 'io_uring_wait_cqe_nr' blocks
  io_uring_wait_cqe_nr(ring, &done, 0);
  io_uring_wait_cqe_timeout(ring, &done, timeout);             // WARN: 'io_uring_wait_cqe_timeout' blocks
  io_uring_wait_cqe_timeout(ring, &done, nullptr);             // WARN: 'io_uring_wait_cqe_timeout' blocks
  io_uring_wait_cqe_timeout(ring, &done, &none);
  io_uring_wait_cqes(ring, &done, 1, timeout, nullptr);        // WARN: 'io_uring_wait_cqes' blocks
  io_uring_wait_cqes(ring, &done, 0, timeout, nullptr);
  io_uring_wait_cqes(ring, &done, 1, &none, nullptr);
  io_uring_submit_and_wait(ring, 1);                           // WARN: 'io_uring_submit_and_wait' blocks
  io_uring_submit_and_wait(ring, 0);
  io_uring_submit_and_wait_timeout(ring, &done, 1, timeout, nullptr); // WARN: 'io_uring_submit_and_wait_timeout' blocks
  io_uring_submit_and_wait_timeout(ring, &done, 0, timeout, nullptr);
  io_uring_enter(3, 1, 1, IORING_ENTER_GETEVENTS, nullptr);    // WARN: 'io_uring_enter' blocks
  io_uring_enter(3, 1, 0, IORING_ENTER_GETEVENTS, nullptr);
  io_uring_enter(3, 1, 1, 0, nullptr);
  io_uring_submit(ring);
  io_uring_peek_cqe(ring, &done);
  io_uring_cqe_seen(ring, done);
}
