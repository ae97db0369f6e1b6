#include "warc/warc.h"

#include <gmock/gmock.h>

#include <functional>
#include <vector>

#include "stream/packing.h"
#include "warc/page_record.h"

namespace kronik {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

std::string DictionaryFrame(std::string_view dictionary) {
  std::string frame = "\x5D\x2A\x4D\x18";
  for (int i = 0; i < 4; ++i) frame += static_cast<char>(dictionary.size() >> (8 * i) & 0xFF);
  return frame + std::string(dictionary);
}

std::string RecordOf(std::string_view type, std::string_view id, std::string_view content_type,
                     std::string_view block, std::string_view length = {}) {
  std::string record =
      "WARC/1.1\r\nWARC-Type: " + std::string(type) +
      "\r\nWARC-Record-ID: <urn:uuid:" + std::string(id) +
      ">\r\nWARC-Target-URI: http://news.example/" + std::string(id) +
      "\r\nWARC-Date: 2025-01-02T03:04:05Z\r\nContent-Type: " + std::string(content_type) +
      "\r\nContent-Length: ";
  record += length.empty() ? std::to_string(block.size()) : std::string(length);
  return record + "\r\n\r\n" + std::string(block) + "\r\n\r\n";
}

std::string Response(std::string_view id, std::string_view more = {}) {
  return RecordOf("response", id, "application/http; msgtype=response",
                  "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<html>" +
                      std::string(id) + std::string(more) + "</html>");
}

struct Outcome {
  std::vector<std::string> ids;
  std::vector<std::string> positions;
  std::vector<std::string> errors;
};

// Reads everything, each byte source piece `piece` bytes long.
Outcome ReadAll(const std::string& bytes, size_t max_block = 1 << 20) {
  Outcome outcome;
  MemorySource source(bytes);
  Unpacker unpacker(source);
  Result<bool> any = unpacker.Next();
  if (!any) outcome.errors.push_back(any.error().ToString());
  if (!any || !*any) return outcome;
  WarcReader reader(unpacker, "", max_block);
  for (size_t count = 0; count < 10'000; ++count) {
    Result<std::optional<WarcRecord>> record = reader.Next();
    if (!record) {
      outcome.errors.push_back(record.error().ToString());
      continue;
    }
    if (!*record) return outcome;
    const std::string& id = (*record)->id;
    outcome.ids.push_back(id.size() > 11 ? id.substr(10, id.size() - 11) : id);
    outcome.positions.push_back((*record)->position.ToString());
  }
  ADD_FAILURE() << "the reader does not end";
  return outcome;
}

struct Form {
  const char* name;
  // The file, and for each record how many of its bytes the record needs.
  std::function<std::string(const std::vector<std::string>&, std::vector<size_t>&)> make;
  bool members;  // one for each record
};

std::string Row(const std::vector<std::string>& records, std::vector<size_t>& ends,
                std::string file, const std::function<std::string(std::string_view)>& pack) {
  for (const std::string& record : records) {
    file += pack(record);
    ends.push_back(file.size());
  }
  return file;
}

std::vector<Form> Forms() {
  const std::string dictionary = Response("dictionary") + "a dictionary of any bytes";
  const auto plain = [](std::string_view bytes) { return std::string(bytes); };
  return {
      {"plain", [=](auto& r, auto& e) { return Row(r, e, "", plain); }, false},
      {"gzip", [](auto& r, auto& e) { return Row(r, e, "", Gzip); }, true},
      {"zstd",
       [](auto& r, auto& e) {
         return Row(r, e, "", [](std::string_view bytes) { return Zstd(bytes); });
       },
       true},
      {"zstd with a dictionary",
       [=](auto& r, auto& e) {
         return Row(r, e, DictionaryFrame(dictionary),
                    [&](std::string_view bytes) { return Zstd(bytes, dictionary); });
       },
       true},
      {"zstd with a packed dictionary",
       [=](auto& r, auto& e) {
         return Row(r, e, DictionaryFrame(Zstd(dictionary)),
                    [&](std::string_view bytes) { return Zstd(bytes, dictionary); });
       },
       true},
      {"gzip as a whole",
       [=](auto& r, auto& e) {
         std::string all = Gzip(Row(r, e, "", plain));
         e.assign(r.size(), all.size());
         return all;
       },
       false},
  };
}

const std::vector<std::string> kThree = {
    RecordOf("warcinfo", "info", "application/warc-fields", "software: a test\r\n"),
    Response("one"), Response("two", "\r\nWARC/1.0 is a format\r\n")};

TEST(Warc, ReadsEveryForm) {
  for (const Form& form : Forms()) {
    std::vector<size_t> ends;
    const Outcome outcome = ReadAll(form.make(kThree, ends));
    EXPECT_THAT(outcome.ids, ElementsAre("info", "one", "two")) << form.name;
    EXPECT_THAT(outcome.errors, ElementsAre()) << form.name;
    if (form.members) {
      EXPECT_EQ(outcome.positions[2], std::to_string(ends[1])) << form.name;
    }
  }
}

TEST(Warc, TellsThePlaceInsideAMember) {
  std::string all;
  for (const std::string& record : kThree) all += record;
  EXPECT_THAT(ReadAll(Gzip(all)).positions,
              ElementsAre("0", "0+" + std::to_string(kThree[0].size()),
                          "0+" + std::to_string(kThree[0].size() + kThree[1].size())));
}

TEST(Warc, FindsAllWholeRecordsOfAFileThatIsCutAnywhere) {
  for (const Form& form : Forms()) {
    std::vector<size_t> ends;
    const std::string file = form.make(kThree, ends);
    for (size_t cut = 0; cut < file.size(); ++cut) {
      const Outcome outcome = ReadAll(file.substr(0, cut));
      size_t whole = 0;
      while (whole < ends.size() && ends[whole] <= cut) ++whole;
      EXPECT_GE(outcome.ids.size(), whole) << form.name << " cut at " << cut;
      EXPECT_LE(outcome.ids.size(), 3u);
      EXPECT_LE(outcome.errors.size(), 1u) << form.name << " cut at " << cut;
    }
  }
}

TEST(Warc, GoesOnBehindADamagedMember) {
  for (const Form& form : Forms()) {
    if (!form.members) continue;
    std::vector<size_t> ends;
    const std::string file = form.make(kThree, ends);
    for (size_t at = ends[0]; at < ends[1]; ++at) {
      // A byte changed, and the rest of the record lost.
      std::string changed = file, lost = file;
      changed[at] = static_cast<char>(changed[at] ^ 0x55);
      lost.erase(at, ends[1] - at);
      for (const std::string& damaged : {changed, lost}) {
        const Outcome outcome = ReadAll(damaged);
        ASSERT_FALSE(outcome.ids.empty());
        EXPECT_EQ(outcome.ids.front(), "info") << form.name << " at " << at;
        EXPECT_EQ(outcome.ids.back(), "two") << form.name << " at " << at;
      }
    }
  }
}

TEST(Warc, GoesOnBehindABrokenRecord) {
  const std::string good = Response("good"), last = Response("last");
  const std::pair<const char*, std::string> kBroken[] = {
      {"no length", "WARC/1.0\r\nWARC-Type: response\r\n\r\nblock\r\n\r\n"},
      {"no number", RecordOf("response", "bad", "text/html", "block", "5x")},
      {"too short", RecordOf("response", "bad", "text/html", "a longer block", "3")},
      {"too long", RecordOf("response", "bad", "text/html", "block", "700")},
      {"too long for the file", RecordOf("response", "bad", "text/html", "block", "70000")},
      {"rubbish", "rubbish\r\n\r\n"},
      {"another version", "WARC/9.0\r\nContent-Length: 0\r\n\r\n\r\n\r\n"},
      {"a header without end", "WARC/1.0\r\n" + std::string(70'000, 'x') + "\r\n"},
  };
  for (const auto& [name, broken] : kBroken) {
    for (const auto& pack :
         {+[](const std::string& s) { return s; }, +[](const std::string& s) { return Gzip(s); }}) {
      const Outcome outcome = ReadAll(pack(good + broken + last));
      EXPECT_THAT(outcome.ids, ElementsAre("good", "last")) << name;
      ASSERT_EQ(outcome.errors.size(), 1u) << name;
      EXPECT_THAT(outcome.errors[0], HasSubstr(std::to_string(good.size()) + ": ")) << name;
    }
    const Outcome outcome = ReadAll(Gzip(good) + Gzip(broken) + Gzip(last));
    EXPECT_THAT(outcome.ids, ElementsAre("good", "last")) << name;
    EXPECT_EQ(outcome.errors.size(), 1u) << name;
  }
}

TEST(Warc, PassesOverWhatIsTooLarge) {
  const std::string large = Response("large", std::string(2 << 20, 'x'));
  for (const std::string& file : {Response("a") + large + Response("b"),
                                  Gzip(Response("a")) + Gzip(large) + Gzip(Response("b"))}) {
    const Outcome outcome = ReadAll(file);
    EXPECT_THAT(outcome.ids, ElementsAre("a", "b"));
    ASSERT_EQ(outcome.errors.size(), 1u);
    EXPECT_THAT(outcome.errors[0], HasSubstr("http://news.example/large is larger than 1 MiB"));
  }
  // A bomb: 100 MB of zeroes in a few kilobytes.
  const Outcome outcome =
      ReadAll(Zstd(RecordOf("response", "bomb", "text/html", std::string(100 << 20, '\0'))) +
              Zstd(Response("b")));
  EXPECT_THAT(outcome.ids, ElementsAre("b"));
}

TEST(Warc, TakesOtherLineEndsAndFoldedFields) {
  const Outcome outcome = ReadAll(
      "WARC/1.0\nWARC-Type: response\nwarc-record-id:\n  <urn:uuid:folded>\nContent-Length: 5\n\n"
      "block\n" +
      Response("next"));
  EXPECT_THAT(outcome.ids, ElementsAre("folded", "next"));
  EXPECT_THAT(outcome.errors, ElementsAre());
}

TEST(Warc, FindsThePageInARecord) {
  const std::string page = "<html><p>Norway met Peru.</p></html>";
  const std::string html = "Content-Type: text/html; charset=x\r\n";
  const std::string chunked = html + "Transfer-Encoding: chunked\r\n";
  const std::string gzip = html + "Content-Encoding: gzip\r\n";
  const auto chunk = [](const std::string& bytes) {
    const size_t half = bytes.size() / 2;
    char sizes[2][32];
    snprintf(sizes[0], 32, "%zX;a=b\r\n", half);
    snprintf(sizes[1], 32, "%zx\r\n", bytes.size() - half);
    return sizes[0] + bytes.substr(0, half) + "\r\n" + sizes[1] + bytes.substr(half) +
           "\r\n0\r\n\r\n";
  };
  const std::string zlib = [&] {
    std::string out(200, '\0');
    uLongf size = 200;
    compress(reinterpret_cast<Bytef*>(out.data()), &size,
             reinterpret_cast<const Bytef*>(page.data()), page.size());
    return out.substr(0, size);
  }();
  const std::string http = "HTTP/1.1 200 OK\r\n";
  const struct {
    const char* name;
    std::string type, content_type, block;
    const char* want;  // the page, "" for none, "!" for an error
  } kCases[] = {
      {"plain", "response", "application/http;msgtype=response", http + html + "\r\n" + page,
       page.c_str()},
      {"chunked", "response", "application/http", http + chunked + "\r\n" + chunk(page),
       page.c_str()},
      {"not chunked after all", "response", "application/http", http + chunked + "\r\n" + page,
       page.c_str()},
      {"gzip", "response", "application/http", http + gzip + "\r\n" + Gzip(page), page.c_str()},
      {"not gzip after all", "response", "application/http", http + gzip + "\r\n" + page,
       page.c_str()},
      {"zlib", "response", "application/http",
       http + html + "Content-Encoding: deflate\r\n\r\n" + zlib, page.c_str()},
      {"deflate", "response", "application/http",
       http + html + "Content-Encoding: deflate\r\n\r\n" + zlib.substr(2, zlib.size() - 6),
       page.c_str()},
      {"chunked gzip", "response", "application/http",
       http + chunked + "Content-Encoding: gzip\r\n\r\n" + chunk(Gzip(page)), page.c_str()},
      {"unknown coding", "response", "application/http",
       http + html + "Content-Encoding: exi\r\n\r\n" + page, "!"},
      {"no type, a tag", "response", "application/http", http + "\r\n" + page, page.c_str()},
      {"a picture", "response", "application/http", http + "Content-Type: image/png\r\n\r\n" + page,
       ""},
      {"not found", "response", "application/http",
       "HTTP/1.1 404 Not Found\r\n" + html + "\r\n" + page, ""},
      {"moved", "response", "application/http", "HTTP/1.0 301 Moved\r\n" + html + "\r\n" + page,
       ""},
      {"no message", "response", "application/http", page, "!"},
      {"no end of header", "response", "application/http", http + html, "!"},
      {"dns", "response", "text/dns", "20250101\nnews.example. 1 IN A 192.0.2.1", ""},
      {"resource", "resource", "text/html", page, page.c_str()},
      {"conversion", "conversion", "text/html; charset=utf-8", page, page.c_str()},
      {"plain conversion", "conversion", "text/plain", page, ""},
      {"request", "request", "application/http", "GET / HTTP/1.1\r\n\r\n", ""},
  };
  for (const auto& c : kCases) {
    WarcRecord record;
    record.type = c.type;
    record.content_type = c.content_type;
    record.target_uri = "http://news.example/a";
    record.block = c.block;
    Result<std::optional<Input>> got = PageOf(record, 1 << 20);
    EXPECT_EQ(got.has_value(), std::string_view(c.want) != "!") << c.name;
    if (!got) continue;
    EXPECT_EQ(*got ? (*got)->bytes : "", c.want) << c.name;
    if (*got) {
      EXPECT_EQ((*got)->url, "http://news.example/a") << c.name;
    }
  }
}

TEST(Warc, RefusesAPageThatUnpacksToTooMuch) {
  WarcRecord record;
  record.type = "response";
  record.content_type = "application/http";
  record.block =
      "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip, gzip\r\n\r\n" +
      Gzip(Gzip(std::string(4 << 20, 'a')));
  Result<std::optional<Input>> got = PageOf(record, 1 << 20);
  ASSERT_FALSE(got);
  EXPECT_EQ(got.error().code, ErrorCode::kLimit);
}

}  // namespace
}  // namespace kronik
