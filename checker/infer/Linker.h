// Finds the links of a program. What a body runs that it was given itself (a parameter, a member)
// is pushed up to its callers until it is known what that is, and on whose executor it runs; so two
// callers of one wrapper are never mixed up.
#ifndef ASYNC_TIDY_INFER_LINKER_H
#define ASYNC_TIDY_INFER_LINKER_H

#include "infer/Demand.h"
#include "infer/Links.h"
#include "infer/TermHash.h"
#include <unordered_set>

namespace async_tidy {

class Linker {
public:
  /// Fills `links`.
  explicit Linker(Links &links) : result(links), program(links.program), things(links.things) {}

  void run();

private:
  /// How much one body may leave to its callers. Hand-written code stays far below.
  static constexpr size_t NodeLimit = 128;

  /// Something that is run by a node, in the terms of that node's body.
  struct Run {
    Node node;
    uint32_t fact = 0; // stands for the fact that it began with, see wait
    Term callee;
    Term executor = Term::current();
    std::vector<Term> passed; // the arguments that follow those that are bound
    Place site;
    // The fact that it began with.
    const Call *call = nullptr;
    const Await *await = nullptr;
    const HandOff *handOff = nullptr;
    std::string wrapper; // what is called at `site`, if another body than that fact's
    bool isAwaited = false;
    bool isOnLoopThread = false;  // what the hand-off starts runs a loop itself
    bool isByCaller = false;      // a caller said what is run
    bool isExecutorGiven = false; // a caller said on whose executor
    bool isLifted = false;        // it means something to a caller
    bool isDone = false;
    // The executor as the fact has it, and the way from there.
    Term given = Term::current();
    std::vector<const Link *> rise;
    // Where it became known what the callee is, in that body's terms, and the way from there.
    bool isAtHome = false;
    BodyIndex home = 0;
    Term homeCallee;
    std::vector<Term> homePassed;
    std::vector<const Link *> way;
  };

  struct Store {
    Node node;
    uint32_t fact = 0; // as in Run
    Term target;
    Term value;
    Place place;
    bool isLifted = false;
    bool isDone = false;
  };

  /// Executors, and whether they may be another one.
  using Ends = std::vector<std::pair<Term, bool>>;

  using RunKey = std::tuple<uint32_t, Place, Term, Term, std::vector<Term>, const void *>;
  using StoreKey = std::tuple<uint32_t, Term, Term>;
  using LinkKey = std::tuple<uint32_t, uint32_t, Place, Term, std::vector<Term>>;

  void addFacts(BodyIndex body, const Demand &demand);
  void addStretches();
  void addSwitches(BodyIndex body);
  void addSwitch(BodyIndex body, uint32_t stretch, Place site, Node into, Term executor,
                 bool isHandOff);
  void addHandOff(BodyIndex body, const HandOff &handOff);
  void addCalls(BodyIndex body);
  void addCall(BodyIndex body, Node node, const Call &call);
  void addLambda(BodyIndex body);
  void addAnnotated(BodyIndex body);
  bool isDecided(const Run &run) const;
  bool isOpen(const Term &term, Node node) const;
  bool hasMaker(Node node) const;
  static uint32_t limitOf(const Run &run);
  static uint32_t limitOf(const Store &store);
  template <class Item> void wait(Item &item, uint32_t index, std::vector<uint32_t> &waiting);
  void work();
  bool settle();
  uint32_t newFact();
  void addRun(Run run);
  void askMaker(Run &run) const;
  void addStore(Store store);
  void addLink(Link link);
  void emit(const Run &run, const Term &callee, const Term &executor);
  void emitBody(const Run &run, BodyIndex body, const Term &callee, const Term &executor);
  void emitTo(const Run &run, Node from, const Term &executor);
  void emitRest(const Run &run, const Term &callee, const Term &executor);
  void liftStretch(Run &run, const Link &link);
  bool addEnds();
  bool addUnclear();
  void addEndsOf(BodyIndex child);
  void continueAt(const Link &await, const Ends &ends, Resumption resumption);
  void tellEnds(Node task, const Ends &ends, Resumption resumption, unsigned depth);
  Ends endsOf(BodyIndex body, const StretchSet &set) const;
  void emitPlace(const Run &run, const Term &place, const Term &executor);
  void keepOfClass(const Store &store);
  void keep(const Store &store, const Term &target, const Term &value);
  void linkKept(const Store &store, Node place, const Term &value);
  void climb(Run &run, const Link &link) const;
  void lift(Run &run, const Link &link);
  void lift(Store &store, const Link &link);
  void linkPlaces(BodyIndex from, BodyIndex to);
  std::vector<Term> passedTo(Node callee, const Run &run) const;
  Term lastKnown(const Term &callee) const;
  BodyIndex place(const Term &term);
  Term placeKey(const Term &term) const;
  std::string wrapperName(const Link &link) const;

  Links &result;
  const Program &program;
  const Things &things;
  std::deque<Run> runs;
  std::deque<Store> stores;
  std::vector<std::vector<uint32_t>> runsAt;   // by node
  std::vector<std::vector<uint32_t>> storesAt; // by node
  std::vector<uint32_t> waits;                 // by fact: how often something of it waits
  std::unordered_set<RunKey, KeyHash> knownRuns;
  std::unordered_set<StoreKey, KeyHash> knownStores;
  std::unordered_set<LinkKey, KeyHash> knownLinks;
  std::map<Term, BodyIndex> placeOf;
  std::set<BodyIndex> filled; // places into which something is put
  size_t nextRun = 0, nextStore = 0, nextLink = 0, nextEnd = 0;
  std::map<const Await *, BodyIndex> awaitIn;
  std::set<std::pair<BodyIndex, Place>> told; // awaits of which it is known how their tasks end
  bool isUnclearAdded = false;
};

} // namespace async_tidy

#endif
