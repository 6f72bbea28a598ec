// OpenMP's run-time functions.
// REQUIRES: common-tests, pack-openmp
// RUN: %check %s async-blocking-call --only command --command-option=--uncertain --command-option=--tiers=+lock,+console -- -I%source_root/checker/include %headers
#include <async_tidy/annotations.h>
#include <omp.h>

ASYNC_TIDY_RUNS_ON_LOOP void locks(omp_lock_t *lock, omp_nest_lock_t *nest, void *to, const void *from) {
  omp_set_lock(lock);                          // WARN: 'omp_set_lock' blocks the event loop in 'locks' (lock)
  omp_set_nest_lock(nest);                     // WARN: 'omp_set_nest_lock' blocks
  omp_test_lock(lock);
  omp_test_nest_lock(nest);
  omp_unset_lock(lock);
  omp_target_memcpy(to, from, 1, 0, 0, 0, 0);  // WARN: 'omp_target_memcpy' blocks the event loop in 'locks' (cpu)
  omp_target_memcpy_rect(to, from, 1, 0, nullptr, nullptr, nullptr, nullptr, nullptr, 0, 0); // WARN: 'omp_target_memcpy_rect' blocks
  omp_get_thread_num();
}
