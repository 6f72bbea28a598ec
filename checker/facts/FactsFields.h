// Reads the parts of facts out of JSON, whatever it is that stands there.
#ifndef ASYNC_TIDY_FACTS_FACTSFIELDS_H
#define ASYNC_TIDY_FACTS_FACTSFIELDS_H

#include "facts/Facts.h"
#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/Support/JSON.h"

namespace async_tidy {

namespace json = llvm::json;

// Each says what is wrong at `path` if it returns false.
bool readIdentity(const json::Value &value, EntityId &id, json::Path path);
bool readTerm(const json::Value &value, Term &term, json::Path path);
bool readPlace(const json::Value &value, Place &to, json::Path path, size_t files);

/// An object of facts; missing optional members keep their defaults.
class Reader {
public:
  Reader(const json::Value &value, json::Path path, size_t files)
      : object(value.getAsObject()), path(path), files(files) {
    if (!object)
      path.report("expected an object");
  }

  explicit operator bool() const { return object != nullptr; }

  bool place(Place &to, llvm::StringRef key = "at") {
    const json::Value *value = object->get(key);
    return value ? readPlace(*value, to, path.field(key), files)
                 : fail(key, "expected [file, line, column]");
  }

  bool places(llvm::StringRef key, std::vector<Place> &to) {
    return list<Place>(key, to, [&](const json::Value &value, Place &place, json::Path at) {
      return readPlace(value, place, at, files);
    });
  }

  bool id(llvm::StringRef key, EntityId &to) {
    const json::Value *value = object->get(key);
    return !value || readIdentity(*value, to, path.field(key));
  }

  bool text(llvm::StringRef key, std::string &to) {
    const json::Value *value = object->get(key);
    return !value || fromJSON(*value, to, path.field(key));
  }

  bool flag(llvm::StringRef key, bool &to) {
    const json::Value *value = object->get(key);
    return !value || fromJSON(*value, to, path.field(key));
  }

  bool number(llvm::StringRef key, uint32_t &to) {
    const json::Value *value = object->get(key);
    if (!value)
      return true;
    auto number = value->getAsUINT64();
    if (!number || *number > UINT32_MAX)
      return fail(key, "expected a small number");
    to = uint32_t(*number);
    return true;
  }

  template <class Enum> bool oneOf(llvm::StringRef key, Enum &to, Enum last) {
    auto number = object->getInteger(key);
    if (!number || *number < 0 || *number > int64_t(last))
      return fail(key, "no such value");
    to = Enum(*number);
    return true;
  }

  bool term(llvm::StringRef key, Term &to) {
    const json::Value *value = object->get(key);
    return value ? readTerm(*value, to, path.field(key)) : fail(key, "expected a term");
  }

  /// A term that may be missing.
  bool anyTerm(llvm::StringRef key, Term &to) {
    const json::Value *value = object->get(key);
    return !value || readTerm(*value, to, path.field(key));
  }

  bool anyPlace(llvm::StringRef key, Place &to) {
    const json::Value *value = object->get(key);
    return !value || readPlace(*value, to, path.field(key), files);
  }

  bool terms(llvm::StringRef key, std::vector<Term> &to) { return list<Term>(key, to, readTerm); }

  bool numbers(llvm::StringRef key, StretchSet &to) {
    return list<uint32_t>(key, to, [](const json::Value &value, uint32_t &number, json::Path at) {
      auto read = value.getAsUINT64();
      if (read && *read <= UINT32_MAX)
        number = uint32_t(*read);
      else
        at.report("expected a small number");
      return read && *read <= UINT32_MAX;
    });
  }

  bool sink(std::optional<Sink> &to) {
    const json::Value *value = object->get("blocks");
    if (!value)
      return true;
    auto name = value->getAsString();
    auto tier = name ? tierFromName(*name) : std::nullopt;
    if (!tier)
      return fail("blocks", "no such tier");
    to.emplace().tier = *tier;
    return flag("sure", to->sure) && text("instead", to->instead) && text("page", to->page);
  }

  template <class T>
  bool list(llvm::StringRef key, std::vector<T> &to,
            llvm::function_ref<bool(const json::Value &, T &, json::Path)> read) {
    const json::Value *value = object->get(key);
    if (!value)
      return true;
    const json::Array *array = value->getAsArray();
    if (!array)
      return fail(key, "expected an array");
    to.resize(array->size());
    for (size_t i = 0; i != array->size(); ++i)
      if (!read((*array)[i], to[i], path.field(key).index(unsigned(i))))
        return false;
    return true;
  }

  bool fail(llvm::StringRef key, llvm::StringLiteral message) {
    path.field(key).report(message);
    return false;
  }

private:
  const json::Object *object;
  json::Path path;
  size_t files;
};

} // namespace async_tidy

#endif
