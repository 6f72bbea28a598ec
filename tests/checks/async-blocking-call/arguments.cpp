// A helper that blocks for some arguments only: what its callers pass tells.
// RUN: %check %s async-blocking-call
#include <boost/asio.hpp>
#include <memory>
#include <unistd.h>

namespace asio = boost::asio;

class Player {
public:
  std::shared_ptr<int> file(bool mayLoad = true, int tries = 3) {
    if (!data && mayLoad)
      load(tries);
    return data;
  }
  void save(bool wait) {
    if (!wait)
      return;
    ::fsync(1);
  }

private:
  void load(int tries) {
    if (tries == 0)
      return;
    ::fsync(2);
  }
  std::shared_ptr<int> data;
};

int name(Player &player) { return *player.file(false); }

int size(Player &player, bool mayLoad) { return *player.file(mayLoad); }

void either(bool wait) {
  if (wait)
    ::fsync(3);
  else
    ::sleep(1);
}

void changes(bool wait) {
  wait = !wait;
  if (wait)
    ::fsync(4);
}

void givenAway(bool wait) {
  bool &alias = wait;
  alias = true;
  if (wait)
    ::fsync(5);
}

void notify(void (*done)(), int seconds) {
  if (seconds > 0)
    ::sleep(seconds);
  if (done != nullptr) {
    ::fsync(6);
    done();
  }
}

void count(int rounds, bool wait) { // calls itself
  if (rounds == 0) {
    either(wait);
    return;
  }
  count(rounds - 1, wait);
}

void chooses(int how, bool isOver) {
  if (isOver)
    return;
  switch (how) {
  case 0:
    ::fsync(8);
    break;
  default:
    break;
  }
}

// Ways that are never taken.
void forever(bool wait) {
  if (false)
    ::sleep(1);
  while (true) {
    if (wait)
      ::fsync(7);
    if (sizeof(int) == 3)
      break;
  }
}

asio::awaitable<void> literals(Player &player, bool unknown) {
  player.file(false);
  player.file();        // WARN: 'Player::file' blocks the event loop in coroutine 'literals': it reaches 'fsync' (disk)
  player.file(true);    // WARN: 'Player::file' blocks
  player.file(true, 0);
  player.file(unknown); // WARN: 'Player::file' blocks
  player.save(false);
  player.save(true);    // WARN: 'Player::save' blocks
  co_return;
}

asio::awaitable<void> passedOn(Player &player) {
  name(player);
  size(player, false);
  size(player, true); // WARN: 'size' blocks the event loop in coroutine 'passedOn': it reaches 'fsync' (disk)
  co_return;
}

asio::awaitable<void> ways() {
  constexpr bool No = false;
  either(true);  // WARN: 'either' blocks the event loop in coroutine 'ways': it reaches 'fsync' (disk)
  either(false); // WARN: 'either' blocks the event loop in coroutine 'ways': it reaches 'sleep' (sleep)
  either(No);    // WARN: 'either' blocks the event loop in coroutine 'ways': it reaches 'sleep' (sleep)
  changes(false);   // WARN: 'changes' blocks
  givenAway(false); // WARN: 'givenAway' blocks
  notify(nullptr, 0);
  notify(nullptr, 2); // WARN: 'notify' blocks the event loop in coroutine 'ways': it reaches 'sleep' (sleep)
  notify([] {}, 0);   // WARN: 'notify' blocks the event loop in coroutine 'ways': it reaches 'fsync' (disk)
  chooses(0, false); // WARN: 'chooses' blocks
  forever(false);
  forever(true);      // WARN: 'forever' blocks
  count(3, false);    // WARN: 'count' blocks the event loop in coroutine 'ways': it reaches 'sleep' (sleep)
  co_return;
}
