// RocksDB: what reads and writes files, and what does not.
// REQUIRES: common-tests, pack-rocksdb
// RUN: %check %s async-blocking-call --only command --command-option=--uncertain -- -I%source_root/checker/include
#include <async_tidy/annotations.h>
#include <rocksdb/db.h>
#include <rocksdb/iterator.h>
#include <rocksdb/write_batch.h>
#include <string>

ASYNC_TIDY_RUNS_ON_LOOP void store(rocksdb::DB *db, rocksdb::WriteBatch &batch) {
  std::string value;
  rocksdb::DB::Open({}, "folder", &db);        // WARN: 'rocksdb::DB::Open' blocks the event loop in 'store' (database)
  db->Get({}, "a", &value);                    // WARN: 'rocksdb::DB::Get' blocks
  db->Put({}, "a", value);                     // WARN: 'rocksdb::DB::Put' blocks
  db->SingleDelete({}, "a");                   // WARN: 'rocksdb::DB::SingleDelete' blocks
  db->Merge({}, "a", value);                   // WARN: 'rocksdb::DB::Merge' blocks
  batch.Put("a", value);
  db->Write({}, &batch);                       // WARN: 'rocksdb::DB::Write' blocks
  db->Flush({});                               // WARN: 'rocksdb::DB::Flush' blocks
  db->SyncWAL();                               // WARN: 'rocksdb::DB::SyncWAL' blocks
  rocksdb::Iterator *at = db->NewIterator({});
  at->SeekToLast();                            // WARN: SeekToLast' blocks
  at->SeekForPrev("a");                        // WARN: SeekForPrev' blocks
  at->Next();                                  // WARN: Next' blocks
  at->Valid();
  at->key();
  db->GetLatestSequenceNumber();
  db->Close();                                 // WARN: 'rocksdb::DB::Close' blocks
}
