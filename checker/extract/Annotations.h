// What the program's own code says of itself: the attributes of include/async_tidy/annotations.h,
// and Clang's [[clang::blocking]] and [[clang::nonblocking]].
#ifndef ASYNC_TIDY_EXTRACT_ANNOTATIONS_H
#define ASYNC_TIDY_EXTRACT_ANNOTATIONS_H

#include "extract/Project.h"
#include "facts/Facts.h"
#include "knowledge/Knowledge.h"
#include "clang/AST/DeclCXX.h"
#include "llvm/ADT/DenseMap.h"
#include <set>

namespace async_tidy {

class Annotations {
public:
  explicit Annotations(Project &project) : project(project) {}

  /// What is said of a function, or of a class, by any of its declarations.
  struct Words {
    std::optional<Tier> blocks;
    bool isNonBlocking = false;
    bool isLoopBound = false;
    bool isThreadSafe = false;
    Where runs = Where::Unknown;
    clang::SourceLocation runsLocation;
  };

  const Words &of(const clang::FunctionDecl &function);
  const Words &of(const clang::CXXRecordDecl &record);

  /// Where the callable in `parameter` is called; nothing if that is not said.
  std::optional<Where> called(const clang::ParmVarDecl &parameter);

  /// What is wrong with annotations, as "a.h:3: ...", in order.
  const std::set<std::string> &problems() const { return wrong; }

private:
  struct Word {
    std::string text;
    clang::SourceLocation at;
  };

  std::vector<Word> wordsOf(const clang::Decl &decl) const;
  Words read(const std::vector<Word> &words, llvm::StringRef name);
  void readTier(Words &to, const Word &word, llvm::StringRef tier);
  std::string place(clang::SourceLocation location);

  Project &project;
  llvm::DenseMap<const clang::Decl *, Words> known;
  std::set<std::string> wrong;
};

} // namespace async_tidy

#endif
