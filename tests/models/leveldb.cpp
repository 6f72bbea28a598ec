// LevelDB: what reads and writes files, and what does not.
// REQUIRES: common-tests, pack-leveldb
// RUN: %check %s async-blocking-call --only command --command-option=--uncertain -- -I%source_root/checker/include
#include <async_tidy/annotations.h>
#include <leveldb/db.h>
#include <leveldb/iterator.h>
#include <leveldb/write_batch.h>
#include <string>

ASYNC_TIDY_RUNS_ON_LOOP void store(leveldb::DB *db, leveldb::WriteBatch &batch) {
  std::string value;
  leveldb::DB::Open({}, "folder", &db);        // WARN: 'leveldb::DB::Open' blocks the event loop in 'store' (database)
  db->Get({}, "a", &value);                    // WARN: 'leveldb::DB::Get' blocks
  db->Put({}, "a", value);                     // WARN: 'leveldb::DB::Put' blocks
  db->Delete({}, "a");                         // WARN: 'leveldb::DB::Delete' blocks
  batch.Put("a", value);
  batch.Delete("a");
  db->Write({}, &batch);                       // WARN: 'leveldb::DB::Write' blocks
  db->CompactRange(nullptr, nullptr);          // WARN: 'leveldb::DB::CompactRange' blocks
  leveldb::Iterator *at = db->NewIterator({}); // WARN: 'leveldb::DB::NewIterator' blocks
  at->SeekToFirst();                           // WARN: 'leveldb::Iterator::SeekToFirst' blocks
  at->Seek("a");                               // WARN: 'leveldb::Iterator::Seek' blocks
  at->Next();                                  // WARN: 'leveldb::Iterator::Next' blocks
  at->Valid();
  at->key();
  leveldb::Range range("a", "b");
  uint64_t size = 0;
  db->GetApproximateSizes(&range, 1, &size);   // WARN: 'leveldb::DB::GetApproximateSizes' blocks
  delete db;                                   // WARN: 'leveldb::DB::~DB' blocks
  leveldb::RepairDB("folder", {});             // WARN: 'leveldb::RepairDB' blocks
  leveldb::DestroyDB("folder", {});            // WARN: 'leveldb::DestroyDB' blocks
}
