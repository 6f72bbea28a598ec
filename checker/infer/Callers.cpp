// The callers that are made up.
#include "infer/Effects.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/xxhash.h"

namespace async_tidy {

namespace {

/// One function, or one template, that two units see.
using OfferKey = std::tuple<std::string, EntityId, std::string, uint32_t, uint32_t>;

OfferKey keyOf(const PublicFunction &f) {
  bool isOne = !f.isTemplate && f.bodies.size() == 1;
  return isOne ? OfferKey(f.name, f.bodies.front(), "", 0, 0)
               : OfferKey(f.name, 0, f.header, f.line, f.column);
}

void merge(PublicFunction &to, const PublicFunction &from) {
  to.bodies.insert(to.bodies.end(), from.bodies.begin(), from.bodies.end());
  llvm::sort(to.bodies);
  to.bodies.erase(llvm::unique(to.bodies), to.bodies.end());
  if (to.parameters.size() < from.parameters.size())
    to.parameters.resize(from.parameters.size());
  for (size_t i = 0; i != from.parameters.size(); ++i)
    to.parameters[i] = std::max(to.parameters[i], from.parameters[i]);
  to.isDefined |= from.isDefined;
}

/// By function, the parameters of whose values it depends what it calls.
std::map<EntityId, std::set<uint32_t>> askedParameters(llvm::ArrayRef<Unit> units) {
  std::map<EntityId, std::set<uint32_t>> asked;
  for (const Unit &unit : units)
    for (const Body &body : unit.bodies) {
      std::set<uint32_t> here;
      for (const Call &call : body.calls) {
        for (const ParameterValue &value : call.onlyIf)
          here.insert(value.parameter);
        for (const GivenValue &value : call.gives)
          if (value.kind == GivenValue::Kind::Same)
            here.insert(value.same);
      }
      if (here.empty())
        continue;
      asked[body.id].insert(here.begin(), here.end());
      for (EntityId base : body.overrides)
        asked[base].insert(here.begin(), here.end());
    }
  return asked;
}

/// The functions of which it is seen where a coroutine goes on that awaits what they give.
std::set<EntityId> awaitedFunctions(llvm::ArrayRef<Unit> units) {
  std::set<EntityId> result;
  for (const Unit &unit : units)
    for (const Body &body : unit.bodies)
      if (body.kind == BodyKind::Task || !body.returns.empty() || !body.goesOn.empty()) {
        result.insert(body.id);
        result.insert(body.overrides.begin(), body.overrides.end());
      }
  return result;
}

bool isScalar(ParameterKind kind) {
  return kind == ParameterKind::Number || kind == ParameterKind::Boolean ||
         kind == ParameterKind::Pointer;
}

} // namespace

bool isAwaitSuspend(const PublicFunction &function) {
  return function.isMember && !function.parameters.empty() &&
         llvm::StringRef(function.name).ends_with("::await_suspend");
}

std::vector<PublicFunction> offersOf(llvm::ArrayRef<Unit> units) {
  // Which unit comes first decides nothing: they are merged in one order.
  std::vector<const PublicFunction *> all;
  for (const Unit &unit : units)
    for (const PublicFunction &function : unit.offers)
      all.push_back(&function);
  llvm::sort(all, [](auto *a, auto *b) { return *a < *b; });
  std::map<OfferKey, PublicFunction> merged;
  for (const PublicFunction *function : all)
    if (auto [at, isNew] = merged.try_emplace(keyOf(*function), *function); !isNew)
      merge(at->second, *function);
  std::vector<PublicFunction> result;
  result.reserve(merged.size());
  for (auto &[key, function] : merged)
    result.push_back(std::move(function));
  llvm::sort(result);
  return result;
}

Callers::Callers(llvm::ArrayRef<Unit> units) : functions(offersOf(units)) {
  auto asked = askedParameters(units);
  std::set<EntityId> awaited = awaitedFunctions(units);
  for (size_t i = 0; i != functions.size(); ++i) {
    std::set<uint32_t> here;
    for (EntityId body : functions[i].bodies)
      if (auto at = asked.find(body); at != asked.end())
        here.insert(at->second.begin(), at->second.end());
    bool givesTask =
        llvm::any_of(functions[i].bodies, [&](EntityId body) { return awaited.contains(body); });
    addCallers(i, here, givesTask || isAwaitSuspend(functions[i]));
  }
}

void Callers::addCallers(size_t function, const std::set<uint32_t> &asked, bool givesTask) {
  callers.push_back({function, std::nullopt, false, idOf(function, "caller")});
  if (givesTask)
    callers.push_back({function, std::nullopt, true, idOf(function, "coroutine")});
  for (uint32_t parameter : asked)
    if (parameter < functions[function].parameters.size() &&
        isScalar(functions[function].parameters[parameter].kind))
      for (bool isZero : {true, false})
        callers.push_back({function, ParameterValue{parameter, isZero}, false,
                           idOf(function, llvm::Twine("caller ") + llvm::Twine(parameter) +
                                              (isZero ? " zero" : " set"))});
}

/// The identity of what is made up for a function: `part` of it.
EntityId Callers::idOf(size_t function, const llvm::Twine &part) const {
  // A macro may declare several at one place.
  return llvm::xxh3_64bits(
      (functions[function].name + " #" + llvm::Twine(function) + " " + part).str());
}

/// The object and the arguments.
std::vector<Term> Callers::passedTo(size_t function) const {
  const PublicFunction &f = functions[function];
  std::vector<Term> passed{f.isMember ? Term::variable(idOf(function, "object")) : Term()};
  for (uint32_t i = 0; i != f.parameters.size(); ++i) {
    EntityId argument = idOf(function, llvm::Twine("argument ") + llvm::Twine(i));
    bool isCallable = f.parameters[i].kind == ParameterKind::Callable;
    passed.push_back(isCallable ? Term::function(argument) : Term::variable(argument));
  }
  return passed;
}

Body Callers::bodyOf(const Caller &caller, uint32_t line) const {
  const PublicFunction &f = functions[caller.function];
  Body body;
  body.id = caller.id;
  body.place = body.end = {0, line, 1};
  Call call;
  call.place = body.place;
  call.isVirtual = f.isVirtual;
  call.form = f.isSpecial ? CallForm::Construction : CallForm::Call;
  call.name = f.name;
  call.passed = passedTo(caller.function);
  if (caller.knows)
    call.gives.push_back({caller.knows->parameter,
                          caller.knows->isZero ? GivenValue::Kind::Zero : GivenValue::Kind::NotZero,
                          0});
  for (EntityId callee : f.bodies) {
    call.callee = callee;
    body.calls.push_back(call);
  }
  return body;
}

/// What follows the await is the coroutine's second stretch.
Body Callers::coroutineOf(const Caller &caller, uint32_t line) const {
  const PublicFunction &f = functions[caller.function];
  Body body;
  body.id = caller.id;
  body.kind = BodyKind::Task;
  body.place = body.end = {0, line, 1};
  bool isAwaiter = isAwaitSuspend(f);
  std::vector<Term> passed = passedTo(caller.function);
  if (isAwaiter)
    passed[1] = Term::rest(caller.id, 1);
  for (EntityId callee : f.bodies)
    if (isAwaiter) {
      Call call;
      call.place = body.place;
      call.isVirtual = f.isVirtual;
      call.callee = callee;
      call.passed = passed;
      call.stretches = {0};
      body.calls.push_back(std::move(call));
    } else {
      body.awaits.push_back({body.place, Term::result(callee, passed), {0}});
    }
  Stretch rest;
  rest.places = {body.place};
  rest.resumption = isAwaiter ? Resumption::Handle : Resumption::Ended;
  rest.before = {0};
  body.stretches.push_back(std::move(rest));
  return body;
}

Body Callers::callableOf(size_t function, uint32_t parameter, uint32_t line) const {
  Body body;
  body.id = idOf(function, llvm::Twine("argument ") + llvm::Twine(parameter));
  body.place = body.end = {0, line, 1};
  return body;
}

Unit Callers::unit() const {
  Unit unit;
  unit.files.emplace_back();
  uint32_t line = 0;
  for (const Caller &caller : callers) {
    ++line;
    unit.bodies.push_back(caller.isCoroutine ? coroutineOf(caller, line) : bodyOf(caller, line));
    if (caller.knows || caller.isCoroutine)
      continue;
    const auto &parameters = functions[caller.function].parameters;
    for (uint32_t i = 0; i != parameters.size(); ++i)
      if (parameters[i].kind == ParameterKind::Callable)
        unit.bodies.push_back(callableOf(caller.function, i, ++line));
  }
  normalize(unit);
  return unit;
}

} // namespace async_tidy
