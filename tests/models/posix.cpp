// POSIX: a call of each tier, with the conditions under which it does not block.
// RUN: %check %s async-blocking-call --tidy-option Tiers=+lock,+console --command-option=--tiers=+lock,+console
// RUN: %check %s async-blocking-call --tidy-option Tiers=+lock,+console --command-option=--tiers=+lock,+console -- -stdlib=libc++
#include "../checks/async-blocking-call/Inputs/task.h"
#include <cstdio>
#include <cstdlib>
#include <dirent.h>
#include <fcntl.h>
#include <netdb.h>
#include <poll.h>
#include <pthread.h>
#include <semaphore.h>
#include <sys/file.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

using app::Task;

Task<> sleeps(timespec duration) {
  sleep(1);                      // WARN: 'sleep'
  usleep(1);                     // WARN: 'usleep'
  usleep(0);
  nanosleep(&duration, nullptr); // WARN: 'nanosleep'
  co_return;
}

Task<> waits(pthread_t thread, sem_t *semaphore, pthread_cond_t *condition, pthread_mutex_t *mutex) {
  pthread_join(thread, nullptr);         // WARN: 'pthread_join'
  sem_wait(semaphore);                   // WARN: 'sem_wait'
  sem_trywait(semaphore);
  sem_post(semaphore);
  pthread_cond_wait(condition, mutex);   // WARN: 'pthread_cond_wait'
  pthread_cond_signal(condition);
  pthread_mutex_lock(mutex);             // WARN: (lock)
  pthread_mutex_trylock(mutex);
  co_return;
}

Task<> files(const char *path, int fd, DIR *folder) {
  struct stat info;
  (void)open(path, O_RDONLY);            // WARN: 'open'
  stat(path, &info);                     // WARN: 'stat'
  fsync(fd);                             // WARN: 'fsync'
  unlink(path);                          // WARN: 'unlink'
  std::rename(path, path);               // WARN: 'rename'
  readdir(folder);                       // WARN: 'readdir'
  std::FILE *file = std::fopen(path, "r"); // WARN: 'fopen'
  char buffer[64];
  (void)std::fread(buffer, 1, 64, file);   // WARN: 'fread'
  lseek(fd, 0, SEEK_SET);
  flock(fd, LOCK_EX);                    // WARN: 'flock'
  flock(fd, LOCK_EX | LOCK_NB);
  flock(fd, LOCK_UN);
  co_return;
}

Task<> talks(int fd, pollfd *fds) {
  char byte = 0;
  poll(fds, 1, -1);                      // WARN: 'poll'
  poll(fds, 1, 0);
  (void)read(fd, &byte, 1);              // a descriptor of unknown mode
  (void)write(fd, &byte, 1);
  (void)recv(fd, &byte, 1, MSG_DONTWAIT);
  addrinfo *found = nullptr;
  getaddrinfo("example.org", "http", nullptr, &found); // WARN: (dns)
  gethostbyname("example.org");          // WARN: (dns)
  co_return;
}

Task<> processes(pid_t child) {
  int status = 0;
  (void)std::system("true");             // WARN: 'system'
  waitpid(child, &status, 0);            // WARN: 'waitpid'
  waitpid(child, &status, WNOHANG);
  co_return;
}

Task<> speaks() {
  std::printf("hello\n");                // WARN: (console)
  char text[64];
  std::snprintf(text, sizeof text, "%d", 1);
  std::fputs("hello", stderr);           // WARN: (console)
  co_return;
}
