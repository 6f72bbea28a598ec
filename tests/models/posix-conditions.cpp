// POSIX: each condition under which a call does not block, and what may block for all that the source shows.
// REQUIRES: common-tests, pack-posix
// RUN: %check %s async-blocking-call --only command --command-option=--uncertain --command-option=--tiers=+lock,+console -- -I%source_root/checker/include -isystem /usr/include/tirpc
#include <aio.h>
#include <async_tidy/annotations.h>
#include <crypt.h>
#include <dirent.h>
#include <dlfcn.h>
#include <fcntl.h>
#include <ftw.h>
#include <glob.h>
#include <ifaddrs.h>
#include <mqueue.h>
#include <netdb.h>
#include <poll.h>
#include <pthread.h>
#include <pwd.h>
#include <rpc/rpc.h>
#include <semaphore.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/file.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/msg.h>
#include <sys/random.h>
#include <sys/select.h>
#include <sys/sem.h>
#include <sys/sendfile.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <syslog.h>
#include <termios.h>
#include <threads.h>
#include <time.h>
#include <unistd.h>

void sleep(double seconds); // none of the system's
namespace own { int open(const char *, int); }

ASYNC_TIDY_RUNS_ON_LOOP void sleeps(const timespec *time) {
  const timespec zero{0, 0};
  sleep(1u);                                     // WARN: 'sleep' blocks the event loop in 'sleeps' (sleep)
  sleep(0u);
  sleep(1.0);
  nanosleep(time, nullptr);                      // WARN: 'nanosleep' blocks
  nanosleep(&zero, nullptr);
  clock_nanosleep(CLOCK_MONOTONIC, 0, time, nullptr); // WARN: 'clock_nanosleep' blocks
  clock_nanosleep(CLOCK_MONOTONIC, 0, &zero, nullptr);
  thrd_sleep(time, nullptr);                     // WARN: 'thrd_sleep' blocks
}

ASYNC_TIDY_RUNS_ON_LOOP void signals(const sigset_t *set, siginfo_t *info, const timespec *time) {
  const timespec zero{0, 0};
  int signal = 0;
  pause();                                       // WARN: 'pause' blocks the event loop in 'signals' (wait)
  sigsuspend(set);                               // WARN: 'sigsuspend' blocks
  sigwait(set, &signal);                         // WARN: 'sigwait' blocks
  sigwaitinfo(set, info);                        // WARN: 'sigwaitinfo' blocks
  sigtimedwait(set, info, time);                 // WARN: 'sigtimedwait' blocks
  sigtimedwait(set, info, &zero);
}

ASYNC_TIDY_RUNS_ON_LOOP void files(const char *path, int fd, void *memory, iovec *parts, DIR *folder, int flags) {
  (void)open(path, O_RDONLY);                    // WARN: 'open' blocks the event loop in 'files' (disk)
  own::open(path, O_RDONLY);
  (void)read(fd, memory, 1);                     // WARN: 'read' may block
  (void)pread(fd, memory, 1, 0);                 // WARN: 'pread' blocks
  (void)preadv2(fd, parts, 1, 0, flags);         // WARN: 'preadv2' blocks
  (void)preadv2(fd, parts, 1, 0, RWF_NOWAIT);
  fdatasync(fd);                                 // WARN: 'fdatasync' blocks
  msync(memory, 1, MS_SYNC);                     // WARN: 'msync' blocks
  msync(memory, 1, MS_ASYNC);
  posix_fadvise(fd, 0, 0, POSIX_FADV_DONTNEED);  // WARN: 'posix_fadvise' may block
  sendfile(fd, fd, nullptr, 1);                  // WARN: 'sendfile' blocks
  splice(fd, nullptr, fd, nullptr, 1, 0);        // WARN: 'splice' may block
  mmap(nullptr, 1, PROT_READ, MAP_PRIVATE | MAP_POPULATE, fd, 0); // WARN: 'mmap' blocks
  mmap(nullptr, 1, PROT_READ, MAP_PRIVATE | MAP_LOCKED, fd, 0); // WARN: 'mmap' blocks
  mmap(nullptr, 1, PROT_READ, MAP_PRIVATE, fd, 0); // WARN: 'mmap' may block
  mmap(nullptr, 1, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  mlock(memory, 1);                              // WARN: 'mlock' may block
  close(fd);                                     // WARN: 'close' may block
  ioctl(fd, 0);                                  // WARN: 'ioctl' may block
  aiocb *list[1] = {};
  lio_listio(LIO_WAIT, list, 1, nullptr);        // WARN: 'lio_listio' blocks
  lio_listio(LIO_NOWAIT, list, 1, nullptr);
  aio_read(list[0]);
  readdir(folder);                               // WARN: 'readdir' blocks
  closedir(folder);                              // WARN: 'closedir' may block
  nftw(path, [](const char *, const struct stat *, int, FTW *) { return ::fsync(1); }, 1, 0); // WARN: 'nftw' blocks
  lseek(fd, 0, SEEK_SET);
  dlopen(path, RTLD_NOW);                        // WARN: 'dlopen' blocks
  dlopen(nullptr, RTLD_NOW);
  dlopen(path, RTLD_NOW | RTLD_NOLOAD);
  dlclose(memory);                               // WARN: 'dlclose' may block
}

ASYNC_TIDY_RUNS_ON_LOOP void streams(FILE *file, char *text, const char *path) {
  fopen(path, "r");                              // WARN: 'fopen' blocks the event loop in 'streams' (disk)
  fflush(file);                                  // WARN: 'fflush' blocks the event loop in 'streams' (disk)
  fflush(stdout);                                // WARN: 'fflush' blocks the event loop in 'streams' (console)
  fputs(text, file);                             // WARN: 'fputs' blocks the event loop in 'streams' (disk)
  fputs(text, stderr);                           // WARN: 'fputs' blocks the event loop in 'streams' (console)
  fgets(text, 1, stdin);                         // WARN: 'fgets' blocks the event loop in 'streams' (console)
  fwrite(text, 1, 1, stdout);                    // WARN: 'fwrite' blocks the event loop in 'streams' (console)
  fprintf(file, "%s", text);                     // WARN: 'fprintf' may block
  printf("%s", text);                            // WARN: 'printf' blocks the event loop in 'streams' (console)
  snprintf(text, 1, "%s", path);
  tcdrain(1);                                    // WARN: 'tcdrain' blocks
  syslog(LOG_INFO, "%s", text);                  // WARN: 'syslog' may block
  flockfile(file);                               // WARN: 'flockfile' blocks the event loop in 'streams' (lock)
  ftrylockfile(file);
}

ASYNC_TIDY_RUNS_ON_LOOP void sockets(int fd, msghdr *message, fd_set *set, pollfd *polled, epoll_event *events,
                                     const timespec *time, timeval *limit) {
  const timespec zero{0, 0};
  timeval none{0, 0};
  char byte = 0;
  accept4(fd, nullptr, nullptr, 0);              // WARN: 'accept4' may block the event loop in 'sockets' (network)
  connect(fd, nullptr, 0);                       // WARN: 'connect' may block
  recv(fd, &byte, 1, 0);                         // WARN: 'recv' may block
  recv(fd, &byte, 1, MSG_DONTWAIT);
  sendmsg(fd, message, 0);                       // WARN: 'sendmsg' may block
  sendmsg(fd, message, MSG_DONTWAIT | MSG_NOSIGNAL);
  shutdown(fd, SHUT_RDWR);
  select(1, set, nullptr, nullptr, limit);       // WARN: 'select' blocks
  select(1, set, nullptr, nullptr, &none);
  pselect(1, set, nullptr, nullptr, time, nullptr); // WARN: 'pselect' blocks
  pselect(1, set, nullptr, nullptr, &zero, nullptr);
  poll(polled, 1, 10);                           // WARN: 'poll' blocks
  poll(polled, 1, 0);
  ppoll(polled, 1, nullptr, nullptr);            // WARN: 'ppoll' blocks
  ppoll(polled, 1, &zero, nullptr);
  epoll_wait(fd, events, 1, -1);                 // WARN: 'epoll_wait' blocks
  epoll_wait(fd, events, 1, 0);
  epoll_pwait2(fd, events, 1, time, nullptr);    // WARN: 'epoll_pwait2' blocks
  epoll_pwait2(fd, events, 1, &zero, nullptr);
  epoll_ctl(fd, EPOLL_CTL_ADD, fd, events);
  eventfd_write(fd, 1);
  ifaddrs *addresses = nullptr;
  getifaddrs(&addresses);                        // WARN: 'getifaddrs' may block
  clnt_create("host", 1, 1, "tcp");              // WARN: 'clnt_create' blocks
}

ASYNC_TIDY_RUNS_ON_LOOP void names(const char *host, const sockaddr *address, gaicb **list, const timespec *time) {
  addrinfo *found = nullptr;
  char text[64];
  getaddrinfo(host, nullptr, nullptr, &found);   // WARN: 'getaddrinfo' blocks the event loop in 'names' (dns)
  getaddrinfo(nullptr, "80", nullptr, &found);
  getnameinfo(address, 1, text, 64, nullptr, 0, 0); // WARN: 'getnameinfo' blocks
  getnameinfo(address, 1, text, 64, nullptr, 0, NI_NUMERICHOST);
  getnameinfo(address, 1, nullptr, 0, text, 64, 0);
  getaddrinfo_a(GAI_WAIT, list, 1, nullptr);     // WARN: 'getaddrinfo_a' blocks
  getaddrinfo_a(GAI_NOWAIT, list, 1, nullptr);
  gai_suspend(list, 1, time);                    // WARN: 'gai_suspend' blocks
  getservbyname("http", "tcp");                  // WARN: 'getservbyname' may block
  getpwnam("root");                              // WARN: 'getpwnam' may block the event loop in 'names' (disk)
}

ASYNC_TIDY_RUNS_ON_LOOP void locks(pthread_mutex_t *mutex, pthread_rwlock_t *shared, pthread_spinlock_t *spin, mtx_t *c11,
                                   pthread_once_t *once, int fd, struct flock *range) {
  pthread_mutex_lock(mutex);                     // WARN: 'pthread_mutex_lock' blocks the event loop in 'locks' (lock)
  pthread_mutex_trylock(mutex);
  pthread_rwlock_rdlock(shared);                 // WARN: 'pthread_rwlock_rdlock' blocks
  pthread_rwlock_wrlock(shared);                 // WARN: 'pthread_rwlock_wrlock' blocks
  pthread_spin_lock(spin);                       // WARN: 'pthread_spin_lock' blocks
  mtx_lock(c11);                                 // WARN: 'mtx_lock' blocks
  pthread_once(once, [] { ::fsync(1); });        // WARN: 'pthread_once' blocks // WARN: it reaches 'fsync' (disk)
  flock(fd, LOCK_EX);                            // WARN: 'flock' blocks
  flock(fd, LOCK_EX | LOCK_NB);
  lockf(fd, F_LOCK, 0);                          // WARN: 'lockf' blocks
  lockf(fd, F_TLOCK, 0);
  fcntl(fd, F_SETLKW, range);                    // WARN: 'fcntl' blocks
  fcntl(fd, F_OFD_SETLKW, range);                // WARN: 'fcntl' blocks
  fcntl(fd, F_SETLK, range);
  fcntl(fd, F_SETFL, O_NONBLOCK);
}

ASYNC_TIDY_RUNS_ON_LOOP void waits(pthread_cond_t *condition, pthread_mutex_t *mutex, pthread_t thread, sem_t *semaphore,
                                   mqd_t queue, int id, void *message, sembuf *operation, const timespec *time) {
  const timespec zero{0, 0};
  pthread_cond_wait(condition, mutex);           // WARN: 'pthread_cond_wait' blocks the event loop in 'waits' (wait)
  pthread_join(thread, nullptr);                 // WARN: 'pthread_join' blocks
  pthread_tryjoin_np(thread, nullptr);
  sem_timedwait(semaphore, time);                // WARN: 'sem_timedwait' blocks
  sem_trywait(semaphore);
  mq_send(queue, "", 0, 0);                      // WARN: 'mq_send' may block
  msgsnd(id, message, 1, 0);                     // WARN: 'msgsnd' blocks
  msgsnd(id, message, 1, IPC_NOWAIT);
  msgrcv(id, message, 1, 0, 0);                  // WARN: 'msgrcv' blocks
  msgrcv(id, message, 1, 0, IPC_NOWAIT);
  semop(id, operation, 1);                       // WARN: 'semop' may block
  semtimedop(id, operation, 1, time);            // WARN: 'semtimedop' may block
  semtimedop(id, operation, 1, &zero);
  aio_suspend(nullptr, 0, time);                 // WARN: 'aio_suspend' blocks
  aio_suspend(nullptr, 0, &zero);
}

ASYNC_TIDY_RUNS_ON_LOOP void processes(pid_t child, siginfo_t *info, FILE *pipe) {
  int status = 0;
  (void)system("true");                          // WARN: 'system' blocks the event loop in 'processes' (process)
  (void)system(nullptr);
  pclose(pipe);                                  // WARN: 'pclose' blocks
  wait(&status);                                 // WARN: 'wait' blocks
  wait3(&status, WNOHANG, nullptr);
  wait4(child, &status, 0, nullptr);             // WARN: 'wait4' blocks
  waitid(P_PID, 1, info, WEXITED);               // WARN: 'waitid' blocks
  waitid(P_PID, 1, info, WEXITED | WNOHANG);
  fork();                                        // WARN: 'fork' may block
  crypt("", "");                                 // WARN: 'crypt' blocks the event loop in 'processes' (cpu)
  getrandom(&status, 1, 0);                      // WARN: 'getrandom' may block
  getrandom(&status, 1, GRND_NONBLOCK);
}

// What runs elsewhere may block there.
ASYNC_TIDY_RUNS_ON_LOOP void elsewhere(pthread_t *thread, thrd_t *c11, pthread_key_t *key) {
  pthread_create(thread, nullptr, [](void *) -> void * { ::fsync(1); return nullptr; }, nullptr);
  thrd_create(c11, [](void *) { return ::fsync(1); }, nullptr);
  pthread_key_create(key, [](void *) { ::fsync(1); });
  signal(SIGTERM, [](int) { ::fsync(1); });
}
