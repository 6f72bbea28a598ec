# What lit runs: `cases`, the files below in these folders, and `unit`, the GoogleTest binary.
#
# Features for REQUIRES, UNSUPPORTED and %if:
#   llvm-22, llvm-19   what everything is built for; only for what Clang itself does differently
#   common-tests       what is the same for every LLVM, and so is tested in one build only
#   pack-NAME          the headers of that pack are installed, or unpacked in build/headers: `%headers` are the flags for these
import glob
import os
import re
import shutil
import subprocess
import sys
import sysconfig

sys.path.append(os.path.join(config.project_source_root, "tests", "tool"))
import suites  # a module, because lit's workers cannot be sent a class of this file

source_root = config.project_source_root
build_root = config.project_build_root
plugin = os.path.join(build_root, "lib", "AsyncTidyModule.so")
command = os.path.join(build_root, "bin", "async-tidy")


def set_up_cases():
    for needed in (plugin, command):
        if not os.path.exists(needed):
            lit_config.fatal(f"{needed} is not built")
    config.test_format = suites.Cases(execute_external=False)
    config.suffixes = suites.ALL_SUFFIXES
    config.excludes = ["Inputs"]
    config.test_source_root = os.path.join(source_root, "tests")
    config.test_exec_root = os.path.join(build_root, "tests", "cases")
    config.available_features.add(f"llvm-{config.llvm_major}")
    if config.common_tests:
        config.available_features.add("common-tests")
    config.environment["PATH"] = os.pathsep.join([config.llvm_bin, config.environment["PATH"]])
    config.environment["NO_COLOR"] = "1"

    clang_tidy = os.path.join(config.llvm_bin, "clang-tidy")
    check = " ".join([
        sys.executable, os.path.join(source_root, "tests", "tool", "check.py"),
        "--clang-tidy", clang_tidy, "--plugin", plugin, "--async-tidy", command,
        "--project-root", source_root, "--temp", "%t.check",
    ])
    config.substitutions += [
        ("%document-models", os.path.join(build_root, "bin", "DocumentModels")),
        ("%async-tidy", command),
        ("%compiler", os.path.join(config.llvm_bin, "clang++")),
        ("%clang-tidy", f"{clang_tidy} -load {plugin}"),
        ("%plugin", plugin),
        ("%llvm-major", config.llvm_major),
        ("%other-major", {"22": "19", "19": "22"}[config.llvm_major]),
        ("%check", check),
        ("%fixtures", os.path.join(build_root, "fixtures")),
        ("%source_root", source_root),
        ("%build_root", build_root),
        ("%cmake", config.cmake),
        ("%python", sys.executable),
    ]
    if config.common_tests:
        add_libraries()
        add_packs()


def multiarch():
    """What Debian calls this kind of machine; folders have that name."""
    if not shutil.which("dpkg-architecture"):
        return sysconfig.get_config_var("MULTIARCH") or ""
    return subprocess.run(["dpkg-architecture", "-qDEB_HOST_MULTIARCH"], capture_output=True, text=True).stdout.strip()


def add_packs():
    """pack-NAME: the headers of that pack are installed, or `./dev` has unpacked them."""
    llvm = os.path.dirname(config.llvm_bin)
    folders_of_all = ["/usr/include", f"/usr/include/{multiarch()}", f"{llvm}/lib/clang/{config.llvm_major}/include"]
    unpacked = [f"{source_root}/build/headers{folder}" for folder in folders_of_all]
    unpacked = [folder for folder in unpacked if os.path.isdir(folder)]
    config.substitutions.append(("%headers", " ".join(f"-isystem {folder}" for folder in unpacked)))
    folders_of_all += ["/usr/include/qcoro6", *unpacked]
    for pack in sorted(glob.glob(os.path.join(source_root, "checker", "models", "*.yaml"))):
        with open(pack) as file:
            text = file.read()
        header = re.search(r"^headers: \[([^],]+)", text, re.MULTILINE)
        packages = re.search(r"^pkg-config: \[([^]]+)\]", text, re.MULTILINE)
        folders = list(folders_of_all)
        if packages and shutil.which("pkg-config"):
            flags = subprocess.run(["pkg-config", "--cflags-only-I", *packages[1].split(", ")], capture_output=True,
                                   text=True)
            folders += [flag.removeprefix("-I") for flag in flags.stdout.split()]
        name = os.path.basename(pack).removesuffix(".yaml")
        # The C++ library's headers have no folder that is easy to name; it is there.
        if name == "std" or (header and any(os.path.exists(os.path.join(folder, header[1])) for folder in folders)):
            config.available_features.add(f"pack-{name}")


def add_libraries():
    """Libraries for tests/threads that a machine may lack."""
    if os.path.isdir("/usr/include/qcoro6") and shutil.which("pkg-config"):
        flags = subprocess.run(["pkg-config", "--cflags", "--libs", "Qt6Core", "Qt6Concurrent"],
                               capture_output=True, text=True)
        if flags.returncode == 0:
            config.available_features.add("qcoro")
            own = flags.stdout.strip().replace("-I", "-isystem ")
            config.substitutions.append(("%qcoro-flags", f"-isystem /usr/include/qcoro6 {own} -lQCoro6Core"))
    # To be linked, and not only read as the headers of packs.
    for name, packages in {"qt": ["Qt6Core", "Qt6Network", "Qt6Concurrent"], "libpq": ["libpq"], "libuv": ["libuv"]}.items():
        if not shutil.which("pkg-config"):
            break
        flags = subprocess.run(["pkg-config", "--cflags", *packages], capture_output=True, text=True)
        if flags.returncode == 0:
            config.available_features.add(name)
            own = flags.stdout.strip().replace("-I", "-isystem ")
            config.substitutions.append((f"%{name}-flags", f"-fPIC {own}" if name == "qt" else own))
    for name in ("cppcoro", "concurrencpp"):
        folder = os.environ.get(f"ASYNC_TIDY_{name.upper()}", os.path.join(source_root, "build", "libraries", name))
        if os.path.isdir(os.path.join(folder, "include")):
            config.available_features.add(name)
            config.substitutions.append((f"%{name}", folder))


def set_up_unit_tests():
    folder = os.path.join(build_root, "tests", "unit")
    if not os.path.exists(os.path.join(folder, "AsyncTidyUnitTests")):
        lit_config.fatal("AsyncTidyUnitTests is not built")
    config.test_format = suites.UnitTests(".", "UnitTests")
    config.test_source_root = config.test_exec_root = folder


config.name = f"async-tidy {config.llvm_major} {config.suite}"
{"cases": set_up_cases, "unit": set_up_unit_tests}[config.suite]()
