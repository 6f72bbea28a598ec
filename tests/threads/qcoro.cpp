// QCoro: where coroutines go on after what they await.
//
// The loop is the main thread, which runs the application's events; the worker is a QThread with
// events of its own. Each mark() says in its comment where it runs; compare.py checks that this is
// so.
#include "marks.h"
#include <QCoreApplication>
#include <QFuture>
#include <QObject>
#include <QThread>
#include <QTimer>
#include <QtConcurrent>
#include <chrono>
#include <qcoro/qcorofuture.h>
#include <qcoro/qcorosignal.h>
#include <qcoro/qcorotask.h>
#include <qcoro/qcorothread.h>
#include <qcoro/qcorotimer.h>
#include <stdexcept>
#include <thread>
#include <utility>
#include <vector>

using namespace std::chrono_literals;

// A task begins to run when it is made, so that it may have ended before it is awaited. This waits
// until the thread of `object` is back at its events: what it had to do has ended or is suspended.
QObject *inWorker = nullptr;

void settle(QObject *object) {
  QMetaObject::invokeMethod(object, [] {}, Qt::BlockingQueuedConnection);
}

// The ways to go and to come back.

QCoro::Task<void> hops(QThread *pool) {
  mark(); // loop
  co_await QCoro::moveToThread(pool);
  mark(); // worker
  co_await QCoro::moveToThread(pool);
  mark(); // worker
  co_await QCoro::moveToThread(qApp->thread());
  mark(); // loop
  co_await QCoro::moveToThread(QCoreApplication::instance()->thread());
  mark(); // loop
  co_await QCoro::sleepFor(1ms);
  mark(); // loop
  co_await QCoro::moveToThread(pool);
  mark(); // worker
  co_await QCoro::sleepFor(1ms);
  mark(); // worker
  QThread *const home = qApp->thread();
  mark(); // worker
  co_await QCoro::moveToThread(home);
  mark(); // loop
  co_await QCoro::moveToThread(QThread::currentThread());
  mark(); // loop
}

QCoro::Task<void> futures(QThread *pool) {
  co_await QtConcurrent::run([] {
    mark(); // worker
  });
  mark(); // loop
  const int value = co_await QtConcurrent::run([] {
    mark(); // worker
    return 3;
  });
  mark(); // loop
  auto future = QtConcurrent::run([value] { return value + 1; });
  mark(); // loop
  co_await future;
  mark(); // loop
  co_await qCoro(future).waitForFinished();
  mark(); // loop
  co_await QCoro::moveToThread(pool);
  co_await QtConcurrent::run([] {
    mark(); // worker
  });
  mark(); // worker
  co_await QCoro::moveToThread(qApp->thread());
}

QCoro::Task<void> timers() {
  QTimer mine;
  mine.setSingleShot(true);
  mine.start(1);
  co_await mine;
  mark(); // loop
  mine.start(1);
  co_await qCoro(&mine, &QTimer::timeout);
  mark(); // loop
  mine.start(1);
  co_await qCoro(mine).waitForTimeout();
  mark(); // loop
}

// Children. Those that end on the worker leave their awaiter there, if it has suspended by then.

QCoro::Task<int> stay(QThread *pool, bool wait) {
  co_await QCoro::moveToThread(pool);
  if (wait)
    settle(qApp);
  mark(); // worker
  co_return 1;
}

QCoro::Task<int> comeBack(QThread *pool, int value = 1) {
  mark(); // loop
  co_await QCoro::moveToThread(pool);
  mark(); // worker
  co_await QCoro::moveToThread(qApp->thread());
  mark(); // loop
  co_return value;
}

QCoro::Task<int> maybe(QThread *pool, bool leave) {
  if (!leave) {
    mark(); // loop
    co_return 0;
  }
  co_await QCoro::moveToThread(pool);
  settle(qApp);
  mark(); // worker
  co_return 1;
}

QCoro::Task<int> maybeBack(QThread *pool, bool back) {
  co_await QCoro::moveToThread(pool);
  settle(qApp);
  mark(); // worker
  if (!back)
    co_return 0;
  co_await QCoro::moveToThread(qApp->thread());
  mark(); // loop
  co_return 1;
}

QCoro::Task<int> fails(QThread *pool, bool leave) {
  if (!leave)
    throw std::runtime_error("nothing to do");
  co_await QCoro::moveToThread(pool);
  settle(qApp);
  mark(); // worker
  throw std::runtime_error("no data");
}

QCoro::Task<void> children(QThread *pool) {
  for (const bool choice : {false, true}) {
    auto task = stay(pool, !choice);
    mark(); // loop
    if (choice)
      settle(inWorker);
    co_await task;
    mark(); // loop worker
    co_await QCoro::moveToThread(qApp->thread());
    mark(); // loop
    co_await maybe(pool, choice);
    mark(); // loop worker
    co_await QCoro::moveToThread(qApp->thread());
    mark(); // loop
    co_await maybeBack(pool, choice);
    mark(); // loop worker
    co_await QCoro::moveToThread(qApp->thread());
    mark(); // loop
  }
  co_await comeBack(pool);
  mark(); // loop
  auto one = comeBack(pool);
  auto two = comeBack(pool);
  mark(); // loop
  co_await one;
  mark(); // loop
  co_await two;
  mark(); // loop
  co_await QCoro::moveToThread(pool);
  co_await stay(pool, false);
  mark(); // worker
  co_await QCoro::moveToThread(qApp->thread());
}

QCoro::Task<void> lambdas(QThread *pool) {
  const auto job = [&]() -> QCoro::Task<void> {
    mark(); // loop
    co_await QCoro::moveToThread(pool);
    mark(); // worker
    co_await QCoro::moveToThread(qApp->thread());
    mark(); // loop
  };
  co_await job();
  mark(); // loop
}

// Branches, loops and handlers.

QCoro::Task<void> branch(QThread *pool, bool leave) {
  if (leave) {
    co_await QCoro::moveToThread(pool);
    mark(); // worker
  } else {
    mark(); // loop
  }
  mark(); // loop worker
  co_await QCoro::moveToThread(qApp->thread());
  mark(); // loop
}

// With none, one and two rounds: where it goes on after the loop depends on it.
QCoro::Task<void> rounds(QThread *pool, int count) {
  for (int i = 0; i < count; ++i) {
    mark(); // loop worker
    co_await QCoro::moveToThread(pool);
    mark(); // worker
  }
  mark(); // loop worker
  co_await QCoro::moveToThread(qApp->thread());
  for (int i = 0; i < count; ++i) {
    mark(); // loop
    co_await QCoro::moveToThread(pool);
    mark(); // worker
    co_await QCoro::moveToThread(qApp->thread());
  }
  mark(); // loop
  do {
    co_await QCoro::moveToThread(pool);
    mark(); // worker
  } while (--count > 0);
  mark(); // worker
  co_await QCoro::moveToThread(qApp->thread());
  for (;;) {
    mark(); // loop
    co_await QCoro::moveToThread(pool);
    mark(); // worker
    if (--count < -2)
      break;
    co_await QCoro::moveToThread(qApp->thread());
  }
  mark(); // worker
  co_await QCoro::moveToThread(qApp->thread());
}

// Fails at no place, on the worker, or when it is back.
QCoro::Task<void> guarded(QThread *pool, int failure) {
  try {
    mark(); // loop
    co_await QCoro::moveToThread(pool);
    mark(); // worker
    if (failure == 1)
      throw std::runtime_error("failed there");
    co_await QCoro::moveToThread(qApp->thread());
    mark(); // loop
    if (failure == 2)
      throw std::runtime_error("failed here");
  } catch (const std::runtime_error &) {
    mark(); // loop worker
  }
  mark(); // loop worker
  co_await QCoro::moveToThread(qApp->thread());
  for (const bool leave : {false, true}) {
    try {
      mark(); // loop
      co_await fails(pool, leave);
    } catch (const std::runtime_error &) {
      mark(); // loop worker
    }
    co_await QCoro::moveToThread(qApp->thread());
    mark(); // loop
  }
}

void consume(int, int) {
  mark(); // loop worker
}

QCoro::Task<void> conditions(QThread *pool, bool flag) {
  if (co_await comeBack(pool, flag)) {
    mark(); // loop
  } else {
    mark(); // loop
  }
  if (flag && co_await maybe(pool, flag))
    consume(0, 0);
  mark(); // loop worker
  co_await QCoro::moveToThread(qApp->thread());
  const int sum = flag ? co_await comeBack(pool) : 0;
  mark(); // loop
  consume(co_await comeBack(pool), co_await comeBack(pool, sum));
  mark(); // loop
  int left = 2;
  while (co_await comeBack(pool, left--) > 0) {
    mark(); // loop
    co_await QCoro::moveToThread(pool);
    mark(); // worker
    co_await QCoro::moveToThread(qApp->thread());
  }
  mark(); // loop
  switch (co_await comeBack(pool, flag)) {
  case 0:
    mark(); // loop
    break;
  default:
    mark(); // loop
    break;
  }
}

class Service {
public:
  explicit Service(QThread *pool) : pool_(pool) {}

  QCoro::Task<void> run() {
    mark(); // loop
    co_await load();
    mark(); // loop
  }

private:
  QCoro::Task<void> load() {
    co_await QCoro::moveToThread(pool_);
    mark(); // worker
    co_await QCoro::moveToThread(qApp->thread());
    mark(); // loop
  }

  QThread *pool_;
};

QCoro::Task<void> everything(QThread *pool) {
  // Whoever runs it first, the application's thread goes on with it.
  co_await QCoro::moveToThread(qApp->thread());
  mark(); // loop
  co_await hops(pool);
  mark(); // loop
  co_await futures(pool);
  mark(); // loop
  co_await timers();
  mark(); // loop
  co_await children(pool);
  mark(); // loop
  co_await lambdas(pool);
  mark(); // loop
  for (const bool choice : {false, true}) {
    co_await branch(pool, choice);
    mark(); // loop
    co_await conditions(pool, choice);
    mark(); // loop
  }
  for (const int choice : {0, 1, 2}) {
    co_await guarded(pool, choice);
    mark(); // loop
    co_await rounds(pool, choice);
    mark(); // loop
  }
  mark(); // loop
  Service service(pool);
  co_await service.run();
  mark(); // loop
  qApp->quit();
}

int main(int argc, char **argv) {
  onLoop();
  QCoreApplication app(argc, argv);
  QThread pool;
  QObject context;
  context.moveToThread(&pool);
  inWorker = &context;
  pool.start();
  QTimer::singleShot(0, &app, [&pool] { everything(&pool); });
  app.exec();
  pool.quit();
  pool.wait();
  printSeen();
}
