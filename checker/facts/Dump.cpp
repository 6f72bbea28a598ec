#include "facts/Dump.h"
#include "facts/Fields.h"
#include "facts/Sections.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/JSON.h"

namespace json = llvm::json;

namespace async_tidy {

namespace {

/// The archive that writes JSON. What is not there is left out.
class Dump {
public:
  Dump(const Unit &unit, llvm::raw_ostream &out) : unit(unit), json(out, /*IndentSize=*/1) {}

  void write() {
    json.object([&] {
      json.attribute("async-tidy-facts", int64_t(FactsFormat));
      (*this)("unit", unit.mainFile);
      (*this)("files", unit.files);
      (*this)("bodies", unit.bodies);
      (*this)("variables", unit.variables);
      (*this)("suppressions", unit.suppressions);
      (*this)("advice", unit.advice);
      (*this)("reads", unit.reads);
      (*this)("offers", unit.offers);
      (*this)("own-packs", unit.ownPacks);
    });
  }

  template <class T> void operator()(llvm::StringLiteral key, const T &value) {
    if (!std::is_enum_v<T> && !isPresent(value))
      return;
    json.attributeBegin(key);
    show(value);
    json.attributeEnd();
  }

private:
  template <class T> void show(const T &value) {
    if constexpr (std::same_as<T, bool>)
      json.value(value);
    else if constexpr (std::same_as<T, EntityId>)
      json.value(llvm::utohexstr(value, /*LowerCase=*/true, /*Width=*/16));
    else if constexpr (std::is_enum_v<T>)
      json.value(wordsOf(value)[size_t(value)]);
    else if constexpr (std::is_arithmetic_v<T>)
      json.value(int64_t(value));
    else if constexpr (std::same_as<T, std::string>)
      json.value(json::fixUTF8(value));
    else if constexpr (std::same_as<T, Place>)
      json.value(json::fixUTF8(unit.files[value.file]) + ":" + std::to_string(value.line) + ":" +
                 std::to_string(value.column));
    else if constexpr (Record<T>)
      json.object([&] { fields(*this, value); });
    else if constexpr (requires { value.has_value(); })
      show(*value);
    else
      json.array([&] {
        for (const auto &item : value)
          show(item);
      });
  }

  const Unit &unit;
  json::OStream json;
};

} // namespace

void dumpFacts(const Unit &unit, llvm::raw_ostream &out) {
  Dump(unit, out).write();
  out << '\n';
}

} // namespace async_tidy
