// POCO: threads, sockets, databases, processes and files.
// REQUIRES: common-tests, pack-poco
// RUN: %check %s async-blocking-call --only command --command-option=--tiers=+lock --command-option=--uncertain -- -I%source_root/checker/include
#include <Poco/ActiveResult.h>
#include <Poco/Condition.h>
#include <Poco/Data/Session.h>
#include <Poco/Data/Statement.h>
#include <Poco/Event.h>
#include <Poco/File.h>
#include <Poco/Mutex.h>
#include <Poco/Net/DNS.h>
#include <Poco/Net/HTTPClientSession.h>
#include <Poco/Net/HTTPRequest.h>
#include <Poco/Net/HTTPResponse.h>
#include <Poco/Net/ServerSocket.h>
#include <Poco/Net/StreamSocket.h>
#include <Poco/NotificationQueue.h>
#include <Poco/Process.h>
#include <Poco/Semaphore.h>
#include <Poco/Thread.h>
#include <Poco/ThreadPool.h>
#include <async_tidy/annotations.h>
#include <unistd.h>

struct Event {
  void wait();
};

ASYNC_TIDY_RUNS_ON_LOOP void threads(Poco::Thread &thread, Poco::ThreadPool &pool) {
  Poco::Thread::sleep(10);                 // WARN: 'Poco::Thread::sleep' blocks the event loop in 'threads' (sleep)
  Poco::Thread::sleep(0);
  Poco::Thread::trySleep(10);              // WARN: 'Poco::Thread::trySleep' blocks
  Poco::Thread::yield();
  thread.startFunc([] { fsync(1); });
  thread.start([](void *) { fsync(2); });
  thread.join();                           // WARN: 'Poco::Thread::join' blocks the event loop in 'threads' (wait)
  thread.tryJoin(10);                      // WARN: 'Poco::Thread::tryJoin' blocks
  thread.tryJoin(0);
  pool.joinAll();                          // WARN: 'Poco::ThreadPool::joinAll' blocks
  pool.stopAll();                          // WARN: 'Poco::ThreadPool::stopAll' blocks
}

ASYNC_TIDY_RUNS_ON_LOOP void waits(Poco::Event &event, Poco::Semaphore &semaphore, Poco::Condition &condition,
                                   Poco::Mutex &mutex, Poco::FastMutex &fast, Poco::NotificationQueue &queue,
                                   Poco::ActiveResult<int> &result, Event &own) {
  event.wait();                            // WARN: 'Poco::Event::wait' blocks the event loop in 'waits' (wait)
  event.wait(10);                          // WARN: 'Poco::Event::wait' blocks
  event.tryWait(0);
  event.tryWait(10);                       // WARN: 'Poco::Event::tryWait' blocks
  event.set();
  own.wait();
  semaphore.wait();                        // WARN: 'Poco::Semaphore::wait' blocks
  semaphore.tryWait(0);
  condition.wait(mutex);                   // WARN: 'Poco::Condition::wait' blocks
  condition.tryWait(mutex, 10);            // WARN: 'Poco::Condition::tryWait' blocks
  condition.tryWait(mutex, 0);
  queue.waitDequeueNotification();         // WARN: 'Poco::NotificationQueue::waitDequeueNotification' blocks
  queue.dequeueNotification();
  mutex.lock();                            // WARN: 'Poco::Mutex::lock' blocks the event loop in 'waits' (lock)
  mutex.tryLock();
  mutex.tryLock(0);
  mutex.tryLock(10);                       // WARN: 'Poco::Mutex::tryLock' blocks
  fast.lock();                             // WARN: 'Poco::FastMutex::lock' blocks
  result.wait();                           // WARN: 'Poco::ActiveResult::wait' blocks
  if (result.available())
    result.wait();
}

ASYNC_TIDY_RUNS_ON_LOOP void network(Poco::Net::StreamSocket &socket, const Poco::Net::SocketAddress &address,
                                     Poco::Net::ServerSocket &server, Poco::Net::HTTPClientSession &session,
                                     Poco::Net::HTTPRequest &request, Poco::Net::HTTPResponse &response) {
  socket.connect(address);                 // WARN: 'Poco::Net::StreamSocket::connect' blocks the event loop in 'network' (network)
  socket.connectNB(address);
  char buffer[8];
  socket.receiveBytes(buffer, 8);          // WARN: 'Poco::Net::StreamSocket::receiveBytes' may block
  socket.sendBytes(buffer, 8);             // WARN: 'Poco::Net::StreamSocket::sendBytes' may block
  socket.poll(0, Poco::Net::Socket::SELECT_READ); // WARN: 'Poco::Net::Socket::poll' may block
  server.acceptConnection();               // WARN: 'Poco::Net::ServerSocket::acceptConnection' may block
  session.sendRequest(request);            // WARN: 'Poco::Net::HTTPClientSession::sendRequest' blocks
  session.receiveResponse(response);       // WARN: 'Poco::Net::HTTPClientSession::receiveResponse' blocks
  session.reset();
  Poco::Net::DNS::hostByName("host");      // WARN: 'Poco::Net::DNS::hostByName' blocks the event loop in 'network' (dns)
  Poco::Net::DNS::thisHost();              // WARN: 'Poco::Net::DNS::thisHost' blocks
}

ASYNC_TIDY_RUNS_ON_LOOP void nonBlocking(Poco::Net::StreamSocket socket, Poco::Net::ServerSocket server) {
  socket.setBlocking(false);
  char buffer[8];
  socket.receiveBytes(buffer, 8);
  socket.sendBytes(buffer, 8);
  server.setBlocking(true);
  server.acceptConnection();               // WARN: 'Poco::Net::ServerSocket::acceptConnection' may block
}

ASYNC_TIDY_RUNS_ON_LOOP void database(Poco::AutoPtr<Poco::Data::SessionImpl> implementation) {
  Poco::Data::Session session("SQLite", "file"); // WARN: 'Poco::Data::Session::Session' blocks the event loop in 'database' (database)
  Poco::Data::Session copy(session);
  Poco::Data::Session pooled(implementation);
  session.begin();                         // WARN: 'Poco::Data::Session::begin' blocks
  session.commit();                        // WARN: 'Poco::Data::Session::commit' blocks
  Poco::Data::Statement statement(session);
  statement.execute();                     // WARN: 'Poco::Data::Statement::execute' blocks
  statement.executeAsync();
  Poco::Data::Statement later(session);
  later.setAsync(true);
  later.execute();
}

ASYNC_TIDY_RUNS_ON_LOOP void files(Poco::File &file, Poco::ProcessHandle &process) {
  file.exists();                           // WARN: 'Poco::File::exists' blocks the event loop in 'files' (disk)
  file.copyTo("file");                     // WARN: 'Poco::File::copyTo' blocks
  file.path();
  process.wait();                          // WARN: 'Poco::ProcessHandle::wait' blocks the event loop in 'files' (process)
  process.tryWait();
  Poco::Process::wait(process);            // WARN: 'Poco::Process::wait' blocks
}
