#include "report/InferredPack.h"
#include "report/InferredEntries.h"
#include "report/Text.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/raw_ostream.h"

namespace async_tidy {

namespace {

/// Writes `text` as a comment, in lines that begin with `indent` spaces.
void writeComment(llvm::StringRef text, unsigned indent, llvm::raw_ostream &out) {
  constexpr size_t Width = 110;
  std::string safe = printable(text);
  llvm::SmallVector<llvm::StringRef> words;
  llvm::StringRef(safe).split(words, ' ', -1, /*KeepEmpty=*/false);
  size_t column = Width;
  for (llvm::StringRef word : words) {
    if (column + 1 + word.size() > Width) {
      if (word.data() != words.front().data())
        out << '\n';
      out.indent(indent) << "#";
      column = indent + 1;
    }
    out << ' ' << word;
    column += 1 + word.size();
  }
  out << '\n';
}

/// "1 unit", "2 units".
std::string counted(size_t number, llvm::StringRef one, llvm::StringRef many) {
  return (llvm::Twine(number) + " " + (number == 1 ? one : many)).str();
}

class PackWriter {
public:
  PackWriter(const PackOrigin &origin, llvm::ArrayRef<Effects> effects, const Program &program,
             llvm::raw_ostream &out)
      : origin(origin), effects(effects), out(out) {
    for (const Effects &function : effects)
      byName[function.function.name].push_back(&function);
    findNamespaces();
    for (const auto &[name, overloads] : byName) {
      if (auto list = inferredEntries(overloads, program, [&](auto n) { return own(n); });
          !list.empty())
        entries.emplace(name, std::move(list));
      if (InferredEntry type = inferredType(overloads); !type.keys.empty())
        types.emplace(llvm::StringRef(name).rsplit("::").first.str(), std::move(type));
    }
  }

  PackSize write() {
    writeHead();
    out << "library: " << yamlScalar(library()) << '\n';
    if (!space().empty())
      out << "namespaces: [" << yamlScalar(space()) << "]\n";
    if (!entries.empty() && llvm::all_of(entries, [&](const auto &entry) {
          return byName.at(entry.first).front()->function.isC;
        }))
      out << "linkage: C\n";
    writeList("headers", headers());
    writeList("owns", spaces);
    if (!types.empty())
      out << "types:\n";
    for (const auto &[name, entry] : types)
      writeEntry(name, entry);
    if (!entries.empty())
      out << "functions:\n";
    for (const auto &[name, list] : entries)
      for (const InferredEntry &entry : list)
        writeEntry(name, entry);
    return {byName.size(), described()};
  }

private:
  void writeEntry(llvm::StringRef name, const InferredEntry &entry) {
    for (const std::string &reason : entry.reasons)
      writeComment(reason, 2, out);
    out << "  - names: [" << yamlScalar(own(name)) << "]\n";
    for (const std::string &key : entry.keys)
      out << "    " << key << '\n';
  }

  size_t described() const {
    return size_t(llvm::count_if(byName, [&](const auto &function) {
      auto [type, member] = llvm::StringRef(function.first).rsplit("::");
      return entries.contains(function.first) ||
             (member == "await_suspend" && types.contains(type.str()));
    }));
  }

  /// The outermost namespaces of what is offered.
  void findNamespaces() {
    std::set<std::string> all;
    for (const Effects &function : effects)
      if (!function.function.space.empty())
        all.insert(function.function.space);
    for (const std::string &name : all)
      if (llvm::none_of(all, [&](const std::string &other) {
            return llvm::StringRef(name).starts_with(other + "::");
          }))
        spaces.push_back(name);
  }

  /// The namespace to which names are relative; empty if there is not one for all.
  std::string space() const {
    bool isOne = spaces.size() == 1 && llvm::all_of(effects, [](const Effects &function) {
                   return !function.function.space.empty();
                 });
    return isOne ? spaces.front() : "";
  }

  std::string library() const { return spaces.size() == 1 ? spaces.front() : origin.library; }

  std::string own(llvm::StringRef name) const {
    std::string space = this->space();
    if (!space.empty() && name.starts_with(space + "::"))
      name = name.drop_front(space.size() + 2);
    return name.str();
  }

  std::vector<std::string> headers() const {
    std::set<std::string> result;
    for (const auto &[name, list] : entries)
      for (const Effects *overload : byName.at(name))
        if (!overload->function.header.empty())
          result.insert(overload->function.header);
    return {result.begin(), result.end()};
  }

  void writeList(llvm::StringRef key, const std::vector<std::string> &items) {
    if (items.empty())
      return;
    out << key << ":\n";
    for (const std::string &item : items)
      out << "  - " << yamlScalar(item) << '\n';
  }

  void writeHead() {
    writeComment("Inferred by async-tidy from " + counted(origin.units, "unit", "units") +
                     " of the library: to be reviewed before it is used. It says what was found;"
                     " of what is not named here, nothing was found.",
                 0, out);
    if (origin.failed != 0)
      writeComment(counted(origin.failed, "unit", "units") + " could not be analysed.", 0, out);
    if (!origin.ownPacks.empty())
      writeComment("Not asked, since they describe the library itself: " +
                       llvm::join(origin.ownPacks, ", ") + ".",
                   0, out);
    size_t unseen = 0, templates = 0, unclear = 0, reaching = 0;
    for (const auto &[name, overloads] : byName) {
      auto any = [&](auto is) { return llvm::any_of(overloads, is); };
      bool isUnseen = any([](const Effects *o) { return !o->isSeen; });
      bool isTemplate =
          isUnseen && any([](const Effects *o) { return !o->isSeen && o->function.isTemplate; });
      templates += size_t(isTemplate);
      unseen += size_t(isUnseen && !isTemplate);
      unclear += size_t(any([](const Effects *o) { return !o->unclear.empty(); }));
      reaching += size_t(any([](const Effects *o) { return o->unknownCalls != 0; }));
    }
    out << "#\n";
    writeComment(counted(byName.size(), "public function", "public functions") + ": " +
                     std::to_string(described()) + " described. Not decided: defined in no unit " +
                     std::to_string(unseen) + ", templates without an instance " +
                     std::to_string(templates) + ", callables that were not seen to run " +
                     std::to_string(unclear) + ", reaching calls to unknown code " +
                     std::to_string(reaching) + ".",
                 0, out);
  }

  const PackOrigin &origin;
  llvm::ArrayRef<Effects> effects;
  llvm::raw_ostream &out;
  std::map<std::string, std::vector<const Effects *>> byName;
  std::map<std::string, std::vector<InferredEntry>> entries;
  std::map<std::string, InferredEntry> types;
  std::vector<std::string> spaces;
};

} // namespace

PackSize writePack(const PackOrigin &origin, llvm::ArrayRef<Effects> effects,
                   const Program &program, llvm::raw_ostream &out) {
  return PackWriter(origin, effects, program, out).write();
}

} // namespace async_tidy
