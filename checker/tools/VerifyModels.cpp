#include "tools/VerifyModels.h"
#include "tools/NameLookup.h"
#include "tools/PackNames.h"
#include "clang/Frontend/CompilerInstance.h"
#include "clang/Frontend/FrontendAction.h"
#include "clang/Tooling/Tooling.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/FileUtilities.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Program.h"
#include "llvm/Support/VirtualFileSystem.h"

namespace async_tidy {

namespace {

/// What pkg-config says of `packages`; nothing where it does not know one, or is not there.
std::vector<std::string> packageFlags(const std::vector<std::string> &packages) {
  std::vector<std::string> flags;
  auto program = llvm::sys::findProgramByName("pkg-config");
  for (const std::string &package : packages) {
    llvm::SmallString<128> output;
    if (!program || llvm::sys::fs::createTemporaryFile("async-tidy", "flags", output))
      break;
    llvm::FileRemover remover(output);
    llvm::StringRef words[] = {*program, "--cflags", "--", package};
    std::optional<llvm::StringRef> redirects[] = {llvm::StringRef(), llvm::StringRef(output),
                                                  llvm::StringRef()};
    constexpr unsigned Seconds = 30;
    if (llvm::sys::ExecuteAndWait(*program, words, std::nullopt, redirects, Seconds) == 0)
      if (auto buffer = llvm::MemoryBuffer::getFile(output))
        for (llvm::StringRef flag : llvm::split((*buffer)->getBuffer().trim(), ' '))
          if (!flag.empty())
            flags.push_back(flag.str());
  }
  return flags;
}

constexpr const char *SourceName = "/async-tidy/names.cpp";

/// The name of what stands in for header number `index` where it is missing.
std::string missing(size_t index) {
  return "async_tidy_missing_" + std::to_string(index);
}

std::string sourceFor(const Pack &pack) {
  std::string source;
  for (size_t i = 0; i != pack.headers.size(); ++i)
    source += "#if __has_include(<" + pack.headers[i] + ">)\n#include <" + pack.headers[i] +
              ">\n#else\nint " + missing(i) + ";\n#endif\n";
  return source;
}

/// What came of one compilation.
struct Compiled {
  bool isReached = false;
  std::vector<std::string> missing; // headers
  std::vector<FoundName> found;     // by name; the best of its namespaces
  std::string error;                // the first one
};

class FirstMessage : public clang::DiagnosticConsumer {
public:
  explicit FirstMessage(std::string &to) : to(to) {}

  void HandleDiagnostic(clang::DiagnosticsEngine::Level level,
                        const clang::Diagnostic &diagnostic) override {
    DiagnosticConsumer::HandleDiagnostic(level, diagnostic);
    if (level < clang::DiagnosticsEngine::Error || !to.empty())
      return;
    llvm::SmallString<128> text;
    diagnostic.FormatDiagnostic(text);
    to = text.str().str();
  }

private:
  std::string &to;
};

class VerifyAction : public clang::ASTFrontendAction {
public:
  VerifyAction(const Pack &pack, Compiled &result) : pack(pack), result(result) {}

protected:
  bool BeginInvocation(clang::CompilerInstance &compiler) override {
    compiler.getFrontendOpts().SkipFunctionBodies = true; // names are in declarations
    compiler.getDiagnosticOpts().ShowCarets = false;      // nor "1 error generated."
    return true;
  }

  std::unique_ptr<clang::ASTConsumer> CreateASTConsumer(clang::CompilerInstance &,
                                                        llvm::StringRef) override {
    struct Consumer : clang::ASTConsumer {
      explicit Consumer(VerifyAction &action) : action(action) {}

      void HandleTranslationUnit(clang::ASTContext &context) override { action.look(context); }

      VerifyAction &action;
    };

    return std::make_unique<Consumer>(*this);
  }

private:
  void look(const clang::ASTContext &context) {
    result.isReached = true;
    for (size_t i = 0; i != pack.headers.size(); ++i)
      if (findName(context, missing(i)))
        result.missing.push_back(pack.headers[i]);
    for (const PackName &name : pack.names) {
      FoundName best;
      for (const std::string &absolute : name.absolute) {
        FoundName found = findName(context, absolute);
        // The namespace that has most of the name says what is wrong.
        bool isCloser = best.unknown.empty() ||
                        llvm::StringRef(name.name).ends_with(found.unknown) ||
                        !found.nearest.empty();
        if (found || (!best && isCloser))
          best = std::move(found);
      }
      result.found.push_back(std::move(best));
    }
  }

  const Pack &pack;
  Compiled &result;
};

Compiled compile(const Pack &pack, const std::vector<std::string> &flags) {
  Compiled result;
  std::string resources = std::string("-resource-dir=") + ASYNC_TIDY_RESOURCE_DIR;
  std::vector<std::string> arguments{"clang++", "-std=c++2b", "-w", "-ferror-limit=0", resources};
  llvm::append_range(arguments, flags);
  llvm::append_range(arguments, packageFlags(pack.packages));
  llvm::append_range(arguments, std::vector<std::string>{"-fsyntax-only", SourceName});
  FirstMessage first(result.error);
  auto overlay =
      llvm::makeIntrusiveRefCnt<llvm::vfs::OverlayFileSystem>(llvm::vfs::getRealFileSystem());
  auto memory = llvm::makeIntrusiveRefCnt<llvm::vfs::InMemoryFileSystem>();
  memory->addFile(SourceName, 0, llvm::MemoryBuffer::getMemBufferCopy(sourceFor(pack)));
  overlay->pushOverlay(memory);
  llvm::IntrusiveRefCntPtr<clang::FileManager> files(
      new clang::FileManager(clang::FileSystemOptions(), overlay));
  clang::tooling::ToolInvocation invocation(arguments, std::make_unique<VerifyAction>(pack, result),
                                            files.get());
  invocation.setDiagnosticConsumer(&first);
  invocation.run();
  return result;
}

llvm::StringRef word(NameKind kind) {
  return kind == NameKind::Function ? "function" : kind == NameKind::Type ? "type" : "variable";
}

/// Whether `pack` has an entry about this class, or about members of it.
bool describes(const Pack &pack, llvm::StringRef type) {
  return llvm::any_of(pack.names, [&](const PackName &name) {
    return llvm::any_of(name.absolute, [&](llvm::StringRef absolute) {
      return absolute.consume_front(type) && (absolute.empty() || absolute.starts_with("::"));
    });
  });
}

/// What is wrong with `name`, of which `found` was found; empty if nothing is.
std::string complaint(const Pack &pack, const PackName &name, const FoundName &found) {
  std::string quoted = "'" + name.name + "'";
  bool isRight = name.kind == NameKind::Function ? found.isFunction || found.isVariable
                 : name.kind == NameKind::Type   ? found.isType
                                                 : found.isVariable || found.isFunction;
  if (!found) {
    std::string text = ("there is no " + word(name.kind) + " ").str() + quoted;
    if (!found.nearest.empty())
      text += ": no '" + found.unknown + "'; is '" + found.nearest + "' meant?";
    return text;
  }
  if (!isRight)
    return (quoted + " is no " + word(name.kind)).str();
  if (!found.standsFor.empty() && !describes(pack, found.standsFor))
    return quoted + " is another name: models call it by that of the class itself, in '" +
           found.standsFor + "'";
  if (found.isFunction && found.parameters != -1 && name.argument >= found.parameters)
    return quoted + " has no argument " + std::to_string(name.argument) + ": it has " +
           std::to_string(found.parameters) + ", counted from 0";
  return "";
}

/// A header's name goes into source text as it is.
bool isPlain(llvm::StringRef header) {
  return !header.empty() && llvm::all_of(header, [](char c) {
    return llvm::isAlnum(c) || llvm::StringRef("_./+-").contains(c);
  });
}

class Verifier {
public:
  Verifier(const std::vector<std::string> &flags, llvm::raw_ostream &out)
      : flags(flags), out(out) {}

  VerifyResult result;

  void verify(const Pack &pack) {
    if (pack.headers.empty())
      return skip(pack, "it does not say which headers declare its names");
    if (!llvm::all_of(pack.headers, isPlain))
      return skip(pack, "one of its headers has a name that no file has");
    Compiled compiled = compile(pack, flags);
    if (compiled.isReached && compiled.missing.size() == pack.headers.size())
      return skip(pack, "there is no header <" + pack.headers.front() + ">");
    if (!compiled.isReached || !compiled.error.empty())
      return skip(pack, "its headers do not compile: " + compiled.error);
    addOtherLibrary(pack, compiled);
    report(pack, compiled);
  }

private:
  /// What the C++ library at hand does not have, another may: its own names, or where it declares
  /// what the standard names.
  void addOtherLibrary(const Pack &pack, Compiled &compiled) {
    bool isAll = true;
    for (const auto &[name, found] : llvm::zip_equal(pack.names, compiled.found))
      isAll &= found || name.isOfVersion;
    bool isChosen =
        llvm::any_of(flags, [](llvm::StringRef flag) { return flag.starts_with("-stdlib"); });
    if (isAll || isChosen)
      return;
    std::vector<std::string> other = flags;
    other.emplace_back("-stdlib=libc++");
    Compiled second = compile(pack, other);
    if (!second.isReached || !second.error.empty())
      return;
    for (auto [mine, others] : llvm::zip_equal(compiled.found, second.found))
      if (!mine && others)
        mine = std::move(others);
  }

  void skip(const Pack &pack, const std::string &why) {
    ++result.notChecked;
    out << pack.file << ": not checked: " << why << '\n';
  }

  void report(const Pack &pack, const Compiled &compiled) {
    unsigned good = 0, ofVersions = 0, hidden = 0;
    for (const auto &[name, found] : llvm::zip_equal(pack.names, compiled.found)) {
      std::string wrong = complaint(pack, name, found);
      if (wrong.empty()) {
        ++good;
      } else if (!found && name.isOfVersion) {
        ++ofVersions;
      } else if (!found && !compiled.missing.empty()) {
        ++hidden;
      } else {
        ++result.wrong;
        out << name.source.text() << ": " << wrong << '\n';
      }
    }
    ++result.checked;
    out << pack.file << ": " << good << " of " << pack.names.size() << " names are there";
    if (ofVersions != 0)
      out << "; " << ofVersions << " of other versions are not checked";
    if (!compiled.missing.empty()) {
      ++result.notChecked;
      out << "; " << hidden << " are not checked: there is no header <"
          << llvm::join(compiled.missing, ">, <") << '>';
    }
    out << '\n';
  }

  const std::vector<std::string> &flags;
  llvm::raw_ostream &out;
};

} // namespace

llvm::Expected<VerifyResult> verifyModels(const std::vector<std::string> &files,
                                          const std::vector<std::string> &flags,
                                          llvm::raw_ostream &out) {
  ModelStore store;
  std::vector<Pack> packs;
  for (const std::string &file : files) {
    auto pack = packOf(file, store);
    if (!pack)
      return pack.takeError();
    packs.push_back(std::move(*pack));
  }
  if (files.empty())
    packs = builtinPacks();
  Verifier verifier(flags, out);
  for (const Pack &pack : packs)
    verifier.verify(pack);
  return verifier.result;
}

} // namespace async_tidy
