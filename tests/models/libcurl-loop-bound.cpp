// libcurl: a handle belongs to one thread at a time; any thread may wake what waits for a multi handle.
// REQUIRES: common-tests, pack-libcurl
// RUN: %check %s async-loop-bound-capture --only command -- -pthread -I%source_root/checker/include
#include <async_tidy/annotations.h>
#include <boost/asio.hpp>
#include <curl/curl.h>
#include <mutex>
#include <memory>
#include <string>
#include <thread>
#include <vector>

CURL *easy, *paused, *waiting;
CURLM *multi;
CURLSH *shared;

static void stop(CURL *handle) {
  curl_multi_remove_handle(multi, handle); // WARN: 'curl_multi_remove_handle' uses 'waiting' on another thread // WARN: 'curl_multi_remove_handle' uses 'multi' on another thread
}

ASYNC_TIDY_RUNS_ON_LOOP void serve() {
  int running = 0;
  curl_easy_setopt(easy, CURLOPT_VERBOSE, 1L);
  curl_multi_add_handle(multi, easy);
  curl_multi_add_handle(multi, paused);
  curl_multi_add_handle(multi, waiting);
  curl_multi_perform(multi, &running);
  curl_share_setopt(shared, CURLSHOPT_SHARE, CURL_LOCK_DATA_DNS);
  std::thread([] { curl_multi_wakeup(multi); }).detach();
  std::thread([] { curl_share_setopt(shared, CURLSHOPT_SHARE, CURL_LOCK_DATA_DNS); }).detach();
  std::thread([] { curl_easy_setopt(easy, CURLOPT_VERBOSE, 0L); }).detach();   // WARN: 'curl_easy_setopt' uses 'easy' on another thread
  std::thread([] { curl_easy_pause(paused, CURLPAUSE_CONT); }).detach();       // WARN: 'curl_easy_pause' uses 'paused' on another thread
  std::thread([] { stop(waiting); }).detach();
  // A handle of its own.
  std::thread([] {
    CURL *own = curl_easy_init();
    curl_easy_perform(own);
    curl_easy_cleanup(own);
  }).detach();
}

namespace asio = boost::asio;
using asio::ip::tcp;

struct CleanUp {
  void operator()(CURL *handle) const { curl_easy_cleanup(handle); }
};

using Easy = std::unique_ptr<CURL, CleanUp>;

std::size_t append(char *data, std::size_t size, std::size_t count, void *body) {
  static_cast<std::string *>(body)->append(data, size * count);
  return size * count;
}

// ---- a downloader whose sockets and timer the loop watches

class Downloader {
public:
  explicit Downloader(asio::io_context &loop) : loop(loop), timer(loop), transfers(curl_multi_init()) {
    curl_multi_setopt(transfers, CURLMOPT_TIMERDATA, this);
    curl_multi_setopt(transfers, CURLMOPT_TIMERFUNCTION, &Downloader::setTimer);
  }

  void fetch(const std::string &address) {
    asio::post(loop, [this, address] { add(address); });
  }

  // Any thread may cancel, they thought.
  void cancelElsewhere(CURL *handle) {
    std::thread([this, handle] {
      curl_multi_remove_handle(transfers, handle); // WARN: 'curl_multi_remove_handle' uses 'Downloader::transfers' on another thread // WARN: uses 'Transfer::handle' on another thread
    }).detach();
  }

  void watch() {
    std::thread(&Downloader::logEvery, this).detach();
  }

  void wake() {
    std::thread([this] { curl_multi_wakeup(transfers); }).detach();
  }

  void cancelOnLoop(CURL *handle) {
    std::thread([this, handle] {
      asio::post(loop, [this, handle] { curl_multi_remove_handle(transfers, handle); });
    }).detach();
  }

private:
  static int setTimer(CURLM *, long milliseconds, void *self) {
    static_cast<Downloader *>(self)->wait(milliseconds);
    return 0;
  }

  void wait(long milliseconds) {
    timer.expires_after(std::chrono::milliseconds(milliseconds));
    timer.async_wait([this](boost::system::error_code error) {
      int running = 0;
      if (!error)
        curl_multi_socket_action(transfers, CURL_SOCKET_TIMEOUT, 0, &running);
    });
  }

  void add(const std::string &address) {
    CURL *handle = curl_easy_init();
    curl_easy_setopt(handle, CURLOPT_URL, address.c_str());
    curl_multi_add_handle(transfers, handle);
  }

  void logEvery() {
    int waiting = 0;
    while (CURLMsg *message = curl_multi_info_read(transfers, &waiting)) // WARN: 'curl_multi_info_read' uses 'Downloader::transfers' on another thread
      if (message->msg == CURLMSG_DONE)
        return;
  }

  asio::io_context &loop;
  asio::steady_timer timer;
  CURLM *transfers;
};

// ---- one handle, kept because it keeps its connections

class Api {
public:
  Api() : handle(curl_easy_init()) {}

  asio::awaitable<void> poll(asio::steady_timer timer) {
    for (;;) {
      timer.expires_after(std::chrono::seconds(10));
      co_await timer.async_wait(asio::use_awaitable);
      call("https://localhost/status");
    }
  }

  void upload() {
    uploader = std::thread([this] { call("https://localhost/upload"); });
  }

private:
  void call(const char *address) {
    curl_easy_setopt(handle.get(), CURLOPT_URL, address); // WARN: 'curl_easy_setopt' uses 'Api::handle' on another thread
    curl_easy_perform(handle.get());
  }

  Easy handle;
  std::thread uploader;
};

// ---- a transfer that is under way, and a helper that receives it

struct Transfer {
  CURL *handle;
  std::string body;
};

void setSpeed(Transfer &transfer, long bytes) {
  curl_easy_setopt(transfer.handle, CURLOPT_MAX_RECV_SPEED_LARGE, curl_off_t(bytes)); // WARN: 'curl_easy_setopt' uses 'Transfer::handle' on another thread
}

asio::awaitable<void> drive(CURLM *transfers, Transfer &transfer) {
  asio::steady_timer timer(co_await asio::this_coro::executor);
  int running = 1;
  curl_multi_add_handle(transfers, transfer.handle);
  while (running != 0) {
    curl_multi_perform(transfers, &running);
    timer.expires_after(std::chrono::milliseconds(10));
    co_await timer.async_wait(asio::use_awaitable);
  }
  curl_multi_remove_handle(transfers, transfer.handle);
}

void slowDown(asio::thread_pool &governors, Transfer &transfer) {
  asio::post(governors, [&transfer] { setSpeed(transfer, 1000); });
}

// ---- right: a handle for each thread

std::string download(const std::string &address) {
  Easy handle(curl_easy_init());
  std::string body;
  curl_easy_setopt(handle.get(), CURLOPT_URL, address.c_str());
  curl_easy_setopt(handle.get(), CURLOPT_WRITEFUNCTION, append);
  curl_easy_setopt(handle.get(), CURLOPT_WRITEDATA, &body);
  curl_easy_perform(handle.get());
  return body;
}

asio::awaitable<void> onAPool(asio::thread_pool &pool) {
  Easy own(curl_easy_init());
  curl_easy_setopt(own.get(), CURLOPT_NOSIGNAL, 1L);
  std::string body = co_await asio::co_spawn(
      pool, []() -> asio::awaitable<std::string> { co_return download("https://localhost"); }, asio::use_awaitable);
  curl_easy_setopt(own.get(), CURLOPT_URL, body.c_str());
}

thread_local Easy perThread(curl_easy_init());

asio::awaitable<void> threadLocal() {
  std::jthread other([] { curl_easy_perform(perThread.get()); });
  curl_easy_setopt(perThread.get(), CURLOPT_VERBOSE, 1L);
  co_return;
}

// A copy has the same settings, and is another handle.
asio::awaitable<void> copied(CURL *original) {
  CURL *copy = curl_easy_duphandle(original);
  std::thread([copy] {
    curl_easy_perform(copy);
    curl_easy_cleanup(copy);
  }).detach();
  curl_easy_setopt(original, CURLOPT_VERBOSE, 1L);
  co_return;
}

// ---- right: the thread gets the handle whole

asio::awaitable<void> given(asio::steady_timer timer) {
  Easy handle(curl_easy_init());
  curl_easy_setopt(handle.get(), CURLOPT_URL, "https://localhost");
  co_await timer.async_wait(asio::use_awaitable);
  std::thread([handle = std::move(handle)] { curl_easy_perform(handle.get()); }).detach();
}

void perform(Easy handle) {
  curl_easy_perform(handle.get());
}

asio::awaitable<void> givenAsArgument(asio::steady_timer timer) {
  Easy handle(curl_easy_init());
  curl_easy_setopt(handle.get(), CURLOPT_URL, "https://localhost");
  co_await timer.async_wait(asio::use_awaitable);
  std::thread(perform, std::move(handle)).detach();
}

// ---- right: a thread that has the multi handle for itself, and that others only wake

class Background {
public:
  void start() {
    thread = std::thread([this] { run(); });
  }

  asio::awaitable<void> fetch(asio::steady_timer timer, std::string address) {
    co_await timer.async_wait(asio::use_awaitable);
    {
      std::lock_guard lock(mutex);
      wanted.push_back(std::move(address));
    }
    curl_multi_wakeup(transfers);
  }

private:
  void run() {
    for (int running = 0;;) {
      addWanted();
      curl_multi_perform(transfers, &running);
      curl_multi_poll(transfers, nullptr, 0, 1000, nullptr);
    }
  }

  void addWanted() {
    std::lock_guard lock(mutex);
    for (const std::string &address : wanted) {
      CURL *handle = curl_easy_init();
      curl_easy_setopt(handle, CURLOPT_URL, address.c_str());
      curl_multi_add_handle(transfers, handle);
    }
    wanted.clear();
  }

  CURLM *transfers = curl_multi_init();
  std::mutex mutex;
  std::vector<std::string> wanted;
  std::thread thread;
};

// ---- right: the loop uses it only when the thread has ended

asio::awaitable<void> afterwards() {
  Easy handle(curl_easy_init());
  std::thread thread([&] { curl_easy_perform(handle.get()); });
  thread.join();
  long status = 0;
  curl_easy_getinfo(handle.get(), CURLINFO_RESPONSE_CODE, &status);
  co_return;
}

int main() {
  asio::io_context loop;
  asio::thread_pool pool(4);
  Downloader downloader(loop);
  Api api;
  Background background;
  Transfer transfer{curl_easy_init(), ""};
  CURLM *transfers = curl_multi_init();
  CURL *original = curl_easy_init();
  downloader.fetch("https://localhost");
  downloader.watch();
  downloader.wake();
  downloader.cancelElsewhere(transfer.handle);
  downloader.cancelOnLoop(transfer.handle);
  api.upload();
  background.start();
  asio::co_spawn(loop, api.poll(asio::steady_timer(loop)), asio::detached);
  asio::co_spawn(loop, drive(transfers, transfer), asio::detached);
  asio::co_spawn(loop, onAPool(pool), asio::detached);
  asio::co_spawn(loop, threadLocal(), asio::detached);
  asio::co_spawn(loop, copied(original), asio::detached);
  asio::co_spawn(loop, given(asio::steady_timer(loop)), asio::detached);
  asio::co_spawn(loop, givenAsArgument(asio::steady_timer(loop)), asio::detached);
  asio::co_spawn(loop, background.fetch(asio::steady_timer(loop), "https://localhost"), asio::detached);
  asio::co_spawn(loop, afterwards(), asio::detached);
  slowDown(pool, transfer);
  loop.run();
}
