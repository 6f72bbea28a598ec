#include "extract/AwaitSeries.h"
#include "extract/Expressions.h"
#include "extract/Names.h"
#include "llvm/ADT/STLExtras.h"

namespace async_tidy {

namespace {

using Variables = llvm::SmallPtrSet<const clang::ValueDecl *, 8>;

/// A loop that ends after a number of times which it does not change.
struct CountedLoop {
  const clang::Stmt *body = nullptr;
  const clang::VarDecl *variable = nullptr;
  const clang::Expr *range = nullptr;     // of a container
  const clang::Expr *condition = nullptr; // of numbers

  explicit operator bool() const { return variable != nullptr; }
};

bool isVariable(const clang::Expr *e, const clang::VarDecl *variable) {
  return e && variableOf(e) == variable;
}

/// Whether objects of `type` say how much they have, always: no endless sequence does.
bool hasSize(clang::QualType type) {
  type = type.getNonReferenceType();
  const clang::CXXRecordDecl *record = recordOf(type, false);
  if (!record)
    return type->isArrayType();
  return record->hasDefinition() && anyClass(*record, [](const clang::CXXRecordDecl &at) {
           const clang::IdentifierInfo &name = at.getASTContext().Idents.get("size");
           return at.hasDefinition() &&
                  llvm::any_of(at.lookup(&name), [](const clang::NamedDecl *found) {
                    const auto *size = llvm::dyn_cast<clang::CXXMethodDecl>(found);
                    return size && !size->getTrailingRequiresClause();
                  });
         });
}

CountedLoop countedLoop(UnitContext &unit, const clang::Stmt &loop) {
  if (const auto *range = llvm::dyn_cast<clang::CXXForRangeStmt>(&loop)) {
    clang::QualType type = range->getRangeInit()->getType();
    if (range->getCoawaitLoc().isValid() || unit.bound.isTask(type) || !hasSize(type))
      return {};
    return {range->getBody(), range->getLoopVariable(), range->getRangeInit(), nullptr};
  }
  const auto &numbers = llvm::cast<clang::ForStmt>(loop);
  const auto *first = llvm::dyn_cast_or_null<clang::DeclStmt>(numbers.getInit());
  const auto *variable = first && first->isSingleDecl()
                             ? llvm::dyn_cast<clang::VarDecl>(first->getSingleDecl())
                             : nullptr;
  const auto *condition = llvm::dyn_cast_or_null<clang::BinaryOperator>(numbers.getCond());
  const auto *step = llvm::dyn_cast_or_null<clang::UnaryOperator>(numbers.getInc());
  const auto *steps = llvm::dyn_cast_or_null<clang::CompoundAssignOperator>(numbers.getInc());
  const clang::Expr *stepped = step && step->isIncrementDecrementOp() ? step->getSubExpr()
                               : steps                                ? steps->getLHS()
                                                                      : nullptr;
  bool isBound =
      condition && (condition->isRelationalOp() || condition->getOpcode() == clang::BO_NE);
  if (!variable || !variable->getType()->isIntegerType() || !isBound ||
      !isVariable(stepped, variable) ||
      isVariable(condition->getLHS(), variable) == isVariable(condition->getRHS(), variable))
    return {};
  return {numbers.getBody(), variable, nullptr, condition};
}

/// Expressions whose value nobody takes: they are statements.
void addStatements(const clang::Stmt &part, std::vector<const clang::Expr *> &to) {
  auto add = [&](const clang::Stmt *statement) {
    const auto *e = llvm::dyn_cast_or_null<clang::Expr>(statement);
    if (!e)
      return;
    if (const auto *full = llvm::dyn_cast<clang::FullExpr>(e))
      e = full->getSubExpr();
    e = e->IgnoreParens();
    if (const auto *cast = llvm::dyn_cast<clang::ExplicitCastExpr>(e);
        cast && cast->getType()->isVoidType())
      e = cast->getSubExpr()->IgnoreParens();
    if (const auto *bound = llvm::dyn_cast<clang::CXXBindTemporaryExpr>(e))
      e = bound->getSubExpr();
    to.push_back(e);
  };
  if (const auto *block = llvm::dyn_cast<clang::CompoundStmt>(&part)) {
    for (const clang::Stmt *statement : block->body())
      add(statement);
  } else if (const auto *branch = llvm::dyn_cast<clang::IfStmt>(&part)) {
    add(branch->getThen());
    add(branch->getElse());
  } else if (const auto *range = llvm::dyn_cast<clang::CXXForRangeStmt>(&part)) {
    add(range->getBody());
  } else if (const auto *numbers = llvm::dyn_cast<clang::ForStmt>(&part)) {
    add(numbers->getBody());
    add(numbers->getInc());
  } else if (const auto *choice = llvm::dyn_cast<clang::SwitchCase>(&part)) {
    add(choice->getSubStmt());
  }
}

class LoopSeries : public Scope {
public:
  LoopSeries(UnitContext &unit, Isolations &isolations, const clang::FunctionDecl &function,
             const clang::Stmt &loop)
      : unit(unit), isolations(isolations), function(function), loop(loop),
        counted(countedLoop(unit, loop)) {}

  std::optional<AwaitSeries> find() {
    if (!counted || !gather() || !hasOnlyResults() || !areAwaitsIndependent())
      return std::nullopt;
    EffectReader reader(unit, isolations.valueTypes(), *this);
    reader.read(counted.condition);
    reader.read(counted.body);
    std::optional<Isolation> isolation = isolations.of(reader.effects);
    if (!isolation || isolation->changesGiven)
      return std::nullopt;
    series.loop = unit.project.place(loop.getBeginLoc());
    series.isolation = std::move(*isolation);
    return std::move(series);
  }

  // What each time round makes for itself is its own.
  bool owns(const clang::VarDecl &variable) override {
    return &variable != counted.variable && inside.contains(&variable);
  }

  Extent ofOuter(const clang::ValueDecl &variable) override {
    return &variable == counted.variable && isOwnElement() ? Extent::Own : Extent::Shared;
  }

  Extent ofThis() override { return Extent::Shared; }

  bool isAllowed(const clang::Expr &write) override { return results.contains(&write); }

private:
  /// Whether each time round has another object in the loop's variable, or a copy.
  bool isOwnElement() {
    if (!counted.range)
      return false;
    // What is changed there must not be read elsewhere in the loop.
    const auto *holder = llvm::dyn_cast_or_null<clang::VarDecl>(variableOf(counted.range));
    if (!holder || !isOfFunction(*holder) || mentions(counted.body, Variables({holder})))
      return false;
    clang::QualType type = counted.variable->getType();
    const clang::CXXRecordDecl *container = recordOf(counted.range->getType(), false);
    bool isContainer = !container || unit.knowledge.owns(qualifiedName(*container));
    return isContainer && isolations.valueTypes().isValue(type.getNonReferenceType());
  }

  /// Finds what stands in the loop; false if it may end early, or is not for us to read.
  bool gather() {
    inside.insert(counted.variable);
    bool endsEarly = false;
    forEachOutsideLambdas(counted.body, [&](const clang::Stmt &part) {
      addStatements(part, statements);
      if (const auto *await = llvm::dyn_cast<clang::CoawaitExpr>(&part))
        awaits.push_back(await);
      else if (const auto *declarations = llvm::dyn_cast<clang::DeclStmt>(&part))
        for (const clang::Decl *declaration : declarations->decls())
          if (const auto *variable = llvm::dyn_cast<clang::VarDecl>(declaration))
            inside.insert(variable);
      endsEarly |= llvm::isa<clang::ReturnStmt, clang::CoreturnStmt, clang::GotoStmt,
                             clang::IndirectGotoStmt, clang::CXXThrowExpr, clang::CoyieldExpr,
                             clang::WhileStmt, clang::DoStmt>(part) ||
                   asksOutside(part) || asksOthers(decisionOf(part));
    });
    endsEarly |= asksOthers(counted.condition);
    if (llvm::isa<clang::Expr>(*counted.body))
      addStatements(loop, statements);
    return !awaits.empty() && !endsEarly && !breaks(counted.body);
  }

  /// Whether the loop has a `break` of its own.
  static bool breaks(const clang::Stmt *body) {
    bool found = false;
    forEachStatement(body, [&](const clang::Stmt &part) {
      found |= llvm::isa<clang::BreakStmt>(part);
      return !llvm::isa<clang::LambdaExpr, clang::ForStmt, clang::CXXForRangeStmt,
                        clang::SwitchStmt>(part);
    });
    return found;
  }

  /// What decides which way `part` goes; null if it is no choice.
  static const clang::Stmt *decisionOf(const clang::Stmt &part) {
    if (const auto *branch = llvm::dyn_cast<clang::IfStmt>(&part))
      return branch->getCond();
    if (const auto *choice = llvm::dyn_cast<clang::SwitchStmt>(&part))
      return choice->getCond();
    if (const auto *choice = llvm::dyn_cast<clang::ConditionalOperator>(&part))
      return choice->getCond();
    return nullptr;
  }

  /// Whether `decision` looks at something that others may change while the loop waits: a flag that
  /// stops it.
  bool asksOthers(const clang::Stmt *decision) {
    bool asks = false;
    forEachOutsideLambdas(decision, [&](const clang::Stmt &part) {
      const auto *reference = llvm::dyn_cast<clang::DeclRefExpr>(&part);
      const auto *variable =
          reference ? llvm::dyn_cast<clang::VarDecl>(reference->getDecl()) : nullptr;
      bool isOthers =
          variable && !inside.contains(variable) &&
          !(variable->hasLocalStorage() ? isolations.valueTypes().isHarmless(variable->getType())
                                        : variable->getType().isConstQualified());
      asks |= isOthers || llvm::isa<clang::CXXThisExpr>(part);
    });
    return asks;
  }

  /// Whether `part` is a call that is given nothing, and so asks for something that may change: the
  /// time.
  static bool asksOutside(const clang::Stmt &part) {
    const auto *call = llvm::dyn_cast<clang::CallExpr>(&part);
    const clang::FunctionDecl *callee = call ? call->getDirectCallee() : nullptr;
    return callee && !callee->isConstexpr() && !partsOf(*call).object &&
           llvm::all_of(call->arguments(), [](const clang::Expr *argument) {
             return llvm::isa<clang::CXXDefaultArgExpr>(argument);
           });
  }

  // Variables of the function may be changed to gather results, each in a way that the order of
  // changes does not matter, or is that of the loop.
  bool hasOnlyResults() {
    llvm::SmallPtrSet<const clang::Stmt *, 8> named;
    Variables gathered;
    for (const clang::Expr *statement : statements)
      if (const clang::DeclRefExpr *name = resultIn(*statement)) {
        named.insert(name);
        gathered.insert(name->getDecl());
      }
    bool isRead = false;
    forEachStatement(&loop, [&](const clang::Stmt &part) {
      const auto *reference = llvm::dyn_cast<clang::DeclRefExpr>(&part);
      isRead |= reference && gathered.contains(reference->getDecl()) && !named.contains(reference);
      return !isRead;
    });
    return !isRead;
  }

  /// The variable of the function that `statement` adds a result to; null if it does not.
  const clang::DeclRefExpr *resultIn(const clang::Expr &statement) {
    const clang::Expr *target = nullptr;
    if (const auto *unary = llvm::dyn_cast<clang::UnaryOperator>(&statement)) {
      if (unary->isIncrementDecrementOp() && unary->getType()->isArithmeticType())
        target = unary->getSubExpr();
    } else if (const auto *sum = llvm::dyn_cast<clang::CompoundAssignOperator>(&statement)) {
      if (isCommutative(sum->getOpcode()) && sum->getType()->isArithmeticType())
        target = sum->getLHS();
    } else if (const auto *assignment = llvm::dyn_cast<clang::BinaryOperator>(&statement)) {
      if (assignment->getOpcode() == clang::BO_Assign)
        target = storeAt(assignment->getLHS());
    } else if (const auto *call = llvm::dyn_cast<clang::CallExpr>(&statement)) {
      const auto *op = llvm::dyn_cast<clang::CXXOperatorCallExpr>(call);
      const clang::Expr *object = partsOf(*call).object;
      if (op && op->getOperator() == clang::OO_Equal && object)
        target = storeAt(object);
      else if (object && adds(*call))
        target = object;
    }
    const auto *name =
        llvm::dyn_cast_or_null<clang::DeclRefExpr>(target ? objectOf(target) : target);
    const auto *variable = name ? llvm::dyn_cast<clang::VarDecl>(name->getDecl()) : nullptr;
    // Behind another reference may be what the loop reads.
    if (!variable || !variable->hasLocalStorage() || !isOfFunction(*variable) ||
        inside.contains(variable) ||
        (variable->getType()->isReferenceType() && !llvm::isa<clang::ParmVarDecl>(variable)))
      return nullptr;
    results.insert(&statement);
    return name;
  }

  bool isOfFunction(const clang::VarDecl &variable) const {
    const auto *owner =
        llvm::dyn_cast_or_null<clang::FunctionDecl>(variable.getParentFunctionOrMethod());
    return owner && owner->getCanonicalDecl() == function.getCanonicalDecl();
  }

  static bool isCommutative(clang::BinaryOperatorKind kind) {
    switch (kind) {
    case clang::BO_AddAssign:
    case clang::BO_SubAssign:
    case clang::BO_MulAssign:
    case clang::BO_AndAssign:
    case clang::BO_OrAssign:
    case clang::BO_XorAssign:
      return true;
    default:
      return false;
    }
  }

  bool adds(const clang::CallExpr &call) {
    return llvm::any_of(knownCall(unit.knowledge, call).models,
                        [](auto *model) { return model->adds; });
  }

  /// The array or container that has `target` at an index which is another each time round; null
  /// if it is not so.
  const clang::Expr *storeAt(const clang::Expr *target) {
    target = objectOf(target);
    while (const auto *member = llvm::dyn_cast<clang::MemberExpr>(target)) {
      if (member->isArrow())
        return nullptr;
      target = objectOf(member->getBase());
    }
    const clang::Expr *index = nullptr;
    const clang::Expr *base = nullptr;
    if (const auto *element = llvm::dyn_cast<clang::ArraySubscriptExpr>(target)) {
      index = element->getIdx();
      base = element->getBase();
    } else if (const auto *element = llvm::dyn_cast<clang::CXXOperatorCallExpr>(target);
               element && element->getOperator() == clang::OO_Subscript) {
      base = element->getArg(0);
      index = element->getArg(1);
      results.insert(element);
    }
    return index && mentions(index, inside) ? base : nullptr;
  }

  /// Whether each await is of an operation that another time round needs no more than its result.
  bool areAwaitsIndependent() {
    llvm::SmallPtrSet<const clang::Expr *, 8> dropped;
    for (const clang::Expr *statement : statements)
      if (const auto *await = llvm::dyn_cast<clang::CoawaitExpr>(statement))
        dropped.insert(await);
    Variables objects; // made in the loop, of which an await is that has a result
    for (const clang::CoawaitExpr *await : awaits)
      if (!dropped.contains(await))
        addObjects(await->getOperand(), objects);
    std::optional<Place> first;
    for (const clang::CoawaitExpr *await : awaits) {
      AwaitedOperation operation = awaitedOperation(unit, *await);
      if (operation.kind == AwaitedOperation::Kind::Nothing)
        continue;
      // What is the same each time round is wanted so often; what has no result is wanted for
      // what it does, or for the time it takes.
      bool isPart = dropped.contains(await) || await->getType()->isVoidType()
                        ? mentions(await->getOperand(), objects)
                        : mentions(await->getOperand(), inside);
      if (!operation || !isPart)
        return false;
      Place place = unit.project.place(await->getKeywordLoc());
      if (!dropped.contains(await) && (!first || place < *first)) {
        first = place;
        series.place = place;
        series.names = {operation.name};
        series.via = operation.via;
        series.executor = operation.executor;
      }
    }
    return first.has_value();
  }

  /// Adds those variables of the loop that `code` names and that are more than values.
  void addObjects(const clang::Stmt *code, Variables &to) {
    forEachOutsideLambdas(code, [&](const clang::Stmt &part) {
      const auto *reference = llvm::dyn_cast<clang::DeclRefExpr>(&part);
      if (reference && inside.contains(reference->getDecl()) &&
          !isolations.valueTypes().isHarmless(reference->getDecl()->getType()))
        to.insert(reference->getDecl());
    });
  }

  UnitContext &unit;
  Isolations &isolations;
  const clang::FunctionDecl &function;
  const clang::Stmt &loop;
  CountedLoop counted;
  Variables inside; // variables that each time round has for itself
  std::vector<const clang::Expr *> statements;
  std::vector<const clang::CoawaitExpr *> awaits;
  llvm::SmallPtrSet<const clang::Stmt *, 8> results; // what adds one, and leads to where it goes
  AwaitSeries series;
};

} // namespace

std::optional<AwaitSeries> seriesOfLoop(UnitContext &unit, Isolations &isolations,
                                        const clang::FunctionDecl &function,
                                        const clang::Stmt &loop) {
  return LoopSeries(unit, isolations, function, loop).find();
}

} // namespace async_tidy
