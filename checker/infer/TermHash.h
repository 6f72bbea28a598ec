// Terms as keys of hashed tables. What the tables hold is only looked up, never walked, so their
// order is nobody's concern.
#ifndef ASYNC_TIDY_INFER_TERMHASH_H
#define ASYNC_TIDY_INFER_TERMHASH_H

#include "facts/Term.h"
#include "llvm/ADT/Hashing.h"

namespace async_tidy {

inline llvm::hash_code hash_value(const Term &term) {
  llvm::hash_code hash = llvm::hash_combine(uint8_t(term.kind), term.id, term.index);
  for (const Term &part : term.parts)
    hash = llvm::hash_combine(hash, hash_value(part));
  return hash;
}

inline llvm::hash_code hash_value(const std::vector<Term> &terms) {
  llvm::hash_code hash = terms.size();
  for (const Term &term : terms)
    hash = llvm::hash_combine(hash, hash_value(term));
  return hash;
}

inline llvm::hash_code hash_value(Place place) {
  return llvm::hash_combine(place.file, place.line, place.column);
}

/// Of a tuple with terms in it.
struct KeyHash {
  template <class... T> size_t operator()(const std::tuple<T...> &key) const {
    return std::apply([](const T &...parts) { return llvm::hash_combine(hashOf(parts)...); }, key);
  }

private:
  template <class T> static llvm::hash_code hashOf(const T &part) {
    using async_tidy::hash_value;
    using llvm::hash_value;
    return hash_value(part);
  }
};

/// What is asked of a term in terms of one body, and how deep in the answer to another question.
struct TermQuestion {
  Term term;
  uint32_t frame = 0;
  unsigned depth = 0;
  bool isTask = false;

  friend bool operator==(const TermQuestion &, const TermQuestion &) = default;
};

struct TermQuestionHash {
  size_t operator()(const TermQuestion &question) const {
    return llvm::hash_combine(hash_value(question.term), question.frame, question.depth,
                              question.isTask);
  }
};

} // namespace async_tidy

#endif
