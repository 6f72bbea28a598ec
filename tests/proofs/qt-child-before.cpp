// Qt: a thread counts ticks of a timer. The timer is to be a child of the thread's object, which
// belongs to the main thread; Qt refuses.
// REQUIRES: common-tests, qt
// RUN: %check %s async-loop-bound-capture -- %qt-flags
// RUN: %python %S/prove.py %s --compiler %compiler \
// RUN:   --complains "Cannot create children for a parent that is in a different thread" \
// RUN:   -- %qt-flags -lQt6Core
#include <QCoreApplication>
#include <QTextStream>
#include <QThread>
#include <QTimer>

#include <chrono>

using namespace std::chrono_literals;

class Clock : public QThread {
public:
  int ticks() const { return ticks_; }

protected:
  void run() override {
    auto *const timer = new QTimer(this); // WARN: 'QTimer::QTimer' uses 'Clock' on another thread
    connect(timer, &QTimer::timeout, timer, [this] {
      if (++ticks_ == 3)
        quit();
    });
    timer->start(10ms);
    exec();
    delete timer;
  }

private:
  int ticks_ = 0;
};

int main(int argc, char **argv) {
  QCoreApplication application(argc, argv);
  Clock clock;
  QObject::connect(&clock, &QThread::finished, &application, &QCoreApplication::quit);
  clock.start();
  QCoreApplication::exec();
  clock.wait();
  QTextStream(stdout) << clock.ticks() << " ticks\n";
}
