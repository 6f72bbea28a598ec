// QCoro: what its wrappers are called and what they do.
// REQUIRES: common-tests, pack-qcoro
// RUN: %check %s async-blocking-call --only command --command-option=--uncertain -- -fPIC -isystem /usr/include/qcoro6 -isystem /usr/include/x86_64-linux-gnu/qt6 -isystem /usr/include/x86_64-linux-gnu/qt6/QtConcurrent -isystem /usr/include/x86_64-linux-gnu/qt6/QtCore -isystem /usr/include/x86_64-linux-gnu/qt6/QtDBus -isystem /usr/include/x86_64-linux-gnu/qt6/QtNetwork
#include <QtConcurrent>
#include <QtCore>
#include <QtNetwork>
#include <chrono>
#include <qcoro/qcoro.h>
#include <qcoro/qcoroasyncgenerator.h>
#include <qcoro/qcorogenerator.h>
#include <qcoro/qcoronetwork.h>
#include <qcoro/qcorothread.h>

using namespace std::chrono_literals;

QCoro::Task<void> child() { co_return; }

QCoro::Generator<int> numbers() {
  co_yield 1;
}

QCoro::Generator<int> readings() {
  QThread::sleep(1);
  co_yield 1;
}

QCoro::AsyncGenerator<int> messages(QTcpSocket &socket) {
  co_await qCoro(socket).waitForReadyRead(1ms);
  QThread::sleep(1);         // WARN: 'QThread::sleep' blocks the event loop in coroutine 'messages' (sleep)
  co_yield 1;
}

QCoro::Task<void> advances(QTcpSocket &socket) {
  for (int reading : readings()) // WARN: 'readings' blocks the event loop in coroutine 'advances'
    (void)reading;
  auto unused = readings();
  auto incoming = messages(socket);
  for (auto it = co_await incoming.begin(); it != incoming.end(); co_await ++it)
    (void)*it;
}

namespace own {
struct Socket {
  void waitForReadyRead();
  void waitForConnected();
};
void waitFor(int);
} // namespace own

QCoro::Task<void> ownNames(own::Socket &socket) {
  socket.waitForReadyRead();
  socket.waitForConnected();
  own::waitFor(1);
  co_return;
}

QCoro::Task<void> awaits(QTcpSocket &socket, QLocalSocket &local, QProcess &process, QTcpServer &server,
                         QThread &thread, QTimer &timer, QFuture<int> future) {
  co_await QCoro::sleepFor(1ms);
  co_await qCoro(socket).connectToHost("", 1);
  co_await qCoro(socket).waitForConnected();
  co_await qCoro(socket).waitForDisconnected();
  co_await qCoro(socket).waitForReadyRead(1ms);
  co_await qCoro(socket).readAll();
  co_await qCoro(socket).write("");
  co_await qCoro(local).waitForConnected();
  co_await qCoro(process).start("ls", {});
  co_await qCoro(process).waitForStarted();
  co_await qCoro(process).waitForFinished();
  co_await qCoro(server).waitForNewConnection();
  co_await qCoro(&thread).waitForFinished();
  co_await qCoro(timer).waitForTimeout();
  co_await qCoro(future).waitForFinished();
  future.result();
  co_await future;
  co_await QtConcurrent::run([] { QThread::sleep(1); });
  process.waitForFinished(); // WARN: 'QProcess::waitForFinished' blocks the event loop in coroutine 'awaits' (process)
  socket.waitForReadyRead(); // WARN: 'QAbstractSocket::waitForReadyRead' blocks
  QThread::sleep(1);         // WARN: 'QThread::sleep'
  QCoro::waitFor(child());   // WARN: 'QCoro::waitFor' blocks the event loop in coroutine 'awaits' (deadlock)
  for (int number : numbers())
    (void)number;
}
