// Qt: a sensor is read in a thread of its own, by an object that is moved there. Its timer is a
// member, but not a child: it stays behind in the main thread, and the slot that runs in the new
// thread cannot start it.
// REQUIRES: common-tests, qt
// RUN: %check %s async-loop-bound-capture -- %qt-flags
// RUN: %python %S/prove.py %s --compiler %compiler \
// RUN:   --complains "QObject::startTimer: Timers cannot be started from another thread" \
// RUN:   -- %qt-flags -lQt6Core
#include <QCoreApplication>
#include <QObject>
#include <QTextStream>
#include <QThread>
#include <QTimer>

#include <atomic>
#include <chrono>

using namespace std::chrono_literals;

constexpr int wanted = 5;

class Sensor : public QObject {
public:
  explicit Sensor(std::atomic<int> &readings) : readings_(readings) {
    interval_.setInterval(10ms);
    connect(&interval_, &QTimer::timeout, this, &Sensor::read);
  }

  void start() {
    interval_.start(); // WARN: 'QTimer::start' uses 'Sensor::interval_' on another thread than the one that it belongs to
  }

private:
  void read() {
    QThread::msleep(2); // a bus that is slow, which is why there is a thread
    if (++readings_ == wanted)
      QCoreApplication::quit();
  }

  std::atomic<int> &readings_;
  QTimer interval_;
};

int main(int argc, char **argv) {
  QCoreApplication app(argc, argv);
  std::atomic<int> readings = 0;
  QThread thread;
  auto *const sensor = new Sensor(readings);
  sensor->moveToThread(&thread);
  QObject::connect(&thread, &QThread::started, sensor, &Sensor::start);
  QObject::connect(&thread, &QThread::finished, sensor, &QObject::deleteLater);
  thread.start();

  QTimer::singleShot(1500ms, &app, &QCoreApplication::quit);
  app.exec();
  thread.quit();
  thread.wait();
  QTextStream(stdout) << (readings >= wanted ? "enough" : "too few") << " readings\n";
}
