// The words that model files use for values.
#ifndef ASYNC_TIDY_KNOWLEDGE_MODELWORDS_H
#define ASYNC_TIDY_KNOWLEDGE_MODELWORDS_H

#include "knowledge/ModelYaml.h"
#include "llvm/Support/YAMLTraits.h"

namespace llvm::yaml {

using namespace async_tidy;

/// Scalars that are words of a fixed set.
template <class T> struct WordTraits {
  static QuotingType mustQuote(StringRef) { return QuotingType::None; }

  static void output(const T &, void *, raw_ostream &) {}
};

template <> struct ScalarTraits<Tier> : WordTraits<Tier> {
  static StringRef input(StringRef text, void *, Tier &tier) {
    auto found = tierFromName(text);
    if (!found)
      return "no such tier; one of: deadlock wait sleep network dns database process disk cpu lock "
             "console";
    tier = *found;
    return "";
  }
};

template <> struct ScalarTraits<RunsAt> : WordTraits<RunsAt> {
  static StringRef input(StringRef text, void *, RunsAt &runs) {
    using Kind = RunsAt::Kind;
    static const std::pair<StringRef, Kind> words[] = {
        {"here", Kind::Here}, {"worker", Kind::Worker}, {"loop", Kind::Loop},
        {"own", Kind::Own},   {"later", Kind::Later},   {"receiver", Kind::Receiver},
    };
    for (auto [word, kind] : words)
      if (text == word) {
        runs.kind = kind;
        return "";
      }
    static const std::pair<StringRef, Kind> indexed[] = {
        {"template-argument ", Kind::TemplateArgument},
        {"argument ", Kind::Argument},
        {"home of argument ", Kind::Home},
    };
    for (auto [word, kind] : indexed)
      if (text.consume_front(word)) {
        runs.kind = kind;
        if (!text.getAsInteger(10, runs.index))
          return "";
      }
    return "no such place; one of: here, worker, loop, own, later, receiver, argument N, "
           "home of argument N, template-argument N";
  }
};

template <> struct ScalarTraits<GoesOn> : WordTraits<GoesOn> {
  static StringRef input(StringRef text, void *context, GoesOn &goesOn) {
    goesOn.kind = text == "ended" ? GoesOn::Kind::Ended : GoesOn::Kind::At;
    if (goesOn.kind != GoesOn::Kind::At ||
        ScalarTraits<RunsAt>::input(text, context, goesOn.at).empty())
      return "";
    return "no such place; one of: ended, own, here, worker, loop, later, receiver, argument N, "
           "template-argument N";
  }
};

template <> struct ScalarTraits<TellsReady> : WordTraits<TellsReady> {
  static StringRef input(StringRef text, void *, TellsReady &ready) {
    ready.set = true;
    if (text != "true")
      ready.enumerator = text.str();
    return "";
  }
};

template <> struct ScalarTraits<ResultModel> : WordTraits<ResultModel> {
  static StringRef input(StringRef text, void *, ResultModel &result) {
    using Kind = ResultModel::Kind;
    static const std::pair<StringRef, Kind> words[] = {
        {"new", Kind::New},         {"receiver", Kind::Receiver}, {"on receiver", Kind::OnReceiver},
        {"here", Kind::Here},       {"loop", Kind::Loop},         {"worker", Kind::Worker},
        {"element", Kind::Element},
    };
    for (auto [word, kind] : words)
      if (text == word) {
        result.kind = kind;
        return "";
      }
    result.kind = Kind::Argument;
    if (text.consume_front("argument ") && !text.getAsInteger(10, result.index))
      return "";
    return "no such result; one of: new, receiver, on receiver, here, loop, worker, element, "
           "argument N";
  }
};

template <> struct ScalarEnumerationTraits<Refers> {
  static void enumeration(IO &io, Refers &refers) {
    io.enumCase(refers, "owning", Refers::Owning);
    io.enumCase(refers, "borrowing", Refers::Borrowing);
  }
};

template <> struct ScalarEnumerationTraits<ConstructsKind> {
  static void enumeration(IO &io, ConstructsKind &kind) {
    io.enumCase(kind, "template-argument", ConstructsKind::TemplateArgument);
    io.enumCase(kind, "element", ConstructsKind::Element);
  }
};

template <> struct ScalarEnumerationTraits<LocksKind> {
  static void enumeration(IO &io, LocksKind &kind) {
    io.enumCase(kind, "always", LocksKind::Always);
    io.enumCase(kind, "if-true", LocksKind::IfTrue);
    io.enumCase(kind, "if-zero", LocksKind::IfZero);
    io.enumCase(kind, "later", LocksKind::Later);
  }
};

template <> struct ScalarEnumerationTraits<CoroutineKind> {
  static void enumeration(IO &io, CoroutineKind &kind) {
    io.enumCase(kind, "task", CoroutineKind::Task);
    io.enumCase(kind, "generator", CoroutineKind::Generator);
    io.enumCase(kind, "async-generator", CoroutineKind::AsyncGenerator);
  }
};

template <> struct ScalarEnumerationTraits<Affinity> {
  static void enumeration(IO &io, Affinity &affinity) {
    io.enumCase(affinity, "affine", Affinity::Affine);
    io.enumCase(affinity, "exclusive", Affinity::Exclusive);
  }
};

} // namespace llvm::yaml

#endif
