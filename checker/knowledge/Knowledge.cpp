#include "knowledge/Knowledge.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/MemoryBuffer.h"

namespace async_tidy {

/// The pack whose replacements serve where the framework's own has none.
static constexpr llvm::StringLiteral AnyFramework = "any";

llvm::Error Knowledge::addFile(llvm::StringRef path, Origin origin) {
  auto buffer = llvm::MemoryBuffer::getFile(path, /*IsText=*/true);
  if (!buffer)
    return llvm::createFileError(path, buffer.getError());
  return add(path, (*buffer)->getBuffer(), origin);
}

ModelStore &Knowledge::newStore() {
  return *stores.emplace_back(std::make_shared<ModelStore>());
}

llvm::Error Knowledge::add(llvm::StringRef fileName, llvm::StringRef text, Origin origin) {
  auto file = readModel(fileName, text, origin, newStore());
  return file ? add(*file, origin) : file.takeError();
}

llvm::Error Knowledge::addProject(llvm::StringRef fileName, RawFile models) {
  if (models.library.empty())
    models.library = "project";
  auto file = toModelFile(models, fileName, Origin::Project, newStore());
  return file ? add(*file, Origin::Project) : file.takeError();
}

/// Puts `text` in, unless what stands there is of a stronger origin.
static void put(llvm::StringMap<std::pair<std::string, Origin>> &to, llvm::StringRef key,
                const std::string &text, Origin origin) {
  auto [at, isNew] = to.try_emplace(key, text, origin);
  if (!isNew && at->second.second <= origin)
    at->second = {text, origin};
}

llvm::Error Knowledge::add(const ModelFile &file, Origin origin) {
  ++fileCount;
  for (const auto &entry : file.functions)
    for (const std::string &name : entry.names)
      if (llvm::Error error = addFunction(name, *entry.model, file.linkageC))
        return error;
  for (const auto &entry : file.types)
    for (const std::string &name : entry.names)
      if (llvm::Error error = addType(name, *entry.model))
        return error;
  for (const std::string &space : file.owns)
    put(owned, space, file.library, origin);
  for (const Replacement &replacement : file.replacements)
    forEachText(replacement, file.library, [&](const std::string &key, const std::string &text) {
      put(replacements, key, text, origin);
    });
  if (!file.together.empty())
    put(replacements, togetherKey(file.library), file.together, origin);
  if (file.selfContained)
    selfContained.insert(file.library);
  return llvm::Error::success();
}

namespace {

llvm::Error contradiction(llvm::StringRef name, const Source &first, const Source &second) {
  return llvm::createStringError(second.text() + ": '" + name + "' is already described at " +
                                 first.text());
}

bool isUnconditional(const FunctionModel &model) {
  return model.when.empty();
}

} // namespace

llvm::Error Knowledge::addFunction(llvm::StringRef name, const FunctionModel &model,
                                   bool linkageC) {
  FunctionEntry &entry = byFunction[name];
  if (!entry.models.empty() && entry.models.front()->source.origin > model.source.origin)
    return llvm::Error::success();
  if (entry.file != fileCount)
    entry.models.clear();
  entry.file = fileCount;
  entry.linkageC = linkageC;
  for (const FunctionModel *other : entry.models) {
    if (!isUnconditional(model) || !isUnconditional(*other))
      continue;
    if ((model.describesBlocking() && other->describesBlocking()) ||
        (!model.handOffs.empty() && !other->handOffs.empty()))
      return contradiction(name, other->source, model.source);
  }
  // Entries with conditions are tried before the one without, whatever their order in the file.
  auto at = entry.models.end();
  if (!isUnconditional(model))
    at = llvm::find_if(entry.models, [](auto *other) { return isUnconditional(*other); });
  entry.models.insert(at, &model);
  return llvm::Error::success();
}

llvm::Error Knowledge::addType(llvm::StringRef name, const TypeModel &model) {
  auto &[known, file] = byType[name];
  if (known && known->source.origin > model.source.origin)
    return llvm::Error::success();
  if (known && file == fileCount)
    return contradiction(name, known->source, model.source);
  known = &model;
  file = fileCount;
  return llvm::Error::success();
}

llvm::ArrayRef<const FunctionModel *> Knowledge::functions(llvm::StringRef name, bool isC) const {
  auto ifUsed = [&](llvm::ArrayRef<const FunctionModel *> models, bool linkageC) {
    bool isUsed = (!linkageC || isC) && !models.empty() && !isLeftOut(models.front()->library);
    return isUsed ? models : llvm::ArrayRef<const FunctionModel *>();
  };
  if (auto at = byFunction.find(name); at != byFunction.end())
    return ifUsed(at->second.models, at->second.linkageC);
  const NamedFunctions *known = builtin ? builtin->functions.find(name) : nullptr;
  return known ? ifUsed(known->models, known->linkageC) : llvm::ArrayRef<const FunctionModel *>();
}

KnownFunction Knowledge::members(llvm::StringRef record, llvm::StringRef name, bool isPlain) const {
  std::string whole = (record + "::" + name).str();
  if (auto models = functions(whole, /*isC=*/false); !models.empty())
    return {models, whole, whole};
  std::string all = (record + "::*").str();
  auto models = isPlain ? functions(all, /*isC=*/false) : llvm::ArrayRef<const FunctionModel *>();
  return {models, all, whole};
}

const TypeModel *Knowledge::type(llvm::StringRef name) const {
  auto ifUsed = [&](const TypeModel *model) {
    return model && isLeftOut(model->library) ? nullptr : model;
  };
  if (auto at = byType.find(name); at != byType.end())
    return ifUsed(at->second.first);
  const NamedType *known = builtin ? builtin->types.find(name) : nullptr;
  return known ? ifUsed(known->model) : nullptr;
}

llvm::StringRef Knowledge::ownerOf(llvm::StringRef space) const {
  auto ifUsed = [&](llvm::StringRef library) { return isLeftOut(library) ? "" : library; };
  if (auto at = owned.find(space); at != owned.end())
    return ifUsed(at->second.first);
  const NamedText *known = builtin ? builtin->owned.find(space) : nullptr;
  return known ? ifUsed(known->text) : "";
}

llvm::StringRef Knowledge::owner(llvm::StringRef name) const {
  for (size_t end = name.find("::"); end != llvm::StringRef::npos; end = name.find("::", end + 2))
    if (llvm::StringRef found = ownerOf(name.take_front(end)); !found.empty())
      return found;
  return ownerOf(name);
}

llvm::StringRef Knowledge::replacement(llvm::StringRef framework, Tier tier, bool inHandler) const {
  for (llvm::StringRef pack : {framework, llvm::StringRef(AnyFramework)}) {
    llvm::StringRef text = replacement(replacementKey(pack, tier, inHandler));
    if (!text.empty())
      return text;
  }
  return "";
}

llvm::StringRef Knowledge::replacement(const std::string &key) const {
  if (auto at = replacements.find(key); at != replacements.end())
    return at->second.first;
  const NamedText *known = builtin ? builtin->replacements.find(key) : nullptr;
  return known ? known->text : "";
}

llvm::StringRef Knowledge::together(llvm::StringRef framework) const {
  llvm::StringRef text = replacement(togetherKey(framework));
  return text.empty() ? replacement(togetherKey(AnyFramework)) : text;
}

bool Knowledge::isSelfContained(llvm::StringRef library) const {
  return selfContained.contains(library) ||
         (builtin && !isLeftOut(library) &&
          llvm::any_of(builtin->libraries, [&](const BuiltinLibrary &pack) {
            return pack.selfContained && pack.name == library;
          }));
}

namespace {

template <class Map> std::vector<llvm::StringRef> sortedKeys(const Map &map) {
  auto keys = llvm::to_vector(map.keys());
  llvm::sort(keys);
  return {keys.begin(), keys.end()};
}

} // namespace

void Knowledge::forEachFunction(llvm::function_ref<void(const NamedFunctions &)> visit) const {
  for (llvm::StringRef name : sortedKeys(byFunction)) {
    const FunctionEntry &entry = byFunction.find(name)->second;
    visit({name, entry.models, entry.linkageC});
  }
}

void Knowledge::forEachType(llvm::function_ref<void(const NamedType &)> visit) const {
  for (llvm::StringRef name : sortedKeys(byType))
    visit({name, byType.find(name)->second.first});
}

void Knowledge::forEachName(llvm::function_ref<void(llvm::StringRef)> visit) const {
  forEachFunction([&](const NamedFunctions &functions) { visit(functions.name); });
  forEachType([&](const NamedType &type) { visit(type.name); });
  if (!builtin)
    return;
  for (const NamedFunctions &functions : builtin->functions.rows)
    visit(functions.name);
  for (const NamedType &type : builtin->types.rows)
    visit(type.name);
}

} // namespace async_tidy
