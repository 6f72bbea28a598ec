// Where a thing, a callable or an executor comes from, in the terms of the body that names it:
// `this->socket` is a field of this, `connection().raw` a field of what a call gives. Callers put
// their own terms in the place of parameters and `this`.
#ifndef ASYNC_TIDY_FACTS_TERM_H
#define ASYNC_TIDY_FACTS_TERM_H

#include "llvm/ADT/STLFunctionalExtras.h"
#include <compare>
#include <cstdint>
#include <memory>
#include <vector>

namespace async_tidy {

/// An entity's identity, the same in every unit and front end (see extract/Identity.h). 0: none.
using EntityId = uint64_t;

/// How many bytes those have that are made of names: fewer than there are, since facts are mostly
/// these, and still enough for all names of a program to differ.
constexpr unsigned ShortIdentity = 7;

struct Term;

/// The parts of a term, as a vector has them. Copies share them until one is changed, because terms
/// are passed on far more often than they are made.
class TermParts {
public:
  using value_type = Term;

  TermParts() = default;

  TermParts(std::initializer_list<Term> terms);

  TermParts(std::vector<Term> terms);

  operator const std::vector<Term> &() const { return get(); }

  bool empty() const { return !shared; }

  size_t size() const;
  const Term *begin() const;
  const Term *end() const;
  const Term &operator[](size_t at) const;

  // What these give may be changed; it is of these parts only.
  Term *begin();
  Term *end();
  Term &operator[](size_t at);

  void push_back(Term term);
  Term &emplace_back();
  void resize(size_t count);

  template <class It> void insert(const Term *at, It first, It last);

  /// Whether they are known to be the same without a look at them.
  bool isSharedWith(const TermParts &other) const { return shared == other.shared; }

private:
  const std::vector<Term> &get() const;
  std::vector<Term> &own();
  void drop();

  std::shared_ptr<std::vector<Term>> shared; // null where there are none
};

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
  TermParts parts;

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

  friend bool operator==(const Term &a, const Term &b);
};

inline size_t TermParts::size() const {
  return shared ? shared->size() : 0;
}

inline const Term *TermParts::begin() const {
  return shared ? shared->data() : nullptr;
}

inline const Term *TermParts::end() const {
  return begin() + size();
}

inline const Term &TermParts::operator[](size_t at) const {
  return (*shared)[at];
}

inline Term *TermParts::begin() {
  return shared ? own().data() : nullptr;
}

inline Term *TermParts::end() {
  return begin() + size();
}

inline Term &TermParts::operator[](size_t at) {
  return own()[at];
}

template <class It> void TermParts::insert(const Term *at, It first, It last) {
  std::vector<Term> &terms = own();
  terms.insert(terms.begin() + (at - terms.data()), first, last);
  drop();
}

/// `term` with what `change` makes of each of its parts. It shares them where nothing changes.
template <class Change> Term withParts(const Term &term, Change change) {
  Term result = term;
  size_t at = 0;
  for (const Term &part : term.parts) {
    if (Term changed = change(part); changed != part)
      result.parts[at] = std::move(changed);
    ++at;
  }
  return result;
}

/// The field that stands for the executor which an object was made with: no identity is this one.
constexpr EntityId ExecutorField = (EntityId(1) << (8 * ShortIdentity)) - 1;

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
Term withoutMade(const Term &term);

/// `term` with what lies too deep left out.
Term limited(const Term &term);

/// Calls `visit` for each identity in `term`.
void forEachIdentity(Term &term, llvm::function_ref<void(EntityId &)> visit);

} // namespace async_tidy

#endif
