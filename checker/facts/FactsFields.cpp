#include "facts/FactsFields.h"

namespace async_tidy {

bool readIdentity(const json::Value &value, EntityId &id, json::Path path) {
  auto text = value.getAsString();
  if (!text || text->getAsInteger(16, id)) {
    path.report("expected an identity in hexadecimal");
    return false;
  }
  return true;
}

/// [kind, id, index, parts...]. `depth` bounds what a hostile file can make us recurse.
static bool readTerm(const json::Value &value, Term &term, json::Path path, unsigned depth) {
  const json::Array *array = value.getAsArray();
  auto kind = array && array->size() >= 3 ? (*array)[0].getAsUINT64() : std::nullopt;
  auto index = kind ? (*array)[2].getAsUINT64() : std::nullopt;
  if (!index || *kind > uint64_t(Term::LastKind) || *index > UINT32_MAX || depth > TermDepth) {
    path.report("expected a term");
    return false;
  }
  term.kind = Term::Kind(*kind);
  term.index = uint32_t(*index);
  bool needsPart = term.is(Term::Kind::Field) || term.is(Term::Kind::Moved) ||
                   term.is(Term::Kind::Made) || term.is(Term::Kind::Loop) ||
                   term.is(Term::Kind::Worker) || term.is(Term::Kind::Member);
  if (needsPart && array->size() != 4) {
    path.report("expected a term of one part");
    return false;
  }
  if (!readIdentity((*array)[1], term.id, path.index(1)))
    return false;
  term.parts.resize(array->size() - 3);
  for (size_t i = 0; i != term.parts.size(); ++i)
    if (!readTerm((*array)[i + 3], term.parts[i], path.index(unsigned(i + 3)), depth + 1))
      return false;
  return true;
}

bool readTerm(const json::Value &value, Term &term, json::Path path) {
  return readTerm(value, term, path, 0);
}

bool readPlace(const json::Value &value, Place &to, json::Path path, size_t files) {
  auto fail = [&](llvm::StringLiteral message) {
    path.report(message);
    return false;
  };
  const json::Array *at = value.getAsArray();
  if (!at || at->size() != 3)
    return fail("expected [file, line, column]");
  uint64_t numbers[3];
  for (unsigned i = 0; i != 3; ++i) {
    auto number = (*at)[i].getAsUINT64();
    if (!number || *number > UINT32_MAX)
      return fail("expected small numbers");
    numbers[i] = *number;
  }
  if (numbers[0] >= files)
    return fail("no such file");
  to = {uint32_t(numbers[0]), uint32_t(numbers[1]), uint32_t(numbers[2])};
  return true;
}

} // namespace async_tidy
