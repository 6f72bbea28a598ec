#include "support/PagesAhead.h"
#include <algorithm>
#include <cstdint>
#include <sys/mman.h>
#include <utility>

namespace async_tidy {

namespace {

constexpr size_t Page = size_t(2) << 20; // a large one, where the kernel has such
constexpr size_t Least = 4 * Page;       // below, a thread costs more than it saves
constexpr size_t AtOnce = 4 * Page;

} // namespace

void PagesAhead::add(void *begin, size_t size) {
  // Only whole pages: what is beside them belongs to others.
  size_t before = (Page - reinterpret_cast<uintptr_t>(begin) % Page) % Page;
  if (size < before + Least)
    return;
  char *first = static_cast<char *>(begin) + before;
  added.push_back({first, first + (size - before) / Page * Page});
}

void PagesAhead::start() {
  if (!added.empty())
    thread = std::jthread(make, std::exchange(added, {}));
}

void PagesAhead::make(const std::stop_token &stop, std::vector<Range> ranges) {
#ifdef MADV_POPULATE_WRITE
  while (!ranges.empty() && !stop.stop_requested()) {
    std::vector<Range> left;
    for (auto [begin, end] : ranges) {
      size_t size = std::min(AtOnce, size_t(end - begin));
      if (!stop.stop_requested() && madvise(begin, size, MADV_POPULATE_WRITE) == 0 &&
          begin + size != end)
        left.push_back({begin + size, end});
    }
    ranges = std::move(left);
  }
#else
  (void)stop;
  (void)ranges;
#endif
}

} // namespace async_tidy
