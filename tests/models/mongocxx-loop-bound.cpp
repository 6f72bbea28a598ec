// The C++ client of MongoDB: a client, and all that comes from it, belong to one thread at a time.
// REQUIRES: common-tests, pack-asio
// RUN: %check %s async-loop-bound-capture --only command -- -pthread -I%source_root/checker/include
#include <async_tidy/annotations.h>
#include <boost/asio.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

// ---- as the library declares it ----------------------------------------------------------------

namespace mongocxx {
namespace v_noabi {

class uri {
public:
  explicit uri(std::string uri_string = "mongodb://localhost:27017");
  std::string database() const;
};
class collection {
public:
  std::optional<int> find_one(int filter);
  std::string_view name() const;
};
class database {
public:
  v_noabi::collection collection(std::string name) const;
  v_noabi::collection operator[](std::string name) const { return this->collection(name); }
  std::vector<std::string> list_collection_names();
};
class client {
public:
  client() noexcept {}
  client(v_noabi::uri const &mongodb_uri);
  v_noabi::database database(std::string name) const &;
  v_noabi::database operator[](std::string name) const & { return database(name); }
  std::vector<std::string> list_database_names() const;
};
class pool {
public:
  explicit pool(v_noabi::uri const &mongodb_uri = v_noabi::uri());
  pool(pool const &) = delete;
  class entry {
  public:
    v_noabi::client *operator->() const & noexcept;
    v_noabi::client &operator*() const & noexcept;
  };
  entry acquire();
};

} // namespace v_noabi
using v_noabi::client;
using v_noabi::collection;
using v_noabi::database;
using v_noabi::pool;
using v_noabi::uri;
} // namespace mongocxx

// ------------------------------------------------------------------------------------------------

mongocxx::uri uri;
mongocxx::pool pool(uri);
mongocxx::client client(uri);
mongocxx::database database = client["a"];

ASYNC_TIDY_RUNS_ON_LOOP void serve() {
  std::thread([] { client.list_database_names(); }).detach();     // WARN: client::list_database_names' uses 'client' on another thread
  std::thread([] { database.list_collection_names(); }).detach(); // WARN: database::list_collection_names' uses 'database' on another thread
  // Any thread may use the pool; a client is the thread's own.
  std::thread([] {
    uri.database();
    auto taken = pool.acquire();
    taken->list_database_names();
    mongocxx::client own(uri);
    mongocxx::collection collection = own["a"]["b"];
    collection.find_one(1);
  }).detach();
  client["a"];
  database["b"];
  pool.acquire();
}

boost::asio::awaitable<void> captures() {
  mongocxx::client mine(uri), theirs(uri);
  auto collection = mine["a"]["b"];
  std::thread([&collection] { collection.find_one(1); }).detach(); // WARN: collection::find_one' uses 'collection' on another thread
  std::thread([&theirs] { theirs.list_database_names(); }).detach();
  collection.name();
  co_return;
}
