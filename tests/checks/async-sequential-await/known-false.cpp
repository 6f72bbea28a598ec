// What is reported today and is right as it stands, so that closing a gap is seen.
// RUN: %check %s async-sequential-await -- -pthread
#include <boost/asio.hpp>
#include <string>
#include <vector>

using boost::asio::awaitable;

// A state that its parameters do not show.
awaitable<int> execute(std::string statement);

awaitable<int> migrate(std::vector<std::string> statements) {
  int rows = 0;
  for (const std::string &statement : statements)
    rows += co_await execute(statement); // WARN: one 'execute' after the other
  co_return rows;
}
