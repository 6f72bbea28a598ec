// Qt: what waits, what only looks like it, and whose functions run on the loop.
// REQUIRES: common-tests, pack-qt
// RUN: %check %s async-blocking-call --only command --command-option=--uncertain --command-option=--tiers=+lock -- -fPIC -I%source_root/checker/include -isystem /usr/include/x86_64-linux-gnu/qt6 -isystem /usr/include/x86_64-linux-gnu/qt6/QtConcurrent -isystem /usr/include/x86_64-linux-gnu/qt6/QtCore -isystem /usr/include/x86_64-linux-gnu/qt6/QtDBus -isystem /usr/include/x86_64-linux-gnu/qt6/QtGui -isystem /usr/include/x86_64-linux-gnu/qt6/QtNetwork -isystem /usr/include/x86_64-linux-gnu/qt6/QtSql -isystem /usr/include/x86_64-linux-gnu/qt6/QtTest -isystem /usr/include/x86_64-linux-gnu/qt6/QtWidgets
#include <async_tidy/annotations.h>
#include <QtConcurrent>
#include <QtCore>
#include <QtDBus>
#include <QtGui>
#include <QtNetwork>
#include <QtSql>
#include <QtTest>
#include <QtWidgets>

ASYNC_TIDY_RUNS_ON_LOOP void sleeps() {
  QThread::sleep(1);    // WARN: 'QThread::sleep' blocks the event loop in 'sleeps' (sleep)
  QThread::msleep(100); // WARN: 'QThread::msleep'
  QThread::usleep(100); // WARN: 'QThread::usleep'
  QThread::msleep(0);
  QTest::qSleep(5);     // WARN: 'QTest::qSleep'
  QThread::yieldCurrentThread();
}

ASYNC_TIDY_RUNS_ON_LOOP void loops(QSignalSpy *spy, QDialog *dialog, QMenu *menu) {
  QTest::qWait(5); // WARN: 'QTest::qWait' blocks the event loop in 'loops' (wait)
  spy->wait();     // WARN: 'QSignalSpy::wait'
  QEventLoop loop;
  loop.exec();     // WARN: 'QEventLoop::exec'
  loop.processEvents(); // WARN: 'QEventLoop::processEvents' may block
  QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents); // WARN: 'QCoreApplication::processEvents' may block
  loop.quit();
  loop.wakeUp();
  QCoreApplication::exec(); // WARN: 'QCoreApplication::exec'
  dialog->exec();  // WARN: 'QDialog::exec' may block
  dialog->open();
  QMessageBox::information(dialog, "", ""); // WARN: 'QMessageBox::information' may block
  menu->exec();    // WARN: 'QMenu::exec' may block
  menu->popup(QPoint());
}

ASYNC_TIDY_RUNS_ON_LOOP void threads(QThread *thread, QThreadPool *pool) {
  thread->wait(); // WARN: 'QThread::wait' blocks the event loop in 'threads' (wait)
  thread->wait(0);
  thread->wait(100); // WARN: 'QThread::wait'
  if (thread->isFinished())
    thread->wait();
  pool->waitForDone();     // WARN: 'QThreadPool::waitForDone'
  pool->waitForDone(1000); // WARN: 'QThreadPool::waitForDone'
  pool->waitForDone(0);
  pool->start([] { QThread::sleep(1); });
  pool->tryStart([] { QThread::sleep(1); });
  QThread::create([] { QThread::sleep(1); })->start();
  thread->quit();
}

ASYNC_TIDY_RUNS_ON_LOOP void pools() {
  QThreadPool idle; // WARN: 'QThreadPool::~QThreadPool'
}

ASYNC_TIDY_RUNS_ON_LOOP void locks(QMutex &mutex, QRecursiveMutex &recursive, QReadWriteLock &both) {
  mutex.lock();      // WARN: 'QMutex::lock' blocks the event loop in 'locks' (lock)
  mutex.unlock();
  mutex.tryLock();
  mutex.tryLock(0);
  mutex.tryLock(10); // WARN: 'QMutex::tryLock'
  mutex.try_lock();
  mutex.try_lock_for(std::chrono::milliseconds(1)); // WARN: 'QMutex::try_lock_for'
  mutex.try_lock_for(std::chrono::milliseconds(0));
  recursive.lock();  // WARN: 'QRecursiveMutex::lock'
  recursive.tryLock();
  QMutexLocker locker(&mutex); // WARN: 'QMutexLocker::QMutexLocker'
  locker.unlock();
  locker.relock();   // WARN: 'QMutexLocker::relock'
  both.lockForRead();      // WARN: 'QReadWriteLock::lockForRead'
  both.tryLockForRead();
  both.tryLockForWrite(5); // WARN: 'QReadWriteLock::tryLockForWrite'
  QReadLocker reader(&both); // WARN: 'QReadLocker::QReadLocker'
  QWriteLocker none(nullptr);
  QLockFile file(""); // The constructor only notes the name.
  file.lock();       // WARN: 'QLockFile::lock'
  file.tryLock();
  file.tryLock(5);   // WARN: 'QLockFile::tryLock'
}

ASYNC_TIDY_RUNS_ON_LOOP void waits(QSemaphore &semaphore, QWaitCondition &condition, QMutex &mutex) {
  semaphore.acquire();         // WARN: 'QSemaphore::acquire' blocks the event loop in 'waits' (wait)
  semaphore.tryAcquire();
  semaphore.tryAcquire(1, 0);
  semaphore.tryAcquire(1, 10); // WARN: 'QSemaphore::tryAcquire'
  semaphore.release();
  condition.wait(&mutex);      // WARN: 'QWaitCondition::wait'
  condition.wakeAll();
}

ASYNC_TIDY_RUNS_ON_LOOP void futures(QFuture<int> future, QFutureWatcher<int> *watcher, QFutureSynchronizer<int> *all) {
  future.result(); // WARN: 'QFuture::result' blocks the event loop in 'futures' (wait)
  if (future.isFinished())
    future.result();
  future.waitForFinished(); // WARN: 'QFuture::waitForFinished'
  watcher->future().result();
  watcher->waitForFinished(); // WARN: 'QFutureWatcherBase::waitForFinished'
  all->waitForFinished();     // WARN: 'QFutureSynchronizer::waitForFinished'
  QtFuture::makeReadyFuture(1).result();
  future.then([](int) { QThread::sleep(1); });
  future.then(QtFuture::Launch::Async, [](int) { QThread::sleep(1); });
}

class Window : public QWidget {
public:
  void slow() {
    QThread::sleep(1); // WARN: 'QThread::sleep' blocks the event loop in 'Window::slow' (sleep)
  }
};

void connects(QPushButton *button, QTimer *timer, QObject *object, Window *window, QFuture<int> future) {
  QObject::connect(button, &QPushButton::clicked, window, &Window::slow);
  QObject::connect(button, &QPushButton::clicked, window, [] {
    QThread::msleep(1); // WARN: 'QThread::msleep' blocks the event loop
  });
  QObject::connect(button, &QPushButton::clicked, [] {
    QThread::msleep(2); // WARN: 'QThread::msleep' blocks the event loop
  });
  // The object may live in another thread.
  QObject::connect(button, &QPushButton::clicked, object, [] { QThread::msleep(3); });
  QObject::connect(timer, &QTimer::timeout, object, [] { QThread::msleep(4); });
  QObject::connect(timer, &QTimer::timeout, [] { QThread::msleep(5); });
  QObject::connect(timer, &QTimer::timeout, window, [] { QThread::msleep(6); }, Qt::DirectConnection);
  QTimer::singleShot(10, window, [] {
    QThread::msleep(7); // WARN: 'QThread::msleep' blocks the event loop
  });
  QTimer::singleShot(10, object, [] { QThread::msleep(8); });
  QTimer::singleShot(10, [] { QThread::msleep(9); });
  QMetaObject::invokeMethod(window, [] {
    QThread::msleep(10); // WARN: 'QThread::msleep' blocks the event loop
  });
  QMetaObject::invokeMethod(object, [] { QThread::msleep(11); });
  future.then(window, [](int) {
    QThread::msleep(12); // WARN: 'QThread::msleep' blocks the event loop
  });
}

ASYNC_TIDY_RUNS_ON_LOOP void invokes(QObject *object) {
  QMetaObject::invokeMethod(object, [] {}, Qt::BlockingQueuedConnection); // WARN: 'QMetaObject::invokeMethod' blocks
  QMetaObject::invokeMethod(object, "slot", Qt::BlockingQueuedConnection); // WARN: 'QMetaObject::invokeMethod' blocks
  QMetaObject::invokeMethod(object, [] {}, Qt::QueuedConnection);
  QMetaObject::invokeMethod(object, "slot");
}

ASYNC_TIDY_RUNS_ON_LOOP void concurrent(QList<int> numbers) {
  (void)QtConcurrent::run([] { QThread::sleep(1); });
  QtConcurrent::blockingMap(numbers, [](int &) { QThread::sleep(1); }); // WARN: 'QtConcurrent::blockingMap'
  (void)QtConcurrent::map(numbers, [](int &) { QThread::sleep(1); });
}

ASYNC_TIDY_RUNS_ON_LOOP void sockets(QTcpSocket &tcp, QSslSocket &ssl, QLocalSocket &local, QTcpServer &server,
                                     QUdpSocket &udp, QIODevice &device, QNetworkAccessManager &manager) {
  tcp.connectToHost("", 1);
  tcp.waitForConnected(); // WARN: 'QAbstractSocket::waitForConnected' blocks the event loop in 'sockets' (network)
  tcp.waitForReadyRead(0);
  tcp.waitForReadyRead(); // WARN: 'QAbstractSocket::waitForReadyRead'
  tcp.readAll();
  tcp.write("");
  tcp.flush();
  ssl.waitForEncrypted();      // WARN: 'QSslSocket::waitForEncrypted'
  ssl.waitForDisconnected();   // WARN: 'QSslSocket::waitForDisconnected'
  local.waitForBytesWritten(); // WARN: 'QLocalSocket::waitForBytesWritten'
  local.readLine();
  server.listen();
  server.waitForNewConnection();
  server.waitForNewConnection(100); // WARN: 'QTcpServer::waitForNewConnection'
  server.nextPendingConnection();
  udp.receiveDatagram();
  device.waitForReadyRead(100); // WARN: 'QIODevice::waitForReadyRead' may block
  device.readAll();
  manager.get(QNetworkRequest());
  QHostInfo::fromName("localhost"); // WARN: 'QHostInfo::fromName' blocks the event loop in 'sockets' (dns)
}

ASYNC_TIDY_RUNS_ON_LOOP void processes(QProcess *process) {
  process->start("ls");
  process->waitForFinished(); // WARN: 'QProcess::waitForFinished' blocks the event loop in 'processes' (process)
  process->waitForStarted(0);
  process->readAll();
  process->kill();
  QProcess::execute("ls"); // WARN: 'QProcess::execute'
  QProcess::startDetached("ls", {});
  process->close();           // WARN: 'QProcess::close' may block
}

ASYNC_TIDY_RUNS_ON_LOOP void files(QBuffer &buffer, QTextStream &stream, FILE *out) {
  QFile file("name");
  file.open(QFile::ReadOnly); // WARN: 'QFile::open' blocks the event loop in 'files' (disk)
  file.open(QFile::ReadOnly | QFile::Text); // WARN: 'QFile::open'
  file.open(1, QFile::WriteOnly);
  file.open(out, QFile::WriteOnly);
  file.readAll();             // WARN: 'QFileDevice::readAll'
  file.write("");             // WARN: 'QFileDevice::write'
  file.close();               // WARN: 'QFileDevice::close'
  QFile::exists("name");      // WARN: 'QFile::exists'
  buffer.readAll();
  buffer.write("");
  stream.readAll();           // WARN: 'QTextStream::readAll' may block
  stream << "text";           // WARN: 'QTextStream::operator<<' may block
  QTemporaryFile temporary;
  temporary.open();           // WARN: 'QTemporaryFile::open'
  QSaveFile saved("name");
  saved.open(QFile::WriteOnly); // WARN: 'QSaveFile::open'
  saved.commit();             // WARN: 'QSaveFile::commit'
  QDir().mkpath("a/b");       // WARN: 'QDir::mkpath'
  QDir::cleanPath("a/../b");
  QFileInfo::exists("name");  // WARN: 'QFileInfo::exists' blocks
  QFileInfo("name").exists(); // WARN: 'QFileInfo::exists' may block
  QFileInfo("name").fileName();
  QTemporaryDir folder;       // WARN: 'QTemporaryDir::QTemporaryDir'
  QStorageInfo none;
  QStorageInfo volume("/");   // WARN: 'QStorageInfo::QStorageInfo'
  volume.refresh();           // WARN: 'QStorageInfo::refresh'
}

ASYNC_TIDY_RUNS_ON_LOOP void settings(QSettings &known) {
  known.sync();   // WARN: 'QSettings::sync'
  known.value("");
  auto *made = new QSettings; // WARN: 'QSettings::QSettings' blocks the event loop in 'settings' (disk)
  made->setValue("", 1);
  QLibrary library("name");
  library.resolve("f");           // WARN: 'QLibrary::resolve' may block
  QLibrary::resolve("name", "f"); // WARN: 'QLibrary::resolve' blocks
  QLibrary loaded("name");
  loaded.load();                  // WARN: 'QLibrary::load'
  loaded.resolve("f");
}

ASYNC_TIDY_RUNS_ON_LOOP void databases(QSqlDatabase database, QSqlTableModel *model) {
  database.open(); // WARN: 'QSqlDatabase::open' blocks the event loop in 'databases' (database)
  QSqlQuery query(database);
  QSqlQuery empty;
  QSqlQuery executed("select 1", database); // WARN: 'QSqlQuery::QSqlQuery'
  query.exec("select 1");      // WARN: 'QSqlQuery::exec'
  query.next();                // WARN: 'QSqlQuery::next' may block
  query.value(0);
  model->select();             // WARN: 'QSqlTableModel::select'
  QSqlDatabase::database("");  // WARN: 'QSqlDatabase::database' may block
  QSqlDatabase::database("", false);
}

ASYNC_TIDY_RUNS_ON_LOOP void buses(QDBusInterface &interface, QDBusConnection bus, QDBusMessage message,
                                   QDBusPendingCall pending) {
  interface.call("Method"); // WARN: 'QDBusAbstractInterface::call' blocks the event loop in 'buses' (wait)
  interface.call(QDBus::NoBlock, "Method");
  interface.call(QDBus::BlockWithGui, "Method"); // WARN: 'QDBusAbstractInterface::call'
  interface.asyncCall("Method");
  bus.call(message); // WARN: 'QDBusConnection::call'
  bus.call(message, QDBus::NoBlock);
  bus.asyncCall(message);
  pending.waitForFinished(); // WARN: 'QDBusPendingCall::waitForFinished'
  if (pending.isFinished())
    pending.waitForFinished();
}

ASYNC_TIDY_RUNS_ON_LOOP void computations(QByteArray bytes, QImage image) {
  qCompress(bytes); // WARN: 'qCompress' may block the event loop in 'computations' (cpu)
  QPasswordDigestor::deriveKeyPbkdf2(QCryptographicHash::Sha512, bytes, bytes, 100000, 64); // WARN: 'QPasswordDigestor::deriveKeyPbkdf2' blocks
  QPasswordDigestor::deriveKeyPbkdf2(QCryptographicHash::Sha512, bytes, bytes, 10, 64); // WARN: 'QPasswordDigestor::deriveKeyPbkdf2' may block
  image.save("name.png"); // WARN: 'QImage::save' blocks the event loop in 'computations' (disk)
  image.load(":/name.png"); // WARN: 'QImage::load' may block
  image.width();
}

struct Import : QThread {
  void run() override { QThread::msleep(1); }
};

struct Chunk : QRunnable {
  void run() override { QThread::msleep(2); }
};

struct Canvas : QWidget {
  bool event(QEvent *event) override {
    QThread::msleep(3); // WARN: 'QThread::msleep' blocks the event loop in 'Canvas::event' (sleep)
    return QWidget::event(event);
  }

  void paintEvent(QPaintEvent *) override {
    QThread::msleep(4); // WARN: 'QThread::msleep' blocks the event loop in 'Canvas::paintEvent' (sleep)
  }

  void load() { QThread::msleep(5); }
};

struct Question : QDialog {
  void closeEvent(QCloseEvent *) override {
    QThread::msleep(6); // WARN: 'QThread::msleep' blocks the event loop in 'Question::closeEvent' (sleep)
  }

  void accept() override {
    QThread::msleep(7); // WARN: 'QThread::msleep' blocks the event loop in 'Question::accept' (sleep)
    QDialog::accept();
  }
};

struct Surface : QWindow {
  void exposeEvent(QExposeEvent *) override {
    QThread::msleep(8); // WARN: 'QThread::msleep' blocks the event loop in 'Surface::exposeEvent' (sleep)
  }
};

// It may live in a thread that is there to be blocked.
struct Poller : QObject {
  bool event(QEvent *event) override {
    QThread::msleep(9);
    return QObject::event(event);
  }

  void timerEvent(QTimerEvent *) override { QThread::msleep(10); }
};
