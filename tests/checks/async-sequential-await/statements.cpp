// Statements that await, one after the other.
// RUN: %check %s async-sequential-await -- -pthread
#include "Inputs/while.h"
#include <string>
#include <vector>

namespace asio = boost::asio;
using asio::awaitable;
using asio::use_awaitable;

struct User {
  std::string name;
  int age = 0;
};

awaitable<User> loadUser(int id) { co_await aWhile(); co_return User{std::to_string(id), id}; }
awaitable<std::vector<int>> loadOrders(int id) { co_await aWhile(); co_return std::vector<int>{id, id + 1}; }
awaitable<int> price(int order) { co_await aWhile(); co_return order * 2; }
awaitable<int> unseen(int id);
int calls;
awaitable<int> counted(int id) { co_await aWhile(); co_return id + calls++; }

awaitable<int> two(int id) {
  auto user = co_await loadUser(id);     // WARN: 'loadUser' and 'loadOrders' are awaited one after the other, though none needs what another brings // NOTE: 'loadUser' and 'loadOrders' change nothing that others see, each
  auto orders = co_await loadOrders(id); // NOTE: awaited here, without using what came before
  co_return user.age + int(orders.size());
}

awaitable<int> three(int id) {
  int first = co_await price(id); // WARN: 3 calls of 'price' are awaited one after the other
  int next = id + 1;
  int second = co_await price(next);
  const int third = co_await price(id + 2);
  co_return first + second + third;
}

awaitable<int> needed(int id) {
  User user = co_await loadUser(id);
  auto orders = co_await loadOrders(user.age);
  int first = co_await price(orders[0]); // WARN: 2 calls of 'price'
  int second = co_await price(orders[1]);
  int sum = first + second;
  int third = co_await price(sum);
  co_return third;
}

awaitable<int> apart(int id) {
  auto user = co_await loadUser(id);
  if (user.age > 3)
    co_return 0;
  auto orders = co_await loadOrders(id);
  calls = 1;
  int one = co_await price(id);
  ++calls;
  int two = co_await price(id + 1);
  co_return one + two + int(orders.size());
}

awaitable<int> silent(int id) {
  int one = co_await counted(id);
  int two = co_await counted(id + 1);
  int three = co_await unseen(id);
  int four = co_await unseen(id + 1);
  co_return one + two + three + four;
}

// They are one plan: what has no result is wanted for what it does.
awaitable<void> step(int number) { co_await aWhile(); co_return; }
awaitable<void> plan() {
  co_await step(1);
  co_await step(2);
}


// In a loop too, if that must be one after the other.
awaitable<int> inLoop(int id) {
  while (id > 0) {
    int one = co_await price(id); // WARN: 2 calls of 'price'
    int two = co_await price(id + 1);
    id = one - two;
  }
  co_return id;
}

// What is moved away is not there for the next.
awaitable<int> length(std::string text) { co_await aWhile(); co_return int(text.size()); }
awaitable<int> moved(std::string text) {
  int one = co_await length(std::move(text));
  int two = co_await length(std::move(text));
  co_return one + two;
}
