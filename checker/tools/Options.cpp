#include "tools/Options.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/Format.h"
#include "llvm/Support/raw_ostream.h"

namespace async_tidy {

namespace {

/// One option. `apply` takes its value and returns what is wrong with it, or nothing.
struct OptionRow {
  llvm::StringLiteral name;
  llvm::StringLiteral shortName; // empty if there is none
  llvm::StringLiteral value;     // what the help calls the value; empty: it takes none
  llvm::StringLiteral help;
  std::string (*apply)(CommandOptions &options, llvm::StringRef value);
};

std::string readNumber(llvm::StringRef text, unsigned least, unsigned &to) {
  constexpr unsigned Most = 1000000;
  if (text.getAsInteger(10, to) || to < least || to > Most)
    return ("'" + text + "' is not a number between " + llvm::Twine(least) + " and " +
            llvm::Twine(Most))
        .str();
  return "";
}

std::string readFolder(llvm::StringRef text, std::string &to) {
  to = text.str();
  return text.empty() ? "it names no folder" : "";
}

/// What is wrong with `words` on their own.
std::string readWords(const SettingWords &words) {
  Settings settings;
  std::string wrong = apply(words, settings);
  return wrong.empty() && settings.checks.empty() ? "no check is left" : wrong;
}

/// Takes `text` for one of the words.
std::string readWord(llvm::StringRef text, std::optional<std::string> SettingWords::*word,
                     SettingWords &to) {
  to.*word = text.str();
  return readWords(to);
}

std::string readLine(llvm::StringRef text, std::string &file, unsigned &line) {
  auto [name, number] = text.rsplit(':');
  file = name.str();
  line = 0;
  if (!name.empty() && number == "*")
    return "";
  return name.empty() || number.empty() ? "'" + text.str() + "' is no FILE:LINE"
                                        : readNumber(number, 1, line);
}

std::string readColor(llvm::StringRef text, ColorMode &to) {
  if (text != "auto" && text != "always" && text != "never")
    return "'" + text.str() + "' is none of auto, always and never";
  to = text == "auto" ? ColorMode::Auto : text == "always" ? ColorMode::Always : ColorMode::Never;
  return "";
}

constexpr OptionRow Rows[] = {
    {"build", "p", "DIR",
     "The folder with compile_commands.json. Without it, the current folder and "
     "those above are searched, and the folder 'build' in each.",
     [](CommandOptions &o, llvm::StringRef v) { return readFolder(v, o.buildFolder); }},
    {"jobs", "j", "N",
     "How many units are analysed at a time at most; as many as there are cores by default. Fewer "
     "are where memory is short, or where the make that runs the command has no more jobs.",
     [](CommandOptions &o, llvm::StringRef v) { return readNumber(v, 1, o.jobs); }},
    {"checks", "", "GLOBS",
     "Which checks run: names with *, separated by commas; '-' before one takes "
     "it away. All by default.",
     [](CommandOptions &o, llvm::StringRef v) {
       return readWord(v, &SettingWords::checks, o.words);
     }},
    {"tiers", "", "LIST",
     "Which kinds of blocking calls are reported: names separated by commas, or "
     "+name and -name to change the default, which is all but lock and console.",
     [](CommandOptions &o, llvm::StringRef v) {
       return readWord(v, &SettingWords::tiers, o.words);
     }},
    {"confidence", "", "LEVEL",
     "'presumed' (default) also reports coroutines whose spawn is not seen; "
     "'proven' does not.",
     [](CommandOptions &o, llvm::StringRef v) {
       return readWord(v, &SettingWords::confidence, o.words);
     }},
    {"uncertain", "", "", "Also report calls of which it cannot be seen whether they block.",
     [](CommandOptions &o, llvm::StringRef) {
       o.words.uncertain = true;
       return std::string();
     }},
    {"several-threads", "", "",
     "Also report uses of one thing by handlers of an event loop that several threads run.",
     [](CommandOptions &o, llvm::StringRef) {
       o.words.severalThreads = true;
       return std::string();
     }},
    {"models", "", "FILE", "Add a file of models; may be repeated.",
     [](CommandOptions &o, llvm::StringRef v) {
       o.models.push_back(v.str());
       return std::string();
     }},
    {"project-root", "", "DIR",
     "The project's folder: code outside is a library's, and paths are "
     "reported relative to it. By default the nearest folder with .async-tidy.yaml or .git around "
     "compile_commands.json.",
     [](CommandOptions &o, llvm::StringRef v) { return readFolder(v, o.projectRoot); }},
    {"color", "", "WHEN", "auto (default), always or never.",
     [](CommandOptions &o, llvm::StringRef v) { return readColor(v, o.color); }},
    {"timeout", "", "SECONDS", "How long one unit may take; 600 by default, 0 for no limit.",
     [](CommandOptions &o, llvm::StringRef v) { return readNumber(v, 0, o.timeout); }},
    {"cache", "", "DIR",
     "Where facts are kept for the next run; '.async-tidy' next to compile_commands.json by "
     "default.",
     [](CommandOptions &o, llvm::StringRef v) { return readFolder(v, o.cacheFolder); }},
    {"cache-size", "", "MB", "How large the cache may become; 1024 by default.",
     [](CommandOptions &o, llvm::StringRef v) { return readNumber(v, 0, o.cacheMegabytes); }},
    {"no-cache", "", "", "Analyse all units, and keep nothing.",
     [](CommandOptions &o, llvm::StringRef) {
       o.usesCache = false;
       return std::string();
     }},
    {"output", "o", "FILE", "Where 'extract' and 'link' write.",
     [](CommandOptions &o, llvm::StringRef v) {
       o.output = v.str();
       return v.empty() ? std::string("it names no file") : std::string();
     }},
    {"keep-facts", "", "DIR", "Leave the facts of each unit in this folder.",
     [](CommandOptions &o, llvm::StringRef v) { return readFolder(v, o.factsFolder); }},
    {"parse-library-code", "", "",
     "Also parse the bodies of library functions. It takes longer, and finds the same.",
     [](CommandOptions &o, llvm::StringRef) {
       o.parsesLibraries = true;
       return std::string();
     }},
    {"why", "", "FILE:LINE",
     "Say where the code of this line runs, and how that is known, and report nothing else.",
     [](CommandOptions &o, llvm::StringRef v) { return readLine(v, o.whyFile, o.whyLine); }},
    {"quiet", "", "", "Print no summary and no progress.",
     [](CommandOptions &o, llvm::StringRef) {
       o.quiet = true;
       return std::string();
     }},
    {"explain", "", "NAME",
     "Say what is known of a function or type (\"space::Class::member\"), where that stands, and "
     "under "
     "which conditions it holds.",
     [](CommandOptions &o, llvm::StringRef v) {
       o.request = Request::Explain;
       o.explained = v.str();
       return v.empty() ? std::string("it names nothing") : std::string();
     }},
    {"infer-models", "", "PATH",
     "Write a model file for the library whose units these are, and whose public headers are at or "
     "below PATH, and report nothing else; may be repeated. What the file says is to be reviewed.",
     [](CommandOptions &o, llvm::StringRef v) {
       o.interface.push_back(v.str());
       return v.empty() ? std::string("it names no header") : std::string();
     }},
    {"verify-models", "", "",
     "Look up each name of the model files PATH, or of all packs, in the headers that are "
     "installed, and report those that do not exist. What follows -- are flags for the compiler.",
     [](CommandOptions &o, llvm::StringRef) {
       o.request = Request::VerifyModels;
       return std::string();
     }},
    {"list-checks", "", "", "List the checks and stop.",
     [](CommandOptions &o, llvm::StringRef) {
       o.request = Request::ListChecks;
       return std::string();
     }},
    {"version", "", "", "Print the version and stop.",
     [](CommandOptions &o, llvm::StringRef) {
       o.request = Request::Version;
       return std::string();
     }},
    {"help", "h", "", "Print this and stop.",
     [](CommandOptions &o, llvm::StringRef) {
       o.request = Request::Help;
       return std::string();
     }},
};

/// What the first word may be, instead of an option or PATH.
struct CommandRow {
  llvm::StringLiteral name;
  llvm::StringLiteral usage;
  Request request;
  llvm::StringLiteral help;
};

constexpr CommandRow Commands[] = {
    {"extract", "extract UNIT -o FILE", Request::Extract,
     "Write the facts of one unit of compile_commands.json, or of the command that follows --."},
    {"link", "link FACTS... -o FILE", Request::Link, "Join files of facts into a program."},
    {"check", "check PROGRAM", Request::Check, "Report what is found in a program."},
    {"dump", "dump FILE", Request::Dump, "Print a file of facts, or a program, as JSON."},
};

const CommandRow *findCommand(llvm::StringRef word) {
  const auto *row = llvm::find_if(Commands, [&](const CommandRow &r) { return r.name == word; });
  return row == std::end(Commands) ? nullptr : row;
}

const OptionRow *findRow(llvm::StringRef name) {
  const auto *row = llvm::find_if(Rows, [&](const OptionRow &r) {
    return r.name == name || (!r.shortName.empty() && r.shortName == name);
  });
  return row == std::end(Rows) ? nullptr : row;
}

/// How help and messages write an option: "-p DIR", "--tiers=LIST".
std::string spelling(const OptionRow &row) {
  if (!row.shortName.empty() && !row.value.empty())
    return ("-" + row.shortName + " " + row.value).str();
  return ("--" + row.name + (row.value.empty() ? "" : "=") + row.value).str();
}

llvm::Error wrong(const llvm::Twine &what) {
  return llvm::createStringError(llvm::inconvertibleErrorCode(), what);
}

llvm::Error unknownOption(llvm::StringRef word, llvm::StringRef name) {
  const OptionRow *nearest = nullptr;
  unsigned least = 4; // further away is no likeness
  for (const OptionRow &row : Rows)
    if (unsigned distance = row.name.edit_distance(name, true, least); distance < least) {
      nearest = &row;
      least = distance;
    }
  if (!nearest)
    return wrong("unknown option '" + word + "'; --help lists the options");
  return wrong("unknown option '" + word + "'; is '" + spelling(*nearest) + "' meant?");
}

class CommandLineReader {
public:
  explicit CommandLineReader(llvm::ArrayRef<const char *> words) : words(words) {}

  llvm::Expected<CommandOptions> read() {
    if (const CommandRow *command = words.empty() ? nullptr : findCommand(words.front())) {
      options.request = command->request;
      next();
    }
    while (!words.empty() && !isAnswered()) {
      llvm::StringRef word = next();
      if (word == "--") {
        bool areFlags =
            options.request == Request::VerifyModels || options.request == Request::Extract;
        auto &rest = areFlags ? options.flags : options.paths;
        rest.insert(rest.end(), words.begin(), words.end());
        break;
      }
      if (word.empty())
        return wrong("an empty PATH");
      if (word == "-" || !word.starts_with("-"))
        options.paths.push_back(word.str());
      else if (llvm::Error error = readOption(word))
        return std::move(error);
    }
    return std::move(options);
  }

private:
  /// Whether nothing that follows could change the answer.
  bool isAnswered() const {
    return options.request == Request::Help || options.request == Request::Version ||
           options.request == Request::ListChecks;
  }

  llvm::Error readOption(llvm::StringRef word) {
    auto [name, value] = word.drop_front(word.starts_with("--") ? 2 : 1).split('=');
    bool hasValue = word.contains('=');
    // '-j4', as make has it.
    if (word.starts_with("-j") && word.size() > 2 && llvm::isDigit(word[2])) {
      name = "j";
      value = word.drop_front(2);
      hasValue = true;
    }
    const OptionRow *row = findRow(name);
    if (!row)
      return unknownOption(word, name);
    if (row->value.empty() && hasValue)
      return wrong("option '" + spelling(*row) + "' takes no value");
    if (!row->value.empty() && !hasValue) {
      if (words.empty())
        return wrong("option '" + word + "' needs a value: " + spelling(*row));
      value = next();
    }
    std::string problem = row->apply(options, value);
    if (!problem.empty())
      return wrong(spelling(*row) + ": " + problem);
    return llvm::Error::success();
  }

  llvm::StringRef next() {
    llvm::StringRef word = words.front();
    words = words.drop_front();
    return word;
  }

  llvm::ArrayRef<const char *> words;
  CommandOptions options;
};

/// Prints `text`, broken into lines that begin in column `indent`, where the first one stands
/// already.
void printWrapped(llvm::StringRef text, unsigned indent, llvm::raw_ostream &out) {
  constexpr unsigned Width = 100;
  unsigned column = indent;
  for (llvm::StringRef word : llvm::split(text, ' ')) {
    if (column != indent && column + 1 + word.size() > Width) {
      out << '\n';
      out.indent(column = indent);
    } else if (column != indent) {
      out << ' ';
      ++column;
    }
    out << word;
    column += unsigned(word.size());
  }
  out << '\n';
}

} // namespace

llvm::Expected<CommandOptions> readCommandLine(llvm::ArrayRef<const char *> words) {
  return CommandLineReader(words).read();
}

void printHelp(llvm::raw_ostream &out) {
  out << "usage: async-tidy [OPTION...] [PATH...]\n\n"
         "Finds what hurts C++ programs with an event loop. Analyses all units of\n"
         "compile_commands.json together, or those whose file is at or below one of the PATHs.\n\n";
  constexpr unsigned Column = 24;
  for (const OptionRow &row : Rows) {
    std::string name = spelling(row);
    out << "  " << llvm::left_justify(name, Column - 3) << ' ';
    printWrapped(row.help, Column, out);
  }
  out << "\nThe steps one by one, for build systems (a folder of such a name: './link'):\n\n";
  for (const CommandRow &row : Commands) {
    out << "  " << llvm::left_justify(row.usage, Column - 3) << ' ';
    printWrapped(row.help, Column, out);
  }
  out << "\nExit code: 0 nothing found, 1 findings, 2 wrong usage or configuration, 3 a unit "
         "could\n"
         "not be analysed.\n";
}

} // namespace async_tidy
