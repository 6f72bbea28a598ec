// Runs when the project is built: model files in, C++ out, with each entry as a constant and tables
// that are hashed already. Whatever is wrong in a pack stops the build here.
#include "knowledge/Knowledge.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/ToolOutputFile.h"
#include <map>

using namespace async_tidy;

/// This program is what makes them.
const BuiltinTables &async_tidy::builtinTables() {
  static const BuiltinTables none;
  return none;
}

namespace {

std::string quoted(llvm::StringRef text) {
  std::string result;
  llvm::raw_string_ostream out(result);
  out << '"';
  out.write_escaped(text) << '"';
  return result;
}

std::string number(int64_t value) {
  return "int64_t(" + std::to_string(value) + ")";
}

/// A member of an aggregate, if it is not what it is by default.
void field(std::string &to, llvm::StringRef name, const std::string &value, bool isSet) {
  if (isSet)
    to += ("." + name + " = " + value + ", ").str();
}

template <class Enum>
void choice(std::string &to, llvm::StringRef name, llvm::StringRef type, Enum value) {
  field(to, name, (type + "(" + llvm::Twine(int(value)) + ")").str(), value != Enum());
}

void flag(std::string &to, llvm::StringRef name, bool value) {
  field(to, name, "true", value);
}

std::string inWords(const RunsAt &runs) {
  return "RunsAt{RunsAt::Kind(" + std::to_string(int(runs.kind)) + "), " +
         std::to_string(runs.index) + "}";
}

std::string inWords(const TypedArgument &typed) {
  return "TypedArgument{" + std::to_string(typed.argument) + ", " + quoted(typed.type) + "}";
}

std::string inWords(const GoesOn &goesOn) {
  return "GoesOn{GoesOn::Kind(" + std::to_string(int(goesOn.kind)) + "), " + inWords(goesOn.at) +
         "}";
}

class Writer {
public:
  explicit Writer(llvm::raw_ostream &out) : out(out) {}

  /// A list as a constant of its own; its name.
  std::string list(llvm::StringRef type, llvm::ArrayRef<std::string> items) {
    if (items.empty())
      return "{}";
    std::string name = "list" + std::to_string(++lists);
    out << "constexpr " << type << ' ' << name << "[] = {" << llvm::join(items, ", ") << "};\n";
    return name;
  }

  std::string texts(llvm::ArrayRef<llvm::StringRef> texts) {
    return list("llvm::StringRef", llvm::to_vector(llvm::map_range(texts, quoted)));
  }

  std::string set(const NameSet &names) { return "NameSet{" + texts(names.names) + "}"; }

  std::string conditions(llvm::ArrayRef<Condition> conditions) {
    llvm::SmallVector<std::string> items;
    for (const Condition &c : conditions) {
      std::string text;
      choice(text, "kind", "Condition::Kind", c.kind);
      field(text, "subject", std::to_string(c.subject), c.subject != Receiver);
      field(text, "value", number(c.value), c.value != 0);
      field(text, "names", set(c.names), !c.names.empty());
      field(text, "given", c.given ? number(*c.given) : "", c.given.has_value());
      items.push_back("{" + text + "}");
    }
    return list("Condition", items);
  }

  std::string handOff(const HandOffModel &model) {
    std::string text;
    flag(text, "receiver", model.receiver);
    flag(text, "all", model.all);
    auto positions = llvm::to_vector(
        llvm::map_range(model.callables, [](int position) { return std::to_string(position); }));
    field(text, "callables", list("int", positions), !model.callables.empty());
    field(text, "on", inWords(model.on), true);
    flag(text, "passesRest", model.passesRest);
    flag(text, "isWhenDone", model.isWhenDone);
    flag(text, "mayBeAtOnce", model.mayBeAtOnce);
    field(text, "library", quoted(model.library), true);
    return "HandOffModel{" + text + "}";
  }

  std::string handOffs(llvm::ArrayRef<HandOffModel> models) {
    auto items = llvm::to_vector(
        llvm::map_range(models, [&](const HandOffModel &model) { return handOff(model); }));
    return list("HandOffModel", items);
  }

  std::string calls(llvm::ArrayRef<CalledMembers> calls) {
    llvm::SmallVector<std::string> items;
    for (const CalledMembers &one : calls)
      items.push_back("{" + texts(one.names) + (one.onWorker ? ", true}" : ", false}"));
    return list("CalledMembers", items);
  }

  void origin(std::string &text, const Source &source, const Versions &versions) {
    field(text, "source", "{" + quoted(source.file) + ", " + std::to_string(source.line) + "}",
          true);
    field(text, "versions", "{" + quoted(versions.since) + ", " + quoted(versions.until) + "}",
          bool(versions));
  }

  std::string model(const FunctionModel &m) {
    std::string text;
    origin(text, m.source, m.versions);
    field(text, "library", quoted(m.library), true);
    field(text, "blocks", m.blocks ? "Tier(" + std::to_string(int(*m.blocks)) + ")" : "",
          m.blocks.has_value());
    field(text, "sure", "false", !m.sure);
    flag(text, "neverBlocking", m.neverBlocking);
    field(text, "when", conditions(m.when), !m.when.empty());
    field(text, "unless", conditions(m.unless), !m.unless.empty());
    field(text, "instead", quoted(m.instead), !m.instead.empty());
    field(text, "handOffs", handOffs(m.handOffs), !m.handOffs.empty());
    choice(text, "constructs", "ConstructsKind", m.constructs);
    flag(text, "tellsReady", m.tellsReady);
    field(text, "readyWhen", set(m.readyWhen), !m.readyWhen.empty());
    flag(text, "startsAsync", m.startsAsync);
    flag(text, "threadSafe", m.threadSafe);
    flag(text, "runsLoop", m.runsLoop);
    flag(text, "detaches", m.detaches);
    flag(text, "suspends", m.suspends);
    flag(text, "resumes", m.resumes);
    flag(text, "startsTask", m.startsTask);
    flag(text, "binds", m.binds);
    flag(text, "keeps", m.keeps);
    flag(text, "adds", m.adds);
    flag(text, "exchanges", m.exchanges);
    flag(text, "unlocks", m.unlocks);
    choice(text, "locks", "LocksKind", m.locks);
    flag(text, "wakesLoop", m.wakesLoop);
    flag(text, "selfContained", m.selfContained);
    field(text, "movesTo", m.movesTo ? std::to_string(*m.movesTo) : "", m.movesTo.has_value());
    field(text, "worksOn", inWords(m.worksOn), bool(m.worksOn));
    field(text, "makes", inWords(m.makes), bool(m.makes));
    field(text, "goesOn", inWords(m.goesOn), bool(m.goesOn));
    field(text, "result",
          "{ResultModel::Kind(" + std::to_string(int(m.result.kind)) + "), " +
              std::to_string(m.result.index) + "}",
          m.result.kind != ResultModel::Kind::Unknown);
    return constant("FunctionModel", text);
  }

  std::string model(const TypeModel &m) {
    std::string text;
    origin(text, m.source, m.versions);
    field(text, "library", quoted(m.library), true);
    choice(text, "coroutine", "CoroutineKind", m.coroutine);
    field(text, "runs", m.runs ? inWords(*m.runs) : "", m.runs.has_value());
    flag(text, "callable", m.callable);
    choice(text, "affinity", "Affinity", m.affinity);
    field(text, "threadSafeMembers", texts(m.threadSafeMembers), !m.threadSafeMembers.empty());
    field(text, "stops", texts(m.stops), !m.stops.empty());
    flag(text, "onlyIfMade", m.onlyIfMade);
    flag(text, "opaque", m.opaque);
    flag(text, "serial", m.serial);
    field(text, "calls", calls(m.calls), !m.calls.empty());
    flag(text, "threadSafe", m.threadSafe);
    flag(text, "view", m.view);
    flag(text, "mutex", m.mutex);
    flag(text, "value", m.value);
    flag(text, "suspends", m.suspends);
    choice(text, "refers", "Refers", m.refers);
    field(text, "instead", quoted(m.instead), !m.instead.empty());
    flag(text, "eager", m.eager);
    flag(text, "lazy", m.lazy);
    field(text, "spawn", quoted(m.spawn), !m.spawn.empty());
    field(text, "goesOn", inWords(m.goesOn), bool(m.goesOn));
    field(text, "awaits", inWords(m.awaits), bool(m.awaits));
    return constant("TypeModel", text);
  }

  /// One of several names of an entry gets the constant that the first made.
  template <class Model> std::string once(const Model &model) {
    auto [at, isNew] = known.try_emplace(&model);
    if (isNew)
      at->second = this->model(model);
    return at->second;
  }

  /// The rows, and the slots of a table that is at most half full.
  void table(llvm::StringRef type, llvm::StringRef name, llvm::ArrayRef<std::string> names,
             llvm::ArrayRef<std::string> rows) {
    size_t count = llvm::PowerOf2Ceil(2 * rows.size() + 1);
    std::vector<uint32_t> slots(count);
    for (size_t row = 0; row != rows.size(); ++row) {
      size_t at = firstSlot(names[row], count);
      while (slots[at] != 0)
        at = (at + 1) & (count - 1);
      slots[at] = uint32_t(row + 1);
    }
    out << "constexpr " << type << ' ' << name << "Rows[] = {\n"
        << llvm::join(rows, ",\n") << "};\nconstexpr uint32_t " << name << "Slots[] = {";
    for (uint32_t slot : slots)
      out << slot << ',';
    out << "};\n";
  }

private:
  std::string constant(llvm::StringRef type, llvm::StringRef fields) {
    std::string name = "model" + std::to_string(++models);
    out << "constexpr " << type << ' ' << name << "{" << fields << "};\n";
    return name;
  }

  llvm::raw_ostream &out;
  unsigned lists = 0, models = 0;
  llvm::DenseMap<const void *, std::string> known;
};

/// What goes into the tables that Knowledge does not list.
struct Packs {
  Knowledge knowledge{/*isEmpty=*/true};
  ModelStore store;
  std::vector<std::pair<std::string, ModelFile>> files; // by file name
};

[[noreturn]] void fail(const llvm::Twine &what) {
  llvm::errs() << "error: " << what << '\n';
  exit(1);
}

/// Each name stands in one file only, so that no pack takes back what another says.
void checkNames(const Packs &packs) {
  llvm::StringMap<llvm::StringRef> functions, types;
  auto check = [](auto &seen, const auto &entries, llvm::StringRef file) {
    for (const auto &entry : entries)
      for (const std::string &name : entry.names)
        if (auto [at, isNew] = seen.try_emplace(name, file); !isNew && at->second != file)
          fail(entry.model->source.text() + ": '" + name + "' is described in " + at->second);
  };
  for (const auto &[name, file] : packs.files) {
    check(functions, file.functions, name);
    check(types, file.types, name);
  }
}

void read(Packs &packs, llvm::StringRef path) {
  auto buffer = llvm::MemoryBuffer::getFile(path, /*IsText=*/true);
  if (!buffer)
    fail(path + ": " + buffer.getError().message());
  llvm::StringRef name = llvm::sys::path::filename(path);
  auto file = readModel(name, (*buffer)->getBuffer(), Origin::Builtin, packs.store);
  if (!file)
    fail(llvm::toString(file.takeError()));
  packs.files.emplace_back(name, std::move(*file));
  if (llvm::Error error = packs.knowledge.add(name, (*buffer)->getBuffer(), Origin::Builtin))
    fail(llvm::toString(std::move(error)));
}

/// A table of texts by name.
void writeTexts(Writer &writer, llvm::StringRef table,
                const std::map<std::string, std::string> &texts) {
  std::vector<std::string> names, rows;
  for (const auto &[name, text] : texts) {
    names.push_back(name);
    rows.push_back("{" + quoted(name) + ", " + quoted(text) + "}");
  }
  writer.table("NamedText", table, names, rows);
}

void write(const Packs &packs, llvm::raw_ostream &out) {
  out << "// Made from checker/models by CompileModels.\n#include \"knowledge/BuiltinModels.h\"\n\n"
         "namespace async_tidy {\n\nnamespace {\n\n";
  Writer writer(out);
  std::vector<std::string> names, rows;
  packs.knowledge.forEachFunction([&](const NamedFunctions &f) {
    llvm::SmallVector<std::string> models;
    for (const FunctionModel *model : f.models)
      models.push_back("&" + writer.once(*model));
    names.push_back(f.name.str());
    rows.push_back("{" + quoted(f.name) + ", " + writer.list("const FunctionModel *", models) +
                   (f.linkageC ? ", true}" : "}"));
  });
  writer.table("NamedFunctions", "functions", names, rows);
  names.clear();
  rows.clear();
  packs.knowledge.forEachType([&](const NamedType &t) {
    names.push_back(t.name.str());
    rows.push_back("{" + quoted(t.name) + ", &" + writer.once(*t.model) + "}");
  });
  writer.table("NamedType", "types", names, rows);

  std::map<std::string, std::string> owned, replacements;
  std::vector<std::string> libraries;
  for (const auto &[name, file] : packs.files) {
    for (const std::string &space : file.owns)
      owned[space] = file.library;
    for (const Replacement &replacement : file.replacements)
      forEachText(replacement, file.library, [&](const std::string &key, const std::string &text) {
        replacements[key] = text;
      });
    if (!file.together.empty())
      replacements[togetherKey(file.library)] = file.together;
    auto texts = [&](const std::vector<std::string> &list) {
      return writer.texts(llvm::to_vector_of<llvm::StringRef>(list));
    };
    libraries.push_back("{" + quoted(file.library) + ", " + quoted(name) + ", " +
                        texts(file.namespaces) + ", " + texts(file.headers) + ", " +
                        texts(file.packages) + (file.selfContained ? ", true}" : "}"));
  }
  writeTexts(writer, "owned", owned);
  writeTexts(writer, "replacements", replacements);
  std::string list = writer.list("BuiltinLibrary", libraries);
  out << "\nconstexpr BuiltinTables tables{{functionsRows, functionsSlots}, {typesRows, "
         "typesSlots},"
         " {ownedRows, ownedSlots}, {replacementsRows, replacementsSlots}, "
      << list << "};\n\n} // namespace\n\n"
      << "const BuiltinTables &builtinTables() { return tables; }\n\n} // namespace async_tidy\n";
}

} // namespace

/// CompileModels OUTPUT MODEL...
int main(int argc, const char **argv) {
  if (argc < 3)
    fail("usage: CompileModels OUTPUT MODEL...");
  Packs packs;
  std::vector<std::string> paths(argv + 2, argv + argc);
  llvm::sort(paths);
  for (const std::string &path : paths)
    read(packs, path);
  checkNames(packs);
  std::error_code problem;
  llvm::ToolOutputFile output(argv[1], problem, llvm::sys::fs::OF_None);
  if (problem)
    fail(llvm::Twine(argv[1]) + ": " + problem.message());
  write(packs, output.os());
  output.keep();
}
