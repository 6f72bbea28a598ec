#include "knowledge/Knowledge.h"
#include "knowledge/BuiltinModels.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/MemoryBuffer.h"

namespace async_tidy {

/// The pack whose replacements serve where the framework's own has none.
static constexpr llvm::StringLiteral AnyFramework = "any";

llvm::Expected<Knowledge> Knowledge::create(bool builtin) {
  Knowledge knowledge;
  if (builtin)
    for (const BuiltinModel &model : builtinModels())
      if (llvm::Error error = knowledge.add(model.name, model.text))
        return error;
  return knowledge;
}

llvm::Error Knowledge::addFile(llvm::StringRef path) {
  auto buffer = llvm::MemoryBuffer::getFile(path, /*IsText=*/true);
  if (!buffer)
    return llvm::createFileError(path, buffer.getError());
  return add(path, (*buffer)->getBuffer());
}

llvm::Error Knowledge::add(llvm::StringRef fileName, llvm::StringRef text) {
  auto file = readModel(fileName, text);
  if (!file)
    return file.takeError();
  ++fileCount;
  for (auto &entry : file->functions) {
    functionModels.push_back(entry.model);
    for (const std::string &name : entry.names)
      if (llvm::Error error = addFunction(name, *entry.model, file->linkageC))
        return error;
  }
  for (auto &entry : file->types) {
    typeModels.push_back(entry.model);
    for (const std::string &name : entry.names)
      if (llvm::Error error = addType(name, *entry.model))
        return error;
  }
  for (const std::string &space : file->owns)
    owned[space] = file->library;
  for (auto &[tier, words] : file->replacements)
    replacements[(file->library + "/" + tierName(tier)).str()] = words;
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
  if (entry.file != fileCount)
    entry.models.clear();
  entry.file = fileCount;
  entry.linkageC = linkageC;
  for (const FunctionModel *other : entry.models) {
    if (!isUnconditional(model) || !isUnconditional(*other))
      continue;
    if ((model.describesBlocking() && other->describesBlocking()) ||
        (model.handOff && other->handOff))
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
  if (known && file == fileCount)
    return contradiction(name, known->source, model.source);
  known = &model;
  file = fileCount;
  return llvm::Error::success();
}

llvm::ArrayRef<const FunctionModel *> Knowledge::functions(llvm::StringRef name, bool isC) const {
  auto at = byFunction.find(name);
  if (at == byFunction.end() || (at->second.linkageC && !isC))
    return {};
  return at->second.models;
}

const TypeModel *Knowledge::type(llvm::StringRef name) const {
  auto at = byType.find(name);
  return at == byType.end() ? nullptr : at->second.first;
}

llvm::StringRef Knowledge::owner(llvm::StringRef name) const {
  for (size_t end = name.find("::"); end != llvm::StringRef::npos; end = name.find("::", end + 2))
    if (auto at = owned.find(name.take_front(end)); at != owned.end())
      return at->second;
  auto at = owned.find(name);
  return at == owned.end() ? llvm::StringRef() : llvm::StringRef(at->second);
}

llvm::StringRef Knowledge::replacement(llvm::StringRef framework, Tier tier) const {
  for (llvm::StringRef pack : {framework, llvm::StringRef(AnyFramework)}) {
    auto at = replacements.find((pack + "/" + tierName(tier)).str());
    if (at != replacements.end())
      return at->second;
  }
  return "";
}

} // namespace async_tidy
