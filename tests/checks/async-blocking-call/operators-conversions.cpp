// Operators and conversions are calls too.
// RUN: %check %s async-blocking-call
#include "Inputs/task.h"
#include <unistd.h>

using app::Task;

struct Journal {
  Journal &operator<<(int) {
    ::fsync(1);
    return *this;
  }
  int operator[](int) const {
    ::sleep(1);
    return 0;
  }
  explicit operator bool() const {
    ::sleep(1);
    return true;
  }
  Journal &operator++() {
    ::sleep(1);
    return *this;
  }
};

bool operator==(const Journal &, const Journal &) {
  ::sleep(1);
  return true;
}

Task<> writes(Journal &journal, Journal &other) {
  journal << 1;          // WARN: 'Journal::operator<<' blocks the event loop
  int first = journal[0]; // WARN: 'Journal::operator[]' blocks the event loop
  if (journal)           // WARN: 'Journal::operator bool' blocks the event loop
    ++first;
  ++journal;             // WARN: 'Journal::operator++' blocks the event loop
  if (journal != other)  // WARN: 'operator==' blocks the event loop
    --first;
  co_return;
}
