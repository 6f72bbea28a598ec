// hiredis: blocking contexts, and asynchronous ones.
// REQUIRES: common-tests, pack-hiredis
// RUN: %check %s async-blocking-call --only command --command-option=--uncertain -- -I%source_root/checker/include
#include <async_tidy/annotations.h>
#include <cstddef>
#include <cstdarg>
#include <hiredis/async.h>
#include <hiredis/hiredis.h>

ASYNC_TIDY_RUNS_ON_LOOP void query() {
  redisContext *context = redisConnect("localhost", 6379);       // WARN: 'redisConnect' blocks the event loop in 'query' (network)
  redisContext *local = redisConnectUnix("/run/redis");          // WARN: 'redisConnectUnix' blocks
  redisReconnect(local);                                         // WARN: 'redisReconnect' blocks
  redisCommand(context, "GET %s", "a");                          // WARN: 'redisCommand' blocks the event loop in 'query' (database)
  redisAppendCommand(context, "GET %s", "a");
  void *reply = nullptr;
  redisGetReplyFromReader(context, &reply);
  redisGetReply(context, &reply);                                // WARN: 'redisGetReply' blocks
  redisBufferRead(context);                                      // WARN: 'redisBufferRead' may block
  int done = 0;
  redisBufferWrite(context, &done);                              // WARN: 'redisBufferWrite' may block
  redisConnectNonBlock("localhost", 6379);                       // WARN: 'redisConnectNonBlock' may block the event loop in 'query' (dns)
  redisConnectUnixNonBlock("/run/redis");
  redisAsyncConnect("localhost", 6379);                          // WARN: 'redisAsyncConnect' may block
  redisAsyncConnectBind("localhost", 6379, "::1");               // WARN: 'redisAsyncConnectBind' may block
  redisAsyncConnectUnix("/run/redis");
}

void onReply(redisAsyncContext *, void *, void *context) {
  redisCommand(static_cast<redisContext *>(context), "PING");    // WARN: 'redisCommand' blocks the event loop in 'onReply'
}

void onConnect(const redisAsyncContext *, int) {
  redisConnect("localhost", 6379);                               // WARN: 'redisConnect' blocks the event loop in 'onConnect'
}

void queryAsync() {
  redisAsyncContext *context = redisAsyncConnect("localhost", 6379);
  redisAsyncSetConnectCallback(context, onConnect);
  redisAsyncCommand(context, onReply, nullptr, "GET %s", "a");
  redisAsyncDisconnect(context);
}
