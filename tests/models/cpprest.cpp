// The C++ REST SDK: waiting for a task, and where continuations run.
// REQUIRES: common-tests, pack-cpprest
// RUN: %check %s async-blocking-call --only command --command-option=--uncertain -- -I%source_root/checker/include %headers
#include <async_tidy/annotations.h>
#include <cpprest/http_client.h>
#include <unistd.h>

namespace own {
template <class T> struct task {
  T get();
};
} // namespace own

ASYNC_TIDY_RUNS_ON_LOOP void request(web::http::client::http_client &client, own::task<int> &another) {
  pplx::task<web::http::http_response> response = client.request(web::http::methods::GET);
  response.wait();                         // WARN: 'pplx::task::wait' blocks the event loop in 'request' (wait)
  response.get();                          // WARN: 'pplx::task::get' blocks
  if (response.is_done())
    response.get();
  response.then([](web::http::http_response) { fsync(1); });
  pplx::create_task([] { fsync(2); }).then([](pplx::task<void> task) { task.get(); });
  another.get();
}
