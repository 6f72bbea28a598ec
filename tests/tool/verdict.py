#!/usr/bin/env python3
"""Says how a run of lit ended: `N passed, N failed`, and fails unless every test passed.

    verdict.py RESULTS EXIT-CODE-OF-LIT

Only a passing test, and one that is expected to fail and does, has passed. A test that cannot run
here is not counted. No tests at all, or a lit that broke, is a failure too.
"""

import json
import sys

PASSED = {"PASS", "FLAKYPASS", "XFAIL"}
NOT_COUNTED = {"UNSUPPORTED", "EXCLUDED"}


def codes_of(results):
    try:
        with open(results, encoding="utf-8") as file:
            return [test["code"] for test in json.load(file)["tests"]]
    except (OSError, ValueError, LookupError, TypeError) as error:
        print(f"verdict.py: no results in {results}: {error}", file=sys.stderr)
        return []


def main():
    results, lit_status = sys.argv[1], int(sys.argv[2])
    codes = codes_of(results)
    passed = sum(code in PASSED for code in codes)
    left_out = sum(code in NOT_COUNTED for code in codes)
    failed = len(codes) - passed - left_out
    if passed + failed == 0:
        print("verdict.py: no test was run", file=sys.stderr)
        failed = 1
    elif lit_status != 0 and failed == 0:
        print(f"verdict.py: lit itself failed, with exit code {lit_status}", file=sys.stderr)
        failed = 1
    if left_out:
        print(f"{left_out} not supported here")
    sys.stderr.flush()
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
