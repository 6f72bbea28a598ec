// ZeroMQ: what waits for a message, what may, and what does not.
// REQUIRES: common-tests, pack-zeromq
// RUN: %check %s async-blocking-call --only command --command-option=--uncertain -- -I%source_root/checker/include
#include <async_tidy/annotations.h>
#include <zmq.h>

void work(void *socket) {
  char buffer[64];
  zmq_recv(socket, buffer, sizeof buffer, 0);
}

ASYNC_TIDY_RUNS_ON_LOOP void talk(void *context, void *socket, zmq_msg_t *message, zmq_pollitem_t *items, int flags) {
  char buffer[64];
  zmq_recv(socket, buffer, sizeof buffer, 0);                  // WARN: 'zmq_recv' blocks the event loop in 'talk' (network)
  zmq_recv(socket, buffer, sizeof buffer, flags);              // WARN: 'zmq_recv' blocks
  zmq_recv(socket, buffer, sizeof buffer, ZMQ_DONTWAIT);
  zmq_msg_recv(message, socket, 0);                            // WARN: 'zmq_msg_recv' blocks
  zmq_msg_recv(message, socket, ZMQ_DONTWAIT);
  zmq_send(socket, buffer, sizeof buffer, ZMQ_SNDMORE);        // WARN: 'zmq_send' may block
  zmq_send(socket, buffer, sizeof buffer, ZMQ_SNDMORE | ZMQ_DONTWAIT);
  zmq_msg_send(message, socket, 0);                            // WARN: 'zmq_msg_send' may block
  zmq_msg_send(message, socket, ZMQ_DONTWAIT);
  zmq_poll(items, 1, -1);                                      // WARN: 'zmq_poll' blocks
  zmq_poll(items, 1, 0);
  zmq_connect(socket, "tcp://localhost:5555");
  zmq_bind(socket, "tcp://*:5555");
  zmq_setsockopt(socket, ZMQ_SUBSCRIBE, "", 0);
  zmq_proxy(socket, socket, nullptr);                          // WARN: 'zmq_proxy' blocks the event loop in 'talk' (wait)
  zmq_sleep(1);                                                // WARN: 'zmq_sleep' blocks the event loop in 'talk' (sleep)
  zmq_sleep(0);
  void *thread = zmq_threadstart(work, socket);
  zmq_threadclose(thread);                                     // WARN: 'zmq_threadclose' blocks
  zmq_timers_execute(nullptr);                                 // WARN: 'zmq_timers_execute' may block
  zmq_msg_close(message);
  zmq_close(socket);
  zmq_ctx_shutdown(context);
  zmq_ctx_term(context);                                       // WARN: 'zmq_ctx_term' blocks
}
