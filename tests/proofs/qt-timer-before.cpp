// Qt: a report is uploaded in the background, and once more a little later if the server is busy.
// The pool's thread starts the timer for that, and Qt refuses: the report is never sent.
// REQUIRES: common-tests, qt
// RUN: %check %s async-loop-bound-capture -- %qt-flags
// RUN: %python %S/prove.py %s --compiler %compiler \
// RUN:   --complains "QObject::startTimer: Timers cannot be started from another thread" \
// RUN:   -- %qt-flags -lQt6Concurrent -lQt6Core
#include <QCoreApplication>
#include <QFuture>
#include <QTextStream>
#include <QThread>
#include <QTimer>
#include <QtConcurrent>

#include <atomic>
#include <chrono>

using namespace std::chrono_literals;

// A server that takes what it is sent at the third attempt.
class Server {
public:
  bool take() {
    QThread::msleep(5);
    return ++attempts_ == 3;
  }

private:
  std::atomic<int> attempts_ = 0;
};

class Uploader : public QObject {
public:
  explicit Uploader(Server &server) : server_(server) {
    retry_.setSingleShot(true);
    retry_.setInterval(20ms);
    connect(&retry_, &QTimer::timeout, this, &Uploader::upload);
  }

  ~Uploader() override { running_.waitForFinished(); }

  void upload() {
    retry_.stop(); // whatever was waiting is done now
    running_ = QtConcurrent::run([this] {
      if (server_.take())
        QMetaObject::invokeMethod(this, &Uploader::finish, Qt::QueuedConnection);
      else
        retry_.start(); // WARN: 'QTimer::start' uses 'Uploader::retry_' on another thread than the one that it belongs to
    });
  }

  bool sent() const { return sent_; }

private:
  void finish() {
    sent_ = true;
    QCoreApplication::quit();
  }

  Server &server_;
  QTimer retry_;
  QFuture<void> running_;
  bool sent_ = false;
};

int main(int argc, char **argv) {
  QCoreApplication app(argc, argv);
  Server server;
  Uploader uploader(server);
  QTimer::singleShot(0, &uploader, &Uploader::upload);
  QTimer::singleShot(1500ms, &app, &QCoreApplication::quit);
  app.exec();
  QTextStream(stdout) << "the report is " << (uploader.sent() ? "sent\n" : "not sent\n");
}
