#include "extract/Terms.h"
#include "extract/Expressions.h"
#include "extract/Names.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/AST/StmtCXX.h"
#include "clang/Basic/Builtins.h"
#include "llvm/ADT/STLExtras.h"

namespace async_tidy {

namespace {

/// Whether `method`, of a type that refers to another object, gives that object.
bool isDereference(const clang::FunctionDecl &method) {
  return method.getOverloadedOperator() == clang::OO_Arrow ||
         method.getOverloadedOperator() == clang::OO_Star ||
         llvm::isa<clang::CXXConversionDecl>(method);
}

} // namespace

Term Terms::of(const clang::Expr *e) {
  return limited(build(e, 0));
}

/// The object that the body works on. A lambda sees that of the body around it.
Term Terms::self() {
  const clang::DeclContext *context = &function;
  for (; context; context = context->getParent())
    if (const auto *method = llvm::dyn_cast<clang::CXXMethodDecl>(context);
        method && !method->getParent()->isLambda())
      return Term::thisObject(unit.identity.of(*method->getParent()));
  return Term::thisObject();
}

Term Terms::given(const clang::Expr *e) {
  Term term = of(e);
  clang::QualType type = objectOf(e)->getType();
  bool ownsIt = type->isRecordType() && unit.bound.refers(type) != Refers::Borrowing &&
                !unit.bound.isValue(type);
  if (!ownsIt || !isMoved(e) || term.is(Term::Kind::Unknown) || term.is(Term::Kind::Fresh) ||
      term.is(Term::Kind::Moved))
    return term;
  const clang::ValueDecl *variable = variableOf(e);
  return variable && isCopy(*variable) ? term : Term::moved(std::move(term));
}

std::vector<Term> Terms::passed(const clang::FunctionDecl *callee, Term object,
                                llvm::ArrayRef<const clang::Expr *> arguments) {
  std::vector<Term> result{std::move(object)};
  for (unsigned i = 0; i != arguments.size(); ++i) {
    bool isByValue = callee && i < callee->getNumParams() &&
                     !callee->getParamDecl(i)->getType()->isReferenceType();
    result.push_back(!unit.bound.matters(arguments[i]->getType()) ? Term()
                     : isByValue                                  ? given(arguments[i])
                                                                  : of(arguments[i]));
  }
  while (!result.empty() && result.back().is(Term::Kind::Unknown))
    result.pop_back();
  return result;
}

std::vector<Term> Terms::passed(const clang::CallExpr &call) {
  CallParts parts = partsOf(call);
  bool leads = parts.object && unit.bound.leads(parts.object->getType());
  return passed(call.getDirectCallee(), leads ? plain(parts.object) : Term(), parts.arguments);
}

std::vector<Alias> Terms::aliases(const clang::LambdaExpr &lambda) {
  std::vector<Alias> result;
  auto init = lambda.capture_init_begin();
  for (const clang::LambdaCapture &capture : lambda.captures()) {
    const clang::Expr *value = *init++;
    const auto *variable = capture.capturesVariable()
                               ? llvm::dyn_cast<clang::VarDecl>(capture.getCapturedVar())
                               : nullptr;
    if (!variable || !unit.bound.matters(variable->getType()))
      continue;
    Term term;
    if (variable->isInitCapture())
      term = given(value);
    else if (owns(*variable))
      term = of(*variable);
    Term self = mention(*variable, false);
    if (!term.is(Term::Kind::Unknown) && term != self)
      result.push_back({self.id, std::move(term)});
  }
  return result;
}

Term Terms::build(const clang::Expr *e, unsigned depth) {
  e = e ? objectOf(e) : nullptr;
  while (const auto *opaque = llvm::dyn_cast_or_null<clang::OpaqueValueExpr>(e))
    e = opaque->getSourceExpr() ? objectOf(opaque->getSourceExpr()) : nullptr;
  if (!e || depth >= TermDepth)
    return {};
  if (unit.bound.isExecutor(e->getType()))
    return buildExecutor(e, depth);
  return unit.bound.isCallable(e->getType()) ? buildCallable(e) : buildPlain(e, depth);
}

/// What cannot be one of several is not known.
Term Terms::buildCallable(const clang::Expr *e) {
  std::vector<Callable> all = callables(e);
  return all.size() == 1 ? std::move(all.front().term) : Term();
}

Term Terms::buildPlain(const clang::Expr *e, unsigned depth) {
  e = e ? objectOf(e) : nullptr;
  if (!e || depth >= TermDepth)
    return {};
  if (const auto *object = llvm::dyn_cast<clang::CXXThisExpr>(e)) {
    const clang::CXXRecordDecl *record = recordOf(object->getType());
    return record ? Term::thisObject(unit.identity.of(*record)) : Term::thisObject();
  }
  if (llvm::isa<clang::CXXNewExpr>(e))
    return Term::fresh();
  if (const auto *cast = llvm::dyn_cast<clang::ExplicitCastExpr>(e))
    return build(cast->getSubExpr(), depth);
  if (const auto *reference = llvm::dyn_cast<clang::DeclRefExpr>(e)) {
    if (const auto *binding = llvm::dyn_cast<clang::BindingDecl>(reference->getDecl()))
      return buildBinding(*binding, depth);
    const auto *variable = llvm::dyn_cast<clang::VarDecl>(reference->getDecl());
    return variable ? buildVariable(*variable, depth) : Term();
  }
  if (const auto *member = llvm::dyn_cast<clang::MemberExpr>(e))
    return buildMember(*member, depth);
  if (const auto *list = llvm::dyn_cast<clang::InitListExpr>(e))
    return list->getNumInits() == 1 && !list->getType()->isRecordType()
               ? build(list->getInit(0), depth)
               : objectOfList(*list, depth);
  if (const auto *construct = llvm::dyn_cast<clang::CXXConstructExpr>(e))
    return buildConstruct(*construct, depth);
  if (const auto *call = llvm::dyn_cast<clang::CallExpr>(e))
    return buildCall(*call, depth);
  return buildOperator(*e, depth);
}

/// Whether a library's class holds more than one thing that matters, which must not be mixed up.
bool Terms::holdsSeveral(clang::QualType type) {
  const auto *record =
      llvm::dyn_cast_or_null<clang::ClassTemplateSpecializationDecl>(recordOf(type));
  if (!record)
    return false;
  auto isOne = [&](const clang::TemplateArgument &argument) {
    return argument.getKind() == clang::TemplateArgument::Type &&
           unit.bound.matters(argument.getAsType());
  };
  size_t count = 0;
  for (const clang::TemplateArgument &argument : record->getTemplateArgs().asArray())
    count += argument.getKind() == clang::TemplateArgument::Pack
                 ? size_t(llvm::count_if(argument.getPackAsArray(), isOne))
                 : size_t(isOne(argument));
  return count > 1;
}

Term Terms::buildMember(const clang::MemberExpr &member, unsigned depth) {
  if (const auto *variable = llvm::dyn_cast<clang::VarDecl>(member.getMemberDecl()))
    return buildVariable(*variable, depth);
  const auto *field = llvm::dyn_cast<clang::FieldDecl>(member.getMemberDecl());
  if (!field)
    return {};
  // What a library's template holds for others (`pair::second`) is as good as the whole.
  if (llvm::isa<clang::ClassTemplateSpecializationDecl>(field->getParent()) &&
      !unit.project.owns(field->getLocation()))
    return holdsSeveral(member.getBase()->getType()) ? Term() : build(member.getBase(), depth);
  // A thread's object, too, has members.
  return Term::field(mention(*field).id, buildPlain(member.getBase(), depth + 1));
}

/// `auto [key, value] = pair`: a part of what is taken apart.
Term Terms::buildBinding(const clang::BindingDecl &binding, unsigned depth) {
  if (!binding.getHoldingVar())
    return binding.getBinding() ? build(binding.getBinding(), depth + 1) : Term();
  const auto *whole = llvm::dyn_cast<clang::VarDecl>(binding.getDecomposedDecl());
  return !whole || holdsSeveral(whole->getType()) ? Term() : buildVariable(*whole, depth + 1);
}

/// Built-in operators whose result is one of their operands.
Term Terms::buildOperator(const clang::Expr &e, unsigned depth) {
  if (const auto *unary = llvm::dyn_cast<clang::UnaryOperator>(&e)) {
    bool isSame = unary->getOpcode() == clang::UO_AddrOf || unary->getOpcode() == clang::UO_Deref;
    return isSame ? build(unary->getSubExpr(), depth) : Term();
  }
  if (const auto *binary = llvm::dyn_cast<clang::BinaryOperator>(&e)) {
    if (binary->getOpcode() == clang::BO_Comma)
      return build(binary->getRHS(), depth);
    return binary->getOpcode() == clang::BO_Assign ? build(binary->getLHS(), depth) : Term();
  }
  // Which element of an array it is, is not followed.
  if (const auto *element = llvm::dyn_cast<clang::ArraySubscriptExpr>(&e))
    return build(element->getBase(), depth);
  const auto *choice = llvm::dyn_cast<clang::ConditionalOperator>(&e);
  if (!choice)
    return {};
  Term yes = build(choice->getTrueExpr(), depth + 1);
  Term no = build(choice->getFalseExpr(), depth + 1);
  if (isNull(unit.ast, *choice->getFalseExpr()) || yes == no)
    return yes;
  return isNull(unit.ast, *choice->getTrueExpr()) ? no : Term();
}

/// A smart pointer refers to what it is made from; any other object is a new one.
Term Terms::buildConstruct(const clang::CXXConstructExpr &construct, unsigned depth) {
  bool refers = unit.bound.refers(construct.getType()) != Refers::No;
  if (refers && construct.getNumArgs() != 0)
    return build(construct.getArg(0), depth);
  Term made = objectOfConstruct(construct, depth);
  if (unit.bound.of(construct.getType()))
    if (Term executor = madeWith(construct); !executor.is(Term::Kind::Unknown))
      made.parts.push_back(std::move(executor));
  return made;
}

/// Whether what `field` stands for is not its own object but what it was made from.
bool Terms::standsForOther(const clang::FieldDecl &field) {
  return (unit.bound.refers(field.getType()) != Refers::No && unit.bound.leads(field.getType())) ||
         unit.bound.isValue(field.getType());
}

/// A new object of the project's own, whose members show what they stand for.
Term Terms::objectOfList(const clang::InitListExpr &list, unsigned depth) {
  const clang::InitListExpr &semantic =
      !list.isSemanticForm() && list.getSemanticForm() ? *list.getSemanticForm() : list;
  const auto *record = list.getType()->getAsCXXRecordDecl();
  if (!record || !record->hasDefinition() || record->isUnion() || record->getNumBases() != 0)
    return Term::fresh();
  Term object{Term::Kind::Object, unit.identity.of(*record), 0, {}};
  auto field = record->field_begin();
  for (const clang::Expr *value : semantic.inits()) {
    if (field == record->field_end())
      break;
    if (Term term = standsForOther(**field) ? build(value, depth + 2) : Term(); !isNothing(term))
      object.parts.push_back(Term::member(mention(**field).id, std::move(term)));
    ++field;
  }
  return object.parts.empty() ? Term::fresh() : object;
}

/// The same for a constructor that hands its parameters to members.
Term Terms::objectOfConstruct(const clang::CXXConstructExpr &construct, unsigned depth) {
  const clang::FunctionDecl *definition = nullptr;
  if (!unit.isProjectCode(*construct.getConstructor()) ||
      !construct.getConstructor()->hasBody(definition))
    return Term::fresh();
  const auto *constructor = llvm::cast<clang::CXXConstructorDecl>(definition);
  Term object{Term::Kind::Object, unit.identity.of(*constructor->getParent()), 0, {}};
  for (const clang::CXXCtorInitializer *initializer : constructor->inits()) {
    const clang::FieldDecl *field = initializer->getAnyMember();
    const auto *parameter =
        field ? llvm::dyn_cast_or_null<clang::ParmVarDecl>(variableOf(initializer->getInit()))
              : nullptr;
    if (!parameter || !standsForOther(*field) ||
        parameter->getFunctionScopeIndex() >= construct.getNumArgs())
      continue;
    Term term = build(construct.getArg(parameter->getFunctionScopeIndex()), depth + 2);
    if (!isNothing(term))
      object.parts.push_back(Term::member(mention(*field).id, std::move(term)));
  }
  return object.parts.empty() ? Term::fresh() : object;
}

Term Terms::buildCall(const clang::CallExpr &call, unsigned depth) {
  const clang::FunctionDecl *callee = call.getDirectCallee();
  if (!callee)
    return {};
  auto [object, arguments] = partsOf(call);
  if (object && isDereference(*callee)) {
    // The hidden iterator of `for (auto &x : all)` goes through all of them.
    const auto *hidden = llvm::dyn_cast_or_null<clang::VarDecl>(variableOf(object));
    if (hidden && hidden->isImplicit() && hidden->getInit() && unit.bound.leads(call.getType()))
      return build(hidden->getInit(), depth + 1);
    if (unit.bound.refers(objectOf(object)->getType()) != Refers::No)
      return build(object, depth);
  }
  for (const FunctionModel *model : knownCall(unit.knowledge, call).models)
    switch (model->result.kind) {
    case ResultModel::Kind::Unknown:
      continue;
    case ResultModel::Kind::New:
    case ResultModel::Kind::OnReceiver:
      return Term::fresh();
    case ResultModel::Kind::Receiver:
      return build(object, depth);
    case ResultModel::Kind::Here:
      return Term::current();
    case ResultModel::Kind::Loop:
      return Term::loop(Term::current());
    case ResultModel::Kind::Worker:
      return Term::worker();
    case ResultModel::Kind::Element:
      // Which element of a container it is, is not followed.
      return build(object, depth);
    case ResultModel::Kind::Argument:
      return model->result.index < arguments.size() ? build(arguments[model->result.index], depth)
                                                    : Term();
    }
  if (!unit.isProjectCode(*callee) || !unit.bound.matters(callee->getReturnType()))
    return {};
  constexpr unsigned NestingLimit = 3;
  if (unit.bound.isTask(callee->getReturnType())) {
    if (nesting == NestingLimit)
      return {};
    ++nesting;
    Term task = Term::result(unit.identity.of(*callee), passed(call));
    --nesting;
    return task;
  }
  Term result = Term::result(unit.identity.of(*callee), {});
  result.parts.push_back(object ? build(object, depth + 1) : Term());
  for (const clang::Expr *argument : arguments)
    result.parts.push_back(unit.bound.matters(argument->getType()) ? build(argument, depth + 1)
                                                                   : Term());
  return result;
}

} // namespace async_tidy
