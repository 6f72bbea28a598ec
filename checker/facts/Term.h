// Where a thing comes from, in the terms of the body that names it: `this->socket` is a field of
// this, `connection().raw` a field of what a call gives. Callers put their own terms in the place
// of parameters and `this`.
#ifndef ASYNC_TIDY_FACTS_TERM_H
#define ASYNC_TIDY_FACTS_TERM_H

#include "llvm/ADT/STLFunctionalExtras.h"
#include <compare>
#include <cstdint>
#include <vector>

namespace async_tidy {

/// An entity's identity, the same in every unit and front end (see extract/Identity.h). 0: none.
using EntityId = uint64_t;

struct Term {
  enum class Kind : uint8_t {
    Unknown,
    Fresh,     // just made: nobody else has it yet
    Variable,  // `id`
    Parameter, // what parameter `index`, whose own identity is `id`, refers to
    This,      // the object that the member function is called on
    Field,     // field `id` of parts[0]
    Moved,     // parts[0], given up by whoever had it
    Result,    // of calling function `id` on the object parts[0] with parts[1], parts[2], ...
  };
  Kind kind = Kind::Unknown;
  EntityId id = 0;
  uint32_t index = 0;
  std::vector<Term> parts;

  static Term fresh() { return {Kind::Fresh, 0, 0, {}}; }

  static Term thisObject() { return {Kind::This, 0, 0, {}}; }

  static Term variable(EntityId id) { return {Kind::Variable, id, 0, {}}; }

  static Term parameter(uint32_t index, EntityId id) { return {Kind::Parameter, id, index, {}}; }

  static Term field(EntityId id, Term of) { return {Kind::Field, id, 0, {std::move(of)}}; }

  static Term moved(Term what) { return {Kind::Moved, 0, 0, {std::move(what)}}; }

  bool is(Kind other) const { return kind == other; }

  friend std::strong_ordering operator<=>(const Term &a, const Term &b);

  friend bool operator==(const Term &a, const Term &b) { return (a <=> b) == 0; }
};

/// How deep terms nest at most; what lies deeper is unknown.
constexpr unsigned TermDepth = 8;

/// Calls `visit` for each identity in `term`.
void forEachIdentity(Term &term, llvm::function_ref<void(EntityId &)> visit);

} // namespace async_tidy

#endif
