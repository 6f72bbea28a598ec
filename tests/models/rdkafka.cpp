// librdkafka: what waits for the brokers, and what does not.
// REQUIRES: common-tests, pack-rdkafka
// RUN: %check %s async-blocking-call --only command --command-option=--uncertain -- -I%source_root/checker/include
#include <async_tidy/annotations.h>
#include <cstdio>
#include <librdkafka/rdkafka.h>
#include <librdkafka/rdkafkacpp.h>
#include <vector>

ASYNC_TIDY_RUNS_ON_LOOP void consume(rd_kafka_t *kafka, rd_kafka_topic_t *topic, rd_kafka_queue_t *queue,
                                     rd_kafka_topic_partition_list_t *list, int timeout, int async) {
  rd_kafka_poll(kafka, 100);                                            // WARN: 'rd_kafka_poll' blocks the event loop in 'consume' (network)
  rd_kafka_poll(kafka, timeout);                                        // WARN: 'rd_kafka_poll' blocks
  rd_kafka_poll(kafka, 0);
  rd_kafka_consumer_poll(kafka, 100);                                   // WARN: 'rd_kafka_consumer_poll' blocks
  rd_kafka_consumer_poll(kafka, 0);
  rd_kafka_consume(topic, 0, 100);                                      // WARN: 'rd_kafka_consume' blocks
  rd_kafka_consume(topic, 0, 0);
  rd_kafka_commit(kafka, list, 0);                                      // WARN: 'rd_kafka_commit' blocks
  rd_kafka_commit(kafka, list, async);                                  // WARN: 'rd_kafka_commit' blocks
  rd_kafka_commit(kafka, list, 1);
  rd_kafka_commit_queue(kafka, list, nullptr, nullptr, nullptr);        // WARN: 'rd_kafka_commit_queue' blocks
  rd_kafka_commit_queue(kafka, list, queue, nullptr, nullptr);
  rd_kafka_committed(kafka, list, 100);                                 // WARN: 'rd_kafka_committed' blocks
  int64_t low, high;
  rd_kafka_query_watermark_offsets(kafka, "a", 0, &low, &high, 100);    // WARN: 'rd_kafka_query_watermark_offsets' blocks
  rd_kafka_get_watermark_offsets(kafka, "a", 0, &low, &high);
  const struct rd_kafka_metadata *metadata = nullptr;
  rd_kafka_metadata(kafka, 1, topic, &metadata, 100);                   // WARN: 'rd_kafka_metadata' blocks
  const struct rd_kafka_group_list *groups = nullptr;
  rd_kafka_list_groups(kafka, nullptr, &groups, 100);                   // WARN: 'rd_kafka_list_groups' blocks
  rd_kafka_subscribe(kafka, list);
  rd_kafka_consumer_close(kafka);                                       // WARN: 'rd_kafka_consumer_close' blocks
  rd_kafka_destroy(kafka);                                              // WARN: 'rd_kafka_destroy' blocks
}

ASYNC_TIDY_RUNS_ON_LOOP void produce(rd_kafka_t *kafka, rd_kafka_topic_t *topic) {
  rd_kafka_produce(topic, RD_KAFKA_PARTITION_UA, RD_KAFKA_MSG_F_COPY, nullptr, 0, nullptr, 0, nullptr);
  rd_kafka_produce(topic, RD_KAFKA_PARTITION_UA, RD_KAFKA_MSG_F_COPY | RD_KAFKA_MSG_F_BLOCK, nullptr, 0, nullptr, 0, nullptr); // WARN: 'rd_kafka_produce' blocks
  rd_kafka_flush(kafka, 1000);                                          // WARN: 'rd_kafka_flush' blocks
  rd_kafka_flush(kafka, 0);
  rd_kafka_init_transactions(kafka, -1);                                // WARN: 'rd_kafka_init_transactions' blocks
}

ASYNC_TIDY_RUNS_ON_LOOP void both(RdKafka::KafkaConsumer &consumer, RdKafka::Producer &producer,
                                  RdKafka::Consumer &old, RdKafka::Topic *topic,
                                  std::vector<RdKafka::TopicPartition *> &partitions) {
  consumer.consume(1000);                                               // WARN: 'RdKafka::KafkaConsumer::consume' blocks
  consumer.consume(0);
  consumer.commitSync();                                                // WARN: 'RdKafka::KafkaConsumer::commitSync' blocks
  consumer.commitAsync();
  consumer.committed(partitions, 100);                                  // WARN: 'RdKafka::KafkaConsumer::committed' blocks
  consumer.close();                                                     // WARN: 'RdKafka::KafkaConsumer::close' blocks
  producer.poll(100);                                                   // WARN: poll' blocks
  producer.poll(0);
  producer.flush(100);                                                  // WARN: 'RdKafka::Producer::flush' blocks
  old.consume(topic, 0, 100);                                           // WARN: 'RdKafka::Consumer::consume' blocks
  old.consume(topic, 0, 0);
}
