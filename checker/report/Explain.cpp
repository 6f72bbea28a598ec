#include "report/Explain.h"
#include "knowledge/Pages.h"
#include "report/KnowledgeWords.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/raw_ostream.h"

namespace async_tidy {

namespace {

/// `entry`: the name that the model has for it, which may be one for all members of a class.
void printEntry(llvm::StringRef name, llvm::StringRef entry, const Source &source,
                const Versions &versions, const std::vector<std::string> &sentences,
                llvm::raw_ostream &out) {
  out << '\'' << name << "' (" << source.text() << ')' << versionText(versions) << '\n';
  for (const std::string &sentence : sentences)
    out << "  " << sentence << '\n';
  if (std::string page = pageOf(source, entry); !page.empty())
    out << "  see " ASYNC_TIDY_DOCS "/models/" << page << '\n';
}

/// What code says that belongs to no framework, or to one without a pack.
void printReplacements(const Knowledge &knowledge, Tier tier, llvm::raw_ostream &out) {
  out << "  in a coroutine: " << knowledge.replacement("", tier, /*inHandler=*/false)
      << "\n  in a handler: " << knowledge.replacement("", tier, /*inHandler=*/true) << '\n';
}

/// What is said of `name` itself, or of all members of its class.
KnownFunction functionsOf(const Knowledge &knowledge, llvm::StringRef name) {
  KnownFunction known{knowledge.functions(name, /*isC=*/true), name.str(), name.str()};
  size_t end = name.rfind("::");
  return known || end == llvm::StringRef::npos
             ? known
             : knowledge.members(name.take_front(end), name.drop_front(end + 2), true);
}

llvm::StringRef lastPart(llvm::StringRef name) {
  size_t end = name.rfind("::");
  return end == llvm::StringRef::npos ? name : name.drop_front(end + 2);
}

/// Up to a few names that end as `name` does, or that are nearly spelled like it.
std::vector<std::string> namesLike(const Knowledge &knowledge, llvm::StringRef name) {
  constexpr size_t Limit = 5;
  std::vector<std::string> same, like;
  auto look = [&](llvm::StringRef other) {
    if (lastPart(other) == lastPart(name))
      same.push_back(other.str());
    else if (other.edit_distance(name, true, 3) < 3)
      like.push_back(other.str());
  };
  knowledge.forEachName(look);
  llvm::sort(same);
  llvm::sort(like);
  llvm::append_range(same, like);
  same.erase(llvm::unique(same), same.end());
  same.resize(std::min(same.size(), Limit));
  return same;
}

} // namespace

bool explainName(const Knowledge &knowledge, llvm::StringRef name, llvm::raw_ostream &out) {
  name.consume_front("::");
  KnownFunction functions = functionsOf(knowledge, name);
  std::optional<Tier> blocks;
  for (const FunctionModel *model : functions.models) {
    printEntry(name, functions.entry, model->source, model->versions, sentences(*model), out);
    blocks = blocks ? blocks : model->blocks;
  }
  if (blocks)
    printReplacements(knowledge, *blocks, out);
  const TypeModel *type = knowledge.type(name);
  if (type)
    printEntry(name, name, type->source, type->versions, sentences(*type), out);
  if (functions || type)
    return true;
  out << "nothing is known of '" << name << "'\n";
  if (llvm::StringRef owner = knowledge.owner(name); !owner.empty())
    out << "  it belongs to " << owner << ", whose code is never entered\n";
  for (const std::string &other : namesLike(knowledge, name))
    out << "  known: " << other << '\n';
  return false;
}

} // namespace async_tidy
