// Memory that will be filled soon: the kernel makes its pages on another thread, so that whoever
// fills it need not wait for that.
#ifndef ASYNC_TIDY_SUPPORT_PAGESAHEAD_H
#define ASYNC_TIDY_SUPPORT_PAGESAHEAD_H

#include <cstddef>
#include <thread>
#include <vector>

namespace async_tidy {

class PagesAhead {
public:
  PagesAhead() = default;
  PagesAhead(const PagesAhead &) = delete;
  PagesAhead &operator=(const PagesAhead &) = delete;

  /// `size` bytes from `begin` on will be filled, from the first to the last. They must outlive
  /// this object, or the next call of `start`, and may be written to meanwhile.
  void add(void *begin, size_t size);

  /// Begins with what was added, a part of each by turns. It only saves time: where the kernel
  /// cannot, or where there is little to do, nothing happens.
  void start();

private:
  struct Range {
    char *begin;
    char *end;
  };

  static void make(const std::stop_token &stop, std::vector<Range> ranges);

  std::vector<Range> added;
  std::jthread thread; // asked to stop, and waited for, at the end
};

} // namespace async_tidy

#endif
