// GLib: most objects belong to one thread at a time; contexts, loops and what adds sources do not.
// REQUIRES: common-tests, pack-glib
// RUN: %check %s async-loop-bound-capture --only command -- -isystem /usr/include/glib-2.0 -isystem /usr/lib/x86_64-linux-gnu/glib-2.0/include
#include <gio/gio.h>
#include <glib.h>

GMainContext *context;
GMainLoop *loop;
GInputStream *input, *closed;
GSocketClient *client;

static gboolean onIdle(gpointer) {
  g_input_stream_has_pending(input);
  g_input_stream_has_pending(closed);
  g_socket_client_get_timeout(client);
  g_main_context_pending(context);
  g_main_loop_is_running(loop);
  return FALSE;
}

static gboolean close(gpointer) {
  g_input_stream_clear_pending(closed);
  return FALSE;
}

static gpointer thread(gpointer) {
  g_idle_add(close, nullptr);
  g_timeout_add_seconds(1, onIdle, nullptr);
  g_main_context_invoke(context, close, nullptr);
  g_main_context_wakeup(context);
  g_main_loop_quit(loop);
  g_input_stream_close(input, nullptr, nullptr); // WARN: 'g_input_stream_close' uses 'input' on another thread
  g_socket_client_set_timeout(client, 1);        // WARN: 'g_socket_client_set_timeout' uses 'client' on another thread
  return nullptr;
}

int main() {
  g_idle_add(onIdle, nullptr);
  g_thread_new("thread", thread, nullptr);
  g_main_loop_run(loop);
}
