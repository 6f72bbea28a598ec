"""link_test.py BENCH: BENCH, which links made facts, keeps what docs/performance.md says.

Of times, only the CPU time for 200,000 functions against that for 50,000: machines differ, and have other work."""
import re
import subprocess
import sys

bench = sys.argv[1]
SMALL, LARGE = 50_000, 200_000
MOST_GROWTH = 8  # 4 would be linear, 16 quadratic; caches take some
MEGABYTES_PER_MILLION = 1000
LARGEST_UNIT = 30  # KB
WARM = 2000  # ns; ten times what is promised, since others use this machine too


def number(text, pattern):
    return float(re.search(pattern, text)[1])


def run(functions):
    return subprocess.run([bench, str(functions)], stdout=subprocess.PIPE, text=True, check=True).stdout


small, large = run(SMALL), run(LARGE)
print(large)
growth = number(large, r"([\d.]+) s of CPU") / number(small, r"([\d.]+) s of CPU")
memory = number(large, r"link: .* s, (\d+) MB") / LARGE * 1_000_000
problems = []
if growth > MOST_GROWTH:
    problems.append(f"four times the functions take {growth:.1f} times the time")
if memory > MEGABYTES_PER_MILLION:
    problems.append(f"a million functions would take {memory:.0f} MB")
if number(large, r"([\d.]+) KB a unit") > LARGEST_UNIT:
    problems.append("a unit's facts are too large")
if number(large, r"look-up, warm: (\d+) ns") > WARM:
    problems.append("to look a function up takes too long")
# The shape that real projects have, see docs/performance.md.
if number(large, r"copies of a function: ([\d.]+)") < 1.5 or number(large, r"mean ([\d.]+)") < 3:
    problems.append("the made program is smaller than real ones")
sys.exit("\n".join(problems) or 0)
