// The forms that names and conditions have in a model.
// RUN: %check %s async-blocking-call --tidy-option=Models=%S/Inputs/lib.yaml --command-option=--models=%S/Inputs/lib.yaml
#include <boost/asio.hpp>

namespace lib {

struct sync_wait_t {
  template <class T> void operator()(T &&) const {}
};

inline constexpr sync_wait_t sync_wait{};
inline constexpr sync_wait_t other{};

struct Redis {
  Redis();
  void get();
  void close();
  bool operator==(int) const;

  struct Reply {
    void parse();
  };
};

struct Cluster : Redis {
  void slots();
};

struct Session {
  void setBlocking(bool);
  void read();
};

void set_mode(Session *, int);
void fetch(Session *);
void poll(Session *, int timeout);

} // namespace lib

boost::asio::awaitable<void> objects() {
  lib::sync_wait(1); // WARN: 'lib::sync_wait' blocks the event loop in coroutine 'objects' (wait)
  lib::other(1);
  co_return;
}

boost::asio::awaitable<void> members(lib::Redis::Reply &reply) {
  lib::Redis redis;
  redis.get(); // WARN: 'lib::Redis::get' blocks the event loop in coroutine 'members' (database)
  if (redis == 3)
    redis.close();
  reply.parse();
  lib::Cluster cluster;
  cluster.get();   // WARN: 'lib::Redis::get'
  cluster.slots(); // not one of the class that is described
  co_return;
}

boost::asio::awaitable<void> modes(lib::Session &set, lib::Session &unset, lib::Session *handle,
                                   lib::Session *plain) {
  set.setBlocking(false);
  set.read();
  unset.setBlocking(true);
  unset.read(); // WARN: 'lib::Session::read'
  lib::set_mode(handle, 0);
  lib::fetch(handle);
  lib::set_mode(plain, 1);
  lib::fetch(plain);  // WARN: 'lib::fetch'
  lib::fetch(&unset); // WARN: 'lib::fetch'
  co_return;
}

boost::asio::awaitable<void> ranges(lib::Session *session, int timeout) {
  lib::poll(session, 0);
  lib::poll(session, -1);
  lib::poll(session, 5);       // WARN: 'lib::poll'
  lib::poll(session, timeout); // WARN: 'lib::poll'
  co_return;
}
