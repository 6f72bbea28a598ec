// gRPC: its own threads call the reactors; the objects of a call belong to one thread at a time.
// REQUIRES: common-tests, pack-grpc
// RUN: %check %s async-loop-bound-capture --only command -- -I%source_root/checker/include
#include <async_tidy/annotations.h>
#include <grpcpp/grpcpp.h>
#include <grpcpp/support/client_callback.h>
#include <grpcpp/support/server_callback.h>

struct Message {};

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
