#include "tools/CommandCleaner.h"
#include "support/LlvmCompat.h"
#include "support/Paths.h"
#include "clang/Basic/LangStandard.h"
#include "clang/Driver/Types.h"
#include "clang/Tooling/Tooling.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/Option/ArgList.h"
#include "llvm/Option/OptTable.h"
#include "llvm/Support/CommandLine.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/Program.h"
#include "llvm/Support/VirtualFileSystem.h"

namespace opt = llvm::opt;
namespace types = clang::driver::types;

namespace async_tidy {

namespace {

using namespace compat::options;

/// Options, and groups of them, that do not say how the source is to be read.
constexpr unsigned Dropped[] = {
    OPT_UNKNOWN, // GCC's own
    OPT_INPUT,
    OPT__DASH_DASH, // the unit's file is added at the end
    OPT_Action_Group,
    OPT_o,
    OPT_M_Group,
    OPT_dependency_file,
    OPT__serialize_diags,
    OPT_save_temps_EQ,
    OPT_Diag_Group,
    OPT_pedantic_Group,
    OPT_StaticAnalyzer_Group,
    OPT_DebugInfo_Group,
    OPT_Link_Group,
    OPT_Wa_COMMA,
    OPT_Xassembler,
    OPT_Xlinker,
    OPT_mtune_EQ, // the processors that GCC and Clang know differ
    OPT_include_pch,
    OPT_fplugin_EQ,
    OPT_fplugin_arg,
    OPT_fpass_plugin_EQ, // the user's code is not run
    OPT_v,
    OPT__HASH_HASH_HASH,
    OPT_ftime_report,
    OPT_ftime_trace,
    OPT_ftime_trace_EQ,
};

/// Families of options, of which GCC and Clang know different members, by how they begin.
constexpr llvm::StringLiteral DroppedFamilies[] = {"-fsanitize",   "-fno-sanitize", "-fprofile",
                                                   "-fno-profile", "-fmodules",     "-fcxx-modules",
                                                   "-Wp,-M"};

/// What follows -Xclang and names a file that only this compiler's own Clang could read.
constexpr llvm::StringLiteral DroppedFrontendPairs[] = {"-include-pch", "-load", "-plugin",
                                                        "-add-plugin"};

template <class Range> bool startsWithAny(llvm::StringRef text, const Range &prefixes) {
  return llvm::any_of(prefixes, [&](llvm::StringRef prefix) { return text.starts_with(prefix); });
}

bool isDropped(const opt::Arg &argument) {
  return llvm::any_of(Dropped, [&](unsigned id) { return argument.getOption().matches(id); });
}

/// Whether the module map `path`, which GCC reads, names a module.
bool namesModules(llvm::StringRef path) {
  auto buffer = llvm::MemoryBuffer::getFile(path);
  if (!buffer)
    return false; // it is made by the build; if there is an import, Clang will tell
  llvm::SmallVector<llvm::StringRef> lines;
  (*buffer)->getBuffer().split(lines, '\n', -1, /*KeepEmpty=*/false);
  return llvm::any_of(lines, [](llvm::StringRef line) {
    return !line.trim().empty() && !line.starts_with("$root");
  });
}

class CommandCleaner {
public:
  explicit CommandCleaner(const CompileCommand &command) : command(command) {}

  std::optional<UnitCommand> clean() {
    readResponseFiles();
    unsigned missingIndex = 0;
    unsigned missingCount = 0;
    parsed = compat::getDriverOptTable().ParseArgs(words, missingIndex, missingCount,
                                                   opt::Visibility(ClangOption));
    types::ID language = languageOf();
    bool isModule = language == types::TY_CXXModule || language == types::TY_PP_CXXModule;
    if (!isModule && !isCOrCXX(language))
      return std::nullopt;
    UnitCommand unit{command, ""};
    if (isModule || usesModules())
      unit.problem = UsesModules;
    else if (missingCount != 0)
      unit.problem = "its command ends with '" + std::string(words[missingIndex]) +
                     "', which lacks what has to follow";
    unit.arguments = rebuild();
    return unit;
  }

private:
  void readResponseFiles() {
    for (const std::string &argument : llvm::drop_begin(command.arguments))
      words.push_back(argument.c_str());
    // An error leaves the word as it is. A response file that does not exist yet is made by the
    // build, and is a list of modules (CMake's *.modmap).
    llvm::cl::ExpansionContext context(strings, llvm::cl::TokenizeGNUCommandLine);
    llvm::consumeError(context.setCurrentDir(command.directory).expandResponseFiles(words));
    llvm::erase_if(words, [](llvm::StringRef word) { return word.starts_with("@"); });
  }

  types::ID languageOf() const {
    if (const opt::Arg *x = parsed.getLastArg(OPT_x); x && llvm::StringRef(x->getValue()) != "none")
      return types::lookupTypeForTypeSpecifier(x->getValue());
    return types::lookupTypeForExtension(llvm::sys::path::extension(command.file).ltrim('.'));
  }

  static bool isCOrCXX(types::ID language) {
    switch (language) {
    case types::TY_C:
    case types::TY_PP_C:
    case types::TY_CXX:
    case types::TY_PP_CXX:
    case types::TY_CHeader:
    case types::TY_CXXHeader:
      return true;
    default:
      return false;
    }
  }

  bool usesModules() const {
    llvm::StringRef extension = llvm::sys::path::extension(command.file);
    if (extension == ".cppm" || extension == ".ixx" || extension == ".mpp")
      return true;
    // GCC with CMake has both options on every unit; the map then tells whether there are modules.
    bool isOn = false;
    bool hasMap = false;
    for (llvm::StringRef word : words) {
      if (startsWithAny(word, std::array<llvm::StringLiteral, 3>{
                                  "-fmodule-file=", "-fmodule-output", "-fprebuilt-module-path="}))
        return true;
      isOn |= word == "-fmodules-ts";
      if (word.consume_front("-fmodule-mapper=")) {
        hasMap = true;
        if (namesModules(absolutePath(word, command.directory)))
          return true;
      }
    }
    return isOn && !hasMap;
  }

  std::vector<std::string> rebuild() {
    addCompiler();
    for (auto at = parsed.begin(); at != parsed.end(); ++at)
      addArgument(**at, std::next(at) == parsed.end() ? unsigned(words.size())
                                                      : (*std::next(at))->getIndex());
    ensureCoroutines();
    if (!parsed.hasArg(OPT_resource_dir))
      add("-resource-dir=" ASYNC_TIDY_RESOURCE_DIR);
    for (const char *last : {"-w", "-fsyntax-only", "--"})
      add(last);
    add(command.file);
    return std::move(result);
  }

  /// Clang looks for libraries around the program that it takes itself for.
  void addCompiler() {
    const std::string &name = command.arguments.front();
    llvm::SmallString<256> path(name);
    if (!llvm::sys::path::has_parent_path(name)) {
      if (auto found = llvm::sys::findProgramByName(name))
        path = *found;
    } else {
      path = absolutePath(name, command.directory);
    }
    llvm::SmallString<256> real;
    add(llvm::sys::fs::real_path(path, real) ? path : real);
    clang::tooling::addTargetAndModeForProgramName(result, llvm::sys::path::filename(name));
  }

  void addArgument(const opt::Arg &argument, unsigned end) {
    llvm::StringRef word = words[argument.getIndex()];
    const opt::Option &option = argument.getOption();
    if (word.consume_front("-fconstexpr-ops-limit="))
      add("-fconstexpr-steps=" + word);
    else if (isDropped(argument) || startsWithAny(word, DroppedFamilies))
      return;
    else if (option.matches(OPT_include))
      addInclude(argument.getValue());
    else if (option.matches(OPT_Xclang))
      addFrontendWord(argument.getValue());
    else
      for (unsigned i = argument.getIndex(); i != end; ++i)
        add(words[i]);
  }

  /// As a word for the frontend, so that the driver does not look for a precompiled header next to
  /// it.
  void addInclude(llvm::StringRef header) {
    std::string path = absolutePath(header, command.directory);
    // qmake leaves only the precompiled header; the sources include what they need themselves.
    if (!llvm::sys::fs::exists(path) && llvm::sys::fs::exists(path + ".gch"))
      return;
    for (llvm::StringRef word : {llvm::StringRef("-include"), header})
      addFrontend(word);
  }

  void addFrontendWord(llvm::StringRef word) {
    if (std::exchange(isInDroppedPair, false))
      return;
    if (startsWithAny(word, DroppedFrontendPairs))
      isInDroppedPair = true;
    else
      addFrontend(word);
  }

  void addFrontend(llvm::StringRef word) {
    add("-Xclang");
    add(word);
  }

  /// GCC has coroutines in older standards when asked; its library then wants C++20 of Clang.
  void ensureCoroutines() {
    if (llvm::none_of(words, [](llvm::StringRef word) { return word.starts_with("-fcoroutines"); }))
      return;
    const opt::Arg *standard = parsed.getLastArg(OPT_std_EQ);
    auto kind = standard ? clang::LangStandard::getLangKind(standard->getValue())
                         : clang::LangStandard::lang_gnucxx17;
    if (kind != clang::LangStandard::lang_unspecified &&
        !clang::LangStandard::getLangStandardForKind(kind).isCPlusPlus20())
      add("-std=gnu++20");
  }

  void add(const llvm::Twine &word) { result.push_back(word.str()); }

  const CompileCommand &command;
  llvm::BumpPtrAllocator strings;
  llvm::SmallVector<const char *, 64> words; // without the compiler
  opt::InputArgList parsed;
  std::vector<std::string> result;
  bool isInDroppedPair = false;
};

} // namespace

std::optional<UnitCommand> cleanCommand(const CompileCommand &command) {
  return CommandCleaner(command).clean();
}

} // namespace async_tidy
