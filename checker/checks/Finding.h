// One thing to report, as data; report/Words.h makes sentences of it.
#ifndef ASYNC_TIDY_CHECKS_FINDING_H
#define ASYNC_TIDY_CHECKS_FINDING_H

#include "infer/Accesses.h"
#include "infer/Independence.h"
#include <variant>

namespace async_tidy {

/// One call of a chain, and the names of what makes it and of what it enters (empty: a sink).
struct FindingStep {
  std::string caller;
  Call call;
  std::string runs;
};

/// The await after which a coroutine runs where it does.
struct Arrival {
  Place place;
  Stretch stretch;
};

/// async-blocking-call
struct BlockingChain {
  BodyIndex root = 0;             // the body that runs on the loop
  std::vector<FindingStep> chain; // from the root's call to the sink
  Reason reason;
  std::optional<Arrival> arrival; // it is not where the root began
  std::optional<Reason> onWorker; // why it runs on a worker as well
  std::optional<Arrival> away;    // the await after which it does, on another way to the same call
  unsigned furtherSinks = 0;      // of the same tier, behind the same call

  const Sink &sink() const { return *chain.back().call.sink; }
};

/// One step from a hand-off to a use: `caller` calls, or awaits, `callee`.
struct AccessStep {
  std::string caller;
  std::string callee;
  Place place;
  std::optional<Call> call; // none: it awaits
};

/// Two event loops that two threads run, and where.
struct OtherLoop {
  std::string used;
  std::string home; // to which the thing belongs
  Place usedRun;
  Place homeRun;
};

/// An event loop that several threads run, and where.
struct Crowd {
  std::string loop;
  Place run;
};

/// What comes close to a proof that a use on another thread is right, and is none.
struct AlmostProofs {
  std::optional<LockRange> lock; // that is held there
  bool loopGoesOn = false;       // the loop's operation is under way whatever is locked
  std::optional<Wake> wake;      // of a loop, afterwards
  std::optional<Wait> wait;      // for that thread
};

/// async-loop-bound-capture
struct SharedThing {
  Variable thing;
  Use use; // on the worker
  BodyIndex user = 0;
  HandOff handOff;
  BodyIndex worker = 0;          // what the hand-off runs
  std::string kept;              // the variable or member that keeps that; empty: a body
  std::vector<AccessStep> chain; // from `worker` to `user`
  std::optional<Use> loopUse;    // none: the thing is of another thread, whoever uses it
  BodyIndex loopUser = 0;
  Reason reason;             // of loopUse
  std::optional<Place> made; // where the thing is, on its own thread
  AlmostProofs almost;
  std::optional<Crowd> crowd;         // both uses are on one event loop
  bool isSwitch = false;              // `worker` is a coroutine that has left its loop
  std::optional<OtherLoop> otherLoop; // the "worker" is another event loop's thread
  bool isMoved = false; // the worker was given the thing itself, and the loop uses it afterwards
};

/// async-unawaited-task
struct UnawaitedTask {
  BodyIndex body = 0; // that makes it
  ForgottenTask task;
};

/// async-lock-across-await
struct LockedSleep {
  BodyIndex body = 0;
  std::vector<std::string> mutexes; // taken at one place
  Place taken;
  bool isYield = false;
  std::vector<Place> others; // where it sleeps with that lock too, in their order
};

/// async-sequential-await
struct AwaitsInSeries {
  BodyIndex body = 0;
  AwaitSeries series;
  Proof proof = Proof::Read;
};

/// async-task-capture
struct DyingCapture {
  Capture capture;
  BodyIndex home = 0;     // the body whose variable it is of
  BodyIndex callable = 0; // what runs later
  HandOff handOff;
  std::string kept; // the member that keeps it for another thread; empty: it is handed off
  Place site;       // where it is handed off, or kept
  Evidence evidence;
};

struct Finding {
  llvm::StringRef check;
  Place place;
  std::variant<BlockingChain, SharedThing, UnawaitedTask, LockedSleep, AwaitsInSeries, DyingCapture>
      what;
};

} // namespace async_tidy

#endif
