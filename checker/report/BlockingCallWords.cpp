// async-blocking-call in words.
#include "report/Phrases.h"

namespace async_tidy {

namespace {

/// "which sleeps", "which waits for the disk".
std::string effect(const Sink &sink) {
  return ("which " + tierPhrase(sink.tier) + (sink.sure ? "" : ", if it has to")).str();
}

std::string warning(const BlockingChain &finding, const Body &root) {
  const Sink &sink = finding.sink();
  std::string where = (sink.sure ? " blocks" : " may block");
  where += " the event loop in " + bodyName(root);
  std::string tier = (" (" + tierName(sink.tier) + ")").str();
  const Call &first = finding.chain.front().call;
  if (finding.chain.size() == 1)
    return quoted(first.name) + where + tier;
  return quoted(first.name) + where + ": it reaches " + quoted(finding.chain.back().call.name) +
         tier;
}

/// What to write instead: coroutines can await, what else the loop calls cannot.
std::string advice(const BlockingChain &finding, const Body &root, const Program &program) {
  const Sink &sink = finding.sink();
  bool isHandler = root.kind == BodyKind::Function;
  std::string about = isHandler ? finding.reason.library : root.framework;
  about += ("/" + tierName(sink.tier) + (isHandler ? "/handler" : "")).str();
  std::string text = program.advice(about).text;
  if (!sink.instead.empty())
    text += (text.empty() ? "" : "; or ") + sink.instead;
  return (text.empty() ? text : "instead: " + text) + seeText(sink.page);
}

/// That another thread runs it too says why the finding speaks of the loop's way here.
Remark alsoOnWorker(const Body &root, const Reason &why, const Program &program) {
  Remark remark = reasonText(root, why, program, Where::Worker);
  if (size_t at = remark.text.find(" runs on "); at != std::string::npos)
    remark.text.insert(at, " also");
  return remark;
}

} // namespace

Message inWords(const BlockingChain &finding, Place place, const Program &program) {
  const Body &root = program.body(finding.root);
  Message message{{place, warning(finding, root)}, {}};
  for (size_t i = 0; i != finding.chain.size(); ++i) {
    const Call &call = finding.chain[i].call;
    bool isLast = i + 1 == finding.chain.size();
    const std::string &runs = finding.chain[i].runs;
    bool saysMore = i != 0 || (call.isVirtual && !runs.empty() && runs != call.name) ||
                    !call.via.empty() || call.form == CallForm::Advance;
    if (!saysMore)
      continue;
    std::string text = stepText(finding.chain[i].caller, call, runs);
    message.notes.push_back({call.place, isLast ? text + ", " + effect(finding.sink()) : text});
  }
  if (finding.furtherSinks != 0)
    message.notes.push_back({place, std::to_string(finding.furtherSinks) + " more " +
                                        tierName(finding.sink().tier).str() +
                                        (finding.furtherSinks == 1 ? " call is" : " calls are") +
                                        " reached from here"});
  if (finding.arrival)
    message.notes.push_back(arrivalText(root, *finding.arrival));
  message.notes.push_back(reasonText(root, finding.reason, program));
  if (finding.away) {
    message.notes.push_back(arrivalText(root, *finding.away));
    message.notes.back().text += "; on that way this call runs on a worker thread";
  }
  if (finding.onWorker)
    message.notes.push_back(alsoOnWorker(root, *finding.onWorker, program));
  if (std::string text = advice(finding, root, program); !text.empty())
    message.notes.push_back({place, llvm::StringRef(text).ltrim("; ").str()});
  return message;
}

} // namespace async_tidy
