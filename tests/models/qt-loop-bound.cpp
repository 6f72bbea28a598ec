// Qt: objects belong to the thread that they live in, widgets to the GUI thread; what programs add to them is their own.
// REQUIRES: common-tests, pack-qt
// RUN: %check %s async-loop-bound-capture --only command -- -fPIC -isystem /usr/include/x86_64-linux-gnu/qt6 -isystem /usr/include/x86_64-linux-gnu/qt6/QtConcurrent -isystem /usr/include/x86_64-linux-gnu/qt6/QtCore -isystem /usr/include/x86_64-linux-gnu/qt6/QtDBus -isystem /usr/include/x86_64-linux-gnu/qt6/QtGui -isystem /usr/include/x86_64-linux-gnu/qt6/QtNetwork -isystem /usr/include/x86_64-linux-gnu/qt6/QtSql -isystem /usr/include/x86_64-linux-gnu/qt6/QtTest -isystem /usr/include/x86_64-linux-gnu/qt6/QtWidgets
#include <QtConcurrent>
#include <QtCore>
#include <QtNetwork>
#include <QtWidgets>

struct Model : QObject {
  void changed() { QMetaObject::activate(this, &staticMetaObject, 0, nullptr); }
  int sum() const { return 1; }
};

struct Store : QAbstractListModel {
  int rowCount(const QModelIndex &) const override { return 0; }
  QVariant data(const QModelIndex &, int) const override { return {}; }
};

struct Window : QMainWindow {
  // What the loop uses.
  void paintEvent(QPaintEvent *) override {
    label->show();
    timer.start(10);
    model.setObjectName("model");
    store.setObjectName("store");
    file.seek(0);
    thread.setObjectName("thread");
    pool.setObjectName("pool");
    update();
  }

  void mousePressEvent(QMouseEvent *) override {
    (void)QtConcurrent::run([this] { label->setText("done"); }); // WARN: 'QLabel::setText' uses 'Window::label' on another thread
    (void)QtConcurrent::run([this] { timer.stop(); });           // WARN: 'QTimer::stop' uses 'Window::timer' on another thread
    (void)QtConcurrent::run([this] { model.setProperty("a", 1); }); // WARN: 'QObject::setProperty' uses 'Window::model' on another thread
    (void)QtConcurrent::run([this] { store.index(0, 0); }); // WARN: 'QAbstractListModel::index' uses 'Window::store' on another thread
    (void)QtConcurrent::run([this] { file.readAll(); }); // WARN: 'QFileDevice::readAll' uses 'Window::file' on another thread
  }

  void mouseMoveEvent(QMouseEvent *) override {
    (void)QtConcurrent::run([this] {
      model.changed();
      model.sum();
      sum();
      done();
      model.deleteLater();
      label->deleteLater();
      QObject::disconnect(&model, nullptr, this, nullptr);
      QObject::connect(&model, &QObject::destroyed, &model, &QObject::deleteLater);
      QMetaObject::invokeMethod(&model, "changed");
      QMetaObject::invokeMethod(label, [this] { label->setText("done"); });
      QCoreApplication::postEvent(&model, new QEvent(QEvent::User));
      QTimer::singleShot(0, &model, SLOT(changed()));
      thread.quit();
      thread.wait();
      pool.start([] {});
      (void)QtConcurrent::run(&pool, [] {});
      if (moved.thread() == QThread::currentThread())
        moved.moveToThread(&thread);
      QTimer own;
      own.start(1);
    });
  }

  int sum() { return 2; }
  void done() { QMetaObject::activate(this, &staticMetaObject, 0, nullptr); }

  QLabel *label;
  QTimer timer;
  Model model, moved;
  Store store;
  QFile file;
  QThread thread;
  QThreadPool pool;
};

// It lives in the thread that made it, and runs in its own.
struct Reader : QThread {
  void run() override {
    QTcpSocket own;
    own.connectToHost("localhost", 80);
    while (!isInterruptionRequested())
      read();
    socket.abort(); // WARN: 'QAbstractSocket::abort' uses 'Reader::socket' on another thread
    finishedReading();
  }

  void read() {}
  void flush() { socket.flush(); }
  void finishedReading() { QMetaObject::activate(this, &staticMetaObject, 0, nullptr); }

  QTcpSocket socket;
};

struct Client : QWidget {
  void closeEvent(QCloseEvent *) override {
    reader.flush();
    reader.requestInterruption();
    reader.quit();
    reader.wait();
  }

  Reader reader;
};
