// Every difference between the LLVM versions that we build with. No other file asks for the
// version.
#ifndef ASYNC_TIDY_SUPPORT_LLVMCOMPAT_H
#define ASYNC_TIDY_SUPPORT_LLVMCOMPAT_H

#include "clang/Basic/Version.h"

#if LLVM_VERSION_MAJOR != CLANG_VERSION_MAJOR
#error "the Clang and LLVM headers are of different majors"
#endif

#endif
