// Paths as they are written in facts and reports: relative to the project's root, with '/', never
// absolute, so that the same source gives the same bytes in every checkout.
#ifndef ASYNC_TIDY_SUPPORT_PATHS_H
#define ASYNC_TIDY_SUPPORT_PATHS_H

#include "llvm/ADT/StringRef.h"
#include <string>

namespace async_tidy {

/// What a project says of itself stands in files of this name.
constexpr llvm::StringLiteral ProjectFileName = ".async-tidy.yaml";

/// The nearest folder at or above `folder` that holds `.async-tidy.yaml` or `.git`; empty if none.
std::string findProjectRoot(llvm::StringRef folder);

/// `path` without `.` and `..`, made absolute against `folder`.
std::string absolutePath(llvm::StringRef path, llvm::StringRef folder);

/// `path` (absolute) as seen from `root` (absolute), with `..` where it lies outside.
std::string relativePath(llvm::StringRef path, llvm::StringRef root);

/// `path` (absolute) as it is kept: relative to `root` if it lies in it, else as it is.
std::string storedPath(llvm::StringRef path, llvm::StringRef root);

/// Whether `path` lies in `folder` or below; both absolute and without `..`.
bool isBelow(llvm::StringRef path, llvm::StringRef folder);

} // namespace async_tidy

#endif
