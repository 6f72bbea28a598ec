// glibmm: what waits, and what runs on the loop.
// REQUIRES: common-tests, pack-glibmm
// RUN: %check %s async-blocking-call --only command --command-option=--uncertain -- -I%source_root/checker/include -isystem /usr/include/glibmm-2.68 -isystem /usr/lib/x86_64-linux-gnu/glibmm-2.68/include -isystem /usr/include/glib-2.0 -isystem /usr/lib/x86_64-linux-gnu/glib-2.0/include -isystem /usr/include/sigc++-3.0 -isystem /usr/lib/x86_64-linux-gnu/sigc++-3.0/include
#include <async_tidy/annotations.h>
#include <glibmm.h>
#include <unistd.h>

static bool onIdle() {
  Glib::usleep(1); // WARN: 'Glib::usleep' blocks the event loop in 'onIdle' (sleep)
  return false;
}

int main() {
  Glib::signal_idle().connect(sigc::ptr_fun(onIdle));
  Glib::signal_timeout().connect([] {
    ::sleep(1); // WARN: 'sleep' blocks the event loop
    return true;
  }, 100);
  Glib::MainContext::get_default()->invoke([] {
    ::sleep(2); // WARN: 'sleep' blocks the event loop
    return false;
  });
  Glib::Dispatcher dispatcher;
  dispatcher.connect([] {
    ::sleep(3); // WARN: 'sleep' blocks the event loop
  });
  Glib::MainLoop::create()->run();
}

ASYNC_TIDY_RUNS_ON_LOOP void loops(Glib::RefPtr<Glib::MainLoop> loop, Glib::Dispatcher &dispatcher) {
  loop->run(); // WARN: 'Glib::MainLoop::run' blocks the event loop in 'loops' (wait)
  loop->quit();
  dispatcher.emit();
  Glib::usleep(0);
}
