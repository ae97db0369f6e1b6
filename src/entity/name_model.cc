#include "entity/name_model.h"

#include <zstd.h>

#include <algorithm>
#include <bit>
#include <cstring>

#include "base/utf8.h"

namespace kronik {
namespace {

constexpr std::string_view kMagic = "KRONIKNM";
constexpr char kVersion = 1;
constexpr size_t kMaxContent = size_t{64} << 20;
constexpr size_t kMaxWord = 64;  // bytes looked at
constexpr int32_t kNever = -(1 << 28);

uint64_t Mix(uint64_t x) {
  x = (x ^ (x >> 29)) * 0xBF58476D1CE4E5B9u;
  x = (x ^ (x >> 32)) * 0x94D049BB133111EBu;
  return x ^ (x >> 31);
}

// Lower case; runs of digits become one '0'.
std::string Normal(std::string_view lower) {
  std::string out;
  for (char c : lower) {
    if (c < '0' || c > '9') {
      out.push_back(c);
    } else if (out.empty() || out.back() != '0') {
      out.push_back('0');
    }
  }
  return out;
}

bool StartsUpper(std::string_view form) {
  size_t at = 0;
  return !form.empty() && IsUpper(DecodeUtf8(form, at));
}

// Whether a word at `at` begins what is told: a sentence, or a quotation in it.
bool IsInitial(const Document& document, const Sentence& sentence, uint32_t at) {
  if (at == sentence.first) return true;
  const std::string_view before = document.tokens[at - 1].form;
  return before == "\"" || before == "“" || before == "``" || before == ":";
}

}  // namespace

CaseStatistics::CaseStatistics(const Document& document) {
  size_t words = 0, uppers = 0;
  for (const Sentence& sentence : document.sentences) {
    for (uint32_t i = sentence.first; i < sentence.last; ++i) {
      const std::string_view form = document.tokens[i].form.substr(0, kMaxWord);
      size_t at = 0;
      if (form.empty() || !IsLetter(DecodeUtf8(form, at))) continue;
      ++words;
      const bool upper = StartsUpper(form);
      uppers += upper ? 1 : 0;
      if (upper && IsInitial(document, sentence, i)) continue;
      seen_[HashName(LowerCase(form))] |= upper ? 2u : 1u;
    }
  }
  caseless_ = uppers * 100 <= words;
}

void NameSentence::Read(const NameLists& lists, const CaseStatistics& statistics,
                        const Document& document, const Sentence& sentence) {
  const size_t count = sentence.last - sentence.first;
  words.assign(count, NameWord());
  lower_.resize(count);
  views_.resize(count);
  size_t letters = 0, lowers = 0;
  std::string shape;
  for (size_t i = 0; i < count; ++i) {
    NameWord& word = words[i];
    const std::string_view form = document.tokens[sentence.first + i].form.substr(0, kMaxWord);
    lower_[i] = LowerCase(form);
    views_[i] = lower_[i];
    // "Mr." is known as "mr"; "U.S." keeps its dots.
    if (views_[i].size() > 2 && views_[i].find('.') == views_[i].size() - 1) {
      views_[i].remove_suffix(1);
    }
    word.raw = HashName(form);
    word.upper = StartsUpper(form);
    word.seen = statistics.Seen(HashName(lower_[i]));
    shape.clear();
    for (size_t at = 0; at < form.size();) {
      const bool start = at == 0;
      const char32_t c = DecodeUtf8(form, at);
      const bool letter = IsLetter(c);
      const bool upper = letter && IsUpper(c);
      if (start) word.letter = letter;
      word.inner_upper |= upper && !start;
      letters += letter ? 1 : 0;
      lowers += letter && !upper ? 1 : 0;
      const char sort = IsDigit(c) ? '9'
                        : upper    ? 'A'
                        : letter   ? 'a'
                        : c < 0x80 ? static_cast<char>(c)
                                   : '*';
      // Two of a kind say "several".
      const size_t n = shape.size();
      if (n < 2 || shape[n - 1] != sort || shape[n - 2] != sort) shape.push_back(sort);
    }
    word.shape = HashName(shape);
    const std::string normal = Normal(lower_[i]);
    word.lower = HashName(normal);
    for (size_t n = 1; n <= 5 && n < normal.size(); ++n) {
      word.prefix[n - 1] = HashName(std::string_view(normal).substr(0, n));
      word.suffix[n - 1] = HashName(std::string_view(normal).substr(normal.size() - n), 1);
    }
  }
  caseless = statistics.caseless() || (letters > 0 && lowers == 0 && count > 2);
  for (size_t i = 0; i < count; ++i) {
    size_t length = 0;
    const NameLists::Set set = lists.Find(std::span(views_).subspan(i), length);
    if (length == 0) continue;
    words[i].begins |= set;
    words[i].length = static_cast<uint32_t>(length);
    for (size_t j = i + 1; j < i + length; ++j) words[j].inside |= set;
  }
  // Runs of capitalised words; small words may stand inside ("Bank of England").
  for (size_t i = 0; i < count;) {
    if (!words[i].upper) {
      words[i].before = i > 0 ? words[i - 1].lower : 1;
      words[i].after = i + 1 < count ? words[i + 1].lower : 1;
      ++i;
      continue;
    }
    size_t last = i;
    for (size_t j = i + 1; j < count && j <= last + 3; ++j) {
      if (words[j].upper) {
        if (j > last + 1) {
          const bool joins = std::all_of(
              words.begin() + static_cast<ptrdiff_t>(last) + 1,
              words.begin() + static_cast<ptrdiff_t>(j), [&](const NameWord& word) {
                const std::string& lower = lower_[static_cast<size_t>(&word - words.data())];
                return lower.size() <= 3 && lower.find_first_of(",;:()\"") == std::string::npos;
              });
          if (!joins) break;
        }
        last = j;
      } else if (lower_[j].size() > 3) {
        break;
      }
    }
    for (size_t j = i; j <= last; ++j) {
      words[j].before = i > 0 ? words[i - 1].lower : 1;
      words[j].after = last + 1 < count ? words[last + 1].lower : 1;
      words[j].last = words[last].lower;
    }
    i = last + 1;
  }
}

void NameSentence::Features(size_t at, std::vector<uint64_t>& out) const {
  static const NameWord kNothing = [] {
    NameWord word;
    word.raw = word.lower = word.shape = 77;
    return word;
  }();
  const auto word = [&](ptrdiff_t offset) -> const NameWord& {
    const size_t i = at + static_cast<size_t>(offset);
    return i < words.size() ? words[i] : kNothing;
  };
  const NameWord &w = word(0), &a = word(-1), &b = word(-2), &c = word(1), &d = word(2);
  out.clear();
  uint64_t id = 0;
  const auto push = [&](uint64_t which, uint64_t x, uint64_t y, uint64_t z) {
    out.push_back(Mix(Mix(Mix(which * 0x9E3779B97F4A7C15u + x) + y) + z));
  };
  const auto add = [&](uint64_t x, uint64_t y = 0, uint64_t z = 0) {
    ++id;
    push(id, x, y, z);
    // Without case, words tell more: they have a second weight there.
    if (caseless) push(id + 1000, x, y, z);
  };
  const uint64_t initial = at == 0 ? 1 : 0;
  add(1);
  add(w.lower);
  add(a.lower);
  add(c.lower);
  add(b.lower);
  add(d.lower);
  add(a.lower, w.lower);
  add(w.lower, c.lower);
  add(b.lower, a.lower);
  add(c.lower, d.lower);
  for (uint64_t prefix : std::span(w.prefix).subspan(1)) add(prefix);
  for (uint64_t suffix : w.suffix) add(suffix);
  add(a.suffix[2]);
  add(c.suffix[2]);
  add(initial);
  // The lists, one by one and together.
  const auto lists = [&](const NameWord& of) {
    const uint64_t from = id;
    for (NameLists::Set set = of.begins; set != 0; set &= set - 1) {
      id = from + 1;
      add(static_cast<uint64_t>(std::countr_zero(set)));
    }
    for (NameLists::Set set = of.inside; set != 0; set &= set - 1) {
      id = from + 2;
      add(static_cast<uint64_t>(std::countr_zero(set)));
    }
    id = from + 3;
  };
  lists(w);
  lists(a);
  lists(c);
  add(w.begins, w.inside);
  add(a.begins, w.begins);
  add(w.begins, c.begins);
  add(a.begins | a.inside, w.begins | w.inside, c.begins | c.inside);
  if (caseless) {
    add(w.shape);
    add(word(-3).lower);
    add(word(3).lower);
    return;
  }
  add(w.raw);
  add(w.shape, initial);
  add(a.shape, w.shape);
  add(w.shape, c.shape);
  add(a.shape, w.shape, c.shape);
  add(w.shape, w.suffix[2]);
  add(w.seen, w.upper ? 1 : 0, initial);
  add(c.seen, c.upper ? 1 : 0, w.upper ? 1 : 0);
  add(a.lower, w.shape);
  add(w.shape, c.lower);
  add(w.begins, w.shape, w.seen);
  add(w.upper ? 1 : 2, w.before);
  add(w.upper ? 1 : 2, w.after);
  if (w.upper) {
    add(w.last);
    add(w.before, w.after);
    add(w.before, w.shape, w.seen);
  }
}

NameModel::NameModel(const Transitions& transitions, const std::vector<Row>& rows)
    : transitions_(transitions) {
  int bits = 4;
  while ((size_t{1} << bits) < rows.size() + rows.size() / 2) ++bits;
  shift_ = 64 - bits;
  slots_.assign(size_t{1} << bits, Slot());
  for (const Row& row : rows) {
    size_t at = Place(row.feature);
    while (slots_[at].check != 0) at = (at + 1) & (slots_.size() - 1);
    slots_[at].check = Check(row.feature);
    std::ranges::copy(row.weights, slots_[at].weights.begin());
  }
}

std::string NameModel::Write() const {
  // One plane for each column: that compresses best.
  std::string content;
  const auto number = [&](uint32_t value) {
    for (int i = 0; i < 4; ++i) content.push_back(static_cast<char>(value >> (8 * i)));
  };
  number(static_cast<uint32_t>(64 - shift_));
  for (const auto& row : transitions_) {
    for (int32_t weight : row) number(static_cast<uint32_t>(weight));
  }
  for (int byte = 0; byte < 2; ++byte) {
    for (const Slot& slot : slots_) content.push_back(static_cast<char>(slot.check >> (8 * byte)));
  }
  for (size_t label = 0; label < kNameLabels; ++label) {
    for (const Slot& slot : slots_) {
      if (slot.check != 0) content.push_back(static_cast<char>(slot.weights[label]));
    }
  }
  std::string file(kMagic);
  file.push_back(kVersion);
  const size_t header = file.size();
  file.resize(header + ZSTD_compressBound(content.size()));
  const size_t size =
      ZSTD_compress(file.data() + header, file.size() - header, content.data(), content.size(), 19);
  file.resize(header + (ZSTD_isError(size) ? 0 : size));
  return file;
}

Result<NameModel> NameModel::Load(std::string_view file) {
  const Error damaged{ErrorCode::kInvalidInput, "not a names model, or a damaged one", ""};
  if (!file.starts_with(kMagic) || file.size() == kMagic.size()) return damaged;
  if (file[kMagic.size()] != kVersion) {
    return Error{ErrorCode::kUnsupported, "a names model of another format version", ""};
  }
  file.remove_prefix(kMagic.size() + 1);
  const unsigned long long size = ZSTD_getFrameContentSize(file.data(), file.size());
  if (size == ZSTD_CONTENTSIZE_ERROR || size == ZSTD_CONTENTSIZE_UNKNOWN) return damaged;
  if (size > kMaxContent) return Error{ErrorCode::kLimit, "the names model is too large", ""};
  std::string content(static_cast<size_t>(size), '\0');
  if (ZSTD_decompress(content.data(), content.size(), file.data(), file.size()) != size) {
    return damaged;
  }
  size_t at = 0;
  const auto number = [&] {
    uint32_t value = 0;
    for (int i = 0; i < 4; ++i) value |= uint32_t{static_cast<uint8_t>(content[at++])} << (8 * i);
    return value;
  };
  if (content.size() < 4 * (1 + kNameLabels * kNameLabels)) return damaged;
  NameModel model;
  const uint32_t bits = number();
  for (auto& row : model.transitions_) {
    for (int32_t& weight : row) {
      weight = static_cast<int32_t>(number());
      if (weight < kNever || weight > -kNever) return damaged;
    }
  }
  if (bits < 1 || bits > 26 || content.size() - at < (size_t{2} << bits)) return damaged;
  model.shift_ = static_cast<int>(64 - bits);
  model.slots_.assign(size_t{1} << bits, Slot());
  size_t used = 0;
  for (int byte = 0; byte < 2; ++byte) {
    for (Slot& slot : model.slots_) {
      slot.check =
          static_cast<uint16_t>(slot.check | static_cast<uint8_t>(content[at++]) << (8 * byte));
    }
  }
  for (const Slot& slot : model.slots_) used += slot.check != 0 ? 1 : 0;
  // A search ends at a free slot, so there must be one.
  if (used == model.slots_.size() || content.size() - at != used * kNameLabels) return damaged;
  for (size_t label = 0; label < kNameLabels; ++label) {
    for (Slot& slot : model.slots_) {
      if (slot.check != 0) slot.weights[label] = static_cast<int8_t>(content[at++]);
    }
  }
  return model;
}

void NameModel::Tag(const NameSentence& sentence, std::vector<uint8_t>& labels) const {
  const size_t count = sentence.words.size();
  labels.assign(count, kOutside);
  if (slots_.empty() || count == 0) return;
  using Scores = std::array<int32_t, 16>;
  // What may not follow costs more than a sentence earns, so that no step needs to ask.
  std::array<Scores, kNameLabels> steps;
  for (uint8_t from = 0; from < kNameLabels; ++from) {
    steps[from].fill(kNever);
    for (uint8_t to = 0; to < kNameLabels; ++to) {
      if (MayFollow(from, to)) steps[from][to] = transitions_[from][to];
    }
  }
  std::vector<uint64_t> features;
  std::vector<Scores> back(count);
  Scores best;
  best.fill(kNever);
  best[kOutside] = 0;  // stands before the first word
  for (size_t i = 0; i < count; ++i) {
    sentence.Features(i, features);
    for (uint64_t feature : features) __builtin_prefetch(&slots_[Place(feature)]);
    Scores scores{};
    for (uint64_t feature : features) {
      const uint16_t check = Check(feature);
      size_t at = Place(feature);
      while (slots_[at].check != check && slots_[at].check != 0) {
        at = (at + 1) & (slots_.size() - 1);
      }
      const Slot& slot = slots_[at];
      for (size_t label = 0; label < slot.weights.size(); ++label) {
        scores[label] += slot.weights[label];
      }
    }
    Scores next, from_best{};
    next.fill(kNever);
    for (int32_t from = 0; from < kNameLabels; ++from) {
      const Scores& step = steps[static_cast<size_t>(from)];
      for (size_t to = 0; to < next.size(); ++to) {
        const int32_t score = best[static_cast<size_t>(from)] + step[to];
        from_best[to] = score > next[to] ? from : from_best[to];
        next[to] = std::max(next[to], score);
      }
    }
    for (size_t to = 0; to < next.size(); ++to) best[to] = std::max(next[to] + scores[to], kNever);
    back[i] = from_best;
  }
  uint8_t label = kOutside;
  int32_t top = kNever;
  for (uint8_t from = 0; from < kNameLabels; ++from) {
    if (!MayFollow(from, kOutside)) continue;
    if (best[from] > top) top = best[from], label = from;
  }
  for (size_t i = count; i-- > 0;) {
    labels[i] = label;
    label = static_cast<uint8_t>(back[i][label]);
  }
}

}  // namespace kronik
