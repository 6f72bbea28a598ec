// Loops that await one operation after the other, and gather what these bring.
// RUN: %check %s async-sequential-await -- -pthread
#include "Inputs/while.h"
#include <array>
#include <map>
#include <string>
#include <vector>

namespace asio = boost::asio;
using asio::awaitable;
using asio::use_awaitable;

struct Page {
  std::string text;
  int size = 0;
};

awaitable<int> compute(int input) { co_await aWhile(); co_return input * input; }

awaitable<Page> load(std::string url) {
  co_await aWhile();
  Page page;
  page.text = url + "!";
  page.size = int(page.text.size());
  co_return page;
}

awaitable<std::vector<Page>> append(std::vector<std::string> urls) {
  std::vector<Page> pages;
  pages.reserve(urls.size());
  for (const std::string &url : urls)      // NOTE: each time round uses what is its own, adds its result, and never ends the loop early
    pages.push_back(co_await load(url));   // WARN: this loop waits for one 'load' after the other, though none needs what another brings // NOTE: 'load' changes nothing that others see // NOTE: instead: asio::co_spawn each with asio::deferred
  co_return pages;
}

awaitable<int> sum(int count) {
  int total = 0, seen = 0;
  for (int i = 0; i < count; ++i) {
    total += co_await compute(i); // WARN: one 'compute' after the other
    ++seen;
  }
  co_return total / seen;
}

awaitable<void> stored(std::vector<int> inputs, std::vector<int> &results) {
  for (size_t i = 0; i != inputs.size(); ++i)
    results[i] = co_await compute(inputs[i]); // WARN: one 'compute' after the other
  std::array<Page, 4> pages;
  for (int i = 3; i >= 0; i--)
    pages[i] = co_await load(std::to_string(i)); // WARN: one 'load' after the other
  std::map<std::string, Page> byName;
  for (const char *name : {"a", "b"})
    byName[name] = co_await load(name); // WARN: one 'load' after the other
  for (int i = 0; i < 4; i += 2)
    byName.emplace(std::to_string(i), co_await load("x" + std::to_string(i))); // WARN: one 'load' after the other
}

// Each element is another one.
awaitable<void> inPlace(std::vector<Page> &pages) {
  for (Page &page : pages)
    page.size = co_await compute(page.size); // WARN: one 'compute' after the other
}

// Some of them only, and what becomes of a result.
awaitable<std::string> some(std::vector<std::string> urls) {
  std::string all;
  for (const auto &url : urls) {
    if (url.empty())
      continue;
    Page page = co_await load(url); // WARN: one 'load' after the other
    if (page.size == 0)
      continue;
    std::string line = page.text + "\n";
    all += line;
  }
  co_return all;
}

// What comes second needs what came first, but of its own time round.
awaitable<int> chained(std::vector<int> inputs) {
  int total = 0;
  for (int input : inputs) {
    int first = co_await compute(input); // WARN: one 'compute' after the other
    total += co_await compute(first);
  }
  co_return total;
}

// The inner loop is told.
awaitable<int> nested(std::vector<std::vector<int>> rows) {
  int total = 0;
  for (const auto &row : rows)
    for (int input : row)             // NOTE: each time round
      total += co_await compute(input); // WARN: one 'compute' after the other
  co_return total;
}

struct Shop {
  int discount = 3;
  std::vector<int> prices;

  awaitable<int> price(int item) const { co_await aWhile(); co_return prices[size_t(item)] - discount; }
  awaitable<int> total(std::vector<int> items) {
    int sum = 0;
    for (int item : items)
      sum += co_await price(item); // WARN: one 'Shop::price' after the other
    co_return sum;
  }
};
