// What the headers of a library offer to those who use it. Only in facts from which models are to
// be inferred.
#ifndef ASYNC_TIDY_FACTS_PUBLICFUNCTION_H
#define ASYNC_TIDY_FACTS_PUBLICFUNCTION_H

#include "facts/Term.h"
#include <string>

namespace async_tidy {

/// How models may speak of a parameter.
enum class ParameterKind : uint8_t { Other, Pointer, Number, Boolean, Callable };

struct PublicParameter {
  ParameterKind kind = ParameterKind::Other;
  std::string type; // the class that it is, or refers or points to; empty if it is none
  friend auto operator<=>(const PublicParameter &, const PublicParameter &) = default;
};

struct PublicFunction {
  std::string name;   // as models write it: 'lib::Client::get'
  std::string space;  // the namespace: 'lib'
  std::string header; // as #include has it: 'lib/client.h'
  uint32_t line = 0;
  uint32_t column = 0;
  std::vector<EntityId> bodies; // its own; of a template, those of its instances
  std::vector<PublicParameter> parameters;
  uint32_t needed = 0;     // arguments that a call must have
  bool isVariadic = false; // there may be more of them than parameters
  bool isMember = false;   // called on an object
  bool isVirtual = false;
  bool isSpecial = false; // a constructor or destructor
  bool isTemplate = false;
  bool isC = false;
  bool isDefined = false; // somewhere in these facts
  friend auto operator<=>(const PublicFunction &, const PublicFunction &) = default;
};

} // namespace async_tidy

#endif
