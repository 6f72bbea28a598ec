// The facts of all units, joined: one body an identity, one table of files.
#ifndef ASYNC_TIDY_FACTS_PROGRAM_H
#define ASYNC_TIDY_FACTS_PROGRAM_H

#include "facts/Facts.h"
#include <map>
#include <set>
#include <unordered_map>

namespace async_tidy {

/// A body's index in its program.
using BodyIndex = uint32_t;

class Program {
public:
  Program() = default;

  /// The program of one unit, or one that is linked already, which was made of `count` units.
  explicit Program(Unit whole, size_t count = 1);

  /// Joins `units`, see Link.h.
  static Program link(const std::vector<Unit> &units);

  /// All bodies, by id.
  const std::vector<Body> &bodies() const { return all; }

  const Body &body(BodyIndex index) const { return all[index]; }

  std::optional<BodyIndex> find(EntityId id) const;

  /// The bodies that `call` may run: its callee's, and those of every overrider if it is virtual.
  std::vector<BodyIndex> targets(const Call &call) const;

  /// The body `id`, and those of all that override it.
  std::vector<BodyIndex> findWithOverriders(EntityId id) const;

  /// What is known of the variable or field `id`; null if nothing is.
  const Variable *variable(EntityId id) const;

  /// What the models advise about something, see Advice. Where units were read with different
  /// models, one of them decides.
  const Advice &advice(llvm::StringRef about) const;

  const std::string &file(uint32_t index) const { return files[index]; }

  /// All files, by index.
  const std::vector<std::string> &allFiles() const { return files; }

  size_t fileCount() const { return files.size(); }

  size_t units() const { return unitCount; }

  /// Whether a NOLINT comment silences `check` on the line of `place`.
  bool isSuppressed(Place place, llvm::StringRef check) const;

private:
  std::vector<std::string> files;
  std::vector<Body> all;
  std::vector<Variable> variables; // by id
  std::vector<Advice> advices;     // by what they are about
  // Not a DenseMap, which keeps two keys for itself: identities come from files.
  std::unordered_map<EntityId, BodyIndex> index;
  std::unordered_map<EntityId, std::vector<BodyIndex>> overriders;
  std::map<std::pair<uint32_t, uint32_t>, std::vector<std::string>> suppressions;
  size_t unitCount = 0;
};

} // namespace async_tidy

#endif
