#include "report/Pages.h"
#include "knowledge/Pages.h"
#include "report/KnowledgeWords.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/raw_ostream.h"
#include <map>
#include <set>

namespace async_tidy {

namespace {

/// `text` with nothing in it that Markdown would take for its own.
std::string escaped(llvm::StringRef text) {
  std::string result;
  for (char c : text) {
    if (llvm::StringRef("\\*_<>[]|`").contains(c))
      result += '\\';
    result += c;
  }
  return result;
}

std::string code(llvm::StringRef text) {
  return ("`" + text + "`").str();
}

class PageWriter {
public:
  PageWriter(llvm::StringRef fileName, const ModelFile &pack, llvm::raw_ostream &out)
      : fileName(fileName), pack(pack), out(out) {}

  void write() {
    head();
    replacements();
    together();
    entries("Types", pack.types);
    entries("Functions", pack.functions);
  }

private:
  void head() {
    out << "# " << escaped(pack.library) << "\n\nWhat [" << code(fileName)
        << "](../../checker/models/" << fileName << ") says; made from it by `./dev docs`.";
    llvm::SmallVector<std::string> spaces;
    for (const std::string &space : pack.namespaces)
      spaces.push_back(space.empty() ? "the global one" : code(space));
    if (spaces.size() > 1)
      out << " All names exist in each of these namespaces, and are written with the first: "
          << llvm::join(spaces, ", ") << '.';
    out << '\n';
  }

  void replacements() {
    if (pack.replacements.empty())
      return;
    out << "\n## Instead of calls that block\n\n| tier | in a coroutine | in a handler "
           "|\n|---|---|---|\n";
    for (const Replacement &replacement : pack.replacements)
      out << "| " << tierName(replacement.tier) << " | " << escaped(replacement.text) << " | "
          << escaped(replacement.handler) << " |\n";
  }

  void together() {
    if (!pack.together.empty())
      out << "\n## Awaits that need not wait for each other\n\n" << escaped(pack.together) << '\n';
    if (pack.selfContained)
      out << "\nFunctions reach nothing but their objects and what they are given, where nothing "
             "else "
             "is said.\n";
  }

  template <class Model>
  void entries(llvm::StringRef title, const std::vector<NamedEntry<Model>> &list) {
    if (list.empty())
      return;
    out << "\n## " << title << '\n';
    for (const NamedEntry<Model> &entry : list) {
      out << '\n';
      // A name with several entries has its anchor at the first.
      for (const std::string &name : entry.names)
        if (anchored.insert(name).second)
          out << "<a id=\"" << anchorOf(name) << "\"></a>";
      out << llvm::join(shownNames(entry.names), ", ")
          << escaped(versionText(entry.model->versions)) << "\n\n";
      for (const std::string &sentence : sentences(*entry.model))
        out << "- " << escaped(sentence) << '\n';
    }
  }

  /// Each of `names` in the first of its namespaces only.
  std::vector<std::string> shownNames(const std::vector<std::string> &names) const {
    std::vector<std::string> shown;
    std::set<llvm::StringRef> seen;
    for (llvm::StringRef name : names) {
      llvm::StringRef rest = name;
      for (llvm::StringRef space : pack.namespaces)
        if (!space.empty() && name.starts_with((space + "::").str()))
          rest = std::min(rest, name.drop_front(space.size() + 2),
                          [](llvm::StringRef a, llvm::StringRef b) { return a.size() < b.size(); });
      if (seen.insert(rest).second)
        shown.push_back(code(name));
    }
    return shown;
  }

  llvm::StringRef fileName;
  const ModelFile &pack;
  llvm::raw_ostream &out;
  std::set<std::string> anchored;
};

} // namespace

void writePage(llvm::StringRef fileName, const ModelFile &pack, llvm::raw_ostream &out) {
  PageWriter(fileName, pack, out).write();
}

} // namespace async_tidy
