#include "tools/SignalQueue.h"
#include <algorithm>
#include <cerrno>
#include <climits>
#include <iterator>
#include <poll.h>
#include <sys/signalfd.h>
#include <unistd.h>
#include <utility>

namespace async_tidy {

SignalQueue::SignalQueue() {
  sigemptyset(&taken);
  for (int signal : {SIGINT, SIGTERM, SIGHUP, SIGQUIT}) {
    struct sigaction old;
    sigaction(signal, nullptr, &old);
    // What the user chose to ignore (nohup) stays ignored.
    if (old.sa_handler != SIG_IGN)
      sigaddset(&taken, signal);
  }
  sigaddset(&taken, SIGCHLD);
  sigaction(SIGCHLD, nullptr, &child);
  // Who started us may have it ignored; then nothing would be known of how children end.
  std::signal(SIGCHLD, [](int) {});
  sigprocmask(SIG_BLOCK, &taken, &before);
  signals = signalfd(-1, &taken, SFD_CLOEXEC | SFD_NONBLOCK);
}

SignalQueue::~SignalQueue() {
  release();
}

void SignalQueue::release() {
  if (signals >= 0)
    close(std::exchange(signals, -1));
  sigprocmask(SIG_SETMASK, &before, nullptr);
  sigaction(SIGCHLD, &child, nullptr);
}

int SignalQueue::wait(std::optional<std::chrono::milliseconds> time, int descriptor) {
  int64_t left = time ? std::clamp<int64_t>(time->count(), 0, INT_MAX) : -1;
  if (signals < 0) {
    // Without a descriptor only signals can be waited for; the rest is looked at now and then.
    timespec aWhile{0, 100'000'000};
    return std::max(sigtimedwait(&taken, nullptr, &aWhile), 0);
  }
  // poll() leaves out descriptors below 0.
  pollfd sources[] = {{signals, POLLIN, 0}, {descriptor, POLLIN, 0}};
  poll(sources, std::size(sources), int(left));
  signalfd_siginfo info;
  if (read(signals, &info, sizeof info) != sizeof info)
    return 0;
  return int(info.ssi_signo);
}

} // namespace async_tidy
