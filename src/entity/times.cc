#include "entity/times.h"

#include <algorithm>
#include <charconv>
#include <optional>
#include <string_view>

#include "entity/time_reader.h"

namespace kronik {
namespace {

using times::DayOf;
using times::Language;
using times::sys_days;
using times::TimeReader;
using times::ValidDay;

std::optional<sys_days> ReferenceOf(const Article& article) {
  const std::string_view text = article.published;
  int part[3] = {0, 0, 0};
  constexpr size_t kFrom[3] = {0, 5, 8};
  constexpr size_t kSize[3] = {4, 2, 2};
  if (text.size() < 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  for (int i = 0; i < 3; ++i) {
    const char* from = text.data() + kFrom[i];
    const auto [end, error] = std::from_chars(from, from + kSize[i], part[i]);
    if (error != std::errc() || end != from + kSize[i]) return std::nullopt;
  }
  if (part[0] < 1600 || part[0] > 2500 || !ValidDay(part[0], part[1], part[2])) {
    return std::nullopt;
  }
  return DayOf(part[0], part[1], part[2]);
}

}  // namespace

TimeFinder::TimeFinder(std::unique_ptr<TimeLexicon> lexicon) : lexicon_(std::move(lexicon)) {}
TimeFinder::TimeFinder(TimeFinder&&) noexcept = default;
TimeFinder& TimeFinder::operator=(TimeFinder&&) noexcept = default;
TimeFinder::~TimeFinder() = default;

Result<TimeFinder> TimeFinder::Load(const Resources& resources) {
  Result<TimeLexicon> lexicon = TimeLexicon::Load(resources);
  if (!lexicon) return lexicon.error();
  return TimeFinder(std::make_unique<TimeLexicon>(std::move(*lexicon)));
}

void TimeFinder::Annotate(Document& document) const {
  document.times.clear();
  const Article& article = document.article;
  const std::optional<sys_days> reference = ReferenceOf(article);
  const Language* main = lexicon_->Find(article.lang);
  if (main != nullptr) {
    TimeReader body(*main, reference);
    uint32_t token = 0;
    uint32_t block = 0;
    for (const Sentence& sentence : document.sentences) {
      if (sentence.end > article.text.size() || sentence.start > sentence.end) continue;
      const size_t before = document.times.size();
      const std::string_view text =
          std::string_view(article.text).substr(sentence.start, sentence.end - sentence.start);
      const Language* language = lexicon_->Find(document.LangOf(sentence));
      if (language == nullptr) continue;
      if (language == main) {
        body.Run(text, sentence.start, Layer::kBody, 0, document.times, sentence.block != block);
        block = sentence.block;
      } else {
        TimeReader(*language, reference).Run(text, sentence.start, Layer::kBody, 0, document.times);
      }
      token = std::max(token, sentence.first);
      for (size_t i = before; i < document.times.size(); ++i) {
        TimeExpression& time = document.times[i];
        while (token < sentence.last && document.tokens[token].end <= time.span.start) ++token;
        time.first = time.last = token;
        while (time.last < sentence.last && document.tokens[time.last].start < time.span.end) {
          ++time.last;
        }
      }
    }
    TimeReader(*main, reference).Run(article.title, 0, Layer::kTitle, 0, document.times);
    for (size_t i = 0; i < article.captions.size() && i < UINT16_MAX; ++i) {
      TimeReader(*main, reference)
          .Run(article.captions[i].text, 0, Layer::kCaption, static_cast<uint16_t>(i),
               document.times);
    }
  }
}

}  // namespace kronik
