// hiredis: contexts belong to one thread, those with callbacks to their loop's.
// REQUIRES: common-tests, pack-hiredis
// RUN: %check %s async-loop-bound-capture --only command -- -pthread
#include <cstdarg>
#include <cstddef>
#include <hiredis/async.h>
#include <hiredis/hiredis.h>
#include <thread>

redisAsyncContext *commands, *messages;
redisContext *blocking;

void onReply(redisAsyncContext *context, void *, void *) {
  redisAsyncCommand(commands, nullptr, nullptr, "GET b");
  redisAsyncCommand(messages, nullptr, nullptr, "SUBSCRIBE b");
  redisAppendCommand(blocking, "GET b");
}

void begin() {
  redisAsyncCommand(commands, onReply, nullptr, "GET a");
}

void serve() {
  std::thread([] { redisAsyncCommand(commands, nullptr, nullptr, "GET c"); }).detach(); // WARN: 'redisAsyncCommand' uses 'commands' on another thread
  std::thread([] { redisAsyncDisconnect(messages); }).detach();                         // WARN: 'redisAsyncDisconnect' uses 'messages' on another thread
  std::thread([] { redisCommand(blocking, "GET c"); }).detach();                        // WARN: 'redisCommand' uses 'blocking' on another thread
  // A connection of its own.
  std::thread([] {
    redisContext *own = redisConnect("localhost", 6379);
    redisCommand(own, "GET c");
    redisFree(own);
  }).detach();
}
