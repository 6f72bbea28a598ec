// Every difference between the LLVM versions that we build with. No other file asks for the
// version; where one way of writing suits both, it is written that way and does not stand here.
#ifndef ASYNC_TIDY_SUPPORT_LLVMCOMPAT_H
#define ASYNC_TIDY_SUPPORT_LLVMCOMPAT_H

#include "clang/Basic/Version.h"
#include "llvm/Config/llvm-config.h"

#if LLVM_VERSION_MAJOR != CLANG_VERSION_MAJOR
#error "the Clang and LLVM headers are of different majors"
#endif

#if CLANG_VERSION_MAJOR >= 22
#include "clang/Options/Options.h"
#else
#include "clang/Driver/Options.h"
#endif

namespace async_tidy::compat {

/// The options of Clang's driver.
#if CLANG_VERSION_MAJOR >= 22
namespace options = clang::options;
using clang::getDriverOptTable;
#else
namespace options = clang::driver::options;
using clang::driver::getDriverOptTable;
#endif

/// Has `sema` ask `source`, too, and own it. A template, so that this header needs no class of
/// Clang's.
template <class Sema, class Source> void addExternalSource(Sema &sema, Source &source) {
#if CLANG_VERSION_MAJOR >= 22
  sema.addExternalSource(llvm::IntrusiveRefCntPtr<Source>(&source));
#else
  sema.addExternalSource(&source);
#endif
}

} // namespace async_tidy::compat

#endif
