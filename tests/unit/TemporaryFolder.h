// A folder for files that a test writes; it goes away with the object.
#ifndef ASYNC_TIDY_TESTS_UNIT_TEMPORARYFOLDER_H
#define ASYNC_TIDY_TESTS_UNIT_TEMPORARYFOLDER_H

#include "llvm/ADT/SmallString.h"
#include "llvm/ADT/Twine.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/raw_ostream.h"
#include <gtest/gtest.h>

namespace async_tidy::test {

class TemporaryFolder {
public:
  TemporaryFolder() { EXPECT_FALSE(llvm::sys::fs::createUniqueDirectory("async-tidy-test", path)); }

  ~TemporaryFolder() { llvm::sys::fs::remove_directories(path); }

  TemporaryFolder(const TemporaryFolder &) = delete;
  TemporaryFolder &operator=(const TemporaryFolder &) = delete;

  llvm::StringRef name() const { return path; }

  std::string file(const llvm::Twine &name) const { return (path + "/" + name).str(); }

  /// Writes a file, and makes the folders above it.
  void write(const llvm::Twine &name, llvm::StringRef text) const {
    std::string whole = file(name);
    EXPECT_FALSE(llvm::sys::fs::create_directories(llvm::sys::path::parent_path(whole)));
    std::error_code error;
    llvm::raw_fd_ostream out(whole, error);
    EXPECT_FALSE(error) << whole;
    out << text;
  }

private:
  llvm::SmallString<128> path;
};

} // namespace async_tidy::test

#endif
