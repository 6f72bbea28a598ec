"""The two kinds of tests that lit.cfg.py sets up."""

import lit.formats

SUFFIXES = {  # of the cases in each folder
    "checks": (".cpp", ".c", ".test"),
    "where": (".cpp", ".c", ".test"),
    "random": (".test",),
    "threads": (".test",),
    "models": (".cpp", ".c", ".test"),
    "link": (".cpp", ".c", ".test"),
    "cli": (".cpp", ".c", ".test"),
    "ide": (".cpp", ".c", ".test"),
    "meta": (".cpp", ".c", ".test"),
    "fixtures": (".test",),
    "proofs": (".cpp",),
}
ALL_SUFFIXES = sorted({suffix for suffixes in SUFFIXES.values() for suffix in suffixes})


class Cases(lit.formats.ShTest):
    def getTestsForPath(self, suite, path_in_suite, lit_config, local_config):
        if path_in_suite[-1].endswith(SUFFIXES.get(path_in_suite[0], ())):
            yield from super().getTestsForPath(suite, path_in_suite, lit_config, local_config)


class UnitTests(lit.formats.GoogleTest):
    """As lit's own, which only warns when a binary cannot say which tests it has."""

    def get_num_tests(self, path, lit_config, local_config):
        number = super().get_num_tests(path, lit_config, local_config)
        if not number:
            lit_config.fatal(f"{path} has no tests")
        return number
