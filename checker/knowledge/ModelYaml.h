// What stands in a model file, key by key, before names are made absolute.
#ifndef ASYNC_TIDY_KNOWLEDGE_MODELYAML_H
#define ASYNC_TIDY_KNOWLEDGE_MODELYAML_H

#include "knowledge/Model.h"
#include "llvm/Support/Error.h"
#include <vector>

namespace async_tidy {

struct RawCondition {
  std::optional<int> argument;
  std::optional<std::string> receiver;
  std::optional<int64_t> equals;
  std::optional<int64_t> hasFlag;
  std::optional<int64_t> atMost;
  std::optional<int64_t> atLeast;
  std::optional<int64_t> given;
  bool null = false;
  bool zero = false;
  std::optional<int64_t> within;
  std::vector<std::string> type;
  std::vector<std::string> object;
  std::vector<std::string> functions;
  std::optional<int64_t> arguments;
};

struct NoMapping {};

/// `all`, `last`, or positions.
struct CallableList {
  std::string word;
  std::vector<int> positions;
  NoMapping none;
};

struct RawHandOff {
  CallableList callables;
  RunsAt on;
  std::string passes;
  bool whenDone = false;
  bool atOnce = false;
};

/// One, or a list of them.
struct RawHandOffs {
  std::string word;
  RawHandOff one;
  std::vector<RawHandOff> several;
  bool isSeveral = false;
};

struct RawCalls {
  std::vector<std::string> members;
  std::string on;
};

struct RawTypedArgument {
  std::optional<int> argument;
  std::string as;
};

struct TellsReady {
  bool set = false;
  std::string enumerator; // empty: a bool
};

struct RawFunction {
  unsigned line = 0;
  std::vector<std::string> names;
  std::string since;
  std::string until;
  std::optional<Tier> blocks;
  std::optional<std::string> certainty;
  std::vector<RawCondition> when;
  std::vector<RawCondition> unless;
  std::string instead;
  bool neverBlocking = false;
  std::optional<RawHandOffs> handOff;
  ConstructsKind constructs = ConstructsKind::None;
  TellsReady tellsReady;
  bool startsAsync = false;
  bool threadSafe = false;
  bool runsLoop = false;
  bool binds = false;
  bool detaches = false;
  bool suspends = false;
  bool resumes = false;
  bool startsTask = false;
  bool keeps = false;
  bool adds = false;
  bool selfContained = false;
  bool exchanges = false;
  bool unlocks = false;
  LocksKind locks = LocksKind::No;
  bool wakesLoop = false;
  std::optional<unsigned> movesTo;
  RawTypedArgument worksOn;
  RawTypedArgument makes;
  GoesOn goesOn;
  ResultModel result;
};

struct RawType {
  unsigned line = 0;
  std::vector<std::string> names;
  std::string since;
  std::string until;
  std::vector<std::string> threadSafeMembers;
  std::vector<std::string> stops;
  std::vector<RawCalls> calls;
  std::string instead;
  std::string spawn;
  TypeModel model; // the rest
};

struct RawReplacement {
  Tier tier = Tier::Wait;
  std::string text;
  std::string handler;
};

struct RawFile {
  std::string library;
  std::vector<std::string> namespaces;
  std::string linkage;
  std::vector<std::string> headers;
  std::vector<std::string> packages;
  std::vector<std::string> owns;
  bool selfContained = false;
  std::string together;
  std::vector<RawReplacement> replacements;
  std::vector<RawType> types;
  std::vector<RawFunction> functions;
};

/// A project's own file: settings, and models as they stand in a model file.
struct RawProject {
  bool inherit = false;
  std::optional<std::string> checks;
  std::optional<std::string> tiers;
  std::optional<std::string> confidence;
  std::optional<bool> uncertain;
  std::optional<bool> severalThreads;
  std::vector<std::string> libraryPaths;
  std::vector<std::string> silentPaths;
  std::vector<std::string> modelFiles;
  RawFile models;
};

/// Reads the keys and values of `text`, and checks each by itself. The error is the first one, as
/// "file:line:column: message".
llvm::Expected<RawFile> parseModel(llvm::StringRef fileName, llvm::StringRef text);

/// The same for a project's file, which may be empty.
llvm::Expected<RawProject> parseProject(llvm::StringRef fileName, llvm::StringRef text);

} // namespace async_tidy

#endif
