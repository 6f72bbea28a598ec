// Of what is declared here and defined elsewhere, only its parameters are seen.
// RUN: %check %s async-sequential-await -- -pthread
#include "Inputs/while.h"
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace asio = boost::asio;
using asio::awaitable;

struct Node;
struct Query {
  std::string text;
  std::vector<int> arguments;
};
struct Handle {
  Node *node;
};

awaitable<int> values(int input);
awaitable<Query> plan(Query query, asio::any_io_executor executor);
awaitable<int> reference(const std::string &text);
awaitable<int> pointer(int input, Node *node);
awaitable<int> shared(int input, std::shared_ptr<int> counter);
awaitable<int> handle(int input, Handle handle);
awaitable<Handle> givesHandle(int input);
awaitable<int> called(int input, std::function<int(int)> callback);
awaitable<void> nothing(int input);
awaitable<int> noParameters();
int plain(int input);
awaitable<int> callsPlain(int input) { co_await aWhile(); co_return plain(input); }
int reaches(int input, Node &node);
awaitable<int> callsReaching(int input, Node &node) { co_await aWhile(); co_return reaches(input, node); }

struct Object {
  awaitable<int> member(int input) const;
};

awaitable<int> loops(std::vector<int> inputs, Node &node, asio::any_io_executor executor, Object object) {
  int total = 0;
  std::vector<Query> queries;
  for (int input : inputs)
    total += co_await values(input); // WARN: one 'values' after the other // NOTE: 'values' changes nothing that others see, as far as it is seen; what is not takes and gives only values
  for (int input : inputs)
    queries.push_back(co_await plan(Query{std::to_string(input), {}}, executor)); // WARN: one 'plan' after the other
  for (int input : inputs)
    total += co_await callsPlain(input); // WARN: one 'callsPlain' after the other
  for (int input : inputs)
    total += co_await reference(std::to_string(input));
  for (int input : inputs)
    total += co_await pointer(input, &node);
  for (int input : inputs)
    total += co_await shared(input, std::make_shared<int>(1));
  for (int input : inputs)
    total += co_await handle(input, Handle{&node});
  for (int input : inputs)
    total += (co_await givesHandle(input)).node != nullptr;
  for (int input : inputs)
    total += co_await called(input, [](int value) { return value; });
  for (int input : inputs)
    co_await nothing(input);
  for (int input : inputs)
    total += input + co_await noParameters();
  for (int input : inputs)
    total += co_await callsReaching(input, node);
  for (int input : inputs)
    total += co_await object.member(input);
  co_return total;
}
