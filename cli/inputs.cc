#include "cli/inputs.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <map>
#include <memory>

#include "feed/feed.h"
#include "fetch/fetcher.h"
#include "jsonl/jsonl.h"
#include "stream/unpacker.h"
#include "warc/page_record.h"
#include "warc/warc.h"

namespace kronik::cli {
namespace {

namespace fs = std::filesystem;

constexpr size_t kPiece = 1 << 20;
constexpr int kMaxLinkDepth = 3;  // an index of sitemaps, a sitemap, a page

Error SystemError(const std::string& where) {
  return {ErrorCode::kIo, std::strerror(errno), where};
}

// A file, a stretch of it, or standard input. What may keep it waiting (a pipe) is waited for with
// an eye on `stop`.
class FileSource : public ByteSource {
 public:
  static Result<std::unique_ptr<FileSource>> Open(const std::string& path, const FileRange& range,
                                                  std::stop_token stop,
                                                  std::atomic<uint64_t>& bytes_read) {
    const int file = path == "-" ? dup(STDIN_FILENO) : open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (file < 0) return SystemError(path);
    std::unique_ptr<FileSource> source(
        new FileSource(path, file, range.end - range.start, stop, bytes_read));
    if (range.start > 0 && lseek(file, static_cast<off_t>(range.start), SEEK_SET) < 0) {
      return SystemError(path);
    }
    struct stat about {};
    source->waits_ = fstat(file, &about) != 0 || !S_ISREG(about.st_mode);
    return source;
  }
  ~FileSource() override { close(file_); }

  Result<size_t> Read(char* to, size_t size) override {
    pollfd ready{file_, POLLIN, 0};
    while (waits_ && !stop_.stop_requested() && poll(&ready, 1, 50) == 0) {
    }
    for (;;) {
      if (stop_.stop_requested()) return size_t{0};
      const ssize_t count = read(file_, to, static_cast<size_t>(std::min<uint64_t>(size, left_)));
      if (count >= 0) {
        left_ -= static_cast<uint64_t>(count);
        bytes_read_ += static_cast<uint64_t>(count);
        return static_cast<size_t>(count);
      }
      if (errno != EINTR) return SystemError(name_);
    }
  }

 private:
  FileSource(std::string name, int file, uint64_t most, std::stop_token stop,
             std::atomic<uint64_t>& bytes_read)
      : name_(std::move(name)),
        file_(file),
        left_(most),
        stop_(std::move(stop)),
        bytes_read_(bytes_read) {}

  const std::string name_;
  const int file_;
  uint64_t left_;  // bytes that may still be read
  const std::stop_token stop_;
  std::atomic<uint64_t>& bytes_read_;
  bool waits_ = false;
};

Error TooLarge(const std::string& where) {
  return Error{ErrorCode::kLimit,
               "larger than " + std::to_string(kMaxReportBytes >> 20) +
                   " MiB, the most that one report may have; split it, or give it as JSONL",
               where};
}

// A type of record that WARC 1.1 names, or "other": a file must not be able to fill the list.
std::string_view KnownType(std::string_view type) {
  constexpr std::string_view kTypes[] = {"warcinfo", "response", "resource",   "request",
                                         "metadata", "revisit",  "conversion", "continuation"};
  const auto* const found = std::find(std::begin(kTypes), std::end(kTypes), type);
  return found == std::end(kTypes) ? "other" : *found;
}

// Where bytes come from, and what is known of them beside.
struct Origin {
  std::string name;
  FileRange range;           // of a file
  std::string url;           // of what was fetched: after redirects
  std::string content_type;  // of what was fetched
  int depth = 0;             // of links that led to it
  bool fetched() const { return !url.empty(); }
};

class Walk {
 public:
  Walk(const InputOptions& options, std::stop_token stop, std::atomic<uint64_t>& bytes_read,
       const InputSink& sink)
      : options_(options), stop_(std::move(stop)), bytes_read_(bytes_read), sink_(sink) {}

  // Each of these returns false to end the walk.
  bool Word(const std::string& word) {
    links_left_ = options_.fetch_limit;
    if (IsHttpUrl(word)) return Fetch(word, 0);
    std::error_code error;
    if (word == "-" || !fs::is_directory(word, error)) return File(word, {});
    Result<std::vector<std::string>> files = FilesBelow(word);
    if (!files) return Tell(files.error());
    return std::all_of(files->begin(), files->end(),
                       [&](const std::string& file) { return File(file, {}); });
  }

  bool File(const std::string& path, const FileRange& range) {
    Result<std::unique_ptr<FileSource>> source = FileSource::Open(path, range, stop_, bytes_read_);
    if (!source) return Tell(source.error());
    Origin origin;
    origin.name = path;
    origin.range = range;
    return Bytes(origin, **source);
  }

 private:
  bool Fetch(const std::string& url, int depth) {
    if (!fetcher_) {
      FetchOptions options;
      options.user_agent = "kronik/" KRONIK_VERSION;
      options.allow_private = options_.allow_private;
      options.max_bytes = kMaxReportBytes;
      options.timeout_s = options_.fetch_timeout_s;
      options.delay_ms = options_.fetch_delay_ms;
      options.stop = stop_;
      options.hosts = options_.hosts;
      options.recall = options_.recall;
      fetcher_ = std::make_unique<Fetcher>(std::move(options));
    }
    Result<FetchedPage> page = fetcher_->Get(url);
    if (!page) return Tell(page.error());
    if (page->unchanged) return Tell(Visit{std::move(page->url), {}, true, 0});
    const size_t told = told_, left_out = left_out_;
    MemorySource source(std::move(page->bytes));
    if (!Bytes({url, {}, page->url, std::move(page->content_type), depth}, source)) return false;
    const bool whole = left_out_ == left_out && !stop_.stop_requested();
    if (!whole || page->validators.empty()) return true;
    return Tell(Visit{std::move(page->url), std::move(page->validators), false, told_ - told});
  }

  bool Tell(Found found) {
    ++told_;
    return sink_(std::move(found));
  }

  bool Bytes(const Origin& origin, ByteSource& source) {
    Unpacker unpacker(source, origin.range.start);
    std::string bytes;
    if (origin.range.first_line) return JsonLines(origin, unpacker, std::move(bytes));
    bool more = true;
    const auto read_until = [&](auto enough) -> Result<void> {
      while (more && !enough()) {
        Result<bool> read = ReadMore(unpacker, bytes);
        if (!read) return Error{read.error().code, read.error().message, origin.name};
        more = *read;
      }
      return {};
    };
    // A WARC file's reader needs the bounds of members: a piece never goes beyond one.
    Result<void> read = read_until([&] { return bytes.size() >= 16; });
    if (!read) return Tell(read.error());
    if (LooksLikeWarc(bytes)) return Warc(origin, unpacker, std::move(bytes));
    // The first line decides between JSONL, which is read line by line, and one report.
    size_t seen = 0;
    read = read_until([&] {
      const bool line = bytes.find('\n', seen) != std::string::npos;
      seen = bytes.size();
      return line || bytes.size() > kMaxReportBytes;
    });
    if (!read) return Tell(read.error());
    if (LooksLikeJsonLines(bytes)) return JsonLines(origin, unpacker, std::move(bytes));
    read = read_until([&] { return bytes.size() > kMaxReportBytes; });
    if (!read) return Tell(read.error());
    if (bytes.size() > kMaxReportBytes) return Tell(TooLarge(origin.name));
    if (LooksLikeFeed(bytes)) return Entries(origin, bytes);
    Input input = Hinted(origin.name, origin.url);
    input.bytes = std::move(bytes);
    input.content_type = origin.content_type;
    return Tell(std::move(input));
  }

  Input Hinted(std::string name, std::string url) const {
    Input input;
    input.name = std::move(name);
    input.url = std::move(url);
    input.lang = options_.lang;
    input.date = options_.date;
    return input;
  }

  bool Warc(const Origin& origin, Unpacker& unpacker, std::string head) {
    WarcReader reader(unpacker, std::move(head), kMaxReportBytes);
    std::map<std::string_view, size_t> skipped;
    size_t pages = 0;
    while (!stop_.stop_requested()) {
      Result<std::optional<WarcRecord>> record = reader.Next();
      if (!record) {
        if (!Tell(Error{record.error().code, record.error().message,
                        origin.name + "@" + record.error().where})) {
          return false;
        }
        continue;
      }
      if (!*record) break;
      const std::string type = (*record)->type;
      std::string name = origin.name + "@" + (*record)->position.ToString();
      if (!(*record)->id.empty()) name += " " + (*record)->id;
      Result<std::optional<Input>> page = PageOf(std::move(**record), kMaxReportBytes);
      if (!page) {
        if (!Tell(Error{page.error().code, page.error().message, std::move(name)})) return false;
      } else if (!*page) {
        ++skipped[KnownType(type)];
      } else {
        ++pages;
        Input input = Hinted(std::move(name), (*page)->url);
        input.kind = (*page)->kind;
        input.content_type = std::move((*page)->content_type);
        input.bytes = std::move((*page)->bytes);
        if (!Tell(std::move(input))) return false;
      }
    }
    if (skipped.empty()) return true;
    std::string note =
        origin.name + ": " + std::to_string(pages) + " pages; records that hold none:";
    for (const auto& [type, count] : skipped) {
      note += " " + std::to_string(count) + " ";
      note += type;
    }
    return Tell(Note{std::move(note)});
  }

  bool Entries(const Origin& origin, std::string_view bytes) {
    Result<Feed> feed = ReadFeed(bytes, origin.content_type);
    if (!feed) return Tell(Error{feed.error().code, feed.error().message, origin.name});
    if (origin.depth >= kMaxLinkDepth) {
      return Tell(
          Error{ErrorCode::kLimit, "feeds and sitemaps lead to too many others", origin.name});
    }
    size_t without_content = 0, over_limit = 0;
    size_t number = 0;
    for (const FeedEntry& entry : feed->entries) {
      ++number;
      if (stop_.stop_requested()) return true;
      const std::string url = origin.fetched() ? ResolveUrl(origin.url, entry.url) : entry.url;
      if (!entry.html.empty()) {
        Input input = Hinted(
            origin.name + (url.empty() ? " #" + std::to_string(number) : " <" + url + ">"), url);
        input.kind = InputKind::kHtml;
        input.bytes = PageOf(entry, feed->lang);
        if (!entry.date.empty()) input.date = entry.date;
        if (!Tell(std::move(input))) return false;
      } else if (!origin.fetched()) {
        ++without_content;
      } else if (links_left_ == 0) {
        ++over_limit;
      } else {
        --links_left_;
        if (!Fetch(url, origin.depth + 1)) return false;
      }
    }
    if (feed->problem && !Tell(Error{feed->problem->code, feed->problem->message, origin.name})) {
      return false;
    }
    if (without_content > 0 &&
        !Tell(Error{ErrorCode::kUnsupported,
                    "the full text is missing in " + std::to_string(without_content) + " of " +
                        std::to_string(feed->entries.size()) +
                        " entries; give the feed's address instead of a file, and their pages are "
                        "fetched",
                    origin.name})) {
      return false;
    }
    left_out_ += over_limit;
    return over_limit == 0 || Tell(Note{origin.name + ": " + std::to_string(over_limit) +
                                        " more links are not fetched (--fetch-limit)"});
  }

  // The report in a JSONL line, or why there is none.
  Found Line(const std::string& where, std::string_view line) const {
    Result<Input> input = ReadJsonLine(line);
    if (!input) return Error{input.error().code, input.error().message, where};
    if (input->name.empty()) input->name = where;
    if (input->lang.empty()) input->lang = options_.lang;
    if (input->date.empty()) input->date = options_.date;
    return std::move(*input);
  }

  bool JsonLines(const Origin& origin, Unpacker& unpacker, std::string buffer) {
    uint64_t line_number = origin.range.first_line.value_or(0);
    size_t start = 0;
    bool more = true;
    for (;;) {
      const std::string where = origin.name + ":" + std::to_string(line_number + 1);
      size_t end = buffer.find('\n', start);
      while (end == std::string::npos && more) {
        buffer.erase(0, start);
        start = 0;
        const size_t seen = buffer.size();
        if (seen > kMaxReportBytes) return Tell(TooLarge(where));
        Result<bool> read = ReadMore(unpacker, buffer);
        if (!read) return Tell(Error{read.error().code, read.error().message, origin.name});
        more = *read;
        end = buffer.find('\n', seen);
      }
      end = std::min(end, buffer.size());
      std::string_view line = std::string_view(buffer).substr(start, end - start);
      ++line_number;
      if (line.find_first_not_of(" \t\r") != std::string_view::npos && !Tell(Line(where, line))) {
        return false;
      }
      if (end == buffer.size() && !more) return true;
      start = end + 1;
    }
  }

  // Appends a piece of the file, of whichever member; false at the file's end.
  Result<bool> ReadMore(Unpacker& unpacker, std::string& bytes) {
    Result<size_t> count = size_t{0};
    for (;;) {
      if (unpacker.inside()) {
        count = unpacker.Read(piece_.data(), piece_.size());
        if (!count || *count > 0) break;
      }
      Result<bool> next = unpacker.Next();
      if (!next) count = next.error();
      if (!next || !*next) break;
    }
    if (!count) return count.error();
    bytes.append(piece_.data(), *count);
    return *count > 0;
  }

  const InputOptions& options_;
  const std::stop_token stop_;
  std::atomic<uint64_t>& bytes_read_;
  const InputSink& sink_;
  std::unique_ptr<Fetcher> fetcher_;
  int links_left_ = 0;
  std::vector<char> piece_ = std::vector<char>(kPiece);
  size_t told_ = 0;
  size_t left_out_ = 0;  // links that were not followed
};

}  // namespace

Result<std::vector<std::string>> FilesBelow(const std::string& folder) {
  std::vector<std::string> files;
  std::error_code error;
  fs::recursive_directory_iterator at(folder, error), end;
  for (; !error && at != end; at.increment(error)) {
    const bool hidden = at->path().filename().string().starts_with('.');
    if (hidden && at->is_directory()) at.disable_recursion_pending();
    if (!hidden && at->is_regular_file()) files.push_back(at->path().string());
  }
  if (error) {
    return Error{ErrorCode::kIo, "the folder can't be read: " + error.message(), folder};
  }
  std::sort(files.begin(), files.end());
  return files;
}

void ForEachInput(const std::vector<std::string>& words, const InputOptions& options,
                  std::stop_token stop, std::atomic<uint64_t>& bytes_read, const InputSink& sink) {
  Walk walk(options, std::move(stop), bytes_read, sink);
  for (const std::string& word : words) {
    if (!walk.Word(word)) return;
  }
}

void ForEachInputOf(const std::string& file, const FileRange& range, const InputOptions& options,
                    std::stop_token stop, std::atomic<uint64_t>& bytes_read,
                    const InputSink& sink) {
  Walk(options, std::move(stop), bytes_read, sink).File(file, range);
}

uint64_t TotalBytes(const std::vector<std::string>& words) {
  uint64_t total = 0;
  for (const std::string& word : words) {
    std::error_code error;
    std::vector<std::string> files{word};
    if (fs::is_directory(word, error)) {
      Result<std::vector<std::string>> below = FilesBelow(word);
      if (below) files = std::move(*below);
    } else if (!fs::is_regular_file(word, error)) {
      return 0;
    }
    for (const std::string& file : files) {
      const uint64_t size = fs::file_size(file, error);
      if (!error) total += size;
    }
  }
  return total;
}

}  // namespace kronik::cli
