#include "facts/Reads.h"
#include "facts/Encoding.h"
#include "facts/FactsTables.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/xxhash.h"
#include <map>

namespace async_tidy {

namespace {

/// Where the name in a path begins.
size_t nameBegin(llvm::StringRef path) {
  return path.rfind('/') + 1; // 0 for what has no folder
}

/// Bytes of a hash.
constexpr unsigned HashSize = 6;

} // namespace

uint64_t hashOfRead(llvm::StringRef contents) {
  uint64_t hash = llvm::xxh3_64bits(contents) >> (64 - 8 * HashSize);
  return hash == 0 ? 1 : hash;
}

void writeReads(llvm::ArrayRef<FileRead> reads, std::string &out) {
  if (reads.empty())
    return;
  std::map<llvm::StringRef, size_t> names;
  std::map<llvm::StringRef, std::vector<const FileRead *>> folders;
  for (const FileRead &read : reads) {
    llvm::StringRef path = read.path;
    names.emplace(path.substr(nameBegin(path)), 0);
    folders[path.substr(0, nameBegin(path))].push_back(&read);
  }
  std::string hashes;
  std::string paths;
  TextsInOrder texts;
  for (size_t number = 0; auto &[name, place] : names) {
    texts.write(name, paths);
    place = number++;
  }
  for (auto &[folder, inFolder] : folders) {
    llvm::sort(inFolder, [](const FileRead *a, const FileRead *b) { return *a < *b; });
    texts.write(folder, paths);
    writeNumber(paths, inFolder.size());
    for (size_t last = 0; const FileRead *read : inFolder) {
      size_t name = names[llvm::StringRef(read->path).substr(folder.size())];
      writeNumber(paths, uint64_t(name - last) << 1 | uint64_t(read->hash != 0));
      if (read->hash != 0)
        writeWhole(hashes, read->hash, HashSize);
      last = name;
    }
  }
  writeNumber(out, hashes.size());
  out += hashes;
  writeNumber(out, names.size());
  writeNumber(out, folders.size());
  out += paths;
}

llvm::Error forEachRead(llvm::StringRef bytes,
                        llvm::function_ref<void(llvm::StringRef path, uint64_t hash)> visit) {
  if (bytes.empty())
    return llvm::Error::success();
  Input in(bytes);
  Input hashes(in.bytes(in.count()));
  size_t left = MostPathBytes;
  TextsInOrder texts;
  std::string allNames;
  std::vector<size_t> ends(in.count() + 1);
  size_t folders = in.count();
  for (size_t &end : llvm::drop_begin(ends)) {
    allNames += texts.read(in, left);
    end = allNames.size();
  }
  std::string path;
  for (; folders != 0 && !in.isBroken(); --folders) {
    path = texts.read(in, left);
    size_t folderSize = path.size();
    size_t name = 0;
    for (size_t count = in.count(); count != 0 && !in.isBroken(); --count) {
      uint64_t step = in.below(uint64_t(ends.size()) << 1);
      name += size_t(step >> 1);
      if (name + 1 >= ends.size() || folderSize + ends[name + 1] - ends[name] > left)
        return alteredFile();
      path.resize(folderSize);
      path.append(allNames, ends[name], ends[name + 1] - ends[name]);
      left -= path.size();
      visit(path, step & 1 ? hashes.whole(HashSize) : 0);
    }
  }
  return in.isComplete() && hashes.isComplete() ? llvm::Error::success() : alteredFile();
}

llvm::Expected<std::vector<FileRead>> readReads(llvm::StringRef bytes) {
  std::vector<FileRead> reads;
  auto add = [&](llvm::StringRef path, uint64_t hash) { reads.push_back({path.str(), hash}); };
  if (llvm::Error error = forEachRead(bytes, add))
    return std::move(error);
  llvm::sort(reads);
  return reads;
}

} // namespace async_tidy
