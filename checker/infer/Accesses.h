// Which loop-bound things are used on a loop, and which on another thread: the uses of all bodies,
// pushed up to whoever decides on which thread they happen and which thing is meant.
#ifndef ASYNC_TIDY_INFER_ACCESSES_H
#define ASYNC_TIDY_INFER_ACCESSES_H

#include "infer/Roots.h"
#include "infer/TermHash.h"
#include <unordered_map>
#include <unordered_set>

namespace async_tidy {

/// A use whose thread is known, of a thing that is known.
struct Access {
  Term thing;
  BodyIndex frame = 0; // the body in whose terms `thing` is
  Place site;          // the statement of `frame` that leads to the use
  const Use *use = nullptr;
  std::vector<const Link *> path; // from `frame` to the body of the use; the hand-off is in it
  BodyIndex user = 0;             // the body of the use
  Where where = Where::Unknown;   // Loop or Worker
  bool isHandedOff = false;       // whether a hand-off decided that: path[decidedAt]
  size_t decidedAt = 0;
  Place workerSite;               // isHandedOff: the statement there that leads to the use
  const Reason *reason = nullptr; // where == Loop; it lives as long as the Accesses
  Term loop;                      // where == Loop: the loop's executor, if it is known
  bool isInFlight = false; // an operation that the body does not wait for, and the loop completes
  bool isPreparation = false; // where == Worker: the thread starts a loop's thread after it
  size_t order = 0;           // in which it was found

  const Link &handOff() const { return *path[decidedAt]; }
};

class Accesses {
public:
  /// `isSilent`: whether uses at a place, and what leads through it, do not count.
  Accesses(const Program &program, const Links &links, const Roots &roots, const Things &things,
           llvm::function_ref<bool(Place)> isSilent);

  /// By things, and within one thing the nearest first.
  const std::vector<Access> &onWorkers() const { return workers; }

  const std::vector<Access> &onLoops() const { return loops; }

private:
  /// A thing that uses mean, and what of it does not depend on the node.
  struct Thing {
    Term term;           // resolved, in the terms of a node's body
    bool isOpen = false; // whoever runs that body can tell more of it
    bool isFixed = false;
    // How many entries have it: those whose thread is open, and those on loops and on workers.
    size_t here = 0, onLoops = 0, onWorkers = 0;
  };

  /// A use as a node sees it.
  struct Entry {
    Thing *thing = nullptr;
    Where where = Where::Here;
    const Reason *reason = nullptr;
    Term loop;
    const Link *link = nullptr; // the next step to the use; null: the use is in this body
    const Use *use = nullptr;
    Node node;
    const Entry *inner = nullptr;    // what the link leads to
    const Link *decidedBy = nullptr; // the hand-off that decided where
    Place workerSite;                // where == Worker: the statement there that leads to the use
    bool isInFlight = false;
    bool isHome = false;   // where == Here: it happens on the executor that the task was spawned on
    bool isNearest = true; // of all at this node that mean the same

    /// Where the node's own text leads to the use. What a coroutine does after an await stands
    /// where it stands, not at the await.
    Place site() const {
      if (!link)
        return use->place;
      return link->stretch ? inner->site() : link->site;
    }
  };

  /// Entries for which this is equal, but for the site, mean the same to whoever runs the node.
  struct Key {
    uint32_t node = 0;
    const Thing *thing = nullptr;
    Where where = Where::Here;
    bool isMove = false;
    bool isHome = false;
    const Link *decidedBy = nullptr;
    Place workerSite;
    std::optional<Place> site; // none: whether there is any

    friend bool operator==(const Key &, const Key &) = default;
  };

  struct KeyHash {
    size_t operator()(const Key &key) const;
  };

  struct TermHash {
    size_t operator()(const Term &term) const { return hash_value(term); }
  };

  Thing *thing(Term term);
  Thing *lifted(const Entry &entry, const Link &link);
  void lookAhead();
  static void spread(const Links &links, std::vector<bool> &nodes);
  void seed(llvm::function_ref<bool(Place)> isSilent);
  void seedUse(BodyIndex body, Node node, const Use &use);
  void propagate(const Entry &entry);
  void settle(const Entry &entry, bool isLifted);
  void decide(Entry &entry, const Link &link, Where where, const Reason *reason) const;
  bool through(const Entry &entry, const Link &link);
  void insert(Entry entry);
  bool isOfUse(const Entry &entry) const;
  static void count(const Entry &entry);
  void finish(const Entry &entry, Term thing);
  bool isPreparation(const Access &access) const;
  Access toAccess(const Entry &entry, Term thing) const;

  const Program &program;
  const Links &links;
  const Roots &roots;
  const Things &things;
  std::vector<bool> silent; // by link
  // By node: it matters which of its statements lead to a use; somebody above it may decide that
  // this happens on a loop, or on a worker.
  std::vector<bool> isEach, leadsToLoop, leadsToWorker;
  std::deque<Entry> entries; // in the order found: breadth first, so the nearest come first
  std::unordered_map<Term, Thing, TermHash> known;
  std::unordered_set<Key, KeyHash> seen;
  std::deque<Reason> completions; // of operations that loops complete
  std::vector<Access> workers;
  std::vector<Access> loops;
};

} // namespace async_tidy

#endif
