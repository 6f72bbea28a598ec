// Which threads things belong to that only one thread may ever touch, and which things are made so
// that threads may not share them.
#ifndef ASYNC_TIDY_CHECKS_HOMES_H
#define ASYNC_TIDY_CHECKS_HOMES_H

#include "checks/Catalogue.h"
#include <map>

namespace async_tidy {

class Homes {
public:
  explicit Homes(const CheckInput &input);

  /// Whether `worker` happens on another thread than that of a thing which only its own thread may
  /// touch.
  bool isForeign(const Access &worker) const;

  /// Where the thing is made, on another thread than that of `worker`; null if that is not seen.
  const Use *makingOf(const Access &worker) const;

  /// Whether threads may not share the thing.
  bool isExclusive(const Access &worker) const;

private:
  struct Making {
    const Use *use = nullptr;
    Term thing;
    bool isOnWorker = false;
  };

  bool isMadeOnWorker(const Term &thing) const;

  const CheckInput &input;
  std::map<EntityId, std::vector<Making>> makings; // by variable or field
  std::set<llvm::StringRef> allMade;               // types whose objects are all made so
};

} // namespace async_tidy

#endif
