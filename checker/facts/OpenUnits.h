// Facts files while they are linked: opened on other threads, some ahead of who asks for them.
#ifndef ASYNC_TIDY_FACTS_OPENUNITS_H
#define ASYNC_TIDY_FACTS_OPENUNITS_H

#include "facts/FactsTables.h"
#include "facts/Link.h"
#include "facts/NumberTables.h"
#include "llvm/Support/ThreadPool.h"
#include <deque>

namespace async_tidy {

/// What of a file is unpacked.
enum class Opening : uint8_t {
  Directory, // which records there are, and of which files
  Whole,
};

/// A unit's file.
struct OpenUnit {
  SectionReader sections;
  TableReader tables; // all if it is open as a whole, else only its identities
  UnitHead head;
  Directory directory;
  std::vector<TextHash> textHashes; // of all texts, if it is open as a whole
  HashedTexts reads;                // as keys, if it is open as a whole; see Joined

  static llvm::Expected<OpenUnit> open(llvm::StringRef bytes, Opening opening);
};

class OpenUnits {
public:
  /// Opens those of `inputs`, which must outlive it, that `order` names.
  OpenUnits(llvm::ArrayRef<FactsInput> inputs, std::vector<size_t> order, Opening opening);
  ~OpenUnits();
  OpenUnits(const OpenUnits &) = delete;
  OpenUnits &operator=(const OpenUnits &) = delete;

  /// Calls `work` with each, in order, until there is an error. Errors are LinkErrors.
  llvm::Error forEach(llvm::function_ref<llvm::Error(size_t index, OpenUnit &unit)> work);

private:
  struct Task {
    std::shared_future<void> isDone;
    std::unique_ptr<std::optional<llvm::Expected<OpenUnit>>> unit;
  };

  void begin(size_t index);

  llvm::ArrayRef<FactsInput> inputs;
  std::vector<size_t> order;
  Opening opening;
  llvm::DefaultThreadPool pool;
  std::deque<Task> tasks;
};

} // namespace async_tidy

#endif
