// Classes that say that they belong to a loop, and members of them that any thread may call.
// RUN: %check %s async-loop-bound-capture -- -pthread -I%source_root/checker/include
#include <async_tidy/annotations.h>
#include <boost/asio.hpp>
#include <functional>

namespace asio = boost::asio;

class ASYNC_TIDY_LOOP_BOUND Connection {
public:
  void query(int);
  ASYNC_TIDY_THREAD_SAFE void cancel();
};

void inPool(ASYNC_TIDY_CALLED_ON_WORKER std::function<void()> job);

asio::awaitable<void> share(Connection &connection) { // NOTE: 'connection' is declared here
  inPool([&] {                                        // NOTE: 'inPool' runs a lambda on another thread here
    connection.query(1);                              // WARN: 'Connection::query' uses 'connection' on another thread, while the event loop uses it
    connection.cancel();
  });
  connection.query(2); // NOTE: on the event loop, coroutine 'share' uses it here, with 'Connection::query'
  co_return;
}
