// c-ares: everything but what it reads from files is asynchronous.
// REQUIRES: common-tests, pack-c-ares
// RUN: %check %s async-blocking-call --only command --command-option=--uncertain -- -I%source_root/checker/include
#include <ares.h>
#include <async_tidy/annotations.h>
#include <netdb.h>

ASYNC_TIDY_RUNS_ON_LOOP void resolve(ares_channel channel, fd_set *set) {
  ares_init(&channel);                              // WARN: 'ares_init' blocks the event loop in 'resolve' (disk)
  ares_init_options(&channel, nullptr, 0);          // WARN: 'ares_init_options' blocks
  ares_gethostbyname_file(channel, "host", AF_INET, nullptr); // WARN: 'ares_gethostbyname_file' blocks
  ares_getaddrinfo(channel, "host", "80", nullptr, nullptr, nullptr);
  getaddrinfo("host", "80", nullptr, nullptr);      // WARN: 'getaddrinfo' blocks the event loop in 'resolve' (dns)
  ares_gethostbyname(channel, "host", AF_INET, nullptr, nullptr);
  ares_gethostbyaddr(channel, nullptr, 0, AF_INET, nullptr, nullptr);
  ares_getnameinfo(channel, nullptr, 0, 0, nullptr, nullptr);
  ares_query(channel, "host", 1, 1, nullptr, nullptr);
  ares_search(channel, "host", 1, 1, nullptr, nullptr);
  ares_send(channel, nullptr, 0, nullptr, nullptr);
  ares_fds(channel, set, set);
  ares_timeout(channel, nullptr, nullptr);
  ares_process(channel, set, set);
  ares_process_fd(channel, 1, 1);
}
