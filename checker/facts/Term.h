// Where a thing, a callable or an executor comes from, in the terms of the body that names it:
// `this->socket` is a field of this, `connection().raw` a field of what a call gives. Callers put
// their own terms in the place of parameters and `this`.
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
    Fresh,     // just made: nobody else has it yet; parts[0], if any: the executor it is made with
    Variable,  // `id`
    Parameter, // what parameter `index`, whose own identity is `id`, refers to
    This,      // the object that the member function is called on; `id`: its class, if known
    Field,     // field `id` of parts[0]
    Moved,     // parts[0], given up by whoever had it
    Result,    // of calling function `id` on the object parts[0] with parts[1], parts[2], ...
    Made,      // parts[0], which is just being made: nobody else has it yet
    Function,  // function `id`; parts: the object and the first arguments that are bound to it
    Current,   // the executor of whoever runs the body
    Loop,      // the executor of an event loop; parts[0]: the loop; Current: one of no name
    Worker,    // the executor of a worker; parts[0]: which one
    Some,      // some object of class `id`
    Own,       // the executor that the coroutine was spawned on
    Rest,      // the rest of coroutine `id`, from its stretch `index` on
    Object,    // a new object of class `id`; parts: what its members are made from, as Member
    Member,    // of an Object: field `id` is parts[0]
    Runner,    // wherever node `index` runs; in no facts
  };
  static constexpr Kind LastKind = Kind::Member; // that facts may have
  Kind kind = Kind::Unknown;
  EntityId id = 0;
  uint32_t index = 0;
  std::vector<Term> parts;

  static Term fresh() { return {Kind::Fresh, 0, 0, {}}; }

  static Term thisObject() { return {Kind::This, 0, 0, {}}; }

  static Term thisObject(EntityId itsClass) { return {Kind::This, itsClass, 0, {}}; }

  static Term variable(EntityId id) { return {Kind::Variable, id, 0, {}}; }

  static Term parameter(uint32_t index, EntityId id) { return {Kind::Parameter, id, index, {}}; }

  static Term field(EntityId id, Term of) { return {Kind::Field, id, 0, {std::move(of)}}; }

  static Term moved(Term what) { return {Kind::Moved, 0, 0, {std::move(what)}}; }

  static Term made(Term what) { return {Kind::Made, 0, 0, {std::move(what)}}; }

  static Term result(EntityId function, std::vector<Term> passed) {
    return {Kind::Result, function, 0, std::move(passed)};
  }

  static Term function(EntityId id, std::vector<Term> bound) {
    return {Kind::Function, id, 0, std::move(bound)};
  }

  static Term function(EntityId id) { return function(id, {}); }

  static Term current() { return {Kind::Current, 0, 0, {}}; }

  static Term own() { return {Kind::Own, 0, 0, {}}; }

  static Term rest(EntityId coroutine, uint32_t stretch) {
    return {Kind::Rest, coroutine, stretch, {}};
  }

  static Term member(EntityId field, Term value) {
    return {Kind::Member, field, 0, {std::move(value)}};
  }

  static Term runner(uint32_t node) { return {Kind::Runner, 0, node, {}}; }

  static Term loop(Term which) { return {Kind::Loop, 0, 0, {std::move(which)}}; }

  static Term loop() { return loop(Term()); }

  static Term worker(Term which) { return {Kind::Worker, 0, 0, {std::move(which)}}; }

  static Term worker() { return worker(Term()); }

  bool is(Kind other) const { return kind == other; }

  friend std::strong_ordering operator<=>(const Term &a, const Term &b);

  friend bool operator==(const Term &a, const Term &b) { return (a <=> b) == 0; }
};

/// The field that stands for the executor which an object was made with: no identity is this one.
constexpr EntityId ExecutorField = ~EntityId(0);

/// The index of such a field where nothing is to be presumed of an executor that is not seen.
constexpr uint32_t IfSeen = 1;

/// The index of a loop's executor that runs one thing at a time.
constexpr uint32_t Serial = 1;

/// How deep terms nest at most; what lies deeper is unknown.
constexpr unsigned TermDepth = 8;

/// What a term of one body means to others that share no caller with it: `this` is any object of
/// its class, and parameters are nothing, unless they have no identity and are a place's own.
Term outside(const Term &term);

/// The variable or field that `term` is; 0 if it is none.
inline EntityId resourceIn(const Term &term) {
  return term.is(Term::Kind::Variable) || term.is(Term::Kind::Field) ? term.id : 0;
}

/// Whether nobody else has it yet.
bool isNew(const Term &term);

/// Whether nothing is known of what it is, or nobody else has it.
bool isNothing(const Term &term);

/// Whether it is known what calling, awaiting, or resuming it runs.
bool isFunction(const Term &term);

bool hasParameter(const Term &term);

/// `term` as if it were not moved.
Term withoutMove(const Term &term);

/// `term` as it is when it is made.
Term withoutMade(Term term);

/// `term` with what lies too deep left out.
Term limited(Term term);

/// Calls `visit` for each identity in `term`.
void forEachIdentity(Term &term, llvm::function_ref<void(EntityId &)> visit);

} // namespace async_tidy

#endif
