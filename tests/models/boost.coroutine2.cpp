// Boost.Coroutine2: what blocks in a coroutine blocks whoever resumes it.
// REQUIRES: common-tests, pack-boost.coroutine2
// RUN: %check %s async-blocking-call --only command --command-option=--uncertain --command-option=--tiers=+lock,+console -- -I%source_root/checker/include
#include <async_tidy/annotations.h>
#include <boost/coroutine2/all.hpp>
#include <unistd.h>

using Coroutine = boost::coroutines2::coroutine<int>;

// Runs up to the first value at once.
ASYNC_TIDY_RUNS_ON_LOOP void pulls() {
  Coroutine::pull_type source([](Coroutine::push_type &sink) { // WARN: it reaches 'fsync' (disk)
    sink(::fsync(1));
    sink(2);
  });
  source.get();
}

// Runs when it is given a value.
ASYNC_TIDY_RUNS_ON_LOOP void pushes() {
  Coroutine::push_type sink([](Coroutine::pull_type &source) { ::fsync(source.get()); });
  sink(1); // WARN: it reaches 'fsync' (disk)
}

// Nobody resumes it here.
ASYNC_TIDY_RUNS_ON_LOOP void keeps() {
  Coroutine::push_type sink([](Coroutine::pull_type &source) { ::fsync(source.get()); });
}

ASYNC_TIDY_RUNS_ON_LOOP int computes() {
  Coroutine::pull_type source([](Coroutine::push_type &sink) { sink(1); });
  return source().get();
}
