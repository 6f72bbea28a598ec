// gRPC: synchronous calls, completion queues, servers, and the threads that callbacks come from.
// REQUIRES: common-tests, pack-grpc
// RUN: %check %s async-blocking-call --only command --command-option=--uncertain --command-option=--tiers=+lock -- -I%source_root/checker/include
#include <async_tidy/annotations.h>
#include <grpc/support/sync.h>
#include <grpc/support/time.h>
#include <grpcpp/alarm.h>
#include <grpcpp/grpcpp.h>
#include <grpcpp/impl/client_unary_call.h>
#include <grpcpp/support/client_callback.h>
#include <grpcpp/support/sync_stream.h>
#include <memory>

struct Message {};

namespace grpc {
template <> class SerializationTraits<Message, void> {
public:
  static Status Serialize(const Message &, ByteBuffer *, bool *) { return {}; }
  static Status Deserialize(ByteBuffer *, Message *) { return {}; }
};
} // namespace grpc

ASYNC_TIDY_RUNS_ON_LOOP void queue(grpc::CompletionQueue &queue, grpc::ServerCompletionQueue &server) {
  void *tag = nullptr;
  bool ok = false;
  queue.Next(&tag, &ok);                                                // WARN: 'grpc::CompletionQueue::Next' blocks the event loop in 'queue' (wait)
  server.Next(&tag, &ok);                                               // WARN: 'grpc::CompletionQueue::Next' blocks
  queue.AsyncNext(&tag, &ok, gpr_inf_future(GPR_CLOCK_MONOTONIC));      // WARN: 'grpc::CompletionQueue::AsyncNext' may block
  queue.Shutdown();
}

ASYNC_TIDY_RUNS_ON_LOOP void client(grpc::ClientReader<Message> &reader, grpc::ClientWriter<Message> &writer,
                                    grpc::ClientReaderWriter<Message, Message> &both) {
  Message message;
  reader.Read(&message);                                                // WARN: Read' blocks the event loop in 'client' (network)
  reader.Finish();                                                      // WARN: Finish' blocks
  writer.Write(message);                                                // WARN: Write' blocks
  writer.WritesDone();                                                  // WARN: WritesDone' blocks
  both.WaitForInitialMetadata();                                        // WARN: WaitForInitialMetadata' blocks
  both.Write(message);                                                  // WARN: Write' blocks
}

ASYNC_TIDY_RUNS_ON_LOOP void channel(const std::shared_ptr<grpc::Channel> &channel, grpc::ClientContext &context) {
  gpr_timespec soon = gpr_inf_future(GPR_CLOCK_REALTIME);
  channel->WaitForConnected(soon);                                      // WARN: WaitForConnected' blocks
  channel->WaitForStateChange(GRPC_CHANNEL_IDLE, soon);                 // WARN: WaitForStateChange' blocks
  channel->GetState(true);
  context.TryCancel();
}

ASYNC_TIDY_RUNS_ON_LOOP void server(grpc::ServerBuilder &builder, grpc::Server &server,
                                    grpc::ServerReader<Message> &reader, grpc::ServerWriter<Message> &writer) {
  Message message;
  reader.Read(&message);                                                // WARN: Read' blocks
  writer.SendInitialMetadata();                                         // WARN: SendInitialMetadata' blocks
  auto started = builder.BuildAndStart();                               // WARN: 'grpc::ServerBuilder::BuildAndStart' may block
  server.Wait();                                                        // WARN: 'grpc::Server::Wait' blocks the event loop in 'server' (wait)
  server.Shutdown();                                                    // WARN: Shutdown' blocks
  server.Shutdown(gpr_inf_future(GPR_CLOCK_REALTIME));                  // WARN: Shutdown' blocks
}

ASYNC_TIDY_RUNS_ON_LOOP void core(gpr_mu *mutex, gpr_cv *condition, gpr_event *event, grpc_completion_queue *queue) {
  gpr_timespec soon = gpr_inf_future(GPR_CLOCK_REALTIME);
  gpr_sleep_until(soon);                                                // WARN: 'gpr_sleep_until' blocks the event loop in 'core' (sleep)
  gpr_mu_lock(mutex);                                                   // WARN: 'gpr_mu_lock' may block the event loop in 'core' (lock)
  gpr_mu_trylock(mutex);
  gpr_mu_unlock(mutex);
  gpr_cv_wait(condition, mutex, soon);                                  // WARN: 'gpr_cv_wait' may block
  gpr_event_wait(event, soon);                                          // WARN: 'gpr_event_wait' may block
  grpc_completion_queue_next(queue, soon, nullptr);                     // WARN: 'grpc_completion_queue_next' may block
  grpc_shutdown_blocking();                                             // WARN: 'grpc_shutdown_blocking' blocks
  grpc::Alarm alarm;
  alarm.Set(soon, [](bool) {});
  alarm.Cancel();
}

// What protoc would generate.
class Stub {
public:
  grpc::Status Get(grpc::ClientContext *context, const Message &request, Message *response) {
    return grpc::internal::BlockingUnaryCall<Message, Message, Message, Message>(channel, method, context, request, response);
  }
  void Get(grpc::ClientContext *context, const Message *request, Message *response,
           std::function<void(grpc::Status)> f) {
    grpc::internal::CallbackUnaryCall<Message, Message, Message, Message>(channel, method, context, request, response, std::move(f));
  }
  std::unique_ptr<grpc::ClientReader<Message>> List(grpc::ClientContext *context, const Message &request) {
    return std::unique_ptr<grpc::ClientReader<Message>>(
        grpc::internal::ClientReaderFactory<Message>::Create(channel, method, context, request));
  }

private:
  grpc::ChannelInterface *channel;
  grpc::internal::RpcMethod method;
};

ASYNC_TIDY_RUNS_ON_LOOP void stub(Stub &stub, grpc::ClientContext &context, gpr_mu *mutex) {
  Message message;
  stub.Get(&context, message, &message); // WARN: 'Stub::Get' blocks the event loop in 'stub': it reaches 'grpc::internal::BlockingUnaryCall' (network)
  stub.List(&context, message); // WARN: 'Stub::List' blocks the event loop in 'stub': it reaches 'grpc::internal::ClientReaderFactory::Create' (network)
  stub.Get(&context, &message, &message, [mutex](grpc::Status) { gpr_mu_lock(mutex); });
}

struct Answer : grpc::ClientUnaryReactor {
  void OnDone(const grpc::Status &) override { gpr_sleep_until(gpr_inf_future(GPR_CLOCK_REALTIME)); }
};

struct Stream : grpc::ClientBidiReactor<Message, Message> {
  void OnReadDone(bool) override { gpr_sleep_until(gpr_inf_future(GPR_CLOCK_REALTIME)); }
  void OnWriteDone(bool) override { gpr_sleep_until(gpr_inf_future(GPR_CLOCK_REALTIME)); }
  void OnDone(const grpc::Status &) override {}
};

struct Reply : grpc::ServerUnaryReactor {
  void OnDone() override { gpr_sleep_until(gpr_inf_future(GPR_CLOCK_REALTIME)); }
  void OnCancel() override { gpr_sleep_until(gpr_inf_future(GPR_CLOCK_REALTIME)); }
};
