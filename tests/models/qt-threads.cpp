// Qt in programs: what a thread may use is what it made, or what was moved to it; all else it asks the owner's thread for.
// REQUIRES: common-tests, pack-qt
// RUN: %check %s async-loop-bound-capture --only command -- -fPIC -isystem /usr/include/x86_64-linux-gnu/qt6 -isystem /usr/include/x86_64-linux-gnu/qt6/QtConcurrent -isystem /usr/include/x86_64-linux-gnu/qt6/QtCore -isystem /usr/include/x86_64-linux-gnu/qt6/QtDBus -isystem /usr/include/x86_64-linux-gnu/qt6/QtGui -isystem /usr/include/x86_64-linux-gnu/qt6/QtNetwork -isystem /usr/include/x86_64-linux-gnu/qt6/QtSql -isystem /usr/include/x86_64-linux-gnu/qt6/QtTest -isystem /usr/include/x86_64-linux-gnu/qt6/QtWidgets
#include <QtConcurrent>
#include <QtCore>
#include <QtNetwork>
#include <QtSql>
#include <QtWidgets>
#include <atomic>
#include <memory>
#include <thread>

// ---- subclasses of QThread: the object, and what its constructor makes, live in the thread that made it

namespace subclasses {

class Downloader : public QThread {
  Q_OBJECT
public:
  explicit Downloader(const QUrl &url) : url(url) {
    manager = new QNetworkAccessManager; // NOTE: 'subclasses::Downloader::manager' is made here
    timer.setInterval(100);
    connect(&timer, &QTimer::timeout, this, &Downloader::onTimeout);
  }

  ~Downloader() override {
    requestInterruption();
    quit();
    wait();
  }

signals:
  void progress(int percent);

protected:
  void run() override {
    timer.start(); // WARN: 'QTimer::start' uses 'subclasses::Downloader::timer' on another thread than the one that it belongs to
    QNetworkReply *reply = manager->get(QNetworkRequest(url)); // WARN: 'QNetworkAccessManager::get' uses 'subclasses::Downloader::manager' on another thread
    QEventLoop loop;
    connect(reply, &QNetworkReply::finished, &loop, &QEventLoop::quit);
    loop.exec();
    emit progress(100);
    store(reply->readAll());
  }

private:
  void onTimeout() {}

  void store(const QByteArray &data) {
    socket->write(data); // WARN: 'QAbstractSocket::write' uses 'subclasses::Downloader::socket' on another thread
  }

  QUrl url;
  QNetworkAccessManager *manager;
  QTcpSocket *socket = new QTcpSocket;
  QTimer timer;
};

// All that has a thread is made in run(), or moved there.
class Fetcher : public QThread {
  Q_OBJECT
public:
  Fetcher() {
    early.moveToThread(this);
    heap = new QTimer;
    heap->moveToThread(this);
  }

  void add(const QUrl &url) {
    QMutexLocker locker(&mutex);
    urls << url;
    added.wakeAll();
  }

signals:
  void progress(int percent);

protected:
  void run() override {
    QNetworkAccessManager manager;
    QTimer timer;
    socket = std::make_unique<QTcpSocket>();
    watcher = new QFileSystemWatcher;
    connect(&timer, &QTimer::timeout, &timer, [this] { emit progress(0); });
    timer.start(100);
    early.connectToHost("localhost", 80);
    heap->start(10);
    QNetworkReply *reply = manager.get(QNetworkRequest(next()));
    connect(reply, &QNetworkReply::finished, &timer, [this] { quit(); });
    write();
    watcher->addPath("/tmp");
    QProcess process;
    process.start("ls");
    process.waitForFinished();
    QSettings settings("example", "fetcher");
    settings.setValue("fetched", 1);
    exec();
    heap->stop();
    socket->close();
    delete watcher;
    socket.reset();
  }

private:
  QUrl next() {
    QMutexLocker locker(&mutex);
    while (urls.isEmpty() && !isInterruptionRequested())
      added.wait(&mutex, 100);
    return urls.isEmpty() ? QUrl() : urls.takeFirst();
  }

  void write() {
    if (socket->waitForConnected(1000))
      socket->write("x");
  }

  QMutex mutex;
  QWaitCondition added;
  QList<QUrl> urls;
  QTcpSocket early;
  QTimer *heap;
  std::unique_ptr<QTcpSocket> socket;
  QFileSystemWatcher *watcher;
};

class Window : public QMainWindow {
  Q_OBJECT
public:
  Window() {
    connect(&fetcher, &Fetcher::progress, this, &Window::showProgress);
    connect(&fetcher, &QThread::finished, this, [this] { bar->setValue(100); });
    fetcher.add(QUrl("http://localhost"));
    fetcher.start();
    downloader.start();
  }

private:
  void showProgress(int percent) { bar->setValue(percent); }

  QProgressBar *bar = new QProgressBar(this);
  Fetcher fetcher;
  Downloader downloader{QUrl("http://localhost")};
};

} // namespace subclasses

// ---- objects that are moved to a thread take their children along, and nothing else

namespace moved {

class Loose : public QObject {
  Q_OBJECT
public:
  Loose() {
    socket = new QTcpSocket;
    pause.setInterval(1000);
  }

  void begin() {
    pause.start(); // WARN: 'QTimer::start' uses 'moved::Loose::pause' on another thread
    socket->connectToHost("localhost", 80); // WARN: 'QAbstractSocket::connectToHost' uses 'moved::Loose::socket' on another thread
    manager.get(QNetworkRequest()); // WARN: 'QNetworkAccessManager::get' uses 'moved::Loose::manager' on another thread
    send();
  }

  void stop() {
    pause.stop(); // WARN: 'QTimer::stop' uses 'moved::Loose::pause' on another thread
  }

signals:
  void done(const QByteArray &data);

private:
  void send() {
    socket->write("GET /"); // WARN: 'QAbstractSocket::write' uses 'moved::Loose::socket' on another thread
    emit done(QByteArray());
  }

  QTimer pause;
  QTcpSocket *socket;
  QNetworkAccessManager manager;
};

class Tied : public QObject {
  Q_OBJECT
public:
  explicit Tied(QObject *parent = nullptr)
      : QObject(parent), pause(this), manager(new QNetworkAccessManager(this)) {
    pause.setInterval(1000);
    given = new QTimer;
    given->setParent(this);
    connect(&pause, &QTimer::timeout, this, &Tied::onPause);
  }

  void begin() {
    pause.start();
    given->start(10);
    inClass.start(10);
    manager->get(QNetworkRequest());
    socket = new QTcpSocket(this);
    late = std::make_unique<QTcpServer>();
    connect(socket, &QTcpSocket::readyRead, this, &Tied::onRead);
    connect(late.get(), &QTcpServer::newConnection, this, [this] { late->close(); });
    socket->connectToHost("localhost", 80);
    late->listen();
    QTimer::singleShot(0, this, [this] { pause.start(); });
    QMetaObject::invokeMethod(this, &Tied::onPause, Qt::QueuedConnection);
    startTimer(100);
    setObjectName("tied");
  }

  void setLimit(int value) { limit = value; }

  void stop() {
    pause.stop();
    socket->abort();
  }

signals:
  void done(const QByteArray &data);

private:
  void onPause() {
    pause.stop();
    socket->flush();
  }

  void onRead() {
    emit done(socket->readAll());
    if (++count == limit)
      socket->disconnectFromHost();
  }

  QTimer pause;
  QTimer inClass{this};
  QTimer *given;
  QNetworkAccessManager *manager;
  QTcpSocket *socket = nullptr;
  std::unique_ptr<QTcpServer> late;
  std::atomic<int> limit = 10;
  int count = 0;
};

// It makes what it needs when it is there.
class Service : public QObject {
  Q_OBJECT
public:
  Q_INVOKABLE void init() {
    manager = new QNetworkAccessManager;
    connect(manager, &QNetworkAccessManager::finished, this, &Service::onReply);
    timer.reset(new QTimer);
    timer->start(10);
  }

  void fetch(const QUrl &url) {
    replies << manager->get(QNetworkRequest(url));
    timer->setInterval(5);
  }

private:
  void onReply(QNetworkReply *reply) {
    reply->deleteLater();
    replies.removeOne(reply);
    manager->clearAccessCache();
  }

  QNetworkAccessManager *manager = nullptr;
  std::unique_ptr<QTimer> timer;
  QList<QNetworkReply *> replies;
};

class Window : public QWidget {
  Q_OBJECT
public:
  Window() {
    auto *loose = new Loose;
    auto *tied = new Tied;
    auto *service = new Service;
    loose->moveToThread(&thread);
    tied->moveToThread(&thread);
    service->moveToThread(&thread);
    connect(&thread, &QThread::started, loose, &Loose::begin); // NOTE: 'QObject::connect' runs 'moved::Loose::begin' on another thread here
    connect(&thread, &QThread::started, tied, &Tied::begin);
    connect(&thread, &QThread::started, service, [service] { service->init(); });
    connect(&thread, &QThread::finished, loose, &QObject::deleteLater);
    connect(&thread, &QThread::finished, tied, &QObject::deleteLater);
    connect(loose, &Loose::done, this, &Window::show);
    connect(tied, &Tied::done, this, &Window::show);
    connect(this, &Window::limitChanged, tied, &Tied::setLimit);
    connect(this, &Window::wanted, service, &Service::fetch);
    connect(button, &QPushButton::clicked, this, [this, tied, loose] {
      tied->setLimit(5);
      QMetaObject::invokeMethod(tied, [tied] { tied->stop(); });
      QMetaObject::invokeMethod(loose, [loose] { loose->stop(); });
      label->setText("stopped");
    });
    thread.start();
  }

  ~Window() override {
    thread.quit();
    thread.wait();
  }

signals:
  void limitChanged(int limit);
  void wanted(const QUrl &url);

private:
  void show(const QByteArray &data) { label->setText(QString::fromUtf8(data)); }

  QThread thread;
  QLabel *label = new QLabel(this);
  QPushButton *button = new QPushButton(this);
};

} // namespace moved

// ---- right: the thread makes the object, with all that the constructor makes

namespace made {

class Session : public QObject {
  Q_OBJECT
public:
  Session() {
    pause.setInterval(10);
    connect(&pause, &QTimer::timeout, this, &Session::poll);
    connect(&socket, &QTcpSocket::readyRead, this, [this] { lines += socket.readAll().count('\n'); });
  }

  void begin() {
    pause.start();
    socket.connectToHost("localhost", 80);
  }

signals:
  void counted(int lines);

private:
  void poll() {
    if (lines < 100)
      return;
    pause.stop();
    socket.abort();
    emit counted(lines);
    QThread::currentThread()->quit();
  }

  QTimer pause;
  QTcpSocket socket;
  int lines = 0;
};

class Client : public QThread {
  Q_OBJECT
signals:
  void counted(int lines);

private:
  void run() override {
    Session session;
    connect(&session, &Session::counted, this, &Client::counted);
    session.begin();
    kept = new Session;
    QTimer::singleShot(0, kept, &Session::begin);
    exec();
    delete kept;
  }

  Session *kept = nullptr;
};

struct Starter {
  void start() {
    thread = QThread::create([] {
      Session session;
      QEventLoop loop;
      QObject::connect(&session, &Session::counted, &loop, &QEventLoop::quit);
      session.begin();
      loop.exec();
    });
    thread->start();
    other = std::thread([] {
      auto session = std::make_unique<Session>();
      QEventLoop loop;
      session->begin();
      loop.exec();
    });
  }

  QThread *thread;
  std::thread other;
};

} // namespace made

// ---- pools and plain threads

class Title : public QWidget {
public:
  void load() {
    (void)QtConcurrent::run([this] { setWindowTitle("loading"); }); // WARN: 'QWidget::setWindowTitle' uses 'Title' on another thread
    (void)QtConcurrent::run(&Title::shrink, this);
    (void)QtConcurrent::run([this] { QMetaObject::invokeMethod(this, [this] { setWindowTitle("loaded"); }); });
    (void)QtConcurrent::run([] { return QString("loaded"); }).then(this, [this](QString title) { setWindowTitle(title); });
  }

private:
  void shrink() {
    resize(1, 1); // WARN: 'QWidget::resize' uses 'Title' on another thread
  }
};

namespace pools {

static QImage load(const QString &path) { return QImage(path).scaled(64, 64); }

class Loader : public QObject, public QRunnable {
  Q_OBJECT
public:
  Loader(QLabel *label, QString path) : label(label), path(std::move(path)) { setAutoDelete(true); }

  void run() override {
    QImage image = load(path);
    label->setPixmap(QPixmap::fromImage(image)); // WARN: 'QLabel::setPixmap' uses 'pools::Loader::label' on another thread
    emit loaded(image);
  }

signals:
  void loaded(const QImage &image);

private:
  QLabel *label;
  QString path;
};

class Hasher : public QRunnable {
public:
  Hasher(QObject *receiver, QByteArray data) : receiver(receiver), data(std::move(data)) {}

  void run() override {
    QByteArray hash = QCryptographicHash::hash(data, QCryptographicHash::Sha1);
    QMetaObject::invokeMethod(
        receiver, [receiver = receiver, hash] { receiver->setProperty("hash", hash); }, Qt::QueuedConnection);
    QMetaObject::invokeMethod(receiver, "setHash", Q_ARG(QByteArray, hash));
    QCoreApplication::postEvent(receiver, new QEvent(QEvent::User));
    receiver->deleteLater();
  }

private:
  QObject *receiver;
  QByteArray data;
};

class Window : public QWidget {
  Q_OBJECT
public:
  Window() {
    connect(&watcher, &QFutureWatcher<QImage>::finished, this, &Window::showImage);
    connect(&watcher, &QFutureWatcher<QImage>::progressValueChanged, bar, &QProgressBar::setValue);
  }

  void loadAll() {
    watcher.setFuture(QtConcurrent::run(load, path->text()));
    QThreadPool::globalInstance()->start([this] {
      bar->setValue(1); // WARN: 'QProgressBar::setValue' uses 'pools::Window::bar' on another thread
    });
    pool.start([name = path->text(), this] {
      QImage image = load(name);
      QMetaObject::invokeMethod(this, [this, image] {
        label->setPixmap(QPixmap::fromImage(image));
        bar->setValue(100);
      });
      emit finished();
      QMetaObject::invokeMethod(label, "clear", Qt::QueuedConnection);
    });
    pool.start(new Loader(label, path->text()));
    pool.start(new Hasher(this, path->text().toUtf8()));
    pool.start(QRunnable::create([this] { label->clear(); })); // WARN: 'QLabel::clear' uses 'pools::Window::label' on another thread
    QList<QString> names{"a", "b"};
    (void)QtConcurrent::mapped(names, load);
    (void)QtConcurrent::map(names, [this](QString &name) {
      name = name.toUpper();
      list->addItem(name); // WARN: 'QListWidget::addItem' uses 'pools::Window::list' on another thread
    });
    (void)QtConcurrent::run([](QPromise<void> &promise) {
      promise.setProgressRange(0, 10);
      promise.setProgressValue(1);
    });
  }

  void watch() {
    std::thread(&Window::poll, this).detach();
    std::thread([this, text = path->text()] {
      QString upper = text.toUpper();
      QTimer::singleShot(0, this, [this, upper] { path->setText(upper); });
      emit finished();
    }).detach();
  }

signals:
  void finished();

private:
  void poll() {
    for (int i = 0; i < 10; ++i) {
      std::this_thread::sleep_for(std::chrono::seconds(1));
      QMetaObject::invokeMethod(this, &Window::showImage);
      if (!label->text().isEmpty()) // WARN: 'QLabel::text' uses 'pools::Window::label' on another thread
        return;
    }
  }

  void showImage() { label->setPixmap(QPixmap::fromImage(watcher.result())); }

  QLabel *label = new QLabel(this);
  QLineEdit *path = new QLineEdit(this);
  QProgressBar *bar = new QProgressBar(this);
  QListWidget *list = new QListWidget(this);
  QThreadPool pool;
  QFutureWatcher<QImage> watcher;
};

} // namespace pools

// ---- connections to databases

namespace databases {

class Journal : public QObject {
public:
  Journal() { // NOTE: 'databases::Journal::database' is made here
    database = QSqlDatabase::addDatabase("QSQLITE");
    database.setDatabaseName("journal");
    database.open();
    query = QSqlQuery(database);
    model = new QSqlTableModel(this, database);
  }

  void write(const QString &text) {
    std::thread([this, text] {
      database.transaction();                          // WARN: 'QSqlDatabase::transaction' uses 'databases::Journal::database' on another thread
      query.prepare("insert into entries values (?)"); // WARN: 'QSqlQuery::prepare' uses 'databases::Journal::query' on another thread
      query.addBindValue(text);                        // WARN: 'QSqlQuery::addBindValue' uses 'databases::Journal::query' on another thread
      model->select();                                 // WARN: 'QSqlTableModel::select' uses 'databases::Journal::model' on another thread
    }).detach();
  }

  static QFuture<int> count() {
    return QtConcurrent::run([] {
      QString name = QString::number(quintptr(QThread::currentThreadId()));
      int count = 0;
      {
        QSqlDatabase own = QSqlDatabase::addDatabase("QSQLITE", name);
        own.setDatabaseName("journal");
        if (own.open()) {
          QSqlQuery mine(own);
          mine.exec("select count(*) from entries");
          count = mine.next() ? mine.value(0).toInt() : 0;
        }
      }
      QSqlDatabase::removeDatabase(name);
      return count;
    });
  }

  QFuture<bool> check() {
    return QtConcurrent::run([name = database.connectionName()] {
      QSqlDatabase own = QSqlDatabase::cloneDatabase(name, "check");
      return own.open() && QSqlQuery("select 1", own).next();
    });
  }

private:
  QSqlDatabase database;
  QSqlQuery query;
  QSqlTableModel *model;
};

// A member that its thread opens.
class Archive : public QThread {
public:
  void add(const QString &text) {
    QMutexLocker locker(&mutex);
    waiting.append(text);
    added.wakeOne();
  }

protected:
  void run() override {
    database = QSqlDatabase::addDatabase("QSQLITE", "archive");
    database.setDatabaseName("archive");
    database.open();
    QSqlQuery query(database);
    query.prepare("insert into entries values (?)");
    while (!isInterruptionRequested()) {
      query.bindValue(0, next());
      query.exec();
      check();
    }
    database.close();
  }

private:
  QString next() {
    QMutexLocker locker(&mutex);
    while (waiting.isEmpty())
      added.wait(&mutex);
    return waiting.takeFirst();
  }

  void check() {
    if (database.lastError().isValid())
      database.rollback();
  }

  QSqlDatabase database;
  QMutex mutex;
  QWaitCondition added;
  QStringList waiting;
};

static QThreadStorage<QSqlDatabase> opened;

static QSqlDatabase ofThisThread() {
  if (!opened.hasLocalData()) {
    auto database = QSqlDatabase::addDatabase("QSQLITE", QUuid::createUuid().toString());
    database.setDatabaseName("journal");
    database.open();
    opened.setLocalData(database);
  }
  return opened.localData();
}

static void insert(int i) {
  QSqlQuery query(ofThisThread());
  query.exec(QString("insert into entries values (%1)").arg(i));
  ofThisThread().commit();
}

} // namespace databases

int main(int argc, char **argv) {
  QApplication application(argc, argv);
  subclasses::Window first;
  moved::Window second;
  pools::Window third;
  third.loadAll();
  third.watch();
  made::Client client;
  client.start();
  made::Starter starter;
  starter.start();
  databases::Journal journal;
  journal.write("started");
  databases::Archive archive;
  archive.start();
  archive.add("started");
  for (int i = 0; i < 3; ++i)
    (void)QtConcurrent::run([i] { databases::insert(i); });
  (new Title)->load();
  return application.exec();
}
