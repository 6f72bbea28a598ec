// AsyncTidyModule.so, what users load. It only looks at who loads it and then brings in the checks.
//
// A plugin of another version loads into clang-tidy and reports nothing, or is left out with the
// name of a missing symbol, and clang-tidy exits 0. So the checks themselves are a second library,
// and this one needs nothing of the host but the one function that tells its version.
#include "clang/Basic/Version.h"
#include <cstdio>
#include <cstdlib>
#include <dlfcn.h>
#include <string>

namespace {

[[noreturn]] void refuse(const std::string &why) {
  std::fprintf(stderr, "error: async-tidy: %s\n", why.c_str());
  std::fflush(stderr);
  std::_Exit(2);
}

/// The checks' library, which stands next to this one.
std::string checksLibrary() {
  Dl_info self;
  static const char here = 0;
  if (dladdr(&here, &self) == 0 || !self.dli_fname)
    refuse("cannot find where the plugin was loaded from");
  std::string path = self.dli_fname;
  return path.substr(0, path.find_last_of('/') + 1) + ASYNC_TIDY_CHECKS_LIBRARY;
}

/// Runs while the plugin is being loaded.
struct AtLoad {
  AtLoad() {
    std::string host = clang::getClangFullVersion();
    if (host.find("version " CLANG_VERSION_STRING) == std::string::npos)
      refuse("this plugin is built for clang-tidy " CLANG_VERSION_STRING " and cannot work in " +
             host);
    std::string library = checksLibrary();
    if (!dlopen(library.c_str(), RTLD_NOW | RTLD_GLOBAL))
      refuse("cannot load the checks: " + std::string(dlerror()));
  }
} const atLoad;

} // namespace
