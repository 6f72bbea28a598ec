// Qt: a thread counts ticks of a timer, which is made and destroyed in that thread, and is nobody's
// child.
// REQUIRES: common-tests, qt
// RUN: %check %s async-loop-bound-capture -- %qt-flags
// RUN: %python %S/prove.py %s --compiler %compiler \
// RUN:   --quiet --prints "3 ticks" \
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
    QTimer timer;
    connect(&timer, &QTimer::timeout, &timer, [this] {
      if (++ticks_ == 3)
        quit();
    });
    timer.start(10ms);
    exec();
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
