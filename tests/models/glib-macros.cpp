// GLib's names for functions of the system are macros: what they stand for is what blocks.
// REQUIRES: common-tests, pack-glib
// RUN: %check %s async-blocking-call --only command --command-option=--uncertain -- -I%source_root/checker/include -isystem /usr/include/glib-2.0 -isystem /usr/lib/x86_64-linux-gnu/glib-2.0/include
#include <async_tidy/annotations.h>
#include <fcntl.h>
#include <glib.h>
#include <glib/gstdio.h>
#include <stdio.h>

ASYNC_TIDY_RUNS_ON_LOOP void files(int fd) {
  GStatBuf status;
  g_stat("name", &status);         // WARN: 'stat' blocks the event loop in 'files' (disk)
  g_lstat("name", &status);        // WARN: 'lstat' blocks
  g_open("name", O_RDONLY);        // WARN: 'open' blocks
  FILE *file = g_fopen("name", "r"); // WARN: 'fopen' blocks
  g_rename("name", "other");       // WARN: 'rename' blocks
  g_mkdir("name", 0700);           // WARN: 'mkdir' blocks
  g_remove("name");                // WARN: 'remove' blocks
  g_fsync(fd);                     // WARN: 'fsync' blocks
}

// The macros rename these, too, but they are still the user's own.
namespace own {
int g_open(const char *);
int g_stat(const char *);
} // namespace own

ASYNC_TIDY_RUNS_ON_LOOP void ownNames() {
  own::g_open("name");
  own::g_stat("name");
}
