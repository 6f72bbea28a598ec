// How far functions of a unit reach: what they change that is not theirs, as far as their own text
// and those that they call say.
#ifndef ASYNC_TIDY_EXTRACT_ISOLATIONS_H
#define ASYNC_TIDY_EXTRACT_ISOLATIONS_H

#include "extract/Effects.h"
#include "facts/Isolation.h"

namespace async_tidy {

class Isolations {
public:
  explicit Isolations(UnitContext &unit) : unit(unit), types(unit) {}

  /// What `function`, which has a body here, changes; none if that may be anything. Calls of
  /// functions that other units define are left.
  std::optional<Isolation> of(const clang::FunctionDecl &function);

  /// The same for `effects`, of a piece of code.
  std::optional<Isolation> of(const Effects &effects);

  ValueTypes &valueTypes() { return types; }

private:
  Effects effectsOf(const clang::FunctionDecl &function);
  std::optional<Isolation> asFacts(const Effects &effects);
  CalleeIsolation ofCallee(const Reaching &call);

  struct Known {
    const clang::FunctionDecl *function = nullptr;
    std::optional<Isolation> isolation; // its calls are not resolved
    bool isRead = false;
  };

  UnitContext &unit;
  ValueTypes types;
  std::map<EntityId, Known> known; // functions that were met
};

} // namespace async_tidy

#endif
