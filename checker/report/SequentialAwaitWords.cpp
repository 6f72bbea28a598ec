// async-sequential-await in words.
#include "report/Phrases.h"
#include "llvm/ADT/STLExtras.h"

namespace async_tidy {

namespace {

/// "'load'"; of several: "'load' and 'store'".
std::string names(const AwaitSeries &series) {
  std::string text;
  for (size_t i = 0; i != series.names.size(); ++i)
    text += (i == 0 ? "" : i + 1 == series.names.size() ? " and " : ", ") + quoted(series.names[i]);
  return text;
}

std::string warning(const AwaitSeries &series) {
  std::string rest = ", though none needs what another brings";
  if (series.loop.line != 0)
    return "this loop waits for one " + names(series) + " after the other" + rest;
  if (series.names.size() == 1)
    return std::to_string(series.further.size() + 1) + " calls of " + names(series) +
           " are awaited one after the other" + rest;
  return names(series) + " are awaited one after the other" + rest;
}

/// Why they are independent, of what is awaited.
std::string proof(const AwaitsInSeries &finding) {
  const AwaitSeries &series = finding.series;
  std::string text;
  if (!series.via.empty() && !series.executor.empty())
    text = quoted(series.via) + " runs it on " + quoted(series.executor) + "; ";
  bool isOne = series.names.size() == 1;
  text += names(series) + (isOne ? " changes" : " change") + " nothing that others see" +
          (isOne ? "" : ", each");
  if (finding.proof == Proof::Values)
    text += ", as far as it is seen; what is not takes and gives only values";
  return text;
}

} // namespace

Message inWords(const AwaitsInSeries &finding, Place place, const Program &program) {
  const AwaitSeries &series = finding.series;
  Message message{{place, warning(series)}, {}};
  if (series.loop.line != 0)
    message.notes.push_back(
        {series.loop,
         "each time round uses what is its own, adds its result, and never ends the loop early"});
  for (Place further : series.further)
    message.notes.push_back({further, "awaited here, without using what came before"});
  message.notes.push_back({place, proof(finding)});
  std::string about = program.body(finding.body).framework + "/together";
  if (const std::string &text = program.advice(about).text; !text.empty())
    message.notes.push_back({place, "instead: " + text});
  return message;
}

} // namespace async_tidy
