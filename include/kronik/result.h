// Result<T>: a value, or an Error that says what went wrong and where.
//
// What the world can cause (a bad page, an unreadable file, a full disk) comes back as a
// Result and cannot be ignored; what only a bug can cause is an assert. The member names are
// those of C++23's std::expected, so that Result can become an alias of it later.
//
//   Result<Tsv> table = Tsv::Parse("roles.tsv", bytes);
//   if (!table) return table.error();
//   Use(*table);
#pragma once

#include <cassert>
#include <optional>
#include <string>
#include <utility>
#include <variant>

namespace kronik {

enum class ErrorCode {
  kInvalidInput,  // the bytes are not what they should be
  kNotFound,
  kUnsupported,  // well formed, but kronik can't do it (a language it has no data for)
  kLimit,        // over a limit on size, depth or time
  kIo,           // the file system, the network or a database said no
  kConflict,     // the place is taken: another program's database, a newer schema
};

struct Error {
  ErrorCode code = ErrorCode::kInvalidInput;
  std::string message;  // one line; says what to do where there is something to do
  std::string where;    // file, file:line, record or URL; empty if the caller knows

  // "where: message", or the message alone.
  std::string ToString() const { return where.empty() ? message : where + ": " + message; }
};

template <typename T>
class [[nodiscard]] Result {
 public:
  Result(T value) : value_(std::in_place_index<0>, std::move(value)) {}
  Result(Error error) : value_(std::in_place_index<1>, std::move(error)) {}

  bool has_value() const { return value_.index() == 0; }
  explicit operator bool() const { return has_value(); }

  T& value() {
    assert(has_value());
    return *std::get_if<0>(&value_);
  }
  const T& value() const {
    assert(has_value());
    return *std::get_if<0>(&value_);
  }
  T& operator*() { return value(); }
  const T& operator*() const { return value(); }
  T* operator->() { return &value(); }
  const T* operator->() const { return &value(); }

  const Error& error() const {
    assert(!has_value());
    return *std::get_if<1>(&value_);
  }

 private:
  std::variant<T, Error> value_;
};

template <>
class [[nodiscard]] Result<void> {
 public:
  Result() = default;
  Result(Error error) : error_(std::move(error)) {}

  bool has_value() const { return !error_.has_value(); }
  explicit operator bool() const { return has_value(); }
  const Error& error() const {
    assert(error_);
    return *error_;
  }

 private:
  std::optional<Error> error_;
};

}  // namespace kronik
