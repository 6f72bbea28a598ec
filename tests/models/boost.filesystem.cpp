// Boost.Filesystem: what asks the disk, and what only looks at what is known.
// REQUIRES: common-tests, pack-boost.filesystem
// RUN: %check %s async-blocking-call --only command --command-option=--uncertain --command-option=--tiers=+lock,+console -- -I%source_root/checker/include
#include <async_tidy/annotations.h>
#include <boost/filesystem.hpp>
#include <boost/filesystem/fstream.hpp>
#include <utility>

namespace fs = boost::filesystem;

ASYNC_TIDY_RUNS_ON_LOOP void names(const fs::path &path, boost::system::error_code &error, fs::file_status known,
                                   const fs::directory_entry &entry) {
  fs::exists(path);                        // WARN: 'boost::filesystem::exists' blocks the event loop in 'names' (disk)
  fs::exists(path, error);                 // WARN: 'boost::filesystem::exists' blocks
  fs::exists(known);
  fs::is_directory(path);                  // WARN: 'boost::filesystem::is_directory' blocks
  fs::is_directory(known);
  fs::is_directory(entry);                 // WARN: 'boost::filesystem::is_directory' may block
  fs::is_regular_file(path);               // WARN: 'boost::filesystem::is_regular_file' blocks
  fs::is_symlink(path);                    // WARN: 'boost::filesystem::is_symlink' blocks
  fs::is_other(path);                      // WARN: 'boost::filesystem::is_other' blocks
  fs::status(path);                        // WARN: 'boost::filesystem::status' blocks
  fs::symlink_status(path);                // WARN: 'boost::filesystem::symlink_status' blocks
  fs::canonical(path);                     // WARN: 'boost::filesystem::canonical' blocks
  fs::weakly_canonical(path, path);             // WARN: 'boost::filesystem::weakly_canonical' blocks
  fs::relative(path, path);                // WARN: 'boost::filesystem::relative' blocks
  fs::copy(path, path);                    // WARN: 'boost::filesystem::copy' blocks
  fs::copy_file(path, path);               // WARN: 'boost::filesystem::copy_file' blocks
  fs::copy_directory(path, path);          // WARN: 'boost::filesystem::copy_directory' blocks
  fs::copy_symlink(path, path);            // WARN: 'boost::filesystem::copy_symlink' blocks
  fs::create_directory(path);              // WARN: 'boost::filesystem::create_directory' blocks
  fs::create_directories(path);            // WARN: 'boost::filesystem::create_directories' blocks
  fs::create_hard_link(path, path);        // WARN: 'boost::filesystem::create_hard_link' blocks
  fs::create_symlink(path, path);          // WARN: 'boost::filesystem::create_symlink' blocks
  fs::equivalent(path, path);              // WARN: 'boost::filesystem::equivalent' blocks
  fs::file_size(path);                     // WARN: 'boost::filesystem::file_size' blocks
  fs::hard_link_count(path);               // WARN: 'boost::filesystem::hard_link_count' blocks
  fs::is_empty(path);                      // WARN: 'boost::filesystem::is_empty' blocks
  fs::last_write_time(path);               // WARN: 'boost::filesystem::last_write_time' blocks
  fs::creation_time(path);                 // WARN: 'boost::filesystem::creation_time' blocks
  fs::permissions(path, fs::owner_all);    // WARN: 'boost::filesystem::permissions' blocks
  fs::read_symlink(path);                  // WARN: 'boost::filesystem::read_symlink' blocks
  fs::remove(path);                        // WARN: 'boost::filesystem::remove' blocks
  fs::remove_all(path);                    // WARN: 'boost::filesystem::remove_all' blocks
  fs::rename(path, path);                  // WARN: 'boost::filesystem::rename' blocks
  fs::resize_file(path, 1);                // WARN: 'boost::filesystem::resize_file' blocks
  fs::space(path);                         // WARN: 'boost::filesystem::space' blocks
  fs::temp_directory_path();               // WARN: 'boost::filesystem::temp_directory_path' blocks
  fs::absolute(path, path);                // WARN: 'boost::filesystem::absolute' may block
  fs::system_complete(path);               // WARN: 'boost::filesystem::system_complete' may block
  fs::current_path();                      // WARN: 'boost::filesystem::current_path' may block
  fs::initial_path();                      // WARN: 'boost::filesystem::initial_path' may block
  fs::unique_path("%%");                   // WARN: 'boost::filesystem::unique_path' may block
  (void)(path / "name").extension();
  (void)path.lexically_normal();
}

ASYNC_TIDY_RUNS_ON_LOOP void directories(const fs::path &path, boost::system::error_code &error) {
  fs::directory_iterator end;
  fs::directory_iterator i(path);          // WARN: 'boost::filesystem::directory_iterator::directory_iterator' blocks the event loop in 'directories' (disk)
  fs::directory_iterator copy(i);
  ++i;                                     // WARN: 'boost::filesystem::directory_iterator::operator++' blocks
  i.increment(error);                      // WARN: 'boost::filesystem::directory_iterator::increment' blocks
  fs::recursive_directory_iterator all(path); // WARN: 'boost::filesystem::recursive_directory_iterator::recursive_directory_iterator' blocks
  all.increment(error);                    // WARN: 'boost::filesystem::recursive_directory_iterator::increment' blocks
  all.pop();                               // WARN: 'boost::filesystem::recursive_directory_iterator::pop' blocks
  (void)(i == end);
}

ASYNC_TIDY_RUNS_ON_LOOP void streams(const fs::path &path) {
  fs::ifstream none;
  fs::ifstream in(path);                   // WARN: 'boost::filesystem::basic_ifstream::basic_ifstream' blocks the event loop in 'streams' (disk)
  fs::ofstream out(path);                  // WARN: 'boost::filesystem::basic_ofstream::basic_ofstream' blocks
  fs::fstream both(path);                  // WARN: 'boost::filesystem::basic_fstream::basic_fstream' blocks
  none.open(path);                         // WARN: 'boost::filesystem::basic_ifstream::open' blocks
  out.open(path);                          // WARN: 'boost::filesystem::basic_ofstream::open' blocks
  both.open(path);                         // WARN: 'boost::filesystem::basic_fstream::open' blocks
  fs::filebuf buffer;
  buffer.open(path, std::ios_base::in);    // WARN: 'boost::filesystem::basic_filebuf::open' blocks
}
