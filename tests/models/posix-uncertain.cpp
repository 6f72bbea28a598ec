// What may block, for all that the source shows, is reported on request.
// RUN: %check %s async-blocking-call --tidy-option Uncertain=true --command-option=--uncertain
#include "../checks/async-blocking-call/Inputs/task.h"
#include <sys/socket.h>
#include <unistd.h>

using app::Task;

Task<> talks(int fd) {
  char byte = 0;
  (void)read(fd, &byte, 1);                  // WARN: 'read' may block the event loop in coroutine 'talks'
  (void)recv(fd, &byte, 1, 0);               // WARN: 'recv' may block the event loop
  (void)recv(fd, &byte, 1, MSG_DONTWAIT);
  (void)accept(fd, nullptr, nullptr);        // WARN: 'accept' may block the event loop
  co_return;
}
