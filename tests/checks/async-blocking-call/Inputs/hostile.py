# Writes a program that is small to read for Clang, and large for a careless analysis.
import os

count = 60
print(f'#include "{os.path.dirname(os.path.abspath(__file__))}/task.h"')
print("#include <chrono>\n#include <future>\n#include <string>\n#include <thread>\n#include <unistd.h>")
print("using app::Task;\nusing namespace std::chrono_literals;\nvoid slow() { ::sleep(1); }\nvoid quick() {}")

print("Task<> pointers() {\n  void (*p0)() = slow;")
for i in range(1, count):
    print(f"  void (*p{i})() = p{i - 1};")
for i in range(count):
    for j in range(count):
        print(f"  p{i} = p{j} ? p{j} : p{(i + j) % count};")
print("  p0(); co_return;\n}")

print("Task<> strings(std::string s0) {")
for i in range(1, count):
    print(f"  std::string s{i} = s{i - 1} + s{i - 1};")
for i in range(count):
    print(f"  s{i} = s{(i * 7) % count} + s{(i * 11) % count};")
print("  std::thread([](std::string) {}, s0 + s1).detach(); co_return;\n}")

print("Task<int> conditions(std::future<int> &f) {\n  const bool c0 = f.wait_for(0s) == std::future_status::ready;")
for i in range(1, count):
    print(f"  const bool c{i} = c{i - 1} && c{i - 1};")
print(f"  if (c{count - 1}) co_return 1;\n  co_return 0;\n}}")

print("Task<int> longBody(int x) {")
for i in range(5000):
    print(f"  if (x > {i}) ++x; else --x;")
print("  ::sleep(1); co_return x")
print("   " + " + 1" * 1500 + ";\n}")

print("void f0() { ::sleep(1); }")
for i in range(1, 5000):
    print(f"void f{i}() {{ f{i - 1}(); }}")
print("void last() { f4999(); }\nTask<> longChain() { last(); co_return; }")
