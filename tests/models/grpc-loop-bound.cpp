// gRPC: its own threads call the reactors; the objects of a call belong to one thread at a time.
// REQUIRES: common-tests, pack-grpc
// RUN: %check %s async-loop-bound-capture --only command -- -I%source_root/checker/include
#include <async_tidy/annotations.h>
#include <boost/asio.hpp>
#include <chrono>
#include <functional>
#include <grpcpp/grpcpp.h>
#include <grpcpp/impl/client_unary_call.h>
#include <grpcpp/support/client_callback.h>
#include <grpcpp/support/server_callback.h>
#include <memory>
#include <string>
#include <thread>

struct Message {};

namespace grpc {
template <> class SerializationTraits<Message, void> {
public:
  static Status Serialize(const Message &, ByteBuffer *, bool *) { return {}; }
  static Status Deserialize(ByteBuffer *, Message *) { return {}; }
};
} // namespace grpc

struct Answer : grpc::ClientUnaryReactor {
  void OnDone(const grpc::Status &) override {
    context.peer(); // WARN: 'grpc::ClientContext::peer' uses 'Answer::context' on another thread
    other.TryCancel();
  }

  ASYNC_TIDY_RUNS_ON_LOOP void ask() {
    context.AddMetadata("key", "value");
    other.AddMetadata("key", "value");
  }

  grpc::ClientContext context, other;
};

struct Stream : grpc::ClientBidiReactor<Message, Message> {
  void OnReadDone(bool) override {
    context.peer(); // WARN: 'grpc::ClientContext::peer' uses 'Stream::context' on another thread
  }

  ASYNC_TIDY_RUNS_ON_LOOP void ask() { context.AddMetadata("key", "value"); }

  grpc::ClientContext context;
};

// ---- as protoc generates it --------------------------------------------------------------------

class Greeter {
public:
  class Stub {
  public:
    explicit Stub(const std::shared_ptr<grpc::ChannelInterface> &channel)
        : channel_(channel), rpcmethod_Say_("/Greeter/Say", nullptr, grpc::internal::RpcMethod::NORMAL_RPC, channel) {}

    grpc::Status Say(grpc::ClientContext *context, const Message &request, Message *response) {
      return grpc::internal::BlockingUnaryCall<Message, Message>( // WARN: 'grpc::internal::BlockingUnaryCall' uses 'Caller::context' on another thread
          channel_.get(), rpcmethod_Say_, context, request, response);
    }

    void Say(grpc::ClientContext *context, const Message *request, Message *response,
             std::function<void(grpc::Status)> f) {
      grpc::internal::CallbackUnaryCall<Message, Message>(channel_.get(), rpcmethod_Say_, context, request, response,
                                                          std::move(f));
    }

  private:
    std::shared_ptr<grpc::ChannelInterface> channel_;
    const grpc::internal::RpcMethod rpcmethod_Say_;
  };
};

// ------------------------------------------------------------------------------------------------

namespace asio = boost::asio;

// ---- a call whose context is a member: the thread makes the call, the loop prepares, watches and ends it

class Caller {
public:
  Caller(asio::io_context &loop, std::shared_ptr<grpc::Channel> channel) : timer(loop), stub(channel) {}

  asio::awaitable<void> watch() {
    context.AddMetadata("client", "watcher");
    timer.expires_after(std::chrono::seconds(5));
    co_await timer.async_wait(asio::use_awaitable);
    if (context.peer().empty())
      context.TryCancel();
  }

  void call() {
    thread = std::thread([this] {
      Message request, response;
      context.set_deadline(std::chrono::system_clock::now() + std::chrono::seconds(9)); // WARN: 'grpc::ClientContext::set_deadline' uses 'Caller::context' on another thread
      stub.Say(&context, request, &response);
      report();
    });
  }

private:
  void report() {
    for (const auto &[key, value] : context.GetServerTrailingMetadata()) // WARN: 'grpc::ClientContext::GetServerTrailingMetadata' uses 'Caller::context' on another thread
      sizes += key.size() + value.size();
  }

  asio::steady_timer timer;
  Greeter::Stub stub;
  grpc::ClientContext context;
  std::size_t sizes = 0;
  std::thread thread;
};

// ---- helpers that receive it

void authorize(grpc::ClientContext &context, const std::string &token) {
  context.AddMetadata("authorization", "Bearer " + token);
}

void compress(grpc::ClientContext *context) {
  context->set_compression_algorithm(GRPC_COMPRESS_GZIP); // WARN: 'grpc::ClientContext::set_compression_algorithm' uses 'shared' on another thread
}

asio::awaitable<void> prepareBeside(asio::thread_pool &pool, std::shared_ptr<grpc::ClientContext> shared) {
  asio::post(pool, [shared] { compress(shared.get()); });
  asio::steady_timer timer(co_await asio::this_coro::executor);
  timer.expires_after(std::chrono::milliseconds(1));
  co_await timer.async_wait(asio::use_awaitable);
  authorize(*shared, "secret");
}

// ---- a server's call, that is served on a loop, while a thread computes

class Service {
public:
  explicit Service(asio::io_context &loop) : loop(loop) {}

  void serve(grpc::CallbackServerContext *context) {
    asio::co_spawn(loop, answer(context), asio::detached);
    std::thread(&Service::compute, context).detach();
  }

private:
  asio::awaitable<void> answer(grpc::CallbackServerContext *context) {
    asio::steady_timer timer(loop);
    co_await timer.async_wait(asio::use_awaitable);
    context->AddTrailingMetadata("server", "one");
  }

  static void compute(grpc::CallbackServerContext *context) {
    while (!context->IsCancelled())
      if (context->client_metadata().empty()) // WARN: client_metadata' uses 'request' on another thread
        return;
  }

  asio::io_context &loop;
};

// ---- right: any thread may cancel

class Cancellable {
public:
  explicit Cancellable(std::shared_ptr<grpc::Channel> channel) : stub(channel) {}

  asio::awaitable<void> call(asio::steady_timer timer) {
    Message request, response;
    context.set_wait_for_ready(true);
    co_await timer.async_wait(asio::use_awaitable);
    stub.Say(&context, request, &response);
  }

  void stop() {
    std::thread([this] { context.TryCancel(); }).detach();
    std::thread(&grpc::ClientContext::TryCancel, &context).detach();
  }

private:
  Greeter::Stub stub;
  grpc::ClientContext context;
};

// ---- right: a context for each call; channels and stubs are for all threads

class Client {
public:
  explicit Client(std::shared_ptr<grpc::Channel> channel) : channel(channel), stub(channel) {}

  asio::awaitable<void> poll(asio::steady_timer timer) {
    for (;;) {
      co_await timer.async_wait(asio::use_awaitable);
      say("loop");
      channel->GetState(true);
    }
  }

  void start() {
    worker = std::jthread([this] {
      say("thread");
      channel->GetState(true);
    });
  }

  asio::awaitable<void> away(asio::thread_pool &pool) {
    grpc::ClientContext mine;
    authorize(mine, "loop");
    co_await asio::co_spawn(
        pool,
        [this]() -> asio::awaitable<void> {
          say("pool");
          co_return;
        },
        asio::use_awaitable);
    mine.peer();
  }

private:
  void say(const std::string &who) {
    grpc::ClientContext context;
    Message request, response;
    authorize(context, who);
    stub.Say(&context, request, &response);
    context.peer();
  }

  std::shared_ptr<grpc::Channel> channel;
  Greeter::Stub stub;
  std::jthread worker;
};

// ---- right: the context is the call's until it is done, and the loop hears of that

struct Call {
  grpc::ClientContext context;
  Message request, response;
};

void start(Greeter::Stub &stub, asio::io_context &loop) {
  auto call = std::make_shared<Call>();
  authorize(call->context, "callback");
  stub.Say(&call->context, &call->request, &call->response, [call, &loop](grpc::Status status) {
    asio::post(loop, [call, status] {
      if (!status.ok())
        call->context.peer();
    });
  });
}

// ---- right: the thread gets the context whole

void make(Greeter::Stub &stub, std::unique_ptr<grpc::ClientContext> context) {
  Message request, response;
  stub.Say(context.get(), request, &response);
  context->peer();
}

asio::awaitable<void> handOver(Greeter::Stub &stub, asio::steady_timer timer) {
  auto context = std::make_unique<grpc::ClientContext>();
  authorize(*context, "given");
  co_await timer.async_wait(asio::use_awaitable);
  std::thread(make, std::ref(stub), std::move(context)).detach();
}

int main() {
  asio::io_context loop;
  asio::thread_pool pool(2);
  auto channel = grpc::CreateChannel("localhost:50051", grpc::InsecureChannelCredentials());
  Greeter::Stub stub(channel);
  auto shared = std::make_shared<grpc::ClientContext>();
  Caller caller(loop, channel);
  Cancellable cancellable(channel);
  Client client(channel);
  Service service(loop);
  grpc::CallbackServerContext request;
  asio::co_spawn(loop, caller.watch(), asio::detached);
  asio::co_spawn(loop, prepareBeside(pool, shared), asio::detached);
  asio::co_spawn(loop, cancellable.call(asio::steady_timer(loop)), asio::detached);
  asio::co_spawn(loop, client.poll(asio::steady_timer(loop)), asio::detached);
  asio::co_spawn(loop, client.away(pool), asio::detached);
  asio::co_spawn(loop, handOver(stub, asio::steady_timer(loop)), asio::detached);
  caller.call();
  cancellable.stop();
  client.start();
  service.serve(&request);
  start(stub, loop);
  loop.run();
}
