// Vectors that are so large that the time goes where the processor looks up their pages.
#ifndef ASYNC_TIDY_SUPPORT_LARGEMEMORY_H
#define ASYNC_TIDY_SUPPORT_LARGEMEMORY_H

#include "llvm/Support/ErrorHandling.h"
#include <cstdlib>
#include <sys/mman.h>
#include <vector>

namespace async_tidy {

/// Asks for large pages where an array is several of them.
template <class T> struct LargePages {
  using value_type = T;

  LargePages() = default;

  template <class Other> LargePages(const LargePages<Other> &) {}

  T *allocate(size_t count) {
    constexpr size_t Page = size_t(2) << 20;
    constexpr size_t Several = 4;
    size_t size = count * sizeof(T);
    bool isLarge = size >= Several * Page;
    if (isLarge)
      size = (size + Page - 1) / Page * Page;
    void *memory = isLarge ? std::aligned_alloc(Page, size) : std::malloc(size);
    if (!memory)
      llvm::report_bad_alloc_error("out of memory");
#ifdef MADV_HUGEPAGE
    if (isLarge)
      madvise(memory, size, MADV_HUGEPAGE); // where it is refused, pages are small
#endif
    return static_cast<T *>(memory);
  }

  void deallocate(T *memory, size_t) { std::free(memory); }

  friend bool operator==(LargePages, LargePages) { return true; }
};

template <class T> using LargeVector = std::vector<T, LargePages<T>>;

} // namespace async_tidy

#endif
