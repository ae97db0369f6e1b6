#include "record/conllu.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <tuple>
#include <utility>
#include <vector>

#include "base/utf8.h"

namespace kronik {
namespace {

bool ParseNumber(std::string_view text, uint32_t& value) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc() && end == text.data() + text.size();
}

// A row as read: the text's bytes are known only at the end.
struct Row {
  uint32_t start = 0;
  uint32_t end = 0;
  bool own_range = true;
  std::array<std::string_view, 10> cells;
  uint8_t mwt = 0;
  bool space_after = true;
};

class Reader {
 public:
  Reader(std::string_view bytes, Document& document) : bytes_(bytes), document_(document) {}

  Result<void> Run() {
    size_t at = 0;
    while (at < bytes_.size()) {
      size_t end = bytes_.find('\n', at);
      if (end == std::string_view::npos) end = bytes_.size();
      std::string_view line = bytes_.substr(at, end - at);
      at = end + 1;
      ++line_;
      if (line.ends_with('\r')) line.remove_suffix(1);
      if (line.empty()) {
        EndSentence();
      } else if (line[0] == '#') {
        Comment(line);
      } else if (Result<void> row = ReadRow(line); !row) {
        return row;
      }
    }
    EndSentence();
    EndBlock();
    return Finish();
  }

 private:
  Error Bad(std::string message) const {
    return {ErrorCode::kInvalidInput, std::move(message), "line " + std::to_string(line_)};
  }

  void Comment(std::string_view line) {
    if (line.starts_with("# newpar_")) return;
    if (line.starts_with("# newdoc") || line.starts_with("# newpar")) {
      EndSentence();
      EndBlock();
    } else if (line.starts_with("# lang = ") && document_.article.lang.empty()) {
      document_.article.lang = line.substr(9);
    }
  }

  Result<void> ReadRow(std::string_view line) {
    Row row;
    size_t count = 0;
    for (size_t at = 0; count < 10; ++count) {
      const size_t end = std::min(line.find('\t', at), line.size());
      row.cells[count] = line.substr(at, end - at);
      if (end == line.size()) {
        ++count;
        break;
      }
      at = end + 1;
    }
    if (count != 10) return Bad("a row of CoNLL-U has ten columns");
    const std::string_view id = row.cells[0];
    if (id.find('.') != std::string_view::npos) return {};
    row.space_after = row.cells[9].find("SpaceAfter=No") == std::string_view::npos;
    if (row.cells[1].empty()) return Bad("a word without a form");
    if (const size_t dash = id.find('-'); dash != std::string_view::npos) {
      uint32_t from = 0;
      uint32_t to = 0;
      if (!ParseNumber(id.substr(0, dash), from) || !ParseNumber(id.substr(dash + 1), to) ||
          to < from || to - from >= 100 || from != Count() + 1) {
        return Bad("not the range of a multiword token");
      }
      surface_ = Append(row.cells[1]);
      surface_words_ = left_ = static_cast<uint8_t>(to - from + 1);
      inside_ = surface_.first;
      surface_space_ = row.space_after;
      return {};
    }
    uint32_t number = 0;
    if (!ParseNumber(id, number) || number != Count() + 1) return Bad("the words are not in order");
    if (left_ > 0) {
      if (left_ == surface_words_) row.mwt = surface_words_;
      const std::string_view form = row.cells[1];
      const std::string_view rest =
          std::string_view(text_).substr(inside_, surface_.second - inside_);
      --left_;
      if (inside_ != kNone && rest.starts_with(form) && (left_ > 0 || rest == form)) {
        row.start = inside_;
        row.end = inside_ + static_cast<uint32_t>(form.size());
        inside_ = row.end;
      } else {
        // One part that the surface doesn't have takes the ranges of the others too.
        inside_ = surface_.second;
        for (size_t i = rows_.size() - (surface_words_ - left_ - 1u); i < rows_.size(); ++i) {
          rows_[i].start = surface_.first;
          rows_[i].end = surface_.second;
          rows_[i].own_range = false;
        }
        row.start = surface_.first;
        row.end = surface_.second;
        row.own_range = false;
      }
      row.space_after = left_ == 0 && surface_space_;
    } else {
      std::tie(row.start, row.end) = Append(row.cells[1]);
    }
    pending_space_ = row.space_after;
    rows_.push_back(row);
    return {};
  }

  uint32_t Count() const { return static_cast<uint32_t>(rows_.size()) - sentence_first_; }

  std::pair<uint32_t, uint32_t> Append(std::string_view form) {
    if (pending_space_ && text_.size() > block_start_) text_ += ' ';
    if (text_.size() == block_start_ && !text_.empty()) {
      text_ += "\n\n";
      block_start_ = static_cast<uint32_t>(text_.size());
    }
    pending_space_ = false;
    const uint32_t start = static_cast<uint32_t>(text_.size());
    text_ += form;
    return {start, static_cast<uint32_t>(text_.size())};
  }

  void EndSentence() {
    if (Count() == 0) return;
    const uint32_t last = static_cast<uint32_t>(rows_.size());
    document_.sentences.push_back({.start = rows_[sentence_first_].start,
                                   .end = rows_[last - 1].end,
                                   .first = sentence_first_,
                                   .last = last,
                                   .block = static_cast<uint32_t>(document_.article.blocks.size()),
                                   .lang = {}});
    sentence_first_ = last;
    left_ = 0;
  }
  void EndBlock() {
    if (text_.size() == block_start_) return;
    document_.article.blocks.push_back(
        {BlockKind::kParagraph, block_start_, static_cast<uint32_t>(text_.size())});
    block_start_ = static_cast<uint32_t>(text_.size());
    pending_space_ = false;
  }

  Result<void> Finish() {
    document_.article.text = std::move(text_);
    const std::string_view text = document_.article.text;
    for (const Sentence& sentence : document_.sentences) {
      for (uint32_t i = sentence.first; i < sentence.last; ++i) {
        const Row& row = rows_[i];
        auto cell = [&](size_t column) {
          const std::string_view value = row.cells[column];
          return value == "_" ? std::string_view() : document_.Keep(value);
        };
        Token token;
        token.start = row.start;
        token.end = row.end;
        token.form = row.own_range ? text.substr(row.start, row.end - row.start)
                                   : document_.Keep(row.cells[1]);
        token.lemma = row.cells[2] == "_" && row.cells[1] == "_" ? document_.Keep("_") : cell(2);
        token.upos = UposFromName(row.cells[3]).value_or(Upos::kX);
        token.xpos = cell(4);
        token.feats = cell(5);
        uint32_t head = 0;
        if (row.cells[6] != "_" && !ParseNumber(row.cells[6], head)) {
          return Error{ErrorCode::kInvalidInput, "not a head: " + std::string(row.cells[6]), {}};
        }
        if (head > sentence.last - sentence.first) {
          return Error{ErrorCode::kInvalidInput, "a head outside its sentence", {}};
        }
        token.head = head == 0 ? kRoot : static_cast<int32_t>(sentence.first + head - 1);
        token.deprel = cell(7);
        token.mwt = row.mwt;
        token.space_after = row.space_after;
        document_.tokens.push_back(token);
      }
    }
    return {};
  }

  std::string_view bytes_;
  Document& document_;
  int line_ = 0;
  std::string text_;
  std::vector<Row> rows_;
  uint32_t sentence_first_ = 0;
  uint32_t block_start_ = 0;
  bool pending_space_ = false;
  std::pair<uint32_t, uint32_t> surface_;
  uint32_t inside_ = 0;
  uint8_t surface_words_ = 0;
  uint8_t left_ = 0;
  bool surface_space_ = true;
};

void Cell(std::string_view value, std::string& out) {
  out += '\t';
  if (value.empty()) {
    out += '_';
    return;
  }
  // A tab or line break would end the column.
  for (const char c : value) out += c == '\t' || c == '\n' || c == '\r' ? ' ' : c;
}

}  // namespace

Result<void> ReadConllu(std::string_view bytes, Document& document) {
  return Reader(bytes, document).Run();
}

std::string WriteConllu(const Document& document) {
  std::string out;
  const std::string_view text = document.article.text;
  const CodePointIndex index(text);
  std::vector<std::string> extra(document.tokens.size());
  for (const TimeExpression& time : document.times) {
    if (time.span.layer != Layer::kBody || time.value.empty()) continue;
    for (uint32_t i = time.first; i < time.last && i < extra.size(); ++i) {
      extra[i] = "Date=" + time.value + "|";
    }
  }
  for (const Mention& mention : document.mentions) {
    static constexpr const char* kKinds[] = {"PER", "ORG", "LOC", "MISC"};
    for (uint32_t i = mention.first; i < mention.last && i < extra.size(); ++i) {
      extra[i] += std::string("Entity=") + (i == mention.first ? "B-" : "I-") +
                  kKinds[static_cast<size_t>(mention.kind)] + "|";
    }
  }
  uint32_t block = kNone;
  size_t number = 0;
  for (const Sentence& sentence : document.sentences) {
    if (sentence.first >= sentence.last || sentence.last > document.tokens.size()) continue;
    if (number == 0) {
      out += "# newdoc id = ";
      Cell(document.article.id.empty() ? document.input.name : document.article.id, out);
      out.erase(out.rfind('\t'), 1);
      out += '\n';
    }
    if (sentence.block != block) out += "# newpar\n";
    block = sentence.block;
    out += "# sent_id = " + std::to_string(++number) +
           "\n# text = " + Squash(text.substr(sentence.start, sentence.end - sentence.start)) +
           "\n";
    for (uint32_t i = sentence.first; i < sentence.last; ++i) {
      const Token& token = document.tokens[i];
      const uint32_t id = i - sentence.first + 1;
      auto misc = [&](bool space_after, uint32_t start, uint32_t end) {
        return std::string(space_after ? "" : "SpaceAfter=No|") +
               "start_char=" + std::to_string(index.At(start)) +
               "|end_char=" + std::to_string(index.At(end));
      };
      if (token.mwt > 1 && i + token.mwt <= sentence.last) {
        const Token& last = document.tokens[i + token.mwt - 1];
        out += std::to_string(id) + '-' + std::to_string(id + token.mwt - 1);
        Cell(text.substr(token.start, last.end - token.start), out);
        out += "\t_\t_\t_\t_\t_\t_\t_\t" + misc(last.space_after, token.start, last.end) + '\n';
      }
      out += std::to_string(id);
      Cell(token.form, out);
      Cell(token.lemma, out);
      const bool parsed = !token.deprel.empty();
      Cell(parsed || token.upos != Upos::kX ? UposName(token.upos) : "", out);
      Cell(token.xpos, out);
      Cell(token.feats, out);
      Cell(!parsed ? ""
           : token.head == kRoot
               ? "0"
               : std::to_string(token.head - static_cast<int32_t>(sentence.first) + 1),
           out);
      Cell(token.deprel, out);
      out += "\t_";
      Cell(extra[i] + misc(token.space_after, token.start, token.end), out);
      out += '\n';
    }
    out += '\n';
  }
  return out;
}

}  // namespace kronik
