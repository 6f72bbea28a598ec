// Whether a coroutine type of one's own is lazy must be proven: what could run the coroutine without
// an await makes it silent.
// RUN: %check %s async-unawaited-task
#include <coroutine>
#include <exception>
#include <functional>
#include <iostream>
#include <memory>
#include <utility>
#include <vector>

std::vector<std::coroutine_handle<>> queue;
void schedule(std::coroutine_handle<> handle) { queue.push_back(handle); }

// What all promises here have in common.
struct Promise {
  std::suspend_always final_suspend() noexcept { return {}; }
  void return_void() {}
  void unhandled_exception() { std::terminate(); }
};

template <class P> struct Owner {
  using Handle = std::coroutine_handle<P>;
  explicit Owner(Handle handle) : handle(handle) {}
  Owner(Owner &&other) : handle(std::exchange(other.handle, nullptr)) {}
  ~Owner() {
    if (handle)
      handle.destroy();
  }
  Handle handle;
};

// ---- lazy ---------------------------------------------------------------------------------------

struct Plain {
  struct promise_type : Promise {
    Plain get_return_object() { return {std::coroutine_handle<promise_type>::from_promise(*this)}; }
    std::suspend_always initial_suspend() { return {}; }
  };
  std::coroutine_handle<promise_type> handle;
};
Plain plain() { co_return; }

// Its awaiter is its own, its handle in an owner, its promise has members.
struct Composed {
  struct Never {
    bool await_ready() { return false; }
    void await_suspend(std::coroutine_handle<>) {}
    void await_resume() {}
  };
  struct promise_type : Promise {
    auto get_return_object() { return Composed(Owner<promise_type>::Handle::from_promise(*this)); }
    auto initial_suspend() { return Never{}; }
    std::coroutine_handle<> waiting = std::noop_coroutine();
    std::exception_ptr failure;
  };
  explicit Composed(std::coroutine_handle<promise_type> handle) : owner(handle) {}
  Owner<promise_type> owner;
};
Composed composed() { co_return; }

// ---- not lazy, or not proven to be ---------------------------------------------------------------

struct Eager {
  struct promise_type : Promise {
    Eager get_return_object() { return {}; }
    std::suspend_never initial_suspend() { return {}; }
  };
};
Eager eager() { co_return; }

// Its first awaiter puts the coroutine into a queue.
struct Queued {
  struct Hop {
    bool await_ready() { return false; }
    void await_suspend(std::coroutine_handle<> handle) { schedule(handle); }
    void await_resume() {}
  };
  struct promise_type : Promise {
    Queued get_return_object() { return {}; }
    Hop initial_suspend() { return {}; }
  };
};
Queued queued() { co_return; }

// Its first awaiter goes on after all.
struct GoesOn {
  struct Stay {
    bool await_ready() { return false; }
    bool await_suspend(std::coroutine_handle<>) { return false; }
    void await_resume() {}
  };
  struct promise_type : Promise {
    GoesOn get_return_object() { return {}; }
    Stay initial_suspend() { return {}; }
  };
};
GoesOn goesOn() { co_return; }

// It is suspended, and already in the queue.
struct Registered {
  struct promise_type : Promise {
    Registered get_return_object() {
      schedule(std::coroutine_handle<promise_type>::from_promise(*this));
      return {};
    }
    std::suspend_always initial_suspend() { return {}; }
  };
};
Registered registered() { co_return; }

struct RegisteredFirst {
  struct promise_type : Promise {
    RegisteredFirst get_return_object() { return {}; }
    std::suspend_always initial_suspend() {
      queue.push_back(std::coroutine_handle<promise_type>::from_promise(*this));
      return {};
    }
  };
};
RegisteredFirst registeredFirst() { co_return; }

struct Loop {
  std::coroutine_handle<> next;
};

// The promise tells an argument of itself.
struct Told {
  struct promise_type : Promise {
    explicit promise_type(Loop &loop) { loop.next = std::coroutine_handle<promise_type>::from_promise(*this); }
    Told get_return_object() { return {}; }
    std::suspend_always initial_suspend() { return {}; }
  };
};
Told told(Loop &loop) { co_return; }

// The task's constructor does.
struct Constructed {
  struct promise_type : Promise {
    Constructed get_return_object() { return Constructed(std::coroutine_handle<promise_type>::from_promise(*this)); }
    std::suspend_always initial_suspend() { return {}; }
  };
  explicit Constructed(std::coroutine_handle<> handle) { schedule(handle); }
};
Constructed constructed() { co_return; }

// The end of the task lets it go on.
struct Detached {
  struct promise_type : Promise {
    Detached get_return_object() { return Detached(std::coroutine_handle<promise_type>::from_promise(*this)); }
    std::suspend_always initial_suspend() { return {}; }
  };
  explicit Detached(std::coroutine_handle<> handle) : handle(handle) {}
  ~Detached() { handle.resume(); }
  std::coroutine_handle<> handle;
};
Detached detached() { co_return; }

// So does the end of a member.
struct InMember {
  struct promise_type : Promise {
    InMember get_return_object() { return InMember(std::coroutine_handle<promise_type>::from_promise(*this)); }
    std::suspend_always initial_suspend() { return {}; }
  };
  explicit InMember(std::coroutine_handle<> handle) : last(handle) {}
  struct Last {
    std::coroutine_handle<> handle;
    ~Last() { schedule(handle); }
  } last;
};
InMember inMember() { co_return; }

// It is not seen who has the handle.
struct Shared {
  struct State {
    std::coroutine_handle<> handle;
    ~State();
  };
  struct promise_type : Promise {
    Shared get_return_object() {
      return {std::shared_ptr<State>(new State{std::coroutine_handle<promise_type>::from_promise(*this)})};
    }
    std::suspend_always initial_suspend() { return {}; }
  };
  std::shared_ptr<State> state;
};
Shared shared() { co_return; }

// What its callable does is not seen.
struct Calls {
  struct promise_type : Promise {
    std::function<void(std::coroutine_handle<>)> hook;
    Calls get_return_object() {
      hook(std::coroutine_handle<promise_type>::from_promise(*this));
      return {};
    }
    std::suspend_always initial_suspend() { return {}; }
  };
};
Calls calls() { co_return; }

// Not seen at all.
struct Declared {
  struct promise_type {
    Declared get_return_object();
    std::suspend_always initial_suspend();
    std::suspend_always final_suspend() noexcept;
    void return_void();
    void unhandled_exception();
  };
};
Declared declared();

// A generator runs on whoever asks for its values.
struct Values {
  struct promise_type : Promise {
    Values get_return_object() { return {std::coroutine_handle<promise_type>::from_promise(*this)}; }
    std::suspend_always initial_suspend() { return {}; }
    std::suspend_always yield_value(int) { return {}; }
  };
  std::coroutine_handle<promise_type> handle;
};
Values values() { co_yield 1; }

// A name that a library has for a lazy one.
namespace cppcoro {
struct task {
  struct promise_type : Promise {
    task get_return_object() { return {}; }
    std::suspend_never initial_suspend() { return {}; }
  };
};
} // namespace cppcoro
cppcoro::task ownName() { co_return; }

int main() {
  Loop loop;
  plain();    // WARN: the task of 'plain'
  composed(); // WARN: the task of 'composed'
  eager();
  queued();
  goesOn();
  registered();
  registeredFirst();
  told(loop);
  constructed();
  detached();
  inMember();
  shared();
  calls();
  declared();
  values();
  ownName();
}
