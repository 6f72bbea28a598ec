// libwebsockets: all belongs to the thread that serves the context; others may only wake it.
// REQUIRES: common-tests, pack-libwebsockets
// RUN: %check %s async-loop-bound-capture --only command -- -I%source_root/checker/include
#include <async_tidy/annotations.h>
#include <libwebsockets.h>
#include <thread>

lws_context *context;
lws *connection;

ASYNC_TIDY_RUNS_ON_LOOP void serve() {
  lws_callback_on_writable(connection);
  lws_get_vhost_by_name(context, "name");
  std::thread([] { lws_cancel_service(context); }).detach();
  std::thread([] { lws_callback_on_writable(connection); }).detach();    // WARN: 'lws_callback_on_writable' uses 'connection' on another thread
  std::thread([] { lws_get_vhost_by_name(context, "name"); }).detach();  // WARN: 'lws_get_vhost_by_name' uses 'context' on another thread
}
