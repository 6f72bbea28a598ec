// libcurl: what waits for the server, what may, and what does not.
// REQUIRES: common-tests, pack-libcurl
// RUN: %check %s async-blocking-call --only command --command-option=--uncertain --command-option=--tiers=+lock -- -I%source_root/checker/include
#include <async_tidy/annotations.h>
#include <curl/curl.h>

// A user's own function with a name of the library's has no C linkage.
namespace own {
void curl_easy_perform(int);
}

ASYNC_TIDY_RUNS_ON_LOOP void fetch(CURL *easy, CURLM *multi, int timeout) {
  int running = 0;
  size_t done = 0;
  char buffer[64];
  curl_easy_perform(easy);                                             // WARN: 'curl_easy_perform' blocks the event loop in 'fetch' (network)
  curl_multi_poll(multi, nullptr, 0, 1000, nullptr);                   // WARN: 'curl_multi_poll' blocks
  curl_multi_poll(multi, nullptr, 0, timeout, nullptr);                // WARN: 'curl_multi_poll' blocks
  curl_multi_poll(multi, nullptr, 0, 0, nullptr);
  curl_multi_wait(multi, nullptr, 0, 1000, nullptr);                   // WARN: 'curl_multi_wait' blocks
  curl_multi_wait(multi, nullptr, 0, 0, nullptr);
  curl_multi_perform(multi, &running);                                 // WARN: 'curl_multi_perform' may block
  curl_multi_socket_action(multi, CURL_SOCKET_TIMEOUT, 0, &running);   // WARN: 'curl_multi_socket_action' may block
  curl_easy_send(easy, buffer, sizeof buffer, &done);                  // WARN: 'curl_easy_send' may block
  curl_easy_recv(easy, buffer, sizeof buffer, &done);                  // WARN: 'curl_easy_recv' may block
  curl_easy_upkeep(easy);                                              // WARN: 'curl_easy_upkeep' may block
  curl_ws_send(easy, buffer, sizeof buffer, &done, 0, CURLWS_TEXT);    // WARN: 'curl_ws_send' may block
  curl_global_init(CURL_GLOBAL_ALL);                                   // WARN: 'curl_global_init' may block the event loop in 'fetch' (lock)
  curl_easy_setopt(easy, CURLOPT_URL, "https://example.org");
  long code = 0;
  curl_easy_getinfo(easy, CURLINFO_RESPONSE_CODE, &code);
  curl_multi_add_handle(multi, easy);
  curl_multi_remove_handle(multi, easy);
  curl_multi_info_read(multi, &running);
  curl_multi_wakeup(multi);
  own::curl_easy_perform(1);
  curl_easy_cleanup(easy);                                             // WARN: 'curl_easy_cleanup' may block
  curl_multi_cleanup(multi);                                           // WARN: 'curl_multi_cleanup' may block
}
