// libcurl: a handle belongs to one thread at a time; any thread may wake what waits for a multi handle.
// REQUIRES: common-tests, pack-libcurl
// RUN: %check %s async-loop-bound-capture --only command -- -pthread -I%source_root/checker/include
#include <async_tidy/annotations.h>
#include <curl/curl.h>
#include <thread>

CURL *easy, *paused, *waiting;
CURLM *multi;
CURLSH *shared;

static void stop(CURL *handle) {
  curl_multi_remove_handle(multi, handle); // WARN: 'curl_multi_remove_handle' uses 'waiting' on another thread // WARN: 'curl_multi_remove_handle' uses 'multi' on another thread
}

ASYNC_TIDY_RUNS_ON_LOOP void serve() {
  int running = 0;
  curl_easy_setopt(easy, CURLOPT_VERBOSE, 1L);
  curl_multi_add_handle(multi, easy);
  curl_multi_add_handle(multi, paused);
  curl_multi_add_handle(multi, waiting);
  curl_multi_perform(multi, &running);
  curl_share_setopt(shared, CURLSHOPT_SHARE, CURL_LOCK_DATA_DNS);
  std::thread([] { curl_multi_wakeup(multi); }).detach();
  std::thread([] { curl_share_setopt(shared, CURLSHOPT_SHARE, CURL_LOCK_DATA_DNS); }).detach();
  std::thread([] { curl_easy_setopt(easy, CURLOPT_VERBOSE, 0L); }).detach();   // WARN: 'curl_easy_setopt' uses 'easy' on another thread
  std::thread([] { curl_easy_pause(paused, CURLPAUSE_CONT); }).detach();       // WARN: 'curl_easy_pause' uses 'paused' on another thread
  std::thread([] { stop(waiting); }).detach();
  // A handle of its own.
  std::thread([] {
    CURL *own = curl_easy_init();
    curl_easy_perform(own);
    curl_easy_cleanup(own);
  }).detach();
}
