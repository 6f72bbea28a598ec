#include "report/InferredEntries.h"
#include "report/Phrases.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/YAMLParser.h"

namespace async_tidy {

std::string yamlScalar(llvm::StringRef text) {
  bool isPlain =
      !text.empty() && (llvm::isAlpha(text.front()) || text.front() == '_') && text.back() != ':' &&
      llvm::all_of(text, [](char c) { return llvm::isAlnum(c) || c == '_' || c == ':'; });
  return isPlain ? text.str() : "\"" + llvm::yaml::escape(text) + "\"";
}

namespace {

std::string inList(const std::vector<std::string> &items) {
  return "[" + llvm::join(items, ", ") + "]";
}

std::string onArgument(size_t index, const llvm::Twine &rest) {
  return ("{argument: " + llvm::Twine(index) + ", " + rest + "}").str();
}

std::string overloadText(const PublicFunction &function) {
  return function.header + ":" + std::to_string(function.line);
}

/// The entry that says how the function blocks.
class BlockingEntry {
public:
  BlockingEntry(llvm::ArrayRef<const Effects *> overloads, const Program &program,
                llvm::function_ref<std::string(llvm::StringRef)> own)
      : program(program), own(own) {
    for (const Effects *overload : overloads)
      (overload->way ? blocking : others).push_back(overload);
  }

  bool empty() const { return blocking.empty(); }

  InferredEntry entry() {
    const Effects &worst = **llvm::min_element(blocking, [](auto *a, auto *b) {
      return std::pair(!a->way->sure, a->way->tier) < std::pair(!b->way->sure, b->way->tier);
    });
    isSure = llvm::all_of(blocking, [](auto *overload) { return overload->way->sure; });
    explain(worst);
    tellOverloadsApart();
    addValues();
    addCopies();
    result.keys.push_back(("blocks: " + tierName(worst.way->tier)).str());
    if (!isSure)
      result.keys.emplace_back("certainty: low");
    if (!when.empty())
      result.keys.push_back("when: " + inList(when));
    if (!unless.empty())
      result.keys.push_back("unless: " + inList(unless));
    return std::move(result);
  }

private:
  void explain(const Effects &worst) {
    const BlockingWay &way = *worst.way;
    std::string text = "reaches " + way.sink + " at " + placeText(way.place, program);
    constexpr size_t Most = 6;
    llvm::ArrayRef<std::string> through(way.through);
    if (through.size() > Most)
      text += ", through " + llvm::join(through.take_front(Most / 2), ", ") + ", ..., " +
              llvm::join(through.take_back(Most / 2), ", ");
    else if (!through.empty())
      text += ", through " + llvm::join(through, ", ");
    if (!way.sure)
      text += ", which may block";
    result.reasons.push_back(std::move(text));
    if (!worst.also.empty()) {
      std::vector<std::string> tiers;
      tiers.reserve(worst.also.size());
      for (Tier tier : worst.also)
        tiers.push_back(tierName(tier).str());
      result.reasons.push_back("reaches " + llvm::join(tiers, " and ") + " too");
    }
    if (worst.blocking < worst.implementations && worst.function.isVirtual)
      result.reasons.push_back(std::to_string(worst.blocking) + " of " +
                               std::to_string(worst.implementations) + " implementations do");
  }

  /// How many arguments a call of it may have.
  static size_t mostArguments(const PublicFunction &function) {
    return function.isVariadic || function.isTemplate ? SIZE_MAX : function.parameters.size();
  }

  void tellOverloadsApart() {
    if (others.empty())
      return;
    std::string count = std::to_string(blocking.size()) + " of " +
                        std::to_string(blocking.size() + others.size()) + " overloads: ";
    std::vector<std::string> which;
    which.reserve(blocking.size());
    for (const Effects *overload : blocking)
      which.push_back(overloadText(overload->function));
    result.reasons.push_back(count + llvm::join(which, ", "));
    if (byNumber() || byType())
      return;
    isSure = false;
    result.reasons.emplace_back("which one is called, a model cannot tell");
  }

  bool byNumber() {
    auto least = [](const Effects *o) { return size_t(o->function.needed); };
    auto most = [](const Effects *o) { return mostArguments(o->function); };
    auto minimum = [](const auto &list, auto of) {
      size_t result = SIZE_MAX;
      for (const Effects *o : list)
        result = std::min(result, of(o));
      return result;
    };
    auto maximum = [](const auto &list, auto of) {
      size_t result = 0;
      for (const Effects *o : list)
        result = std::max(result, of(o));
      return result;
    };
    if (minimum(blocking, least) > maximum(others, most)) {
      when.push_back("{arguments: " + std::to_string(minimum(blocking, least)) + "}");
      return true;
    }
    if (maximum(blocking, most) < minimum(others, least)) {
      unless.push_back("{arguments: " + std::to_string(minimum(others, least)) + "}");
      return true;
    }
    return false;
  }

  /// By an argument of which no overload that blocks takes the class.
  bool byType() {
    std::set<std::string> conditions;
    for (const Effects *other : others) {
      const auto &parameters = other->function.parameters;
      auto isOnlyHere = [&](size_t i) {
        return !parameters[i].type.empty() && llvm::none_of(blocking, [&](const Effects *o) {
          const auto &theirs = o->function.parameters;
          return o->function.isTemplate ||
                 (i < theirs.size() && theirs[i].type == parameters[i].type);
        });
      };
      size_t at = 0;
      while (at != parameters.size() && !isOnlyHere(at))
        ++at;
      if (at == parameters.size())
        return false;
      conditions.insert(onArgument(at, "type: [" + yamlScalar(own(parameters[at].type)) + "]"));
    }
    unless.insert(unless.end(), conditions.begin(), conditions.end());
    return true;
  }

  /// Values with which it does not block.
  void addValues() {
    for (const Effects *overload : blocking)
      for (const ParameterValue &value : overload->unless) {
        ParameterKind kind = overload->function.parameters[value.parameter].kind;
        uint32_t at = value.parameter;
        if (kind == ParameterKind::Pointer)
          (value.isZero ? unless : when).push_back(onArgument(at, "null: true"));
        else if (value.isZero)
          unless.push_back(onArgument(at, "equals: 0"));
        else if (kind == ParameterKind::Boolean)
          unless.push_back(onArgument(at, "equals: 1"));
        else
          for (const char *range : {"at-least: 1", "at-most: -1"})
            unless.push_back(onArgument(at, range));
      }
    for (auto *list : {&when, &unless}) {
      llvm::sort(*list);
      list->erase(llvm::unique(*list), list->end());
    }
  }

  /// To copy an object calls a constructor too, which the compiler may have made.
  void addCopies() {
    llvm::StringRef name = blocking.front()->function.name;
    auto [type, last] = name.rsplit("::");
    if (!blocking.front()->function.isSpecial || last.starts_with("~"))
      return;
    bool takesOne = llvm::any_of(blocking, [&](const Effects *o) {
      return !o->function.parameters.empty() && o->function.parameters.front().type == type;
    });
    std::string condition = onArgument(0, "type: [" + yamlScalar(own(type)) + "]");
    if (!takesOne && !llvm::is_contained(unless, condition))
      unless.push_back(condition);
  }

  const Program &program;
  llvm::function_ref<std::string(llvm::StringRef)> own;
  std::vector<const Effects *> blocking;
  std::vector<const Effects *> others;
  bool isSure = true;
  std::vector<std::string> when;
  std::vector<std::string> unless;
  InferredEntry result;
};

std::string runsAtText(const RunsAt &on) {
  switch (on.kind) {
  case RunsAt::Kind::Here:
    return "here";
  case RunsAt::Kind::Worker:
    return "worker";
  case RunsAt::Kind::Loop:
    return "loop";
  case RunsAt::Kind::Argument:
    return "argument " + std::to_string(on.index);
  case RunsAt::Kind::Receiver:
    return "receiver";
  default:
    return "later";
  }
}

/// Where each callable runs; by parameter, then by place.
using RunsByParameter = std::map<uint32_t, std::map<std::string, const CallableRun *>>;

RunsByParameter runsOf(const Effects &overload) {
  RunsByParameter result;
  for (const CallableRun &run : overload.runs)
    result[run.parameter].emplace(runsAtText(run.on), &run);
  return result;
}

std::vector<std::string> placesIn(const std::map<std::string, const CallableRun *> &runs) {
  std::vector<std::string> places;
  places.reserve(runs.size());
  for (const auto &[place, run] : runs)
    places.push_back(place);
  return places;
}

/// What is said of callables by all `overloads` that take one in the same position. Positions on
/// which they differ are put into `unclear`.
RunsByParameter agreedRuns(llvm::ArrayRef<const Effects *> overloads, std::set<uint32_t> &unclear) {
  RunsByParameter result;
  for (const Effects *overload : overloads) {
    RunsByParameter here = runsOf(*overload);
    for (uint32_t i = 0; i != overload->function.parameters.size(); ++i) {
      if (overload->function.parameters[i].kind != ParameterKind::Callable)
        continue;
      auto [at, isNew] = result.try_emplace(i, here[i]);
      if (!isNew && placesIn(at->second) != placesIn(here[i]))
        unclear.insert(i);
    }
  }
  for (uint32_t position : unclear)
    result.erase(position);
  return result;
}

InferredEntry handOffEntry(llvm::ArrayRef<const Effects *> overloads, const Program &program) {
  InferredEntry entry;
  std::set<uint32_t> unclear;
  RunsByParameter runs = agreedRuns(overloads, unclear);
  std::map<std::string, std::vector<std::string>> positions; // by place
  // Of a handle, that is said where the type goes on.
  if (overloads.front()->isAwaiter)
    runs.clear();
  for (const auto &[parameter, places] : runs)
    for (const auto &[place, run] : places) {
      positions[place].push_back(std::to_string(parameter));
      std::string text = "argument " + std::to_string(parameter);
      if (run->on.kind == RunsAt::Kind::Here)
        text += " is called at " + placeText(run->place, program);
      else if (!run->via.empty())
        text += " is given to " + run->via + " at " + placeText(run->place, program);
      else
        text += " is kept at " + placeText(run->place, program);
      entry.reasons.push_back(std::move(text));
    }
  for (uint32_t position : unclear)
    entry.reasons.push_back("overloads differ on where argument " + std::to_string(position) +
                            " is called");
  std::vector<std::string> handOffs;
  handOffs.reserve(positions.size());
  for (const auto &[place, list] : positions)
    handOffs.push_back("{callables: " + inList(list) + ", on: " + place + "}");
  if (handOffs.size() == 1)
    entry.keys.push_back("hand-off: " + handOffs.front());
  else if (!handOffs.empty())
    entry.keys.push_back("hand-off: " + inList(handOffs));
  return entry;
}

void append(std::vector<std::string> &to, std::vector<std::string> from) {
  llvm::move(from, std::back_inserter(to));
}

} // namespace

InferredEntry inferredType(llvm::ArrayRef<const Effects *> overloads) {
  const Effects &first = *overloads.front();
  bool isSame = first.goesOn && first.isAwaiter && llvm::all_of(overloads, [&](const Effects *o) {
                  return o->goesOn && runsAtText(*o->goesOn) == runsAtText(*first.goesOn);
                });
  InferredEntry entry;
  if (isSame && first.goesOn->kind != RunsAt::Kind::Argument)
    entry = {{"what awaits one goes on where its handle is resumed"},
             {"goes-on: " + runsAtText(*first.goesOn)}};
  return entry;
}

std::vector<InferredEntry> inferredEntries(llvm::ArrayRef<const Effects *> overloads,
                                           const Program &program,
                                           llvm::function_ref<std::string(llvm::StringRef)> own) {
  InferredEntry entry;
  bool isConditional = false;
  BlockingEntry blocking(overloads, program, own);
  if (llvm::all_of(overloads, [](const Effects *o) { return o->isNonBlocking; }))
    entry = {{"annotated so"}, {"never-blocking: true"}};
  else if (!blocking.empty())
    entry = blocking.entry();
  isConditional =
      llvm::any_of(entry.keys, [](llvm::StringRef key) { return key.starts_with("when"); });
  if (llvm::all_of(overloads, [](const Effects *o) { return o->runsLoop; })) {
    entry.reasons.emplace_back("runs an event loop");
    entry.keys.emplace_back("runs-loop: true");
  }
  const Effects &first = *overloads.front();
  bool isSame = first.goesOn && llvm::all_of(overloads, [&](const Effects *o) {
                  return o->goesOn && runsAtText(*o->goesOn) == runsAtText(*first.goesOn);
                });
  if (isSame && !first.isAwaiter) {
    entry.reasons.emplace_back("what awaits it goes on elsewhere");
    entry.keys.push_back("goes-on: " + runsAtText(*first.goesOn));
  }
  std::vector<InferredEntry> result;
  InferredEntry handOff = handOffEntry(overloads, program);
  // `when` would be about the callables too.
  if (isConditional && !handOff.keys.empty()) {
    result.push_back(std::move(entry));
    result.push_back(std::move(handOff));
    return result;
  }
  append(entry.reasons, std::move(handOff.reasons));
  append(entry.keys, std::move(handOff.keys));
  if (!entry.keys.empty())
    result.push_back(std::move(entry));
  return result;
}

} // namespace async_tidy
