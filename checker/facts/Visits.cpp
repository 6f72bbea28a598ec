// Visits to all places, identities and terms of a body, whatever the records are that have them.
#include "facts/Fields.h"

namespace async_tidy {

namespace {

/// Passes on what is a `Wanted`, looking into records and lists.
template <class Wanted, class Visit> class Visitor {
public:
  explicit Visitor(Visit visit) : visit(visit) {}

  template <class T> void operator()(llvm::StringLiteral, T &value) {
    if constexpr (std::same_as<T, Wanted>)
      visit(value);
    else if constexpr (Record<T>)
      fields(*this, value);
    else if constexpr (requires { value.has_value(); }) {
      if (value)
        (*this)("", *value);
    } else if constexpr (!std::same_as<T, std::string> && requires { value.size(); })
      for (auto &item : value)
        (*this)("", item);
  }

private:
  Visit visit;
};

template <class Wanted, class Visit> void visitAll(Body &body, Visit visit) {
  Visitor<Wanted, Visit> visitor(visit);
  fields(visitor, body);
}

} // namespace

void forEachFile(Body &body, llvm::function_ref<void(uint32_t &)> visit) {
  visitAll<Place>(body, [&](Place &place) {
    // A place without a line is none.
    if (place.line != 0)
      visit(place.file);
  });
}

void forEachTerm(Body &body, llvm::function_ref<void(Term &)> visit) {
  visitAll<Term>(body, visit);
}

void forEachIdentity(Body &body, llvm::function_ref<void(EntityId &)> visit) {
  visitAll<EntityId>(body, visit);
}

} // namespace async_tidy
