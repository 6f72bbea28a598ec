// A model as it stands in YAML; docs/models.md describes each key. Models only refer to their texts
// and lists: those of the packs are constants of the program, others belong to a ModelStore.
#ifndef ASYNC_TIDY_KNOWLEDGE_MODEL_H
#define ASYNC_TIDY_KNOWLEDGE_MODEL_H

#include "facts/Tier.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"
#include <algorithm>
#include <optional>
#include <string>

namespace async_tidy {

/// Whose a model is, from the weakest to the strongest: between Installed and Project stands what
/// the code says of itself.
enum class Origin : uint8_t {
  Builtin,   // a pack of the binary
  Installed, // a pack that another library brought
  Project,   // the project's own
};

/// Where a model entry was written, for messages.
struct Source {
  llvm::StringRef file;
  unsigned line = 0;
  Origin origin = Origin::Builtin;

  std::string text() const { return file.str() + ":" + std::to_string(line); }
};

/// The versions of a library that have a name; empty: from the first, to the last.
struct Versions {
  llvm::StringRef since;
  llvm::StringRef until;

  explicit operator bool() const { return !since.empty() || !until.empty(); }
};

/// A set of qualified names: `names` is sorted.
struct NameSet {
  llvm::ArrayRef<llvm::StringRef> names;

  bool contains(llvm::StringRef name) const {
    return std::binary_search(names.begin(), names.end(), name);
  }

  bool empty() const { return names.empty(); }
};

/// What a condition is about: an argument's position from 0 (-1: the last), or the receiver.
using Subject = int;
constexpr Subject Receiver = -1000;

struct Condition {
  enum class Kind {
    Equals,
    HasFlag,
    AtMost,
    AtLeast,
    Null,
    Zero,
    Within,
    Type,
    Object,
    Arguments,
    Ready,
    Moved,
    Called,
    MadeBy,
  };
  Kind kind = Kind::Equals;
  Subject subject = Receiver;
  int64_t value = 0;            // Equals, HasFlag, AtMost, AtLeast, Arguments; Within: milliseconds
  NameSet names;                // Type, Object, Called, MadeBy: absolute
  std::optional<int64_t> given; // Called: what the last argument is
};

/// Where a callable runs that a function is given. Own: on the executor that the coroutine was
/// spawned on. Home: where the argument, an object, lives, if that is seen.
struct RunsAt {
  enum class Kind { Here, Worker, Loop, Own, Later, Argument, Receiver, TemplateArgument, Home };
  Kind kind = Kind::Later;
  unsigned index = 0; // Argument, TemplateArgument, Home
};

/// Where a coroutine goes on that awaits something.
struct GoesOn {
  enum class Kind : uint8_t {
    Unsaid,
    Ended, // where the awaited task ended
    At,    // at `at`; Here: where it was
  };
  Kind kind = Kind::Unsaid;
  RunsAt at;

  explicit operator bool() const { return kind != Kind::Unsaid; }
};

struct HandOffModel {
  bool receiver = false; // the object is what runs
  bool all = false;
  llvm::ArrayRef<int> callables; // positions; -1 is the last
  RunsAt on;
  bool passesRest = false; // what stands after the callable is passed to it
  // It begins when what else the call hands off has ended, or the receiver's function.
  bool isWhenDone = false;
  bool mayBeAtOnce = false; // on the right thread it has ended when the function returns
  llvm::StringRef library;
};

/// An argument, and the type of which it is, whatever C calls it.
struct TypedArgument {
  static constexpr int All = -1; // no argument: all objects of the type
  int argument = All;
  llvm::StringRef type; // empty: none

  explicit operator bool() const { return !type.empty(); }
};

/// What the result of a function refers to. OnReceiver: a new object, with the receiver's executor.
/// Here, Loop, Worker: the executor, or thread, that the body, an event loop, a worker runs on.
/// Element: one of those that the receiver keeps.
struct ResultModel {
  enum class Kind : uint8_t {
    Unknown,
    New,
    Receiver,
    Argument,
    OnReceiver,
    Here,
    Loop,
    Worker,
    Element
  };
  Kind kind = Kind::Unknown;
  unsigned index = 0; // Argument
};

enum class ConstructsKind : uint8_t { None, TemplateArgument, Element };

/// Whether the calling thread has a lock when a function has returned: its receiver's or, of a
/// constructor and of functions that are no members, its arguments'. An object that is constructed,
/// or returned, gives it back at its end.
enum class LocksKind : uint8_t {
  No,
  Always,
  IfTrue, // if it returns true
  IfZero, // if it returns 0
  Later,  // the object that it makes can take it
};

struct FunctionModel {
  Source source;
  Versions versions;
  llvm::StringRef library;
  std::optional<Tier> blocks;
  bool sure = true;
  bool neverBlocking = false;
  llvm::ArrayRef<Condition> when;
  llvm::ArrayRef<Condition> unless;
  llvm::StringRef instead;
  llvm::ArrayRef<HandOffModel> handOffs;
  ConstructsKind constructs = ConstructsKind::None;
  bool tellsReady = false;
  NameSet readyWhen; // the enumerators that mean yes; empty: the result is a bool
  bool startsAsync = false;
  bool threadSafe = false; // any thread may call it, whatever it works on
  bool runsLoop = false;
  bool detaches = false;   // its receiver lets go of the thread that it has: nobody can wait for it
  bool suspends = false;   // waits, and does not block the thread: its fiber alone
  bool resumes = false;    // lets a coroutine go on, here and now
  bool startsTask = false; // the task that it is given runs, although its result is a lazy one
  bool binds = false;      // the result calls argument 0, with the rest as its first arguments
  bool keeps = false;      // its receiver keeps what it is given: a container's push_back
  bool adds = false;       // to what its receiver has, in whatever order it is called: push_back
  bool exchanges = false;  // what its receiver, or argument 0, keeps, and argument 1: swap
  bool unlocks = false;    // ends what a function that blocks for a lock began
  bool wakesLoop = false;  // an event loop that sleeps goes on, whatever thread calls it
  bool selfContained = false; // it reaches nothing but its object and what it is given
  LocksKind locks = LocksKind::No;
  std::optional<unsigned> movesTo; // its receiver lives on the executor that is this argument
  TypedArgument worksOn;
  TypedArgument makes; // an object of which the type's affinity is true
  GoesOn goesOn;
  ResultModel result;

  /// Whether this entry says if the function blocks.
  bool describesBlocking() const { return blocks.has_value() || neverBlocking; }
};

enum class CoroutineKind : uint8_t { None, Task, Generator, AsyncGenerator };

enum class Affinity : uint8_t { None, Affine, Exclusive };

/// Whether objects of a type stand for another object, and what moving one gives away.
enum class Refers : uint8_t { No, Owning, Borrowing };

/// Members that a library calls, and that others override.
struct CalledMembers {
  llvm::ArrayRef<llvm::StringRef> names;
  bool onWorker = false; // else on the event loop
};

struct TypeModel {
  Source source;
  Versions versions;
  llvm::StringRef library;
  CoroutineKind coroutine = CoroutineKind::None;
  std::optional<RunsAt> runs;
  bool callable = false;
  Affinity affinity = Affinity::None;
  llvm::ArrayRef<llvm::StringRef> threadSafeMembers;
  llvm::ArrayRef<llvm::StringRef> stops; // members that only end what is under way
  bool onlyIfMade = false;               // its affinity is true only of what a function makes so
  bool opaque = false; // no type of the library has this name, only its documentation
  bool serial = false; // an executor that runs one thing at a time
  llvm::ArrayRef<CalledMembers> calls;
  bool threadSafe = false;
  bool view = false;     // it shows what another object has, which must live longer
  bool mutex = false;    // a lock that belongs to the thread that took it
  bool value = false;    // nothing that could be changed is reached through a copy
  bool suspends = false; // what is given one suspends the stackful coroutine that has it
  Refers refers = Refers::No;
  llvm::StringRef instead; // of using it on another thread; "{}" stands for its name, "{*}" for a
                           // pointer to it
  bool eager = false;      // a coroutine that gives one begins to run when it is called
  bool lazy = false;       // one that is neither awaited nor started has done nothing
  llvm::StringRef spawn;   // how an ordinary function starts one; "{}" stands for it
  GoesOn goesOn;           // who awaits one
  GoesOn awaits;           // a coroutine that gives one, after what does not say of its own
};

} // namespace async_tidy

#endif
