#include "article/raw_article.h"

#include <string>

#include "article/raw_lines.h"
#include "article/raw_report.h"
#include "article/raw_steps.h"

namespace kronik {
namespace {

// The language that the document states, or that of its longer lines.
std::string LanguageOf(const RawReport& report) {
  constexpr size_t kSample = size_t{1} << 16;
  const Input& input = report.document.input;
  if (!input.lang.empty()) return input.lang;
  std::string sample;
  for (const RawLine& line : report.lines) {
    if (line.words >= 8 && sample.size() < kSample) sample += line.text + "\n";
  }
  return report.words.DetectLanguage(sample.empty() ? input.bytes : sample);
}

// What the lines' roles say, in the order of the lines.
void Assemble(RawReport& report) {
  Article& article = report.article;
  if (report.title == kNowhere && article.title.empty()) article.title = report.label_title;
  if (article.deck.empty()) article.deck = report.label_deck;
  for (const RawLine& line : report.lines) {
    switch (line.role) {
      case LineRole::kBody:
        article.AppendBlock(BlockKind::kParagraph, line.text);
        break;
      case LineRole::kHeading:
        article.AppendBlock(BlockKind::kHeading, line.text);
        break;
      case LineRole::kList:
        article.AppendBlock(BlockKind::kList, line.text);
        break;
      case LineRole::kResidue:
        article.residue.push_back({line.residue, line.text});
        break;
      default:
        break;
    }
  }
}

}  // namespace

void RawToArticle(const ArticleWords& words, Document& document) {
  RawReport report(words, document);
  report.lines = ReadRawLines(words, report.article.lang, document.input.bytes);
  if (report.lines.empty()) return;
  if (report.article.lang.empty()) report.article.lang = LanguageOf(report);
  MarkFurniture(report);
  MarkBylines(report);
  FindStory(report);
  FindTitle(report);
  MarkHeader(report);
  MarkStory(report);
  Assemble(report);
  TakeFacts(report);
}

}  // namespace kronik
