# Writes programs that are small for Clang, and deep or wide for whoever follows callables.
import os
import sys

HEAD = "#include <boost/asio.hpp>\n#include <functional>\n#include <unistd.h>\nnamespace asio = boost::asio;\n"
CALL = "asio::awaitable<void> serve(asio::ip::tcp::socket peer) { %s(peer.get_executor(), [] { ::sleep(1); }%s); co_return; }\n"
PARAMETERS = "(asio::any_io_executor where, std::function<void()> job%s)"


def nested(depth):
    text = HEAD + "void w0" + PARAMETERS % "" + " { asio::post(where, [job] { job(); }); }\n"
    for i in range(1, depth):
        text += f"void w{i}" + PARAMETERS % "" + f" {{ w{i - 1}(where, [job] {{ job(); }}); }}\n"
    return text + CALL % (f"w{depth - 1}", "")


def mutual():
    a, b = ("void " + name + PARAMETERS % ", int n" for name in "ab")
    return (HEAD + b + ";\n" + a + " { if (n) b(where, [job] { job(); }, n - 1); else asio::post(where, job); }\n" +
            b + " { a(where, [job] { job(); }, n); }\n" + CALL % ("a", ", 3"))


def wide(count):
    text = HEAD + "class Many {\npublic:\n"
    for i in range(count):
        text += (f"  std::function<void()> f{i};\n  void m{i}() {{ f{i}(); m{(i * 7 + 1) % count}(); "
                 f"m{(i * 11 + 3) % count}(); }}\n")
    text += "};\nvoid use(Many &many, asio::ip::tcp::socket &peer) {\n"
    for i in range(count):
        text += f"  many.f{i} = [] {{ ::sleep({i + 1}); }};\n  many.m{i}();\n"
    return text + "  asio::post(peer.get_executor(), [] { ::sleep(1); });\n}\n"


folder = sys.argv[1]
for name, text in (("nested", nested(60)), ("mutual", mutual()), ("wide", wide(400))):
    with open(os.path.join(folder, name + ".cpp"), "w", encoding="utf-8") as out:
        out.write(text)
