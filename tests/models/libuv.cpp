// libuv: what is done at once for want of a callback, and what runs where.
// REQUIRES: common-tests, pack-libuv
// RUN: %check %s async-blocking-call --only command --command-option=--uncertain --command-option=--tiers=+lock -- -I%source_root/checker/include
#include <async_tidy/annotations.h>
#include <fcntl.h>
#include <unistd.h>
#include <uv.h>

static void onFile(uv_fs_t *) {
  ::sleep(1); // WARN: 'sleep' blocks the event loop in 'onFile' (sleep)
}

ASYNC_TIDY_RUNS_ON_LOOP void files(uv_loop_t *loop, uv_fs_t *request, uv_pipe_t *pipe, uv_lib_t *library) {
  uv_fs_open(loop, request, "", O_RDONLY, 0, NULL); // WARN: 'uv_fs_open' blocks the event loop in 'files' (disk)
  uv_fs_open(loop, request, "", O_RDONLY, 0, onFile);
  uv_fs_read(loop, request, 1, nullptr, 0, 0, nullptr); // WARN: 'uv_fs_read'
  uv_fs_close(loop, request, 1, 0);      // WARN: 'uv_fs_close'
  uv_fs_close(loop, request, 1, onFile);
  uv_fs_scandir(loop, request, "", 0, NULL); // WARN: 'uv_fs_scandir'
  uv_dirent_t entry;
  uv_fs_scandir_next(request, &entry);
  uv_fs_req_cleanup(request);
  uv_pipe_chmod(pipe, UV_READABLE);      // WARN: 'uv_pipe_chmod'
  uv_dlopen("", library);                // WARN: 'uv_dlopen'
  char buffer[64];
  size_t size = sizeof buffer;
  uv_os_homedir(buffer, &size);          // WARN: 'uv_os_homedir' may block
  uv_random(loop, nullptr, buffer, size, 0, NULL); // WARN: 'uv_random' may block
  uv_random(loop, nullptr, buffer, size, 0, [](uv_random_t *, int, void *, size_t) {
    ::sleep(1); // WARN: 'sleep' blocks the event loop
  });
}

ASYNC_TIDY_RUNS_ON_LOOP void names(uv_loop_t *loop, uv_getaddrinfo_t *lookup, uv_getnameinfo_t *reverse) {
  uv_getaddrinfo(loop, lookup, NULL, "host", "80", NULL); // WARN: 'uv_getaddrinfo' blocks the event loop in 'names' (dns)
  uv_getaddrinfo(loop, lookup, NULL, NULL, "80", NULL);
  uv_getaddrinfo(loop, lookup, [](uv_getaddrinfo_t *, int, addrinfo *) {
    ::sleep(1); // WARN: 'sleep' blocks the event loop
  }, "host", "80", NULL);
  uv_getnameinfo(loop, reverse, NULL, NULL, 0);           // WARN: 'uv_getnameinfo'
  uv_getnameinfo(loop, reverse, NULL, NULL, NI_NUMERICHOST);
}

ASYNC_TIDY_RUNS_ON_LOOP void loops(uv_loop_t *loop, uv_thread_t *thread) {
  uv_run(loop, UV_RUN_DEFAULT); // WARN: 'uv_run' blocks the event loop in 'loops' (wait)
  uv_run(loop, UV_RUN_ONCE);    // WARN: 'uv_run'
  uv_run(loop, UV_RUN_NOWAIT);
  uv_stop(loop);
  uv_sleep(10);                 // WARN: 'uv_sleep' blocks the event loop in 'loops' (sleep)
  uv_thread_join(thread);       // WARN: 'uv_thread_join'
  uv_library_shutdown();        // WARN: 'uv_library_shutdown'
  uv_loop_close(loop);          // WARN: 'uv_loop_close' may block
}

ASYNC_TIDY_RUNS_ON_LOOP void locks(uv_mutex_t *mutex, uv_rwlock_t *both, uv_sem_t *semaphore, uv_cond_t *condition,
                                   uv_barrier_t *barrier) {
  uv_mutex_lock(mutex);            // WARN: 'uv_mutex_lock' blocks the event loop in 'locks' (lock)
  uv_mutex_trylock(mutex);
  uv_mutex_unlock(mutex);
  uv_rwlock_rdlock(both);          // WARN: 'uv_rwlock_rdlock'
  uv_rwlock_wrlock(both);          // WARN: 'uv_rwlock_wrlock'
  uv_sem_wait(semaphore);          // WARN: 'uv_sem_wait' blocks the event loop in 'locks' (wait)
  uv_sem_trywait(semaphore);
  uv_sem_post(semaphore);
  uv_cond_wait(condition, mutex);  // WARN: 'uv_cond_wait'
  uv_cond_timedwait(condition, mutex, 100); // WARN: 'uv_cond_timedwait'
  uv_cond_signal(condition);
  uv_barrier_wait(barrier);        // WARN: 'uv_barrier_wait'
}

ASYNC_TIDY_RUNS_ON_LOOP void streams(uv_stream_t *stream, uv_write_t *request, uv_buf_t *buffer) {
  uv_stream_set_blocking(stream, 1); // WARN: 'uv_stream_set_blocking' may block
  uv_stream_set_blocking(stream, 0);
  uv_try_write(stream, buffer, 1);
  uv_read_stop(stream);
  uv_write(request, stream, buffer, 1, [](uv_write_t *, int) {
    ::sleep(1); // WARN: 'sleep' blocks the event loop
  });
}

static void onTimer(uv_timer_t *) {
  uv_sleep(1); // WARN: 'uv_sleep' blocks the event loop in 'onTimer' (sleep)
}

static void work(uv_work_t *) { uv_sleep(1); }
static void thread(void *) { uv_sleep(1); }

int main() {
  uv_loop_t *loop = uv_default_loop();
  uv_timer_t timer;
  uv_timer_init(loop, &timer);
  uv_timer_start(&timer, onTimer, 0, 1000);
  uv_work_t job;
  uv_queue_work(loop, &job, work, [](uv_work_t *, int) {
    uv_sleep(3); // WARN: 'uv_sleep' blocks the event loop
  });
  uv_queue_work(loop, &job, [](uv_work_t *) { uv_sleep(4); }, nullptr);
  uv_thread_t handle;
  uv_thread_create(&handle, thread, nullptr);
  uv_async_t async;
  uv_async_init(loop, &async, [](uv_async_t *) {
    uv_sleep(2); // WARN: 'uv_sleep' blocks the event loop
  });
  uv_run(loop, UV_RUN_DEFAULT);
  uv_thread_join(&handle);
}
