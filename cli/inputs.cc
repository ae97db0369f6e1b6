#include "cli/inputs.h"

#include <unistd.h>
#include <zlib.h>
#include <zstd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <memory>
#include <nlohmann/json.hpp>

namespace kronik::cli {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;

// Reads a file, plain, gzip- or zstd-compressed, by its first bytes.
class Reader {
 public:
  static Result<Reader> Open(const std::string& path) {
    Reader reader;
    reader.name_ = path;
    // zlib reads what isn't gzip as it is; so only zstd needs a second way.
    gzFile file = path == "-" ? gzdopen(dup(STDIN_FILENO), "rb") : gzopen(path.c_str(), "rb");
    if (file == nullptr) return Error{ErrorCode::kIo, std::strerror(errno), path};
    gzbuffer(file, 1 << 17);
    reader.file_.reset(file);
    reader.raw_.resize(1 << 16);
    Result<void> first = reader.Fill();
    if (!first) return first.error();
    constexpr std::string_view kZstdMagic = "\x28\xB5\x2F\xFD";
    if (reader.pending().starts_with(kZstdMagic)) reader.zstd_.reset(ZSTD_createDStream());
    return reader;
  }

  // Appends up to `size` bytes to `out`; returns how many, 0 at the end.
  Result<size_t> Read(std::string& out, size_t size) {
    if (begin_ == end_) {
      Result<void> filled = Fill();
      if (!filled) return filled.error();
    }
    if (!zstd_) {
      size_t count = std::min(size, end_ - begin_);
      out.append(raw_, begin_, count);
      begin_ += count;
      return count;
    }
    const size_t before = out.size();
    out.resize(before + size);
    ZSTD_outBuffer output{out.data() + before, size, 0};
    while (output.pos == 0) {
      if (begin_ == end_) {
        Result<void> filled = Fill();
        if (!filled) return filled.error();
        if (begin_ == end_) break;
      }
      ZSTD_inBuffer input{raw_.data() + begin_, end_ - begin_, 0};
      size_t hint = ZSTD_decompressStream(zstd_.get(), &output, &input);
      begin_ += input.pos;
      if (ZSTD_isError(hint)) {
        return Error{ErrorCode::kInvalidInput, std::string("zstd: ") + ZSTD_getErrorName(hint),
                     name_};
      }
    }
    out.resize(before + output.pos);
    return output.pos;
  }

 private:
  struct CloseGz {
    void operator()(gzFile_s* file) const { gzclose(file); }
  };
  struct FreeZstd {
    void operator()(ZSTD_DStream* stream) const { ZSTD_freeDStream(stream); }
  };

  Reader() = default;
  std::string_view pending() const { return std::string_view(raw_).substr(begin_, end_ - begin_); }

  Result<void> Fill() {
    int count = gzread(file_.get(), raw_.data(), static_cast<unsigned>(raw_.size()));
    int code = Z_OK;
    const char* message = gzerror(file_.get(), &code);
    // A gzip file that ends too soon gives its bytes and leaves Z_BUF_ERROR behind.
    if (count < 0 || code == Z_BUF_ERROR) {
      return Error{code == Z_ERRNO ? ErrorCode::kIo : ErrorCode::kInvalidInput,
                   code == Z_ERRNO ? std::strerror(errno) : message, name_};
    }
    begin_ = 0;
    end_ = static_cast<size_t>(count);
    return {};
  }

  std::string name_;
  std::string raw_;
  size_t begin_ = 0, end_ = 0;
  std::unique_ptr<gzFile_s, CloseGz> file_;
  std::unique_ptr<ZSTD_DStream, FreeZstd> zstd_;
};

std::string StringMember(const Json& object, const char* name) {
  auto found = object.find(name);
  return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

// The report in a JSONL line, or why there is none.
Result<Input> FromJsonLine(const std::string& where, std::string_view line,
                           const InputOptions& options) {
  Json object = Json::parse(line, nullptr, false);
  if (!object.is_object()) {
    return Error{ErrorCode::kInvalidInput, "the line is not a JSON object", where};
  }
  Input input;
  input.name = StringMember(object, "id");
  if (input.name.empty()) input.name = where;
  input.url = StringMember(object, "url");
  input.lang = StringMember(object, "lang");
  input.date = StringMember(object, "date");
  if (input.lang.empty()) input.lang = options.lang;
  if (input.date.empty()) input.date = options.date;
  constexpr std::pair<const char*, InputKind> kMembers[] = {
      {"html", InputKind::kHtml}, {"raw", InputKind::kRaw}, {"text", InputKind::kText}};
  for (const auto& [member, kind] : kMembers) {
    if (!object.contains(member)) continue;
    input.bytes = StringMember(object, member);
    input.kind = kind;
    return input;
  }
  return Error{ErrorCode::kInvalidInput, "the object has no html, raw or text", where};
}

// Whether the bytes begin with a JSONL line that holds a report.
bool LooksLikeJsonLines(std::string_view bytes) {
  if (!bytes.starts_with('{')) return false;
  std::string_view line = bytes.substr(0, bytes.find('\n'));
  for (std::string_view member : {"\"html\"", "\"raw\"", "\"text\""}) {
    if (line.find(member) != std::string_view::npos) return true;
  }
  return false;
}

Error TooLarge(const std::string& where) {
  return Error{ErrorCode::kLimit,
               "larger than " + std::to_string(kMaxReportBytes >> 20) +
                   " MiB, the most that one report may have; split it, or give it as JSONL",
               where};
}

class Walk {
 public:
  Walk(const InputOptions& options, const InputSink& sink) : options_(options), sink_(sink) {}

  bool Word(const std::string& word) {
    if (word.starts_with("http://") || word.starts_with("https://")) {
      return sink_(Error{
          ErrorCode::kUnsupported,
          "fetching is not supported by this version; save the page and give its file", word});
    }
    std::error_code error;
    if (word != "-" && fs::is_directory(word, error)) return Folder(word);
    return File(word);
  }

 private:
  bool Folder(const std::string& folder) {
    std::vector<std::string> files;
    std::error_code error;
    fs::recursive_directory_iterator at(folder, error), end;
    for (; !error && at != end; at.increment(error)) {
      bool hidden = at->path().filename().string().starts_with('.');
      if (hidden && at->is_directory()) at.disable_recursion_pending();
      if (!hidden && at->is_regular_file()) files.push_back(at->path().string());
    }
    if (error &&
        !sink_(Error{ErrorCode::kIo, "the folder can't be read: " + error.message(), folder})) {
      return false;
    }
    std::sort(files.begin(), files.end());
    return std::all_of(files.begin(), files.end(),
                       [&](const std::string& file) { return File(file); });
  }

  bool File(const std::string& path) {
    Result<Reader> reader = Reader::Open(path);
    if (!reader) return sink_(reader.error());
    std::string bytes;
    bool more = true;
    // The first line decides between JSONL, which is read line by line, and one report.
    while (more && bytes.find('\n') == std::string::npos && bytes.size() <= kMaxReportBytes) {
      if (Result<bool> read = ReadMore(*reader, bytes); read)
        more = *read;
      else
        return sink_(read.error());
    }
    if (LooksLikeJsonLines(bytes)) return JsonLines(path, *reader, std::move(bytes));
    while (more && bytes.size() <= kMaxReportBytes) {
      if (Result<bool> read = ReadMore(*reader, bytes); read)
        more = *read;
      else
        return sink_(read.error());
    }
    if (bytes.size() > kMaxReportBytes) return sink_(TooLarge(path));
    Input input;
    input.name = path;
    input.bytes = std::move(bytes);
    input.lang = options_.lang;
    input.date = options_.date;
    return sink_(std::move(input));
  }

  bool JsonLines(const std::string& path, Reader& reader, std::string buffer) {
    size_t line_number = 0, start = 0;
    bool more = true;
    for (;;) {
      const std::string where = path + ":" + std::to_string(line_number + 1);
      size_t end = buffer.find('\n', start);
      while (end == std::string::npos && more) {
        buffer.erase(0, start);
        start = 0;
        const size_t seen = buffer.size();
        if (seen > kMaxReportBytes) return sink_(TooLarge(where));
        if (Result<bool> read = ReadMore(reader, buffer); read)
          more = *read;
        else
          return sink_(read.error());
        end = buffer.find('\n', seen);
      }
      end = std::min(end, buffer.size());
      std::string_view line = std::string_view(buffer).substr(start, end - start);
      ++line_number;
      if (line.find_first_not_of(" \t\r") != std::string_view::npos &&
          !sink_(FromJsonLine(where, line, options_))) {
        return false;
      }
      if (end == buffer.size() && !more) return true;
      start = end + 1;
    }
  }

  // Appends a piece of the file; false at its end.
  static Result<bool> ReadMore(Reader& reader, std::string& bytes) {
    Result<size_t> count = reader.Read(bytes, 1 << 20);
    if (!count) return count.error();
    return *count > 0;
  }

  const InputOptions& options_;
  const InputSink& sink_;
};

}  // namespace

void ForEachInput(const std::vector<std::string>& words, const InputOptions& options,
                  const InputSink& sink) {
  Walk walk(options, sink);
  for (const std::string& word : words) {
    if (!walk.Word(word)) return;
  }
}

}  // namespace kronik::cli
