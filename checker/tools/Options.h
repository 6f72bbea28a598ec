// The command line of async-tidy, read strictly: what is not understood is an error, never ignored.
#ifndef ASYNC_TIDY_TOOLS_OPTIONS_H
#define ASYNC_TIDY_TOOLS_OPTIONS_H

#include "settings/Settings.h"
#include "llvm/Support/Error.h"
#include <string>
#include <vector>

namespace llvm {
class raw_ostream;
}

namespace async_tidy {

enum class Request : uint8_t {
  Analyse,
  Extract, // the facts of one unit
  Link,    // of facts to a program
  Check,   // what is found in a program
  Dump,    // a file of facts
  Help,
  Version,
  ListChecks,
  VerifyModels,
  Explain
};

enum class ColorMode : uint8_t { Auto, Always, Never };

/// What the user asked for.
struct CommandOptions {
  Request request = Request::Analyse;
  std::string buildFolder; // empty: look for it
  std::string projectRoot; // empty: look for it
  std::string factsFolder; // where to leave the facts files; empty: nowhere
  std::string cacheFolder; // empty: next to the database
  bool usesCache = true;
  unsigned cacheMegabytes = 1024; // how large the cache may become
  std::string output;             // where 'extract' and 'link' write
  std::vector<std::string> paths;
  std::string explained; // the name
  std::vector<std::string>
      flags;            // of the compiler: for --verify-models; a whole command: 'extract'
  std::string whyFile;  // the line that is asked about; empty: none
  unsigned whyLine = 0; // 0: all lines
  std::vector<std::string> models;
  std::vector<std::string> interface; // of --infer-models: headers, and folders of such
  SettingWords words;
  ColorMode color = ColorMode::Auto;
  unsigned jobs = 0;      // 0: one a core
  unsigned timeout = 600; // seconds a unit may take; 0: as many as it wants
  bool parsesLibraries = false;
  bool quiet = false;
};

/// Reads `words`, the command line without the program's name. Help, version and the list of checks
/// are answered as soon as they are read, so what follows them may be anything. The error is one
/// sentence.
llvm::Expected<CommandOptions> readCommandLine(llvm::ArrayRef<const char *> words);

/// Prints what the options are.
void printHelp(llvm::raw_ostream &out);

} // namespace async_tidy

#endif
