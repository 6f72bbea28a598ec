// libmosquitto: what waits for the broker, and what does not.
// REQUIRES: common-tests, pack-mosquitto
// RUN: %check %s async-blocking-call --only command --command-option=--uncertain -- -I%source_root/checker/include
#include <async_tidy/annotations.h>
#include <mosquitto.h>
#include <unistd.h>

int onMessage(struct mosquitto *, void *, const struct mosquitto_message *) {
  sleep(1);
  return 0;
}

ASYNC_TIDY_RUNS_ON_LOOP void talk(struct mosquitto *client, int timeout) {
  mosquitto_connect(client, "localhost", 1883, 60);             // WARN: 'mosquitto_connect' blocks the event loop in 'talk' (network)
  mosquitto_connect_bind(client, "localhost", 1883, 60, "");    // WARN: 'mosquitto_connect_bind' blocks
  mosquitto_connect_async(client, "localhost", 1883, 60);
  mosquitto_reconnect(client);                                  // WARN: 'mosquitto_reconnect' blocks
  mosquitto_reconnect_async(client);
  mosquitto_loop(client, 100, 1);                               // WARN: 'mosquitto_loop' blocks
  mosquitto_loop(client, timeout, 1);                           // WARN: 'mosquitto_loop' blocks
  mosquitto_loop(client, 0, 1);
  mosquitto_loop_misc(client);
  mosquitto_loop_forever(client, -1, 1);                        // WARN: 'mosquitto_loop_forever' blocks
  mosquitto_loop_start(client);
  mosquitto_loop_stop(client, false);                           // WARN: 'mosquitto_loop_stop' blocks the event loop in 'talk' (wait)
  mosquitto_subscribe(client, nullptr, "a", 0);
  mosquitto_subscribe_simple(nullptr, 1, true, "a", 0, "localhost", 1883, nullptr, 60, true, nullptr, nullptr, nullptr, nullptr); // WARN: 'mosquitto_subscribe_simple' blocks
  mosquitto_subscribe_callback(onMessage, nullptr, "a", 0, "localhost", 1883, nullptr, 60, true, nullptr, nullptr, nullptr, nullptr); // WARN: 'mosquitto_subscribe_callback' blocks // WARN: 'onMessage' blocks the event loop in 'talk': it reaches 'sleep' (sleep)
}
