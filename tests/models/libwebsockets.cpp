// libwebsockets: serving the context waits for events.
// REQUIRES: common-tests, pack-libwebsockets
// RUN: %check %s async-blocking-call --only command --command-option=--uncertain -- -I%source_root/checker/include
#include <async_tidy/annotations.h>
#include <libwebsockets.h>

ASYNC_TIDY_RUNS_ON_LOOP void serve(lws_context *context, lws *connection) {
  lws_service(context, 0);                          // WARN: 'lws_service' blocks the event loop in 'serve' (wait)
  lws_service(context, 1000);                       // WARN: 'lws_service' blocks
  lws_service(context, -1);
  lws_service_fd(context, nullptr);
  lws_cancel_service(context);
  lws_callback_on_writable(connection);
}
