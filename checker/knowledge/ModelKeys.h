// All keys of model files and project files, so that a misspelt one can be told the right one.
#ifndef ASYNC_TIDY_KNOWLEDGE_MODELKEYS_H
#define ASYNC_TIDY_KNOWLEDGE_MODELKEYS_H

#include "llvm/ADT/StringRef.h"

namespace async_tidy {

constexpr llvm::StringLiteral Keys[] = {
    "adds",         "affinity",
    "argument",     "arguments",
    "as",           "at-least",
    "at-most",      "awaits",
    "binds",        "blocks",
    "callable",     "callables",
    "calls",        "certainty",
    "checks",       "confidence",
    "constructs",   "coroutine",
    "eager",        "equals",
    "exchanges",    "functions",
    "given",        "goes-on",
    "hand-off",     "handler",
    "has-flag",     "headers",
    "inherit",      "instead",
    "keeps",        "lazy",
    "library",      "library-paths",
    "linkage",      "locks",
    "makes",        "members",
    "models",       "moves-to",
    "mutex",        "names",
    "namespaces",   "never-blocking",
    "null",         "object",
    "on",           "only-if-made",
    "opaque",       "owns",
    "passes",       "pkg-config",
    "receiver",     "refers",
    "replacements", "result",
    "resumes",      "runs",
    "runs-loop",    "self-contained",
    "serial",       "several-threads",
    "silent-paths", "since",
    "spawn",        "starts-async",
    "starts-task",  "stops",
    "tells-ready",  "text",
    "thread-safe",  "thread-safe-members",
    "tier",         "tiers",
    "together",     "type",
    "types",        "uncertain",
    "unless",       "unlocks",
    "until",        "value",
    "wakes-loop",   "when",
    "when-done",    "within",
    "works-on",     "zero",
};

} // namespace async_tidy

#endif
