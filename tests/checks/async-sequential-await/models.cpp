// What only models know of a library.
// RUN: %check %s async-sequential-await --tidy-option Models=%S/Inputs/lib.yaml --command-option=--models=%S/Inputs/lib.yaml
#include "../async-blocking-call/Inputs/task.h"
#include <string>
#include <vector>

namespace lib {
struct Row {
  int *cells;
};
Row parse(const std::string &text);
int count(const std::string &text);
app::Task<Row> query(std::string statement);
app::Task<Row> change(std::string statement);
struct Table {
  void enter(Row row);
  void enterFirst(Row row);
};
} // namespace lib

using app::Task;

Task<lib::Row> parsed(std::string text) {
  lib::Row row = co_await lib::query(text);
  co_return row.cells ? row : lib::parse(text);
}
Task<int> counted(std::string text) {
  lib::Row row = co_await lib::query(text);
  co_return row.cells ? 1 : lib::count(text);
}

Task<> tables(std::vector<std::string> texts) {
  lib::Table table;
  for (const auto &text : texts)
    table.enter(co_await lib::query(text)); // WARN: one 'lib::query' after the other
  for (const auto &text : texts)
    table.enter(co_await parsed(text)); // WARN: one 'parsed' after the other
  for (const auto &text : texts)
    table.enter(co_await lib::change(text));
  for (const auto &text : texts)
    table.enterFirst(co_await lib::query(text));
  int total = 0;
  for (const auto &text : texts)
    total += co_await counted(text);
}
