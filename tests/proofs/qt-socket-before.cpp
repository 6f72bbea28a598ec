// Qt: a client sends a long log to a server. Its lines are made in a thread, which writes them to
// the socket of the main thread at once.
// REQUIRES: common-tests, qt
// RUN: %check %s async-loop-bound-capture -- %qt-flags
// RUN: %python %S/prove.py %s --compiler %compiler \
// RUN:   --complains "Socket notifiers cannot be enabled or disabled from another thread" \
// RUN:   -- %qt-flags -lQt6Network -lQt6Core
#include <QByteArray>
#include <QCoreApplication>
#include <QHostAddress>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTextStream>
#include <QThread>
#include <QTimer>

#include <chrono>
#include <memory>

using namespace std::chrono_literals;

constexpr int lines = 20;

// Counts the lines that arrive.
class Collector : public QObject {
public:
  Collector() {
    connect(&server_, &QTcpServer::newConnection, this, [this] {
      QTcpSocket *const peer = server_.nextPendingConnection();
      connect(peer, &QTcpSocket::readyRead, this, [this, peer] {
        received_ += static_cast<int>(peer->readAll().count('\n'));
        if (received_ == lines)
          QCoreApplication::quit();
      });
    });
    server_.listen(QHostAddress::LocalHost);
  }

  quint16 port() const { return server_.serverPort(); }

  int received() const { return received_; }

private:
  QTcpServer server_;
  int received_ = 0;
};

class Client : public QObject {
public:
  explicit Client(quint16 port) {
    connect(&socket_, &QTcpSocket::connected, this, &Client::send_log);
    socket_.connectToHost(QHostAddress::LocalHost, port);
  }

  ~Client() override {
    if (writer_)
      writer_->wait();
  }

private:
  void send_log() {
    socket_.write("log\r"); // what comes before the lines
    writer_.reset(QThread::create([this] {
      for (int line = 0; line < lines; ++line) {
        QThread::msleep(2);                             // it takes time to make one
        socket_.write(QByteArray::number(line) + '\n'); // WARN: 'QAbstractSocket::write' uses 'Client::socket_' on another thread than the one that it belongs to
      }
    }));
    writer_->start();
  }

  QTcpSocket socket_;
  std::unique_ptr<QThread> writer_;
};

int main(int argc, char **argv) {
  QCoreApplication app(argc, argv);
  Collector collector;
  Client client(collector.port());
  QTimer::singleShot(1500ms, &app, &QCoreApplication::quit);
  app.exec();
  QTextStream(stdout) << (collector.received() == lines ? "all" : "not all") << " lines arrived\n";
}
