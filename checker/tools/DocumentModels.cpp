// Writes docs/models: a page for each pack, and the list of them.
#include "report/Pages.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/ToolOutputFile.h"
#include <algorithm>

using namespace async_tidy;

namespace {

[[noreturn]] void fail(const llvm::Twine &what) {
  llvm::errs() << "error: " << what << '\n';
  exit(1);
}

void write(const llvm::Twine &path, llvm::function_ref<void(llvm::raw_ostream &)> content) {
  std::string name = path.str();
  std::error_code problem;
  llvm::ToolOutputFile file(name, problem, llvm::sys::fs::OF_None);
  if (problem)
    fail(name + ": " + problem.message());
  content(file.os());
  file.keep();
}

ModelFile read(llvm::StringRef path, ModelStore &store) {
  auto buffer = llvm::MemoryBuffer::getFile(path, /*IsText=*/true);
  if (!buffer)
    fail(path + ": " + buffer.getError().message());
  auto pack =
      readModel(llvm::sys::path::filename(path), (*buffer)->getBuffer(), Origin::Builtin, store);
  if (!pack)
    fail(llvm::toString(pack.takeError()));
  return std::move(*pack);
}

} // namespace

/// DocumentModels FOLDER MODEL...
int main(int argc, const char **argv) {
  if (argc < 3)
    fail("usage: DocumentModels FOLDER MODEL...");
  std::string folder = argv[1];
  if (std::error_code problem = llvm::sys::fs::create_directories(folder))
    fail(folder + ": " + problem.message());
  std::vector<std::string> paths(argv + 2, argv + argc);
  std::sort(paths.begin(), paths.end());
  ModelStore store;
  std::string list;
  for (const std::string &path : paths) {
    ModelFile pack = read(path, store);
    llvm::StringRef stem = llvm::sys::path::stem(path);
    write(folder + "/" + stem + ".md",
          [&](llvm::raw_ostream &out) { writePage(llvm::sys::path::filename(path), pack, out); });
    size_t names = 0;
    for (const auto &entry : pack.types)
      names += entry.names.size();
    for (const auto &entry : pack.functions)
      names += entry.names.size();
    list += ("| [" + pack.library + "](" + stem + ".md) | " + llvm::Twine(names) + " |\n").str();
  }
  write(folder + "/README.md", [&](llvm::raw_ostream &out) {
    out << "# What async-tidy knows\n\nA page for each pack, made from it by `./dev docs`.\n\n"
           "| library | names |\n|---|---|\n"
        << list;
  });
  return 0;
}
