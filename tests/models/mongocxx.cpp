// The C++ client of MongoDB: what waits for the server. It has no form that does not.
// REQUIRES: common-tests, pack-asio
// RUN: %check %s async-blocking-call --only command --command-option=--uncertain -- -pthread -I%source_root/checker/include
#include <async_tidy/annotations.h>
#include <boost/asio.hpp>
#include <cstdint>
#include <functional>
#include <iterator>
#include <optional>
#include <ostream>
#include <string>
#include <unistd.h>
#include <vector>

// ---- as the library declares it ----------------------------------------------------------------

namespace bsoncxx::v_noabi {
namespace document {
class view {};
class value {};
class view_or_value {
public:
  view_or_value(document::view = {}) {}
};
} // namespace document
namespace stdx = std;
} // namespace bsoncxx::v_noabi

// Its first stable interface. Versions before 4 have v_noabi as an inline namespace.
namespace mongocxx::v1 {
class uri {};
class cursor {
public:
  class iterator;
  iterator begin();
  iterator end();
};
class cursor::iterator {
public:
  bsoncxx::v_noabi::document::view const &operator*() const;
  iterator &operator++();
  friend bool operator==(iterator const &, iterator const &);
};
class collection {
public:
  cursor find(bsoncxx::v_noabi::document::view filter);
  std::optional<bsoncxx::v_noabi::document::value> find_one(bsoncxx::v_noabi::document::view filter);
  std::string_view name() const;
};
class client {
public:
  client(v1::uri uri);
  client();
  std::vector<std::string> list_database_names();
};
} // namespace mongocxx::v1

namespace mongocxx {
namespace v_noabi {

namespace options {
class find {};
class insert {};
class bulk_write {};
} // namespace options
namespace result {
class insert_one {};
class insert_many {};
class bulk_write {};
class update {};
} // namespace result
namespace model {
class write {};
} // namespace model

class instance {
public:
  instance();
};
class uri {
public:
  explicit uri(std::string uri_string = "mongodb://localhost:27017");
  std::string database() const;
};

class cursor {
public:
  class iterator;
  iterator begin();
  iterator end();
};
class cursor::iterator {
public:
  bsoncxx::v_noabi::document::view const &operator*() const;
  iterator &operator++();
  void operator++(int) { this->operator++(); }
  friend bool operator==(iterator const &, iterator const &);
};
class change_stream {
public:
  class iterator;
  iterator begin() const;
  iterator end() const;
};
class change_stream::iterator {
public:
  bsoncxx::v_noabi::document::view const &operator*() const;
  iterator &operator++();
  friend bool operator==(iterator const &, iterator const &) noexcept;
};

class client;
class client_session {
public:
  client_session(client_session &&) noexcept = default;
  v_noabi::client const &client() const noexcept;
  void start_transaction();
  void commit_transaction();
  void abort_transaction();
  using with_transaction_cb = std::function<void(client_session *)>;
  void with_transaction(with_transaction_cb cb);

private:
  client_session(v_noabi::client &);
};

class bulk_write {
public:
  bool empty() const noexcept;
  bulk_write &append(v_noabi::model::write const &operation);
  bsoncxx::v_noabi::stdx::optional<result::bulk_write> execute() const;
};
class index_view {
public:
  v_noabi::cursor list();
  std::optional<std::string> create_one(bsoncxx::v_noabi::document::view_or_value const &keys);
  void drop_one(std::string_view name);
  void drop_all();
};

class collection {
public:
  v_noabi::bulk_write create_bulk_write(options::bulk_write const &options = {});
  std::optional<result::bulk_write> write(v_noabi::model::write const &write, options::bulk_write const &options = {}) {
    return this->create_bulk_write(options).append(write).execute();
  }
  template <typename container_type>
  std::optional<result::bulk_write> bulk_write(container_type const &, options::bulk_write const & = {}) {
    return {};
  }
  std::int64_t count_documents(bsoncxx::v_noabi::document::view_or_value filter);
  v_noabi::cursor find(bsoncxx::v_noabi::document::view_or_value filter, options::find const &options = {});
  v_noabi::cursor find(client_session const &, bsoncxx::v_noabi::document::view_or_value filter, options::find const &options = {});
  std::optional<bsoncxx::v_noabi::document::value>
  find_one(bsoncxx::v_noabi::document::view_or_value filter, options::find const &options = {});
  std::optional<result::insert_one>
  insert_one(bsoncxx::v_noabi::document::view_or_value document, options::insert const &options = {});
  template <typename container_type>
  std::optional<result::insert_many> insert_many(container_type const &, options::insert const & = {}) {
    return {};
  }
  std::optional<result::update>
  update_one(bsoncxx::v_noabi::document::view_or_value filter, bsoncxx::v_noabi::document::view_or_value update);
  void drop();
  v_noabi::index_view indexes();
  std::string_view name() const;
  v_noabi::change_stream watch();
};

namespace gridfs {
class downloader {
public:
  std::size_t read(std::uint8_t *buffer, std::size_t length);
  std::int64_t file_length() const;
};
class uploader {
public:
  void write(std::uint8_t const *bytes, std::size_t length);
  void close();
  std::int32_t chunk_size() const;
};
class bucket {
public:
  v_noabi::gridfs::downloader open_download_stream(int id);
  void download_to_stream(int id, std::ostream *destination);
  void delete_file(int id);
  std::string_view bucket_name() const;
};
} // namespace gridfs

class database {
public:
  bsoncxx::v_noabi::document::value run_command(bsoncxx::v_noabi::document::view_or_value command);
  bool has_collection(std::string name) const;
  std::vector<std::string> list_collection_names();
  v_noabi::collection create_collection(std::string_view name);
  std::string_view name() const;
  v_noabi::collection collection(std::string name) const;
  v_noabi::collection operator[](std::string name) const { return this->collection(name); }
  v_noabi::gridfs::bucket gridfs_bucket() const;
};

class client {
public:
  client() noexcept {}
  client(v_noabi::uri const &mongodb_uri);
  explicit operator bool() const noexcept;
  v_noabi::uri uri() const;
  v_noabi::database database(std::string name) const &;
  v_noabi::database operator[](std::string name) const & { return database(name); }
  std::vector<std::string> list_database_names() const;
  v_noabi::client_session start_session();
};

class pool {
public:
  explicit pool(v_noabi::uri const &mongodb_uri = v_noabi::uri());
  pool(pool const &) = delete;
  class entry {
  public:
    v_noabi::client *operator->() const & noexcept;
    v_noabi::client &operator*() const & noexcept;
    v_noabi::database operator[](std::string name) const & { return (**this)[name]; }
  };
  entry acquire();
  bsoncxx::v_noabi::stdx::optional<entry> try_acquire();
};

} // namespace v_noabi

using v_noabi::bulk_write;
using v_noabi::change_stream;
using v_noabi::client;
using v_noabi::client_session;
using v_noabi::collection;
using v_noabi::cursor;
using v_noabi::database;
using v_noabi::index_view;
using v_noabi::instance;
using v_noabi::pool;
using v_noabi::uri;
namespace gridfs {
using namespace v_noabi::gridfs;
}
namespace model {
using namespace v_noabi::model;
}
} // namespace mongocxx

// ---- waits for nobody --------------------------------------------------------------------------

namespace asio = boost::asio;
using bsoncxx::v_noabi::document::view;

asio::awaitable<void> looks(mongocxx::client &client, mongocxx::client_session &session) {
  mongocxx::uri uri("mongodb://localhost");
  uri.database();
  client.uri();
  mongocxx::database database = client["a"];
  database.name();
  mongocxx::collection collection = database["b"];
  collection.name();
  mongocxx::bulk_write writes = collection.create_bulk_write();
  writes.append(mongocxx::model::write());
  writes.empty();
  collection.indexes();
  session.start_transaction();
  session.client();
  mongocxx::gridfs::bucket files = database.gridfs_bucket();
  files.bucket_name();
  co_return;
}

ASYNC_TIDY_RUNS_ON_LOOP void takes(mongocxx::pool &pool) {
  if (auto client = pool.try_acquire())
    (*client)["a"]["b"].name();
}

// ---- blocks ------------------------------------------------------------------------------------

asio::awaitable<void> connects(mongocxx::uri uri) {
  mongocxx::client client(uri);               // WARN: client' may block the event loop in coroutine 'connects' (database)
  client.list_database_names();               // WARN: client::list_database_names' blocks the event loop in coroutine 'connects' (database)
  mongocxx::pool pool(uri);                   // WARN: pool' may block
  auto taken = pool.acquire();                // WARN: pool::acquire' may block
  taken->list_database_names();               // WARN: client::list_database_names' blocks
  auto session = client.start_session();      // WARN: client::start_session' blocks
  session.with_transaction([](mongocxx::client_session *) { ::fsync(1); }); // WARN: client_session::with_transaction' blocks // WARN: it reaches 'fsync' (disk)
  session.commit_transaction();               // WARN: client_session::commit_transaction' blocks
  session.abort_transaction();                // WARN: client_session::abort_transaction' blocks
  co_return;
}

asio::awaitable<void> reads(mongocxx::database &database, mongocxx::client_session &session) {
  database.run_command(view());               // WARN: database::run_command' blocks
  database.has_collection("b");               // WARN: database::has_collection' blocks
  database.list_collection_names();           // WARN: database::list_collection_names' blocks
  auto collection = database.create_collection("b"); // WARN: database::create_collection' blocks
  collection.find_one(view());                // WARN: collection::find_one' blocks
  collection.count_documents(view());         // WARN: collection::count_documents' blocks
  collection.find(session, view());           // WARN: collection::find' may block
  auto found = collection.find(view());       // WARN: collection::find' may block
  for (auto &document : found)                // WARN: cursor::begin' blocks
    (void)document;
  auto next = found.begin();                  // WARN: cursor::begin' blocks
  ++next;                                     // WARN: cursor::iterator::operator++' blocks
  *next;
  auto changes = collection.watch();          // WARN: collection::watch' blocks
  auto change = changes.begin();              // WARN: change_stream::begin' blocks
  ++change;                                   // WARN: change_stream::iterator::operator++' blocks
  co_return;
}

ASYNC_TIDY_RUNS_ON_LOOP void writes(mongocxx::collection &collection) {
  std::vector<view> documents;
  std::vector<mongocxx::model::write> models;
  collection.insert_one(view());              // WARN: collection::insert_one' blocks the event loop in 'writes' (database)
  collection.insert_many(documents);          // WARN: collection::insert_many' blocks
  collection.update_one(view(), view());      // WARN: collection::update_one' blocks
  collection.write(models.front());           // WARN: collection::write' blocks
  collection.bulk_write(models);              // WARN: collection::bulk_write' blocks
  collection.create_bulk_write().append(models.front()).execute(); // WARN: bulk_write::execute' blocks
  collection.indexes().create_one(view());    // WARN: index_view::create_one' blocks
  collection.indexes().list();                // WARN: index_view::list' blocks
  collection.indexes().drop_one("name");      // WARN: index_view::drop_one' blocks
  collection.indexes().drop_all();            // WARN: index_view::drop_all' blocks
  collection.drop();                          // WARN: collection::drop' blocks
}

asio::awaitable<void> files(mongocxx::gridfs::bucket &files, mongocxx::gridfs::uploader &uploader, std::ostream &output,
                            std::uint8_t *bytes) {
  uploader.write(bytes, 1);                   // WARN: gridfs::uploader::write' blocks
  uploader.close();                           // WARN: gridfs::uploader::close' blocks
  uploader.chunk_size();
  auto downloader = files.open_download_stream(1); // WARN: gridfs::bucket::open_download_stream' blocks
  downloader.read(bytes, 1);                  // WARN: gridfs::downloader::read' blocks
  downloader.file_length();
  files.download_to_stream(1, &output);       // WARN: gridfs::bucket::download_to_stream' blocks
  files.delete_file(1);                       // WARN: gridfs::bucket::delete_file' blocks
  co_return;
}

asio::awaitable<void> stable(mongocxx::v1::collection &collection) {
  mongocxx::v1::client client(mongocxx::v1::uri{}); // WARN: client' may block
  client.list_database_names();               // WARN: 'mongocxx::v1::client::list_database_names' blocks
  collection.find_one(view());                // WARN: 'mongocxx::v1::collection::find_one' blocks
  auto found = collection.find(view());       // WARN: 'mongocxx::v1::collection::find' may block
  auto next = found.begin();                  // WARN: 'mongocxx::v1::cursor::begin' blocks
  ++next;                                     // WARN: 'mongocxx::v1::cursor::iterator::operator++' blocks
  collection.name();
  co_return;
}

// ---- elsewhere ---------------------------------------------------------------------------------

asio::awaitable<void> asksOnThreads(asio::thread_pool &threads, mongocxx::pool &pool) {
  co_await asio::co_spawn(
      threads,
      [&]() -> asio::awaitable<void> {
        auto client = pool.acquire();
        (*client)["a"]["b"].find_one(view());
        co_return;
      },
      asio::use_awaitable);
}

// ---- the user's own ----------------------------------------------------------------------------

namespace own {
struct collection {
  void find_one(view);
  void insert_one(view);
};
namespace mongocxx {
struct client {
  void list_database_names();
};
} // namespace mongocxx
} // namespace own

asio::awaitable<void> ownNames(own::collection collection, own::mongocxx::client client) {
  collection.find_one(view());
  collection.insert_one(view());
  client.list_database_names();
  co_return;
}
