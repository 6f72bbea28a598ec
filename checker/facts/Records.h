// The archives that bring records of facts into bytes and back. A record begins with the set of its
// fields that are there; those follow, in the order of Fields.h. Texts, identities and files are
// numbers of tables, which are the archives' parameters. A place says how many lines it is away
// from the one before it in its record, or, where that is in another file, which file and line.
#ifndef ASYNC_TIDY_FACTS_RECORDS_H
#define ASYNC_TIDY_FACTS_RECORDS_H

#include "facts/Encoding.h"
#include "facts/Fields.h"

namespace async_tidy {

/// Which fields of a record are there.
class Presence {
public:
  template <class T> void operator()(llvm::StringLiteral, const T &value) {
    set |= uint64_t(isPresent(value)) << next++;
  }

  uint64_t set = 0;

private:
  unsigned next = 0;
};

/// Writes records. `Tables` writes what stands for a text, an identity, a file.
template <class Tables> class Encoder {
public:
  Encoder(Tables &tables, std::string &out) : tables(tables), out(out) {}

  template <class T> void record(const T &value) {
    if (depth++ == 0)
      last.reset();
    Presence presence;
    fields(presence, value);
    writeNumber(out, presence.set);
    fields(*this, value);
    --depth;
  }

  template <class T> void operator()(llvm::StringLiteral, const T &value) {
    if (isPresent(value))
      write(value);
  }

private:
  template <class T> void write(const T &value) {
    if constexpr (std::same_as<T, bool>)
      return; // that it is there says it all
    else if constexpr (std::same_as<T, EntityId>)
      tables.writeIdentity(out, value);
    else if constexpr (std::is_arithmetic_v<T> || std::is_enum_v<T>)
      writeNumber(out, uint64_t(value));
    else if constexpr (std::same_as<T, std::string>)
      tables.writeText(out, value);
    else if constexpr (std::same_as<T, Place>)
      writePlace(value);
    else if constexpr (Record<T>)
      record(value);
    else if constexpr (requires { value.has_value(); })
      record(*value);
    else {
      writeNumber(out, value.size());
      for (const auto &item : value)
        write(item);
    }
  }

  void writePlace(Place place) {
    if (last && last->file == place.file) {
      writeNumber(out, foldSign(int64_t(place.line) - int64_t(last->line)) << 1);
    } else {
      writeNumber(out, uint64_t(place.line) << 1 | 1);
      tables.writeFile(out, place.file);
    }
    writeNumber(out, place.column);
    last = place;
  }

  Tables &tables;
  std::string &out;
  std::optional<Place> last;
  unsigned depth = 0;
};

/// Keeps track of which fields the record at hand has.
class Present {
public:
  /// Begins a record; gives what is to be restored at its end.
  Present begin(uint64_t set) { return std::exchange(*this, Present(set)); }

  explicit Present(uint64_t set = 0) : left(set) {}

  bool isNext() {
    bool is = left & 1;
    left >>= 1;
    return is;
  }

  /// Whether fields are said to be there that no record has.
  bool hasMore() const { return left != 0; }

private:
  uint64_t left;
};

/// How deep records may nest in a file: a term in a call in a body.
constexpr unsigned RecordDepth = TermDepth + 4;

/// Whether `term`, which was read, is one: what it consists of is there.
inline bool isSound(const Term &term) {
  switch (term.kind) {
  case Term::Kind::Field:
  case Term::Kind::Moved:
  case Term::Kind::Made:
  case Term::Kind::Loop:
  case Term::Kind::Worker:
  case Term::Kind::Member:
    return term.parts.size() == 1;
  default:
    return true;
  }
}

/// Reads what Encoder wrote. `Tables` gives back the texts and identities. Whatever the bytes are,
/// the result is sound facts, or the input is broken.
template <class Tables> class Decoder {
public:
  Decoder(const Tables &tables, Input &in) : tables(tables), in(in) {}

  template <class T> void record(T &value) {
    if (depth == 0)
      last.reset();
    if (++depth > RecordDepth)
      in.breakOff();
    Present outer = present.begin(in.number());
    fields(*this, value);
    if (present.hasMore())
      in.breakOff();
    present = outer;
    --depth;
    if constexpr (std::same_as<T, Term>)
      if (!isSound(value))
        in.breakOff();
  }

  template <class T> void operator()(llvm::StringLiteral, T &value) {
    if (present.isNext() && !in.isBroken())
      read(value);
    else if constexpr (!std::is_class_v<T>)
      value = T(); // which may not be what a new record has
  }

private:
  template <class T> void read(T &value) {
    if constexpr (std::same_as<T, bool>)
      value = true;
    else if constexpr (std::same_as<T, EntityId>)
      value = tables.identity(in);
    else if constexpr (std::is_enum_v<T>)
      value = T(in.below(wordsOf(T()).size()));
    else if constexpr (std::is_arithmetic_v<T>)
      value = in.smallNumber();
    else if constexpr (std::same_as<T, std::string>)
      value = tables.text(in).str();
    else if constexpr (std::same_as<T, Place>)
      value = readPlace();
    else if constexpr (Record<T>)
      record(value);
    else if constexpr (requires { value.has_value(); })
      record(value.emplace());
    else {
      // Not all at once: hostile counts would take memory that no bytes stand for.
      for (size_t left = in.count(); left != 0 && !in.isBroken(); --left)
        read(value.emplace_back());
    }
  }

  Place readPlace() {
    uint64_t line = in.number();
    Place place;
    if (line & 1)
      place.file = uint32_t(in.below(tables.fileCount()));
    else if (last)
      place.file = last->file;
    else
      in.breakOff();
    line = line & 1 || !last ? line >> 1 : last->line + unfoldSign(line >> 1);
    if (line > UINT32_MAX)
      in.breakOff();
    place.line = uint32_t(line);
    place.column = in.smallNumber();
    last = place;
    return place;
  }

  const Tables &tables;
  Input &in;
  Present present;
  std::optional<Place> last;
  unsigned depth = 0;
};

/// Copies records to where other tables hold, without making them. `Map` reads what stands for a
/// text, an identity, a file, and writes what stands for it there.
template <class Map> class Transcoder {
public:
  Transcoder(Map &map, Input &in, std::string &out) : map(map), in(in), out(out) {}

  template <class T> void record() {
    if (++depth > RecordDepth)
      in.breakOff();
    uint64_t set = in.number();
    writeNumber(out, set);
    Present outer = present.begin(set);
    static T sample; // fields() wants one; it is never looked at
    fields(*this, sample);
    if (present.hasMore())
      in.breakOff();
    present = outer;
    --depth;
  }

  template <class T> void operator()(llvm::StringLiteral, T &) {
    if (present.isNext() && !in.isBroken())
      copy<T>();
  }

private:
  template <class T> void copy() {
    if constexpr (std::same_as<T, bool>)
      return;
    else if constexpr (std::same_as<T, EntityId>)
      map.identity(in, out);
    else if constexpr (std::is_arithmetic_v<T> || std::is_enum_v<T>)
      writeNumber(out, in.number());
    else if constexpr (std::same_as<T, std::string>)
      map.text(in, out);
    else if constexpr (std::same_as<T, Place>) {
      uint64_t line = in.number();
      writeNumber(out, line);
      if (line & 1)
        map.file(in, out);
      writeNumber(out, in.number());
    } else if constexpr (Record<T>)
      record<T>();
    else if constexpr (requires(T &value) { value.has_value(); })
      record<typename T::value_type>();
    else {
      size_t left = in.count();
      writeNumber(out, left);
      for (; left != 0 && !in.isBroken(); --left)
        copy<typename T::value_type>();
    }
  }

  Map &map;
  Input &in;
  std::string &out;
  Present present;
  unsigned depth = 0;
};

} // namespace async_tidy

#endif
