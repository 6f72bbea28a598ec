// rabbitmq-c: what waits for the server, and what does not.
// REQUIRES: common-tests, pack-rabbitmq-c
// RUN: %check %s async-blocking-call --only command --command-option=--uncertain -- -I%source_root/checker/include
#include <amqp.h>
#include <amqp_framing.h>
#include <async_tidy/annotations.h>
#include <sys/time.h>

ASYNC_TIDY_RUNS_ON_LOOP void queues(amqp_connection_state_t connection, amqp_socket_t *socket, amqp_frame_t *frame) {
  timeval none = {0, 0};
  timeval some = {1, 0};
  amqp_socket_open(socket, "host", 5672);           // WARN: 'amqp_socket_open' blocks the event loop in 'queues' (network)
  amqp_socket_open_noblock(socket, "host", 5672, &some); // WARN: 'amqp_socket_open_noblock' blocks
  amqp_socket_open_noblock(socket, "host", 5672, nullptr); // WARN: 'amqp_socket_open_noblock' blocks
  amqp_socket_open_noblock(socket, "host", 5672, &none); // WARN: 'amqp_socket_open_noblock' may block
  amqp_login(connection, "/", 0, 131072, 0, AMQP_SASL_METHOD_PLAIN, "", ""); // WARN: 'amqp_login' blocks
  amqp_channel_open(connection, 1);                 // WARN: 'amqp_channel_open' blocks
  amqp_get_rpc_reply(connection);
  amqp_queue_declare(connection, 1, amqp_empty_bytes, 0, 0, 0, 1, amqp_empty_table); // WARN: 'amqp_queue_declare' blocks
  amqp_basic_publish(connection, 1, amqp_empty_bytes, amqp_empty_bytes, 0, 0, nullptr, amqp_empty_bytes); // WARN: 'amqp_basic_publish' blocks
  amqp_basic_get(connection, 1, amqp_empty_bytes, 1); // WARN: 'amqp_basic_get' blocks
  amqp_envelope_t envelope;
  amqp_consume_message(connection, &envelope, nullptr, 0); // WARN: 'amqp_consume_message' blocks
  amqp_consume_message(connection, &envelope, &some, 0); // WARN: 'amqp_consume_message' blocks
  amqp_consume_message(connection, &envelope, &none, 0);
  amqp_simple_wait_frame(connection, frame);        // WARN: 'amqp_simple_wait_frame' blocks
  amqp_simple_wait_frame_noblock(connection, frame, nullptr); // WARN: 'amqp_simple_wait_frame_noblock' blocks
  amqp_simple_wait_frame_noblock(connection, frame, &none);
  amqp_release_buffers(connection);
  amqp_connection_close(connection, AMQP_REPLY_SUCCESS); // WARN: 'amqp_connection_close' blocks
}
