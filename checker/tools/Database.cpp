#include "tools/Database.h"
#include "support/Paths.h"
#include "tools/CommandCleaner.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/JSON.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include <set>

namespace json = llvm::json;

namespace async_tidy {

namespace {

constexpr llvm::StringLiteral FileName = "compile_commands.json";

constexpr llvm::StringLiteral HowToGetOne =
    "to get one: 'cmake -DCMAKE_EXPORT_COMPILE_COMMANDS=ON' (Makefiles or Ninja), 'bear -- make', "
    "or "
    "Meson, which always writes it; '-p DIR' says where it is";

constexpr llvm::StringLiteral Launchers[] = {"ccache", "sccache", "distcc",
                                             "icecc",  "gomacc",  "buildcache"};

llvm::Error wrong(const llvm::Twine &what) {
  return llvm::createStringError(llvm::inconvertibleErrorCode(), what);
}

std::string inFolder(llvm::StringRef folder, llvm::StringRef name) {
  llvm::SmallString<256> path(folder);
  llvm::sys::path::append(path, name);
  return path.str().str();
}

/// Splits a command as a POSIX shell does, but for variables and the like, which build systems do
/// not leave in a database.
std::vector<std::string> splitCommand(llvm::StringRef text) {
  std::vector<std::string> words;
  bool inWord = false;
  char quote = 0;
  for (size_t i = 0; i != text.size(); ++i) {
    char c = text[i];
    if (quote == 0 && llvm::isSpace(c)) {
      inWord = false;
      continue;
    }
    if (!inWord) {
      words.emplace_back();
      inWord = true;
    }
    if (quote == 0 && (c == '"' || c == '\''))
      quote = c;
    else if (c == quote)
      quote = 0;
    else if (c == '\\' && i + 1 != text.size() &&
             (quote == 0 || (quote == '"' && llvm::StringRef("\\\"$`").contains(text[i + 1]))))
      words.back() += text[++i];
    else
      words.back() += c;
  }
  return words;
}

/// Drops what stands before the compiler: 'ccache g++ ...'.
void dropLaunchers(std::vector<std::string> &arguments) {
  auto isLauncher = [](llvm::StringRef program) {
    return llvm::is_contained(Launchers, llvm::sys::path::stem(program));
  };
  while (arguments.size() > 1 && isLauncher(arguments[0]) && !arguments[1].starts_with("-"))
    arguments.erase(arguments.begin());
}

bool readCommand(const json::Value &value, CompileCommand &to, json::Path path) {
  json::ObjectMapper map(value, path);
  std::string commandLine;
  if (!map || !map.map("directory", to.directory) || !map.map("file", to.file) ||
      !map.mapOptional("arguments", to.arguments) || !map.mapOptional("command", commandLine))
    return false;
  if (to.arguments.empty())
    to.arguments = splitCommand(commandLine);
  dropLaunchers(to.arguments);
  if (to.arguments.empty()) {
    path.report("neither 'arguments' nor 'command' says how it is compiled");
    return false;
  }
  return true;
}

bool readCommands(const json::Value &value, std::vector<CompileCommand> &to, json::Path path) {
  const json::Array *array = value.getAsArray();
  if (!array) {
    path.report("expected array");
    return false;
  }
  to.resize(array->size());
  for (size_t i = 0; i != to.size(); ++i)
    if (!readCommand((*array)[i], to[i], path.index(unsigned(i))))
      return false;
  return true;
}

} // namespace

std::string currentFolder() {
  llvm::SmallString<256> folder;
  return llvm::sys::fs::current_path(folder) ? "" : folder.str().str();
}

llvm::Expected<std::string> findDatabase(llvm::StringRef folder) {
  std::string here = currentFolder();
  if (!folder.empty()) {
    std::string at = absolutePath(folder, here);
    if (llvm::sys::fs::is_directory(at))
      at = inFolder(at, FileName);
    if (llvm::sys::fs::exists(at))
      return at;
    return wrong("there is no " + FileName + " in '" + folder + "'; " + HowToGetOne);
  }
  for (llvm::StringRef at = here; !at.empty(); at = llvm::sys::path::parent_path(at))
    for (const std::string &candidate :
         {inFolder(at, FileName), inFolder(inFolder(at, "build"), FileName)})
      if (llvm::sys::fs::exists(candidate))
        return candidate;
  return wrong("there is no " + FileName +
               " in the current folder, those above, or a folder 'build' in one "
               "of them; " +
               HowToGetOne);
}

llvm::Expected<std::vector<CompileCommand>> loadDatabase(llvm::StringRef path) {
  auto buffer = llvm::MemoryBuffer::getFile(path, /*IsText=*/true);
  if (!buffer)
    return llvm::createFileError(path, buffer.getError());
  auto value = json::parse((*buffer)->getBuffer());
  if (!value)
    return wrong(path + ": " + llvm::toString(value.takeError()));
  std::vector<CompileCommand> commands;
  json::Path::Root root("database");
  if (!readCommands(*value, commands, root))
    return wrong(path + ": " + llvm::toString(root.getError()));
  if (commands.empty())
    return wrong(path + ": it has no commands; " + HowToGetOne);
  for (CompileCommand &command : commands) {
    command.directory = absolutePath(command.directory, llvm::sys::path::parent_path(path));
    command.file = absolutePath(command.file, command.directory);
  }
  return commands;
}

std::vector<UnitCommand> unitsOf(llvm::ArrayRef<CompileCommand> commands) {
  std::vector<UnitCommand> units;
  for (const CompileCommand &command : commands)
    if (auto unit = cleanCommand(command))
      units.push_back(std::move(*unit));
  llvm::sort(units);
  units.erase(llvm::unique(units), units.end());
  return units;
}

llvm::Error selectUnits(std::vector<UnitCommand> &units, llvm::ArrayRef<std::string> paths) {
  if (paths.empty())
    return llvm::Error::success();
  // A path may be spelled through a link that the database does not use, or the other way round.
  auto real = [](llvm::StringRef path) {
    llvm::SmallString<256> result;
    return llvm::sys::fs::real_path(path, result) ? path.str() : result.str().str();
  };
  std::string here = currentFolder();
  std::vector<bool> isSelected(units.size());
  for (const std::string &path : paths) {
    std::string written = absolutePath(path, here);
    if (written.size() > 1 && written.back() == '/')
      written.pop_back();
    std::string linked = real(written);
    bool fits = false;
    for (size_t i = 0; i != units.size(); ++i)
      if (isBelow(units[i].file, written) || isBelow(real(units[i].file), linked)) {
        isSelected[i] = true;
        fits = true;
      }
    if (!fits)
      return wrong("no unit of " + FileName + " is at or below '" + path + "'");
  }
  size_t kept = 0;
  for (size_t i = 0; i != units.size(); ++i)
    if (isSelected[i])
      std::swap(units[kept++], units[i]);
  units.resize(kept);
  return llvm::Error::success();
}

std::vector<std::string> headerFolders(llvm::StringRef folder) {
  std::set<std::string> folders;
  auto add = [&](const CompileCommand &command) {
    llvm::ArrayRef<std::string> rest = command.arguments;
    for (; !rest.empty(); rest = rest.drop_front()) {
      llvm::StringRef word = rest.front();
      bool isOne = word.consume_front("-I") || word.consume_front("-isystem") ||
                   word.consume_front("-idirafter");
      if (isOne && word.empty() && rest.size() > 1)
        word = rest[1];
      if (isOne && !word.empty())
        folders.insert(absolutePath(word, command.directory));
    }
  };
  if (auto database = findDatabase(folder)) {
    if (auto commands = loadDatabase(*database))
      llvm::for_each(*commands, add);
    else
      llvm::consumeError(commands.takeError());
  } else {
    llvm::consumeError(database.takeError());
  }
  std::vector<std::string> result(folders.begin(), folders.end());
  result.insert(result.end(), {"/usr/local/include", "/usr/include"});
  return result;
}

} // namespace async_tidy
