// Qt: a worker that is kept in a member and moved to a thread takes along what it is the parent of.
// REQUIRES: common-tests, qt
// RUN: %check %s async-loop-bound-capture -- %qt-flags
#include <QNetworkAccessManager>
#include <QNetworkRequest>
#include <QThread>
#include <QTimer>
#include <memory>

class Worker : public QObject {
public:
  Worker() : child(this), initialised(std::make_unique<QTimer>(this)) {
    adopted = new QTimer;
    adopted->setParent(this);
    assigned = std::make_unique<QTimer>(this);
    alone = std::make_unique<QTimer>();
  }

  void begin() {
    child.start();
    orphan.start(); // WARN: 'QTimer::start' uses 'Worker::orphan' on another thread than the one that it belongs to
    alone->start();  // WARN: 'QTimer::start' uses 'Worker::alone' on another thread than the one that it belongs to
    initialised->start();
    adopted->start();
    assigned->start();
    late = new QTimer;
    late->start();
  }

private:
  QTimer child, orphan;
  QTimer *late = nullptr, *adopted;
  std::unique_ptr<QTimer> initialised, assigned, alone;
};

class Window : public QObject {
public:
  void begin() {
    worker = new Worker;
    worker->moveToThread(&thread);
    connect(&thread, &QThread::started, worker, &Worker::begin);
    thread.start();
  }

private:
  QThread thread;
  Worker *worker;
};

// A QThread lives where it was made, and so do its children; run() is somewhere else.
class Download : public QThread {
public:
  Download() : child(this) { pointed = new QNetworkAccessManager(this); }

  void run() override {
    child.start();                   // WARN: 'QTimer::start' uses 'Download::child' on another thread than the one
    pointed->get(QNetworkRequest()); // WARN: uses 'Download::pointed' on another thread than the one
    QNetworkAccessManager own;
    own.get(QNetworkRequest());
  }

private:
  QTimer child;
  QNetworkAccessManager *pointed;
};
