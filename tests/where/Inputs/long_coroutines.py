"""Writes coroutines that nobody would write, each with one call that blocks on the loop and one that does not."""
import json
import pathlib
import sys

HEAD = """#include <boost/asio.hpp>
#include <unistd.h>
namespace asio = boost::asio;
using asio::use_awaitable;
void load() noexcept { ::fsync(1); }
bool choose(int) noexcept;
asio::awaitable<void> leave(asio::thread_pool &pool) {
  co_await asio::post(asio::bind_executor(pool, use_awaitable));
}
asio::awaitable<int> value(asio::thread_pool &) { co_return 1; }
"""
LEAVE = "  co_await asio::post(asio::bind_executor(pool, use_awaitable));\n"
BACK = "  co_await asio::post(use_awaitable);\n"
MANY = 1100


def straight():
    return (LEAVE + BACK) * MANY + "  load();\n" + LEAVE + "  load();\n"


def children():
    return ("  co_await leave(pool);\n" + BACK) * MANY + "  load();\n  co_await leave(pool);\n  load();\n"


def optional():
    some = "".join(f"  if (choose({i})) co_await leave(pool);\n" for i in range(MANY))
    return LEAVE + some + "  load();\n" + BACK + some + "  load();\n"


def jumps():
    count = 300
    text = "  if (choose(0)) goto label150;\n"
    for i in range(count):
        text += f"label{i}:\n" + (LEAVE if i % 3 == 0 else BACK)
        text += f"  if (choose({i})) goto label{(i * 7 + 1) % count};\n"
    return text + BACK + "  load();\n" + LEAVE + "  load();\n"


def nested():
    depth = 100
    text = "".join(f"  for (int i{i} = 0; i{i} != 2; ++i{i}) {{ if (choose({i})) {{ try {{\n" for i in range(depth))
    text += LEAVE + "  load();\n" + BACK + "  load();\n"
    return text + "  } catch (const std::exception &) { co_return; } } }\n" * depth


def main(folder):
    commands = []
    for name, body in (("straight", straight), ("children", children), ("optional", optional), ("jumps", jumps),
                       ("nested", nested)):
        file = folder / f"{name}.cpp"
        file.write_text(f"{HEAD}asio::awaitable<void> {name}(asio::thread_pool &pool) {{\n{body()}}}\n"
                        f"void start_{name}(asio::io_context &io, asio::thread_pool &pool) {{\n"
                        f"  asio::co_spawn(io, {name}(pool), asio::detached);\n}}\n")
        commands.append({"directory": str(folder), "file": str(file),
                         "arguments": ["clang++", "-std=c++20", "-fbracket-depth=1024", "-c", str(file)]})
    (folder / "compile_commands.json").write_text(json.dumps(commands))


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]))
