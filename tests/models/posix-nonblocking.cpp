// POSIX: O_NONBLOCK does nothing for regular files, and only so much for the rest.
// REQUIRES: common-tests, pack-posix
// RUN: %check %s async-blocking-call --only command --command-option=--uncertain -- -I%source_root/checker/include
#include <async_tidy/annotations.h>
#include <fcntl.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <sys/timerfd.h>
#include <sys/uio.h>
#include <unistd.h>

ASYNC_TIDY_RUNS_ON_LOOP void files(char *buffer) {
  int file = ::open("name", O_RDWR | O_NONBLOCK); // WARN: 'open' blocks the event loop in 'files' (disk)
  ::pread(file, buffer, 1, 0);                    // WARN: 'pread' blocks
  ::pwrite(file, buffer, 1, 0);                   // WARN: 'pwrite' blocks
  ::fcntl(file, F_SETFL, O_NONBLOCK);
  ::fdatasync(file);                              // WARN: 'fdatasync' blocks
  ::ftruncate(file, 1);                           // WARN: 'ftruncate' blocks
}

// Which kind of descriptor it is, and in which mode, does not show where it is used.
ASYNC_TIDY_RUNS_ON_LOOP void descriptors(int given, char *buffer) {
  ::read(given, buffer, 1);                       // WARN: 'read' may block the event loop in 'descriptors' (disk)
  ::fcntl(given, F_SETFL, ::fcntl(given, F_GETFL) | O_NONBLOCK);
  ::recv(given, buffer, 1, MSG_DONTWAIT);
  ::recv(given, buffer, 1, 0);                    // WARN: 'recv' may block the event loop in 'descriptors' (network)
}

ASYNC_TIDY_RUNS_ON_LOOP void makes() {
  ::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
  ::eventfd(0, EFD_NONBLOCK);
  ::timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK);
  int ends[2];
  ::pipe2(ends, O_NONBLOCK);
}
