#include "extract/Annotations.h"
#include "extract/Names.h"
#include "clang/AST/Attr.h"
#include "llvm/ADT/STLExtras.h"

namespace async_tidy {

namespace {

constexpr llvm::StringLiteral Prefix = "async_tidy::";

/// Words of which no two may be said of one thing.
constexpr llvm::StringLiteral Exclusive[][3] = {
    {"blocking", "non_blocking", ""},
    {"loop_bound", "thread_safe", ""},
    {"runs_on_loop", "runs_on_worker", ""},
    {"called_inline", "called_on_loop", "called_on_worker"},
};

/// "async_tidy::blocking:disk" without what follows the colon.
llvm::StringRef kindOf(llvm::StringRef text) {
  return text.split(':').first;
}

bool excludeEachOther(llvm::StringRef a, llvm::StringRef b) {
  return a != b && llvm::any_of(Exclusive, [&](const auto &group) {
           return llvm::is_contained(group, a) && llvm::is_contained(group, b);
         });
}

} // namespace

std::string Annotations::place(clang::SourceLocation location) {
  Place at = project.place(location);
  return project.files()[at.file] + ":" + std::to_string(at.line);
}

/// The annotations of all declarations of `decl`, each once, in their order.
std::vector<Annotations::Word> Annotations::wordsOf(const clang::Decl &decl) const {
  std::vector<Word> words;
  for (const clang::Decl *at : decl.redecls())
    for (const auto *attribute : at->specific_attrs<clang::AnnotateAttr>())
      if (llvm::StringRef text = attribute->getAnnotation();
          text.consume_front(Prefix) && !attribute->isInherited())
        words.push_back({text.str(), attribute->getLocation()});
  if (const auto *function = llvm::dyn_cast<clang::FunctionDecl>(&decl))
    for (clang::FunctionEffectWithCondition effect : function->getFunctionEffects()) {
      if (effect.Cond.getCondition())
        continue;
      if (effect.Effect.kind() == clang::FunctionEffect::Kind::Blocking)
        words.push_back({"blocking", function->getLocation()});
      if (effect.Effect.kind() == clang::FunctionEffect::Kind::NonBlocking)
        words.push_back({"non_blocking:", function->getLocation()});
    }
  llvm::sort(words, [](const Word &a, const Word &b) {
    return std::pair(a.at.getRawEncoding(), a.text) < std::pair(b.at.getRawEncoding(), b.text);
  });
  return words;
}

void Annotations::readTier(Words &to, const Word &word, llvm::StringRef tier) {
  to.blocks = tier.empty() ? Tier::Wait : tierFromName(tier);
  if (!to.blocks)
    wrong.insert(place(word.at) + ": there is no tier '" + tier.str() + "'");
}

Annotations::Words Annotations::read(const std::vector<Word> &words, llvm::StringRef name) {
  Words result;
  for (const Word &word : words) {
    llvm::StringRef kind = kindOf(word.text);
    for (const Word &other : words)
      if (excludeEachOther(kind, kindOf(other.text)) && kind < kindOf(other.text))
        wrong.insert(place(word.at) + ": '" + name.str() + "' is annotated as " + kind.str() +
                     ", and as " + kindOf(other.text).str() + " at " + place(other.at));
    if (kind == "blocking") {
      readTier(result, word, llvm::StringRef(word.text).split(':').second);
    } else if (kind == "runs_on_loop" || kind == "runs_on_worker") {
      result.runs = kind == "runs_on_loop" ? Where::Loop : Where::Worker;
      result.runsLocation = word.at;
    } else if (!kind.starts_with("called_") && kind != "non_blocking" && kind != "loop_bound" &&
               kind != "thread_safe") {
      wrong.insert(place(word.at) + ": async-tidy has no annotation '" + kind.str() + "'");
    }
    result.isNonBlocking |= kind == "non_blocking";
    result.isLoopBound |= kind == "loop_bound";
    result.isThreadSafe |= kind == "thread_safe";
  }
  return result;
}

const Annotations::Words &Annotations::of(const clang::FunctionDecl &function) {
  const clang::Decl *key = function.getCanonicalDecl();
  auto at = known.find(key);
  if (at != known.end())
    return at->second;
  return known[key] = read(wordsOf(function), qualifiedName(function));
}

const Annotations::Words &Annotations::of(const clang::CXXRecordDecl &record) {
  const clang::Decl *key = record.getCanonicalDecl();
  auto at = known.find(key);
  if (at != known.end())
    return at->second;
  return known[key] = read(wordsOf(record), qualifiedName(record));
}

std::optional<Where> Annotations::called(const clang::ParmVarDecl &parameter) {
  const auto *function = llvm::dyn_cast<clang::FunctionDecl>(parameter.getDeclContext());
  unsigned index = parameter.getFunctionScopeIndex();
  if (!function)
    return std::nullopt;
  std::vector<Word> words;
  for (const clang::FunctionDecl *at : function->redecls())
    if (index < at->getNumParams())
      llvm::append_range(words, wordsOf(*at->getParamDecl(index)));
  if (words.empty())
    return std::nullopt;
  read(words, qualifiedName(*function) + "(" + parameter.getNameAsString() + ")");
  llvm::StringRef kind = kindOf(words.front().text);
  if (kind == "called_inline")
    return Where::Here;
  if (kind == "called_on_loop")
    return Where::Loop;
  return kind == "called_on_worker" ? std::optional(Where::Worker) : std::nullopt;
}

} // namespace async_tidy
