// cpp-httplib: clients and servers wait; handlers run in the server's threads.
// REQUIRES: common-tests, pack-cpp-httplib
// RUN: %check %s async-blocking-call --only command --command-option=--uncertain -- -I%source_root/checker/include
#include <async_tidy/annotations.h>
#include <httplib.h>
#include <unistd.h>

class Cache {
public:
  void Get(const char *);
  void send(int);
};

ASYNC_TIDY_RUNS_ON_LOOP void request(httplib::Client &client, httplib::ClientImpl &plain, Cache &cache) {
  httplib::Client another("http://host");
  client.Get("/");                         // WARN: 'httplib::Client::Get' blocks the event loop in 'request' (network)
  client.Post("/");                        // WARN: 'httplib::Client::Post' blocks
  client.Put("/");                         // WARN: 'httplib::Client::Put' blocks
  client.Delete("/");                      // WARN: 'httplib::Client::Delete' blocks
  client.Head("/");                        // WARN: 'httplib::Client::Head' blocks
  client.set_keep_alive(true);
  client.stop();
  plain.Options("/");                      // WARN: 'httplib::ClientImpl::Options' blocks
  httplib::Request what;
  client.send(what);                       // WARN: 'httplib::Client::send' blocks
  cache.Get("/");
  cache.send(1);
}

ASYNC_TIDY_RUNS_ON_LOOP void serve(httplib::Server &server) {
  server.Get("/", [](const httplib::Request &, httplib::Response &) { fsync(1); })
      .Post("/", [](const httplib::Request &, httplib::Response &) { fsync(2); });
  server.Put("/", [](const httplib::Request &, httplib::Response &) { fsync(3); });
  server.bind_to_any_port("host");
  server.listen_after_bind();              // WARN: 'httplib::Server::listen_after_bind' blocks
  server.listen("host", 80);               // WARN: 'httplib::Server::listen' blocks
  server.stop();
}
