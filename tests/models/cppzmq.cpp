// cppzmq: what waits for a message, what may, and what does not.
// REQUIRES: common-tests, pack-cppzmq
// RUN: %check %s async-blocking-call --only command --command-option=--uncertain -- -I%source_root/checker/include
#include <async_tidy/annotations.h>
#include <chrono>
#include <iterator>
#include <utility>
#include <vector>
#include <zmq.hpp>
#include <zmq_addon.hpp>

ASYNC_TIDY_RUNS_ON_LOOP void talk(zmq::socket_t &socket, zmq::socket_ref other, zmq::message_t &message,
                                  std::vector<zmq::pollitem_t> &items, zmq::monitor_t &monitor) {
  socket.recv(message);                                                 // WARN: recv' blocks the event loop in 'talk' (network)
  socket.recv(message, zmq::recv_flags::none);                          // WARN: recv' blocks
  socket.recv(message, zmq::recv_flags::dontwait);
  socket.recv(&message, ZMQ_DONTWAIT);
  other.recv(message);                                                  // WARN: recv' blocks
  socket.send(message, zmq::send_flags::none);                          // WARN: send' may block
  socket.send(zmq::buffer("text"), zmq::send_flags::sndmore);           // WARN: send' may block
  socket.send(zmq::buffer("text"));                                     // WARN: send' may block
  socket.send(message, zmq::send_flags::dontwait);
  socket.send(message, zmq::send_flags::dontwait | zmq::send_flags::sndmore);
  std::vector<zmq::message_t> parts;
  (void)zmq::recv_multipart(socket, std::back_inserter(parts));         // WARN: 'zmq::recv_multipart' blocks
  (void)zmq::recv_multipart(socket, std::back_inserter(parts), zmq::recv_flags::dontwait);
  zmq::send_multipart(socket, parts);                                   // WARN: 'zmq::send_multipart' may block
  zmq::multipart_t multipart;
  multipart.recv(socket);                                               // WARN: recv' blocks
  multipart.send(socket, ZMQ_DONTWAIT);
  zmq::poll(items);                                                     // WARN: 'zmq::poll' blocks
  zmq::poll(items, std::chrono::milliseconds(10));                      // WARN: 'zmq::poll' blocks
  zmq::poll(items, std::chrono::milliseconds(0));
  zmq::poll(items.data(), items.size(), 0);
  zmq::proxy(socket, other);                                            // WARN: 'zmq::proxy' blocks the event loop in 'talk' (wait)
  monitor.monitor(socket, "inproc://monitor");                          // WARN: monitor' blocks
  monitor.check_event(10);                                              // WARN: check_event' blocks
  monitor.check_event();
  socket.connect("tcp://localhost:5555");
}

ASYNC_TIDY_RUNS_ON_LOOP void contexts() {
  zmq::context_t context; // WARN: ~context_t' blocks
}

ASYNC_TIDY_RUNS_ON_LOOP void closed() {
  zmq::context_t context;
  context.close(); // WARN: close' blocks
}

zmq::context_t make() {
  zmq::context_t context;
  return context;
}

ASYNC_TIDY_RUNS_ON_LOOP void moved(zmq::context_t &to) {
  zmq::context_t context;
  to = std::move(context);
}
