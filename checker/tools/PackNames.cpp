#include "tools/PackNames.h"
#include "knowledge/BuiltinModels.h"
#include "llvm/Support/MemoryBuffer.h"
#include <map>

namespace async_tidy {

namespace {

/// Collects the names of packs from models.
class Collector {
public:
  explicit Collector(Pack &pack) : pack(pack) {}

  void add(llvm::StringRef name, const FunctionModel &model) {
    int last = -1;
    for (const auto *conditions : {&model.when, &model.unless})
      for (const Condition &condition : *conditions) {
        last = std::max(last, condition.subject);
        addAll(condition, model.source, bool(model.versions));
      }
    for (const HandOffModel &handOff : model.handOffs)
      for (int position : handOff.callables)
        last = std::max(last, position);
    add(name, NameKind::Function, model.source, bool(model.versions), last);
    for (llvm::StringRef enumerator : model.readyWhen.names)
      add(enumerator, NameKind::Object, model.source, bool(model.versions), -1);
  }

  void add(llvm::StringRef name, const TypeModel &model) {
    if (model.opaque)
      return; // no header has that name
    add(name, NameKind::Type, model.source, bool(model.versions), -1);
    auto addMembers = [&](llvm::ArrayRef<llvm::StringRef> members) {
      for (llvm::StringRef member : members)
        if (member != "*")
          add((name + "::" + member).str(), NameKind::Function, model.source, bool(model.versions),
              -1);
    };
    addMembers(model.threadSafeMembers);
    for (const CalledMembers &calls : model.calls)
      addMembers(calls.names);
  }

private:
  /// What another pack describes, that pack's headers declare.
  bool isOfOther(llvm::StringRef name) const {
    const BuiltinTables &tables = builtinTables();
    const NamedFunctions *function = tables.functions.find(name);
    const NamedType *type = tables.types.find(name);
    return (function && function->models.front()->source.file != pack.file) ||
           (type && type->model->source.file != pack.file);
  }

  void addAll(const Condition &condition, const Source &source, bool isOfVersion) {
    using Kind = Condition::Kind;
    NameKind kind = condition.kind == Kind::Type     ? NameKind::Type
                    : condition.kind == Kind::Object ? NameKind::Object
                                                     : NameKind::Function;
    for (llvm::StringRef name : condition.names.names)
      if (!isOfOther(name))
        add(name, kind, source, isOfVersion, -1);
  }

  void add(llvm::StringRef name, NameKind kind, const Source &source, bool isOfVersion, int last) {
    llvm::StringRef own = name;
    for (const std::string &space : pack.namespaces)
      if (llvm::StringRef rest = name;
          !space.empty() && rest.consume_front(space) && rest.consume_front("::"))
        own = rest.size() < own.size() ? rest : own;
    auto [at, isNew] = known.try_emplace({source.line, kind, own.str()}, pack.names.size());
    if (isNew)
      pack.names.push_back({source, own.str(), kind, {}, last, isOfVersion});
    pack.names[at->second].absolute.push_back(name.str());
  }

  Pack &pack;
  std::map<std::tuple<unsigned, NameKind, std::string>, size_t> known;
};

std::vector<std::string> copies(llvm::ArrayRef<llvm::StringRef> texts) {
  return {texts.begin(), texts.end()};
}

} // namespace

std::vector<Pack> builtinPacks() {
  const BuiltinTables &tables = builtinTables();
  std::vector<Pack> packs;
  for (const BuiltinLibrary &library : tables.libraries) {
    Pack &pack = packs.emplace_back();
    pack.library = library.name.str();
    pack.file = library.file.str();
    pack.namespaces = copies(library.namespaces);
    pack.headers = copies(library.headers);
    pack.packages = copies(library.packages);
    Collector collector(pack);
    for (const NamedFunctions &functions : tables.functions.rows)
      for (const FunctionModel *model : functions.models)
        if (model->source.file == library.file)
          collector.add(functions.name, *model);
    for (const NamedType &type : tables.types.rows)
      if (type.model->source.file == library.file)
        collector.add(type.name, *type.model);
  }
  return packs;
}

llvm::Expected<Pack> packOf(const std::string &path, ModelStore &store) {
  auto buffer = llvm::MemoryBuffer::getFile(path, /*IsText=*/true);
  if (!buffer)
    return llvm::createFileError(path, buffer.getError());
  auto file = readModel(path, (*buffer)->getBuffer(), Origin::Project, store);
  if (!file)
    return file.takeError();
  Pack pack{file->library, path, file->namespaces, file->headers, file->packages, {}};
  Collector collector(pack);
  for (const auto &entry : file->functions)
    for (const std::string &name : entry.names)
      collector.add(name, *entry.model);
  for (const auto &entry : file->types)
    for (const std::string &name : entry.names)
      collector.add(name, *entry.model);
  return pack;
}

} // namespace async_tidy
