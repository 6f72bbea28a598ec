// What one unit says, without the AST: bodies, what they call, what they hand off, what they await.
// Everything is a value; places are relative to the project's root; order does not depend on how
// the AST was visited.
#ifndef ASYNC_TIDY_FACTS_FACTS_H
#define ASYNC_TIDY_FACTS_FACTS_H

#include "facts/PublicFunction.h"
#include "facts/Term.h"
#include "facts/Tier.h"
#include <optional>
#include <string>

namespace async_tidy {

/// Where a thing stands. `file` is an index into the unit's (or program's) table of files; line and
/// column count from 1, columns in bytes.
struct Place {
  uint32_t file = 0;
  uint32_t line = 0;
  uint32_t column = 0;
  friend auto operator<=>(const Place &, const Place &) = default;
};

/// The thread that a piece of code runs on, as far as its own text says.
enum class Where : uint8_t {
  Unknown,
  Here,   // wherever the one who hands it off is
  Loop,   // an event loop's thread
  Worker, // another thread, or a pool of them
};

/// Stretches of a coroutine, by their numbers and in their order. Empty where a body has only one.
using StretchSet = std::vector<uint32_t>;

/// A call that blocks its thread, as a model says.
struct Sink {
  Tier tier = Tier::Wait;
  bool sure = true;    // false: it cannot be seen whether this call blocks
  std::string instead; // the same function's non-blocking form, if it has one
  std::string page;    // where the documentation describes it: 'std.md#std-this_thread-sleep_for'
  friend auto operator<=>(const Sink &, const Sink &) = default;
};

enum class CallForm : uint8_t {
  Call,
  Construction,
  Destruction,
  Callable, // called by the function that it was given to, before that returns
  Advance,  // a generator is made to go on to its next value
  Kept,     // a callable that is kept in a variable, and called through that
  Wrapped,  // a call of `name`, which calls `via` with what that is given
  Resume,   // a coroutine is made to go on
};

/// Whether a parameter is zero, false or null. It is named by its position, without the object.
struct ParameterValue {
  uint32_t parameter = 0;
  bool isZero = false;
  friend auto operator<=>(const ParameterValue &, const ParameterValue &) = default;
};

/// An argument of which it is seen whether it is zero: a constant, or parameter `same` of the
/// caller.
struct GivenValue {
  enum class Kind : uint8_t { Zero, NotZero, Same };
  uint32_t parameter = 0;
  Kind kind = Kind::Zero;
  uint32_t same = 0;
  friend auto operator<=>(const GivenValue &, const GivenValue &) = default;
};

struct Call {
  Place place;
  CallForm form = CallForm::Call;
  bool isVirtual = false; // any overrider may be the one that runs
  EntityId callee = 0;    // 0 for what is called by a library, or through a value
  Term value;             // what is called through a value: a callable, or a generator
  std::string name;       // as a person writes it: 'Store::load'
  std::optional<Sink> sink;
  std::string via;          // form Callable: the library function that calls it
  bool runsLoop = false;    // the calling thread runs an event loop in it
  std::vector<Term> passed; // the object, then the arguments; what is not known may be left out.
                            // Through a value: only the arguments
  std::vector<ParameterValue> onlyIf; // what must be so of the body's own parameters
  std::vector<GivenValue> gives;
  StretchSet stretches;
  friend auto operator<=>(const Call &, const Call &) = default;
};

/// A callable, or a coroutine, given away to run at `where`.
struct HandOff {
  Place place;
  Term target;
  Term where;               // an executor; unknown: kept for later
  std::string via;          // the function that takes it: 'co_spawn'
  std::string library;      // the library that this function belongs to
  std::string executor;     // the source text of the executor, if there is one: 'pool'
  bool isAwaited = false;   // the body goes on when the callable has ended
  std::vector<Place> waits; // where the body waits for that later: `thread.join()`
  bool mayBeAtOnce = false; // the callable may have ended when the function returns
  std::vector<Place> after; // hand-offs whose callables have ended when this one's begins
  EntityId holder = 0;      // the variable or member that has the thread, or its result
  std::vector<Term> passed; // the arguments that come after those that are bound
  StretchSet stretches;
  friend auto operator<=>(const HandOff &, const HandOff &) = default;
};

/// `co_await child(...)`.
struct Await {
  Place place;
  Term task;
  StretchSet stretches;
  friend auto operator<=>(const Await &, const Await &) = default;
};

/// `return child(...)`: a task that is made for the caller.
struct TaskReturn {
  EntityId child = 0;
  std::vector<Term> passed; // as in Call
  friend auto operator<=>(const TaskReturn &, const TaskReturn &) = default;
};

enum class UseKind : uint8_t {
  Call,  // a function of the thing's library works on it
  Async, // that function starts an asynchronous operation on it
  Move,  // it is moved from
  Make,  // it is put into the variable or member that has it
};

/// A use of a loop-bound thing.
struct Use {
  Place place;
  UseKind kind = UseKind::Call;
  bool isAwaited = false;  // the body goes on when the operation has ended
  bool isAffine = false;   // only the thing's own thread may ever touch it
  bool isEnding = false;   // it only ends what is under way
  bool needsMaker = false; // threads may share the thing, unless a Make says otherwise
  bool isPointer = false;  // what is written is a pointer to the thing
  Term thing;
  std::string name;    // the function that is called
  std::string type;    // the thing's, as models name it
  std::string written; // the thing as the source has it: 'self->timer'
  StretchSet stretches;
  friend auto operator<=>(const Use &, const Use &) = default;
};

/// A callable, executor or task put into a variable or member that keeps it.
struct Store {
  Place place;
  Term target;
  Term value;
  friend auto operator<=>(const Store &, const Store &) = default;
};

/// A variable that lambdas in a body see, and that stands for `value` there: a reference, a
/// pointer, a capture with an initialiser. Or a member, `field`, of a variable that is a struct.
struct Alias {
  EntityId variable = 0;
  Term value;
  EntityId field = 0; // 0: the variable itself
  friend auto operator<=>(const Alias &, const Alias &) = default;
};

/// A loop in the source, from its first to its last character.
struct LoopRange {
  Place begin;
  Place end;

  bool contains(Place place) const {
    return begin <= place && place <= end && place.file == begin.file;
  }

  friend auto operator<=>(const LoopRange &, const LoopRange &) = default;
};

/// Where the source holds a lock.
struct LockRange {
  Place begin; // of the statement that takes it
  Place end;
  EntityId mutex = 0;
  std::string name; // the mutex's

  bool contains(Place place) const {
    return begin < place && place <= end && place.file == begin.file;
  }

  friend auto operator<=>(const LockRange &, const LockRange &) = default;
};

/// A lock that is held while a coroutine sleeps.
struct HeldLock {
  Place place; // of the co_await or co_yield
  Place taken;
  std::string mutex; // as the source has it: 'cache->mutex'
  bool isYield = false;
  std::vector<EntityId> children; // the coroutines that are awaited; none: it sleeps by itself
  friend auto operator<=>(const HeldLock &, const HeldLock &) = default;
};

/// A call that wakes an event loop.
struct Wake {
  Place place;
  std::string name; // the function that is called
  friend auto operator<=>(const Wake &, const Wake &) = default;
};

/// A wait for what a member or global variable stands for: `thread.join()`.
struct Wait {
  Place place;
  EntityId thing = 0;
  std::string name; // the function that is called
  friend auto operator<=>(const Wait &, const Wait &) = default;
};

/// A lazy task, fresh from the call that made it, that dies with the full expression, or with a
/// variable that nothing else uses.
struct ForgottenTask {
  Place place;              // of the call
  EntityId maker = 0;       // what is called; 0 for a library's function
  bool isGivenTask = false; // that gets a task, which it may have started
  std::string name;         // as a person writes it: 'Store::save'
  std::string written;      // the call as the source has it: 'store.save(record)'
  std::string type;         // of the task
  Place suspends;           // where the type shows that it is lazy; none: a model says so
  Place cast;               // to void, if there is one
  std::string holder;       // the variable, if there is one
  Place holderPlace;
  friend auto operator<=>(const ForgottenTask &, const ForgottenTask &) = default;
};

/// How what a body makes, to run later, depends on one of that body's variables.
enum class CaptureForm : uint8_t {
  Reference, // a lambda captures it by reference
  Pointer,   // a lambda has a pointer to it, or a function is bound to one
  View,      // a lambda, or a parameter of a coroutine, has a view of it
  Iterator,  // the same, an iterator into it
  Argument,  // a parameter of a coroutine refers to it
  Object,    // it is the object that a coroutine is called on
  Closure,   // it is the lambda whose captures a coroutine uses
};

/// A variable, or a temporary, of the body that what it makes depends on.
struct Capture {
  Place place;           // where that is seen
  EntityId callable = 0; // the lambda's body, or the coroutine's
  CaptureForm form = CaptureForm::Reference;
  std::string name;    // the variable's; empty for a temporary
  bool isTurn = false; // it is another, or changes, each time round a loop, which is its life then
  Place since;         // of the statement that makes the callable
  Place begin;         // of its life: where it is declared
  Place end;
  friend auto operator<=>(const Capture &, const Capture &) = default;
};

/// How a coroutine goes on after an await.
enum class Resumption : uint8_t {
  At,      // on an executor
  Own,     // on the executor that it was spawned on
  Ended,   // where the task ended that it awaits
  Threw,   // where that task ended with an exception
  Handle,  // wherever the handle is resumed that its awaiter gets
  Unclear, // as before, if that was its loop; else nobody knows
};

/// A part of a coroutine that runs at one place: what follows an await, or several that lead to the
/// same place, up to the next that may lead elsewhere. What a coroutine begins with is number 0,
/// and is not written down.
struct Stretch {
  std::vector<Place> places; // of the awaits
  Resumption resumption = Resumption::Unclear;
  Term where;           // At: the executor
  std::string via;      // what is awaited: 'static_thread_pool::schedule'
  std::string executor; // the source text of the executor, if there is one
  StretchSet before;    // those in which the awaits stand
  friend auto operator<=>(const Stretch &, const Stretch &) = default;
};

/// How far what a function does may reach. Given: to what its parameters refer to, and its object.
enum class Extent : uint8_t {
  Own, // to what it made itself
  Given,
  Shared,
};

/// A call that decides, too, how far its caller reaches.
struct Reaching {
  EntityId callee = 0;
  Extent given = Extent::Own; // what it is given that it could change, as its caller sees that
  bool takesValues = false; // nothing but values, and gives one: enough where its body is not seen
  bool isTask = false;      // it gives one, and so may wait
  friend auto operator<=>(const Reaching &, const Reaching &) = default;
};

/// That a coroutine changes nothing shared: as far as its own text says, and if those that it calls
/// do not.
struct Isolation {
  bool changesGiven = false;
  bool waits = false; // for something outside, while others could run
  std::vector<Reaching> calls;
  friend auto operator<=>(const Isolation &, const Isolation &) = default;
};

/// Awaits that wait one after the other, though none depends on another: those of a loop, or of
/// statements that follow each other.
struct AwaitSeries {
  Place place;                    // of the first
  Place loop;                     // none: they are statements
  std::vector<Place> further;     // awaits of the statements after the first
  std::vector<std::string> names; // what is awaited, each once: 'load'
  std::string via;                // what runs it elsewhere: 'co_spawn'
  std::string executor;           // the source text of where that is: 'pool'
  Isolation isolation;            // of all of them
  friend auto operator<=>(const AwaitSeries &, const AwaitSeries &) = default;
};

enum class BodyKind : uint8_t {
  Function,
  Task,           // a coroutine that runs where it is spawned or awaited
  Generator,      // a coroutine that runs on whoever advances it
  AsyncGenerator, // awaited by whoever advances it; runs like a task
};

/// One body that the project owns.
struct Body {
  EntityId id = 0;
  std::string name;
  Place place;
  Place end;
  BodyKind kind = BodyKind::Function;
  std::string framework; // the library of a coroutine's task type; empty if it is of no known one
  std::vector<Call> calls;
  std::vector<HandOff> handOffs;
  std::vector<Await> awaits;
  std::vector<TaskReturn> returns; // coroutines that it calls and whose tasks it returns
  std::vector<EntityId> overrides; // all methods that this one overrides, at any depth
  uint32_t unknownCalls = 0;       // calls of which nothing is known: no body, no model
  std::vector<Use> uses;
  std::vector<Term> gives;      // what its result refers to; empty if that is not one thing
  std::vector<Alias> aliases;   // by variable
  std::vector<LoopRange> loops; // of tasks, and of what starts code on other threads
  std::vector<Store> stores;
  std::vector<LockRange> locks;
  std::vector<HeldLock> heldLocks;
  std::vector<Wake> wakes;
  std::vector<Wait> waits;
  std::vector<ForgottenTask> forgotten;
  std::vector<Capture> captures;
  std::vector<Place> pauses; // where it may wait for what `captures` are of, besides its calls
  bool isLambda = false;     // it sees the variables, and `this`, of the body around it
  EntityId around = 0;       // that body
  uint32_t parameters = 0;
  bool isMethod = false;       // it needs an object, which is the first that is passed
  bool isNonBlocking = false;  // an annotation says so, whatever it calls
  Where runs = Where::Unknown; // where an annotation says that it runs: Loop or Worker
  Place runsPlace;             // of the annotation, or the body's own
  std::string runsVia;         // a library's member that it overrides, and that calls it there
  std::string runsLibrary;     // that library
  bool isEager = false;        // a coroutine that begins to run when it is called
  bool mayStart = false; // it is none, and what it does before it gives a lazy task may be all
  std::vector<Stretch> stretches;     // from number 1 on
  std::vector<Stretch> goesOn;        // who awaits what this function, which is no coroutine, gives
  StretchSet ends;                    // those in which it may end
  StretchSet throws;                  // the same for an end with an exception
  bool sleeps = false;                // a coroutine that awaits more than coroutines of the program
  std::vector<EntityId> sleepsWith;   // else: those
  std::optional<Isolation> isolation; // of coroutines; none: it may change anything
  std::vector<AwaitSeries> series;

  /// Calls `visit` for each of `set`, which is a fact's of this body.
  template <class Visit> void forEachStretch(const StretchSet &set, Visit visit) const {
    if (stretches.empty())
      visit(uint32_t(0));
    for (uint32_t stretch : set)
      if (stretch <= stretches.size())
        visit(stretch);
  }

  friend auto operator<=>(const Body &, const Body &) = default;
};

/// A NOLINT comment: on this line, these checks (comma-separated globs; '*' for all) are silenced.
struct Suppression {
  uint32_t file = 0;
  uint32_t line = 0;
  std::string checks;
  friend auto operator<=>(const Suppression &, const Suppression &) = default;
};

/// A variable or field that terms mention.
struct Variable {
  EntityId id = 0;
  std::string name; // as a person writes it: 'Session::socket'
  Place place;
  EntityId owner = 0;     // the body whose local variable it is; 0 for all others
  bool isSeat = false;    // it holds its object itself, or was given one that was made for it
  bool isDefined = false; // `place` is its definition
  bool isPointer = false; // its members are reached with ->
  EntityId function = 0;  // what calling it runs, if its type is a lambda's
  friend auto operator<=>(const Variable &, const Variable &) = default;
};

/// What an Advice is about that says how to start a task of `type`.
inline std::string spawnKey(const std::string &type) {
  return type + "/spawn";
}

/// What the models advise about something that the facts mention. It is kept with them so that a
/// report needs no models.
struct Advice {
  std::string about; // a type, 'asio/sleep', 'asio/sleep/handler', a spawnKey
  std::string text;  // empty if they advise nothing
  std::string page;  // as in Sink
  friend auto operator<=>(const Advice &, const Advice &) = default;
};

/// A file that the compiler read for a unit, a folder that it listed, or a name that it asked for
/// in vain.
struct FileRead {
  std::string path;
  uint64_t hash = 0; // of what was there (xxh3): contents or names; 0: nothing
  friend auto operator<=>(const FileRead &, const FileRead &) = default;
};

/// The facts of one unit.
struct Unit {
  std::string mainFile;
  std::vector<std::string> files;  // sorted
  std::vector<Body> bodies;        // by id
  std::vector<Variable> variables; // by id
  std::vector<Suppression> suppressions;
  std::vector<Advice> advice;  // by what it is about
  std::vector<FileRead> reads; // by path; may be empty
  std::vector<PublicFunction> offers;
  std::vector<std::string> ownPacks; // that describe what it offers, and were not asked
  friend auto operator<=>(const Unit &, const Unit &) = default;
};

/// Calls `visit` for each index of a file in `body`.
void forEachFile(Body &body, llvm::function_ref<void(uint32_t &)> visit);

/// Calls `visit` for each identity in `body`: its own, and those that it mentions.
void forEachIdentity(Body &body, llvm::function_ref<void(EntityId &)> visit);

/// Calls `visit` for each term in `body`.
void forEachTerm(Body &body, llvm::function_ref<void(Term &)> visit);

/// Brings what `body` does into the one order that it is written in, without repeats.
void sortRecords(Body &body);

/// Brings `unit` into the one order that it is written in: files sorted and used, bodies by id,
/// their contents by place, no repeats. Every producer of a unit ends with this.
void normalize(Unit &unit);

} // namespace async_tidy

#endif
