// REQUIRES: common-tests, pack-qt
// RUN: %check %s async-loop-bound-capture --only command -- -fPIC -isystem /usr/include/x86_64-linux-gnu/qt6 -isystem /usr/include/x86_64-linux-gnu/qt6/QtConcurrent -isystem /usr/include/x86_64-linux-gnu/qt6/QtCore -isystem /usr/include/x86_64-linux-gnu/qt6/QtDBus -isystem /usr/include/x86_64-linux-gnu/qt6/QtGui -isystem /usr/include/x86_64-linux-gnu/qt6/QtNetwork -isystem /usr/include/x86_64-linux-gnu/qt6/QtSql -isystem /usr/include/x86_64-linux-gnu/qt6/QtTest -isystem /usr/include/x86_64-linux-gnu/qt6/QtWidgets
// What is said to come after a future's function has what that had.
#include <QtConcurrent>
#include <QtCore>
#include <QtWidgets>

class Reader : public QWidget {
public:
  void readAll() {
    (void)QtConcurrent::run([this] { return chained.readAll(); }).then(this, [this](const QByteArray &) {
      chained.close();
    });
  }

  void readOnce() {
    auto future = QtConcurrent::run([this] { return named.readAll(); });
    future.then(this, [this](const QByteArray &) { named.close(); });
  }

  void readTwice() {
    (void)QtConcurrent::run([this] { return twice.readAll(); })
        .then([](const QByteArray &bytes) { return bytes.size(); })
        .then(this, [this](qsizetype) { twice.close(); });
  }

  // Another's end is no sign of this one's.
  void readBeside() {
    auto other = QtConcurrent::run([] {});
    (void)QtConcurrent::run([this] { return beside.readAll(); }); // WARN: 'QFileDevice::readAll' uses 'Reader::beside' on another thread
    other.then(this, [this] { beside.close(); });
  }

private:
  QFile chained, named, twice, beside;
};
