// A finding in words: the warning, and the notes that walk the chain, say why, and what to do.
#ifndef ASYNC_TIDY_REPORT_WORDS_H
#define ASYNC_TIDY_REPORT_WORDS_H

#include "checks/Finding.h"
#include "llvm/ADT/StringExtras.h"

namespace async_tidy {

struct Remark {
  Place place;
  std::string text;
};

struct Message {
  Remark warning;
  std::vector<Remark> notes;
};

Message inWords(const Finding &finding, const Program &program);

// One for each check; `place` is the finding's.
Message inWords(const BlockingChain &finding, Place place, const Program &program);
Message inWords(const SharedThing &finding, Place place, const Program &program);
Message inWords(const UnawaitedTask &finding, Place place, const Program &program);
Message inWords(const LockedSleep &finding, Place place, const Program &program);
Message inWords(const AwaitsInSeries &finding, Place place, const Program &program);
Message inWords(const DyingCapture &finding, Place place, const Program &program);

} // namespace async_tidy

#endif
