// RUN: %check %s async-blocking-call
#include "Inputs/task.h"
#include <thread>
#include <unistd.h>

using app::Task;

struct Blocking {
  static void run() { ::sleep(1); }
};
struct Quick {
  static void run() {}
};

template <class Policy> void use() { Policy::run(); }

template <class Policy> struct Service {
  void start() { Policy::run(); }
  template <class Arg> void with(Arg) { Policy::run(); }
};

template <bool IsSlow> void maybe() {
  if constexpr (IsSlow)
    ::sleep(1);
}

template <class T> concept Runs = requires(T t) { T::run(); };

template <Runs T> void constrained() { T::run(); }

template <class Policy> Task<> generic() {
  Policy::run(); // WARN: 'Blocking::run' blocks the event loop in coroutine 'generic'
  co_return;
}

Task<> session() {
  use<Blocking>();             // WARN: 'use' blocks the event loop in coroutine 'session': it reaches 'sleep'
  use<Quick>();
  Service<Blocking>().start(); // WARN: 'Service::start' blocks the event loop
  Service<Quick>().start();
  Service<Blocking>().with(1); // WARN: 'Service::with' blocks the event loop
  maybe<true>();               // WARN: 'maybe' blocks the event loop
  maybe<false>();
  constrained<Blocking>();     // WARN: 'constrained' blocks the event loop
  co_await generic<Blocking>();
  co_await generic<Quick>();
}
