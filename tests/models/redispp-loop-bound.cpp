// redis-plus-plus: any thread may use a Redis object; subscribers, pipelines and transactions belong to one at a time.
// REQUIRES: common-tests
// RUN: %check %s async-loop-bound-capture --only command -- -pthread -I%source_root/checker/include
#include <async_tidy/annotations.h>
#include <string>
#include <string_view>
#include <thread>

// ---- as redis-plus-plus declares it ------------------------------------------------------------

namespace sw {

namespace redis {

using StringView = std::string_view;
class Subscriber {
public:
  Subscriber(Subscriber &&) = default;
  void subscribe(const StringView &channel);
  void consume();
};
class PipelineImpl;
class TransactionImpl;
template <typename Impl> class QueuedRedis {
public:
  QueuedRedis(QueuedRedis &&) = default;
  ~QueuedRedis();
  int exec();
  void discard();
  QueuedRedis &ping();
};
using Transaction = QueuedRedis<TransactionImpl>;
using Pipeline = QueuedRedis<PipelineImpl>;
class Redis {
public:
  explicit Redis(const std::string &uri);
  Pipeline pipeline(bool new_connection = true);
  Transaction transaction(bool piped = false, bool new_connection = true);
  Subscriber subscriber();
  std::string ping();
};
class AsyncSubscriber {
public:
  AsyncSubscriber(AsyncSubscriber &&) = default;
  int subscribe(const StringView &channel);
};
class AsyncRedis {
public:
  explicit AsyncRedis(const std::string &uri);
  AsyncSubscriber subscriber();
  int ping();
};

} // namespace redis

} // namespace sw

// ------------------------------------------------------------------------------------------------

sw::redis::Redis redis("tcp://localhost");
sw::redis::AsyncRedis async("tcp://localhost");
sw::redis::Pipeline pipeline = redis.pipeline();
sw::redis::Transaction transaction = redis.transaction();
sw::redis::Subscriber subscriber = redis.subscriber();
sw::redis::AsyncSubscriber messages = async.subscriber();

ASYNC_TIDY_RUNS_ON_LOOP void serve() {
  std::thread([] { pipeline.exec(); }).detach();       // WARN: 'sw::redis::QueuedRedis::exec' uses 'pipeline' on another thread
  std::thread([] { transaction.discard(); }).detach(); // WARN: 'sw::redis::QueuedRedis::discard' uses 'transaction' on another thread
  std::thread([] { subscriber.consume(); }).detach();  // WARN: 'sw::redis::Subscriber::consume' uses 'subscriber' on another thread
  std::thread([] { messages.subscribe("b"); }).detach(); // WARN: 'sw::redis::AsyncSubscriber::subscribe' uses 'messages' on another thread
  pipeline.ping();
  transaction.ping();
  subscriber.subscribe("a");
  messages.subscribe("a");
  // Of the thread's own, from what any thread may use.
  std::thread([] {
    sw::redis::Pipeline own = redis.pipeline();
    own.ping().exec();
    sw::redis::Subscriber listener = redis.subscriber();
    listener.consume();
    redis.ping();
    async.ping();
  }).detach();
  redis.ping();
  async.ping();
}
