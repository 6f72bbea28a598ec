// What a Qt object is made with, it is made with in the thread that makes it.
// REQUIRES: common-tests, pack-qt
// RUN: %check %s async-loop-bound-capture --only command -- -fPIC -isystem /usr/include/x86_64-linux-gnu/qt6 -isystem /usr/include/x86_64-linux-gnu/qt6/QtConcurrent -isystem /usr/include/x86_64-linux-gnu/qt6/QtCore -isystem /usr/include/x86_64-linux-gnu/qt6/QtDBus -isystem /usr/include/x86_64-linux-gnu/qt6/QtGui -isystem /usr/include/x86_64-linux-gnu/qt6/QtNetwork -isystem /usr/include/x86_64-linux-gnu/qt6/QtSql -isystem /usr/include/x86_64-linux-gnu/qt6/QtTest -isystem /usr/include/x86_64-linux-gnu/qt6/QtWidgets
#include <QtConcurrent>
#include <QtCore>
#include <QtNetwork>
#include <QtSql>

// A query belongs to its connection, a child to the thread of its parent.
class Journal : public QObject {
public:
  Journal() { database = QSqlDatabase::addDatabase("QSQLITE"); }

  void count() {
    (void)QtConcurrent::run([this] {
      QSqlQuery query(database); // WARN: 'QSqlQuery::QSqlQuery' uses 'Journal::database' on another thread
      query.exec("select count(*) from entries");
      QSqlQuery another("select 1", database); // WARN: 'QSqlQuery::QSqlQuery' uses 'Journal::database' on another thread
      auto *socket = new QTcpSocket(this);     // WARN: 'QTcpSocket::QTcpSocket' uses 'journal' on another thread
      socket->abort();
      QTcpSocket own;
      own.abort();
      QPointer<QObject> pointer(this);
      backUp(connection()); // copies the handle, in there
    });
  }

  // Copies of it are one connection.
  QSqlDatabase connection() const {
    return database; // WARN: 'QSqlDatabase::QSqlDatabase' uses 'Journal::database' on another thread
  }

  static void backUp(const QSqlDatabase &) {}

private:
  QSqlDatabase database;
};

// A thread's object lives in the thread that made it, not in the one that it starts.
class Feeder : public QThread {
public:
  void run() override {
    timer = new QTimer(this);    // WARN: 'QTimer::QTimer' uses 'Feeder' on another thread
    setProperty("isRunning", 1); // WARN: 'QObject::setProperty' uses 'Feeder' on another thread
    socket.abort();              // WARN: 'QAbstractSocket::abort' uses 'Feeder::socket' on another thread
    fetch();
    QTimer own;
    own.start();
    setPriority(QThread::LowPriority);
    exec();
  }

  void fetch() {
    socket.connectToHost("localhost", 80); // WARN: 'QAbstractSocket::connectToHost' uses 'Feeder::socket' on another thread
  }

private:
  QTimer *timer = nullptr;
  QTcpSocket socket;
};

// But one that moves itself is at home there.
class Server : public QThread {
public:
  Server() { moveToThread(this); }

  void run() override {
    setProperty("isRunning", 1);
    auto *timer = new QTimer(this);
    timer->start();
    exec();
  }
};

int main(int argc, char **argv) {
  QCoreApplication application(argc, argv);
  Journal journal;
  journal.count();
  Feeder feeder;
  feeder.start();
  Server server;
  server.start();
  return application.exec();
}
