"""Deliberate faults in the analyser: name, file below checker/, old text, new text. The old text must occur exactly once."""
from dataclasses import dataclass


@dataclass
class Fault:
    name: str
    file: str
    old: str
    new: str


FAULTS = [
    # ---- extract: these compile slowly ---------------------------------------------------------------------------------
    Fault("handlers are not entered", "extract/Flow.cpp",
          "      enter(*block->second, state, nullptr);\n", "      (void)block;\n"),
    Fault("joins take the first state", "extract/Flow.cpp",
          "if (!isNew && !hasMore && !state.test(at->second))", "if (!isNew && !hasMore)"),
    Fault("ends of variables are not noted", "extract/Flow.cpp",
          "      note(variable->getVarDecl(), state);\n", "      note(variable->getVarDecl(), emptyState());\n"),
    Fault("tokens are not looked into", "extract/Awaits.cpp",
          "if (depth == DepthLimit || !isLibraryCall(e))", "if (depth != DepthLimit || !isLibraryCall(e))"),
    # ---- infer ---------------------------------------------------------------------------------------------------------
    Fault("the end of a child is not told", "infer/LinkerStretches.cpp",
          "  tellEnds({child, true}, endsOf(child, facts.ends), Resumption::Ended, 0);\n", ""),
    Fault("its own executor is no way on", "infer/LinkerStretches.cpp",
          "    if (stretch.resumption == Resumption::Own)\n", "    if (false)\n"),
    Fault("a child ends where it begins", "infer/LinkerStretches.cpp",
          "todo.emplace_back(at, false); });", "todo.emplace_back(at * 0, false); });"),
    Fault("the end of one child is that of each", "infer/LinkerStretches.cpp",
          "!llvm::is_contained(stretch.places, await.await->place)", "false"),
    Fault("a lifted run stays where it is", "infer/LinkerStretches.cpp",
          "  if (run.executor.is(Term::Kind::Current)) {\n    outer.executor = link.executor;\n", "  if (false) {\n"),
    Fault("the rest runs where its coroutine does", "infer/LinkerStretches.cpp",
          "isHere ? Term::runner(run.node.index()) : outside(executor), true);", "Term::current(), false);"),
    Fault("kept handles are not linked", "infer/LinkerResults.cpp",
          "    return emitRest(run, value, Term::current());\n", "    return;\n"),
    Fault("callers do not say on what executor", "infer/LinkerLifts.cpp",
          "  if (isOwn)\n    outer.executor = link.executor;\n", ""),
    Fault("there are no drains", "infer/Roots.cpp", "  addDrains();\n", ""),
    Fault("what is left for a drain does not run", "infer/Roots.cpp",
          "      if (!isResumed(link) && !(link.call && links.isPlace(link.from)))\n", "      if (!isResumed(link))\n"),
    Fault("home is where it is", "infer/Wheres.cpp",
          "links.homeOf({links.bodyOf(link.target()), true})", "link.target().index()"),
    # ---- facts ---------------------------------------------------------------------------------------------------------
    Fault("stretches are sorted", "facts/Normalize.cpp",
          "  sortUnique(body.goesOn);\n", "  sortUnique(body.goesOn);\n  sortUnique(body.stretches);\n"),
]
