// libmongoc: what waits for the server.
// REQUIRES: common-tests, pack-mongoc
// RUN: %check %s async-blocking-call --only command --command-option=--uncertain -- -I%source_root/checker/include -isystem /usr/include/libmongoc-1.0 -isystem /usr/include/libbson-1.0
#include <async_tidy/annotations.h>
#include <mongoc/mongoc.h>
#include <unistd.h>

bool inTransaction(mongoc_client_session_t *, void *cursor, bson_t **, bson_error_t *) {
  const bson_t *document = nullptr;
  return sleep(1) == 0 && mongoc_cursor_next(static_cast<mongoc_cursor_t *>(cursor), &document);
}

ASYNC_TIDY_RUNS_ON_LOOP void query(mongoc_client_pool_t *pool, mongoc_client_session_t *session, bson_t *filter,
                                   mongoc_stream_t *stream, int timeout) {
  mongoc_client_t *client = mongoc_client_pool_pop(pool);                    // WARN: 'mongoc_client_pool_pop' may block the event loop in 'query' (database)
  client = mongoc_client_pool_try_pop(pool);
  mongoc_collection_t *collection = mongoc_client_get_collection(client, "a", "b");
  mongoc_collection_insert_one(collection, filter, nullptr, nullptr, nullptr); // WARN: 'mongoc_collection_insert_one' blocks the event loop in 'query' (database)
  mongoc_cursor_t *cursor = mongoc_collection_find_with_opts(collection, filter, nullptr, nullptr); // WARN: 'mongoc_collection_find_with_opts' may block
  const bson_t *document = nullptr;
  mongoc_cursor_next(cursor, &document);                                     // WARN: 'mongoc_cursor_next' blocks
  mongoc_client_session_commit_transaction(session, nullptr, nullptr);       // WARN: 'mongoc_client_session_commit_transaction' blocks
  mongoc_client_session_with_transaction(session, inTransaction, nullptr, cursor, nullptr, nullptr); // WARN: 'mongoc_client_session_with_transaction' blocks // WARN: 'inTransaction' blocks the event loop in 'query': it reaches 'sleep' (sleep)
  char buffer[64];
  mongoc_stream_read(stream, buffer, sizeof buffer, 1, timeout);             // WARN: 'mongoc_stream_read' blocks
  mongoc_stream_read(stream, buffer, sizeof buffer, 1, 0);
  mongoc_stream_write(stream, buffer, sizeof buffer, 100);                   // WARN: 'mongoc_stream_write' blocks
  mongoc_stream_write(stream, buffer, sizeof buffer, 0);
  mongoc_stream_poll(nullptr, 0, 100);                                       // WARN: 'mongoc_stream_poll' blocks
  mongoc_stream_poll(nullptr, 0, 0);
  mongoc_client_pool_push(pool, client);
}
