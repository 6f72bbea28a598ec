// GLib and GIO: what waits, and what runs where.
// REQUIRES: common-tests, pack-glib
// RUN: %check %s async-blocking-call --only command --command-option=--uncertain --command-option=--tiers=+lock -- -I%source_root/checker/include -isystem /usr/include/glib-2.0 -isystem /usr/lib/x86_64-linux-gnu/glib-2.0/include
#include <async_tidy/annotations.h>
#include <gio/gio.h>
#include <glib.h>
#include <glib/gstdio.h>

static gboolean onIdle(gpointer) {
  g_usleep(1); // WARN: 'g_usleep' blocks the event loop in 'onIdle' (sleep)
  return FALSE;
}

static gboolean onTimeout(gpointer) {
  g_usleep(2); // WARN: 'g_usleep' blocks the event loop in 'onTimeout' (sleep)
  return TRUE;
}

static void onDone(GObject *, GAsyncResult *, gpointer) {
  g_usleep(3); // WARN: 'g_usleep' blocks the event loop in 'onDone' (sleep)
}

static gpointer thread(gpointer) {
  g_usleep(4);
  return nullptr;
}

static void work(GTask *, gpointer, gpointer, GCancellable *) { g_usleep(5); }

int main() {
  g_idle_add(onIdle, nullptr);
  g_timeout_add_full(G_PRIORITY_DEFAULT, 100, onTimeout, nullptr, nullptr);
  g_thread_new("thread", thread, nullptr);
  GTask *task = g_task_new(nullptr, nullptr, onDone, nullptr);
  g_task_run_in_thread(task, work);
  g_main_loop_run(g_main_loop_new(nullptr, FALSE));
}

ASYNC_TIDY_RUNS_ON_LOOP void loops(GMainLoop *loop, GMainContext *context, GPollFD *descriptors) {
  g_main_loop_run(loop);                    // WARN: 'g_main_loop_run' blocks the event loop in 'loops' (wait)
  g_main_context_iteration(context, TRUE);  // WARN: 'g_main_context_iteration'
  g_main_context_iteration(context, FALSE);
  g_main_context_wakeup(context);
  g_main_loop_quit(loop);
  g_poll(descriptors, 1, -1);               // WARN: 'g_poll'
  g_poll(descriptors, 1, 0);
  g_usleep(0);
}

ASYNC_TIDY_RUNS_ON_LOOP void locks(GMutex *mutex, GRecMutex *recursive, GRWLock *both) {
  g_mutex_lock(mutex); // WARN: 'g_mutex_lock' blocks the event loop in 'locks' (lock)
  g_mutex_unlock(mutex);
  g_mutex_trylock(mutex);
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new(mutex); // WARN: 'g_mutex_locker_new'
  g_rec_mutex_lock(recursive);    // WARN: 'g_rec_mutex_lock'
  g_rw_lock_reader_lock(both);    // WARN: 'g_rw_lock_reader_lock'
  g_rw_lock_writer_lock(both);    // WARN: 'g_rw_lock_writer_lock'
  static gsize once = 0;
  if (g_once_init_enter(&once))   // WARN: 'g_once_init_enter' may block
    g_once_init_leave(&once, 1);
}

ASYNC_TIDY_RUNS_ON_LOOP void waits(GCond *condition, GMutex *mutex, GThread *handle, GAsyncQueue *queue,
                                   GThreadPool *pool, GTask *task) {
  g_cond_wait(condition, mutex); // WARN: 'g_cond_wait' blocks the event loop in 'waits' (wait)
  g_cond_signal(condition);
  g_thread_join(handle);         // WARN: 'g_thread_join'
  g_async_queue_pop(queue);      // WARN: 'g_async_queue_pop'
  g_async_queue_timeout_pop(queue, 1000); // WARN: 'g_async_queue_timeout_pop'
  g_async_queue_timeout_pop(queue, 0);
  g_async_queue_try_pop(queue);
  g_async_queue_push(queue, pool);
  g_thread_pool_free(pool, FALSE, TRUE);  // WARN: 'g_thread_pool_free'
  g_thread_pool_free(pool, FALSE, FALSE);
  g_task_run_in_thread(task, work);
  g_task_run_in_thread_sync(task, work);  // WARN: 'g_task_run_in_thread_sync'
}

ASYNC_TIDY_RUNS_ON_LOOP void processes(GSubprocess *process) {
  g_spawn_command_line_sync("ls", nullptr, nullptr, nullptr, nullptr); // WARN: 'g_spawn_command_line_sync' blocks the event loop in 'processes' (process)
  g_spawn_async(nullptr, nullptr, nullptr, G_SPAWN_DEFAULT, nullptr, nullptr, nullptr, nullptr);
  g_subprocess_wait(process, nullptr, nullptr); // WARN: 'g_subprocess_wait'
  g_subprocess_wait_async(process, nullptr, onDone, nullptr);
}

ASYNC_TIDY_RUNS_ON_LOOP void buses(GDBusProxy *proxy) {
  g_bus_get_sync(G_BUS_TYPE_SESSION, nullptr, nullptr); // WARN: 'g_bus_get_sync' blocks the event loop in 'buses' (wait)
  g_bus_get(G_BUS_TYPE_SESSION, nullptr, onDone, nullptr);
  g_dbus_proxy_call_sync(proxy, "", nullptr, G_DBUS_CALL_FLAGS_NONE, -1, nullptr, nullptr); // WARN: 'g_dbus_proxy_call_sync'
  g_dbus_proxy_call(proxy, "", nullptr, G_DBUS_CALL_FLAGS_NONE, -1, nullptr, onDone, nullptr);
}

ASYNC_TIDY_RUNS_ON_LOOP void files(GFile *file, GInputStream *input, GIOChannel *channel) {
  g_file_get_contents("", nullptr, nullptr, nullptr); // WARN: 'g_file_get_contents' blocks the event loop in 'files' (disk)
  g_file_read(file, nullptr, nullptr);                // WARN: 'g_file_read'
  g_file_read_async(file, 0, nullptr, onDone, nullptr);
  g_file_query_exists(file, nullptr);                 // WARN: 'g_file_query_exists'
  g_file_get_path(file);
  g_file_test("", G_FILE_TEST_EXISTS);                // WARN: 'g_file_test'
  g_unlink("");                                       // WARN: 'g_unlink'
  g_access("", 0);                                    // WARN: 'g_access'
  g_dir_open("", 0, nullptr);                         // WARN: 'g_dir_open'
  g_input_stream_read(input, nullptr, 0, nullptr, nullptr); // WARN: 'g_input_stream_read'
  g_input_stream_read_async(input, nullptr, 0, 0, nullptr, onDone, nullptr);
  g_io_channel_flush(channel, nullptr);               // WARN: 'g_io_channel_flush' may block
}

ASYNC_TIDY_RUNS_ON_LOOP void sockets(GSocket *blocking, GSocket *other, GSocketClient *client, GResolver *resolver) {
  g_socket_send(blocking, "", 0, nullptr, nullptr); // WARN: 'g_socket_send' blocks the event loop in 'sockets' (network)
  g_socket_set_blocking(other, FALSE);
  g_socket_send(other, "", 0, nullptr, nullptr);
  g_socket_receive(other, nullptr, 0, nullptr, nullptr);
  g_socket_condition_wait(other, G_IO_IN, nullptr, nullptr); // WARN: 'g_socket_condition_wait'
  g_socket_condition_timed_wait(other, G_IO_IN, 0, nullptr, nullptr);
  g_socket_client_connect_to_host(client, "", 1, nullptr, nullptr); // WARN: 'g_socket_client_connect_to_host'
  g_socket_client_connect_to_host_async(client, "", 1, nullptr, onDone, nullptr);
  g_resolver_lookup_by_name(resolver, "", nullptr, nullptr); // WARN: 'g_resolver_lookup_by_name' blocks the event loop in 'sockets' (dns)
}
