// libevent: what waits, and what runs on the loop.
// REQUIRES: common-tests, pack-libevent
// RUN: %check %s async-blocking-call --only command --command-option=--uncertain --command-option=--tiers=+lock -- -I%source_root/checker/include
#include <async_tidy/annotations.h>
#include <event2/buffer.h>
#include <event2/bufferevent.h>
#include <event2/dns.h>
#include <event2/event.h>
#include <event2/http.h>
#include <event2/listener.h>
#include <event2/util.h>
#include <sys/socket.h>
#include <unistd.h>

static void onEvent(evutil_socket_t, short, void *) {
  ::sleep(1); // WARN: 'sleep' blocks the event loop in 'onEvent' (sleep)
}

static void onRead(bufferevent *, void *) {
  ::sleep(2); // WARN: 'sleep' blocks the event loop in 'onRead' (sleep)
}

static void onRequest(evhttp_request *, void *) {
  ::sleep(3); // WARN: 'sleep' blocks the event loop in 'onRequest' (sleep)
}

static void onAccept(evconnlistener *, evutil_socket_t, sockaddr *, int, void *) {
  ::sleep(4); // WARN: 'sleep' blocks the event loop in 'onAccept' (sleep)
}

int main() {
  event_base *base = event_base_new();
  event *one = event_new(base, -1, EV_PERSIST, onEvent, nullptr);
  event_add(one, nullptr);
  bufferevent *stream = bufferevent_socket_new(base, -1, 0);
  bufferevent_setcb(stream, onRead, nullptr, nullptr, nullptr);
  evhttp_set_gencb(evhttp_new(base), onRequest, nullptr);
  evconnlistener_new(base, onAccept, nullptr, 0, -1, -1);
  event_base_dispatch(base);
}

ASYNC_TIDY_RUNS_ON_LOOP void loops(event_base *base, event *one) {
  event_base_dispatch(base);                // WARN: 'event_base_dispatch' blocks the event loop in 'loops' (wait)
  event_base_loop(base, EVLOOP_ONCE);       // WARN: 'event_base_loop'
  event_base_loop(base, EVLOOP_NONBLOCK);
  event_base_loop(base, EVLOOP_ONCE | EVLOOP_NONBLOCK);
  event_base_loopbreak(base);
  event_del(one);       // WARN: 'event_del' may block
  event_del_block(one); // WARN: 'event_del_block' may block
  event_del_noblock(one);
  event_add(one, nullptr);
  event_active(one, 0, 0);
}

ASYNC_TIDY_RUNS_ON_LOOP void names(evdns_base *dns, evutil_addrinfo *hints, evutil_addrinfo **result) {
  evutil_getaddrinfo("host", "80", hints, result); // WARN: 'evutil_getaddrinfo' blocks the event loop in 'names' (dns)
  evutil_getaddrinfo(nullptr, "80", hints, result);
  evdns_getaddrinfo(dns, "host", "80", hints, [](int, evutil_addrinfo *, void *) {}, nullptr);
  evdns_base_load_hosts(dns, "/etc/hosts"); // WARN: 'evdns_base_load_hosts' blocks the event loop in 'names' (disk)
}

ASYNC_TIDY_RUNS_ON_LOOP void buffers(bufferevent *stream, evbuffer *buffer) {
  bufferevent_lock(stream); // WARN: 'bufferevent_lock' blocks the event loop in 'buffers' (lock)
  bufferevent_unlock(stream);
  bufferevent_write(stream, "", 0);
  bufferevent_socket_connect_hostname(stream, nullptr, AF_INET, "host", 80);
  evbuffer_read(buffer, 1, 64);        // WARN: 'evbuffer_read' may block
  evbuffer_add_file(buffer, 1, 0, 64); // WARN: 'evbuffer_add_file' may block
  evbuffer_add(buffer, "", 0);
  evbuffer_drain(buffer, 1);
}
