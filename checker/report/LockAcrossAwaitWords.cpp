// async-lock-across-await in words.
#include "report/Phrases.h"
#include "llvm/ADT/STLExtras.h"

namespace async_tidy {

namespace {

/// "lock of 'a'", "locks of 'a' and 'b'".
std::string locks(const LockedSleep &finding) {
  std::string text = finding.mutexes.size() == 1 ? "lock of " : "locks of ";
  for (size_t i = 0; i != finding.mutexes.size(); ++i) {
    if (i != 0)
      text += i + 1 == finding.mutexes.size() ? " and " : ", ";
    text += quoted(finding.mutexes[i]);
  }
  return text;
}

std::string warning(const LockedSleep &finding, const Body &body) {
  std::string text =
      locks(finding) + (finding.mutexes.size() == 1 ? " is" : " are") + " held while ";
  return text + bodyName(body) +
         (finding.isYield ? " waits to be asked for its next value" : " sleeps here");
}

/// What may go wrong.
std::string danger(const LockedSleep &finding, const Body &body) {
  if (body.kind == BodyKind::Generator)
    return "until it is asked, whoever wants the lock waits, this thread too; and who asks may be "
           "another thread, which must not give it back";
  return "meanwhile this thread runs other code: if that wants the lock, it waits for a coroutine "
         "that cannot go on; and a coroutine that goes on on another thread must not give the lock "
         "back there";
}

std::string advice(const LockedSleep &finding, const Body &body, const Program &program) {
  std::string text = "instead: give the lock back before the ";
  text += finding.isYield ? "co_yield" : "co_await";
  std::string other = program.advice(body.framework + "/" + tierName(Tier::Lock).str()).text;
  return body.kind == BodyKind::Generator || other.empty() ? text : text + "; or " + other;
}

} // namespace

Message inWords(const LockedSleep &finding, Place place, const Program &program) {
  const Body &body = program.body(finding.body);
  Message message{{place, warning(finding, body)}, {}};
  message.notes.push_back(
      {finding.taken, finding.mutexes.size() == 1 ? "it is taken here" : "they are taken here"});
  if (size_t more = finding.others.size())
    message.notes.push_back(
        {finding.others.front(),
         (finding.mutexes.size() == 1 ? "it is" : "they are") +
             (more == 1 ? std::string(" held at one more, here")
                        : " held at " + std::to_string(more) + " more, the next of them here")});
  message.notes.push_back({place, danger(finding, body)});
  message.notes.push_back({place, advice(finding, body, program)});
  return message;
}

} // namespace async_tidy
