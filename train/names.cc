#include "train/names.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <functional>
#include <optional>
#include <random>
#include <span>
#include <tuple>
#include <unordered_map>
#include <unordered_set>

#include "base/utf8.h"
#include "train/conllu.h"

namespace kronik::train {
namespace {

constexpr size_t kLabels = kNameLabels;
constexpr size_t kSentencesADocument = 40;
constexpr double kScale = 24;  // a model's weights are whole numbers of 1/24

struct Row {
  std::string_view form;
  std::string_view tag;
};

std::optional<NameKind> KindOfTag(std::string_view tag) {
  if (!tag.starts_with("B-") && !tag.starts_with("I-")) return std::nullopt;
  tag.remove_prefix(2);
  static constexpr std::string_view kKinds[] = {"PER", "ORG", "LOC", "MISC"};
  const auto* found = std::ranges::find(kKinds, tag);
  if (found == std::end(kKinds)) return std::nullopt;
  return static_cast<NameKind>(found - kKinds);
}

// A document with these sentences, a space between words.
std::unique_ptr<Document> MakeDocument(const std::vector<std::vector<Row>>& sentences) {
  auto document = std::make_unique<Document>();
  std::string text;
  for (const std::vector<Row>& sentence : sentences) {
    for (const Row& row : sentence) text.append(row.form).push_back(' ');
  }
  document->article.AppendBlock(BlockKind::kParagraph, text);
  const std::string_view kept = document->article.text;
  uint32_t at = 0;
  for (const std::vector<Row>& rows : sentences) {
    Sentence sentence;
    sentence.start = at;
    sentence.first = static_cast<uint32_t>(document->tokens.size());
    for (const Row& row : rows) {
      Token token;
      token.start = at;
      token.end = at + static_cast<uint32_t>(row.form.size());
      token.form = kept.substr(at, row.form.size());
      document->tokens.push_back(token);
      at = token.end + 1;
    }
    sentence.end = at - 1;
    sentence.last = static_cast<uint32_t>(document->tokens.size());
    document->sentences.push_back(sentence);
  }
  return document;
}

std::vector<uint8_t> LabelsOf(const std::vector<Row>& rows) {
  std::vector<uint8_t> labels(rows.size(), kOutside);
  for (size_t i = 0; i < rows.size(); ++i) {
    const std::optional<NameKind> kind = KindOfTag(rows[i].tag);
    if (!kind) continue;
    const bool inside = rows[i].tag.front() == 'I' && i > 0 && KindOfTag(rows[i - 1].tag) == kind;
    const bool last = i + 1 >= rows.size() || rows[i + 1].tag.empty() ||
                      rows[i + 1].tag.front() != 'I' || KindOfTag(rows[i + 1].tag) != kind;
    labels[i] = inside ? InsideOf(*kind) : last ? SingleOf(*kind) : FirstOf(*kind);
  }
  return labels;
}

using Entity = std::tuple<size_t, size_t, NameKind>;

std::vector<Entity> Entities(std::span<const uint8_t> labels) {
  std::vector<Entity> out;
  for (size_t i = 0; i < labels.size();) {
    const size_t first = i++;
    if (labels[first] == kOutside) continue;
    const NameKind kind = KindOfLabel(labels[first]);
    while (i < labels.size() && labels[i] == InsideOf(kind)) ++i;
    out.emplace_back(first, i, kind);
  }
  return out;
}

// The labels of a corpus without those of descriptions and pronouns, which some sources mark too
// ("the coalition partners", "We"): what has no capital but that of a sentence's start is no name.
std::vector<std::vector<uint8_t>> LabelsOfNames(const NameCorpus& corpus) {
  std::vector<std::vector<uint8_t>> out = corpus.labels;
  if (corpus.caseless) return out;
  std::unordered_set<std::string_view> forms;
  for (const auto& document : corpus.documents) {
    for (const Token& token : document->tokens) forms.insert(token.form);
  }
  for (size_t d = 0; d < corpus.documents.size(); ++d) {
    const Document& document = *corpus.documents[d];
    for (const Sentence& sentence : document.sentences) {
      const auto labels = std::span(out[d]).subspan(sentence.first, sentence.last - sentence.first);
      for (const auto& [first, last, kind] : Entities(labels)) {
        bool named = false;
        for (size_t i = first; i < last; ++i) {
          const std::string_view form = document.tokens[sentence.first + i].form;
          const std::string lower = LowerCase(form);
          named |= lower != form && !(i == 0 && forms.contains(lower));
        }
        if (!named) std::ranges::fill(labels.subspan(first, last - first), kOutside);
      }
    }
  }
  return out;
}

// One sentence as training sees it.
struct Example {
  std::vector<uint32_t> features;  // of all words
  std::vector<uint32_t> first;     // where each word's begin, and the end
  std::vector<uint16_t> allowed;   // the labels that agree with the source, as bits
  size_t domain = 0;               // 0: the common weights alone
};

uint16_t Allowed(uint8_t label, bool has_misc) {
  constexpr auto kMisc = static_cast<uint16_t>(0b111 << SingleOf(NameKind::kMisc));
  if (label == kOutside && !has_misc) return static_cast<uint16_t>(kMisc | 1);
  return static_cast<uint16_t>(1u << label);
}

using Vector = std::array<double, kLabels>;
using Matrix = std::array<Vector, kLabels>;

// The sums of the forward-backward algorithm, scaled word by word.
struct Lattice {
  std::vector<Vector> forward, backward, potential;
  std::vector<double> scale;

  // `potential` holds the words' factors, 0 where a label isn't allowed. Returns the logarithm of
  // the sum over all labellings.
  double Run(const Matrix& between) {
    const size_t n = potential.size();
    forward.resize(n);
    backward.resize(n);
    scale.resize(n);
    double log_sum = 0;
    for (size_t i = 0; i < n; ++i) {
      Vector sums{};
      if (i == 0) {
        sums = between[kOutside];
      } else {
        for (size_t from = 0; from < kLabels; ++from) {
          if (forward[i - 1][from] == 0) continue;
          for (size_t to = 0; to < kLabels; ++to)
            sums[to] += forward[i - 1][from] * between[from][to];
        }
      }
      double total = 0;
      for (size_t to = 0; to < kLabels; ++to) total += sums[to] *= potential[i][to];
      scale[i] = total > 0 ? 1 / total : 1;
      for (double& sum : sums) sum *= scale[i];
      log_sum -= std::log(scale[i]);
      forward[i] = sums;
    }
    for (size_t from = 0; from < kLabels; ++from) {
      backward[n - 1][from] = MayFollow(static_cast<uint8_t>(from), kOutside) ? 1 : 0;
    }
    for (size_t i = n - 1; i-- > 0;) {
      Vector weighted{};
      for (size_t to = 0; to < kLabels; ++to) {
        weighted[to] = backward[i + 1][to] * potential[i + 1][to] * scale[i + 1];
      }
      for (size_t from = 0; from < kLabels; ++from) {
        double sum = 0;
        for (size_t to = 0; to < kLabels; ++to) sum += between[from][to] * weighted[to];
        backward[i][from] = sum;
      }
    }
    double end = 0;
    for (size_t label = 0; label < kLabels; ++label)
      end += forward[n - 1][label] * backward[n - 1][label];
    end_ = end > 0 ? end : 1;
    return log_sum + std::log(end_);
  }
  double end() const { return end_; }
  double Marginal(size_t i, size_t label) const {
    return forward[i][label] * backward[i][label] / end_;
  }

 private:
  double end_ = 1;
};

class Trainer {
 public:
  Trainer(const std::vector<const NameCorpus*>& corpora, const NameLists& lists,
          const NameOptions& options)
      : options_(options) {
    for (const bool counting : {true, false}) {
      for (size_t d = 0; d < corpora.size(); ++d) {
        const auto own = std::ranges::find(options.own, corpora[d]->name);
        const size_t domain =
            own == options.own.end() ? 0 : 1 + static_cast<size_t>(own - options.own.begin());
        const std::vector<std::vector<uint8_t>> labels = LabelsOfNames(*corpora[d]);
        for (size_t i = 0; i < corpora[d]->documents.size(); ++i) {
          const Document& document = *corpora[d]->documents[i];
          Read(*corpora[d], domain, document, labels[i], lists, counting, plain_);
          if (corpora[d]->caseless || options.lower <= 0) continue;
          const std::unique_ptr<Document> lower = Lowered(document);
          Read(*corpora[d], domain, *lower, labels[i], lists, counting, lower_);
        }
      }
      if (counting) Number();
    }
    weights_.assign((1 + options.own.size()) * rows_ * kLabels, 0);
    squares_.assign(weights_.size(), static_cast<float>(options.start));
    between_.assign((1 + options.own.size()) * kLabels * kLabels, 0);
    between_squares_.assign(between_.size(), static_cast<float>(options.start));
  }

  void Run(const std::function<void(const std::string&)>& log) {
    std::mt19937_64 random(options_.seed);
    for (int epoch = 0; epoch < options_.epochs; ++epoch) {
      std::vector<const Example*> order;
      for (const Example& example : plain_) order.push_back(&example);
      std::uniform_real_distribution<double> share(0, 1);
      for (const Example& example : lower_) {
        if (share(random) < options_.lower) order.push_back(&example);
      }
      std::ranges::shuffle(order, random);
      double loss = 0;
      for (const Example* example : order) loss += Step(*example);
      log("epoch " + std::to_string(epoch + 1) + ": loss " +
          std::to_string(loss / static_cast<double>(order.size())));
    }
  }

  NameModel Model() const {
    const auto whole = [](double weight, double limit) {
      return std::clamp(std::round(weight * kScale), -limit, limit);
    };
    std::vector<NameModel::Row> rows;
    for (const auto& [feature, index] : index_) {
      if (index == kRare) continue;
      NameModel::Row row;
      row.feature = feature;
      bool any = false;
      for (size_t label = 0; label < kLabels; ++label) {
        row.weights[label] = static_cast<int8_t>(whole(weights_[index * kLabels + label], 127));
        any |= row.weights[label] > 1 || row.weights[label] < -1;
      }
      if (any) rows.push_back(row);
    }
    std::ranges::sort(rows, {}, &NameModel::Row::feature);
    NameModel::Transitions transitions{};
    for (size_t i = 0; i < kLabels * kLabels; ++i) {
      transitions[i / kLabels][i % kLabels] = static_cast<int32_t>(whole(between_[i], 1e6));
    }
    return NameModel(transitions, rows);
  }

 private:
  static constexpr uint32_t kRare = UINT32_MAX;

  static std::unique_ptr<Document> Lowered(const Document& document) {
    auto lower = std::make_unique<Document>();
    lower->sentences = document.sentences;
    lower->tokens = document.tokens;
    for (Token& token : lower->tokens) token.form = lower->Keep(LowerCase(token.form));
    return lower;
  }

  void Read(const NameCorpus& corpus, size_t domain, const Document& document,
            const std::vector<uint8_t>& labels, const NameLists& lists, bool counting,
            std::vector<Example>& out) {
    const CaseStatistics statistics(document);
    for (const Sentence& sentence : document.sentences) {
      sentence_.Read(lists, statistics, document, sentence);
      Example example;
      example.domain = domain;
      for (size_t i = 0; i < sentence_.words.size(); ++i) {
        sentence_.Features(i, features_);
        if (counting) {
          for (uint64_t feature : features_) ++index_[feature];
          continue;
        }
        example.first.push_back(static_cast<uint32_t>(example.features.size()));
        for (uint64_t feature : features_) {
          const uint32_t index = index_.find(feature)->second;
          if (index != kRare) example.features.push_back(index);
        }
        example.allowed.push_back(Allowed(labels[sentence.first + i], corpus.has_misc));
      }
      if (counting || example.first.empty()) continue;
      example.first.push_back(static_cast<uint32_t>(example.features.size()));
      out.push_back(std::move(example));
    }
  }

  // Turns the features' counts into their rows.
  void Number() {
    for (auto& [feature, count] : index_) {
      count = count < static_cast<uint32_t>(options_.min_count) ? kRare
                                                                : static_cast<uint32_t>(rows_++);
    }
  }

  // One step of AdaGrad. Returns the loss before it.
  double Step(const Example& example) {
    const size_t n = example.allowed.size();
    const size_t offsets[2] = {0, example.domain * rows_ * kLabels};
    const size_t between_offsets[2] = {0, example.domain * kLabels * kLabels};
    const size_t copies = example.domain > 0 ? 2 : 1;
    Matrix between{};
    for (size_t i = 0; i < kLabels * kLabels; ++i) {
      const auto from = static_cast<uint8_t>(i / kLabels), to = static_cast<uint8_t>(i % kLabels);
      if (!MayFollow(from, to)) continue;
      double sum = 0;
      for (size_t copy = 0; copy < copies; ++copy) sum += between_[between_offsets[copy] + i];
      between[from][to] = std::exp(sum);
    }
    all_.potential.assign(n, {});
    agreed_.potential.assign(n, {});
    for (size_t i = 0; i < n; ++i) {
      std::array<float, kLabels> scores{};
      for (uint32_t f = example.first[i]; f < example.first[i + 1]; ++f) {
        for (size_t copy = 0; copy < copies; ++copy) {
          const float* row = &weights_[offsets[copy] + example.features[f] * kLabels];
          for (size_t label = 0; label < kLabels; ++label) scores[label] += row[label];
        }
      }
      const float top = *std::ranges::max_element(scores);
      for (size_t label = 0; label < kLabels; ++label) {
        const double potential =
            std::exp(std::max(static_cast<double>(scores[label] - top), -60.0));
        all_.potential[i][label] = potential;
        if ((example.allowed[i] >> label & 1) != 0) agreed_.potential[i][label] = potential;
      }
    }
    const double loss = all_.Run(between) - agreed_.Run(between);
    for (size_t i = 0; i < n; ++i) {
      std::array<float, kLabels> gradient{};
      float size = 0;
      for (size_t label = 0; label < kLabels; ++label) {
        gradient[label] = static_cast<float>(all_.Marginal(i, label) - agreed_.Marginal(i, label));
        size = std::max(size, std::abs(gradient[label]));
      }
      if (size < 1e-4f) continue;
      for (uint32_t f = example.first[i]; f < example.first[i + 1]; ++f) {
        for (size_t copy = 0; copy < copies; ++copy) {
          const size_t row = offsets[copy] + example.features[f] * kLabels;
          for (size_t label = 0; label < kLabels; ++label) {
            Update(weights_[row + label], squares_[row + label], gradient[label]);
          }
        }
      }
    }
    for (size_t i = 0; i < kLabels * kLabels; ++i) {
      const size_t from = i / kLabels, to = i % kLabels;
      if (between[from][to] == 0) continue;
      double gradient = 0;
      for (size_t at = 0; at < n; ++at) {
        for (const auto& [lattice, sign] : {std::pair(&all_, 1.0), std::pair(&agreed_, -1.0)}) {
          if (at == 0) {
            gradient += from == kOutside ? sign * lattice->Marginal(0, to) : 0;
          } else {
            gradient += sign * Edge(*lattice, at, from, to, between);
          }
        }
      }
      for (size_t copy = 0; copy < copies; ++copy) {
        Update(between_[between_offsets[copy] + i], between_squares_[between_offsets[copy] + i],
               static_cast<float>(gradient));
      }
    }
    return loss;
  }

  static double Edge(const Lattice& lattice, size_t at, size_t from, size_t to,
                     const Matrix& between) {
    return lattice.forward[at - 1][from] * between[from][to] * lattice.potential[at][to] *
           lattice.scale[at] * lattice.backward[at][to] / lattice.end();
  }

  void Update(float& weight, float& square, float gradient) const {
    gradient += static_cast<float>(options_.decay) * weight;
    square += gradient * gradient;
    weight -= static_cast<float>(options_.rate) * gradient / std::sqrt(square);
  }

  const NameOptions& options_;
  size_t rows_ = 0;
  std::unordered_map<uint64_t, uint32_t> index_;
  std::vector<Example> plain_, lower_;
  std::vector<float> weights_, squares_;  // the common rows, then each domain's
  std::vector<float> between_, between_squares_;
  Lattice all_, agreed_;
  NameSentence sentence_;
  std::vector<uint64_t> features_;
};

// `label` replaces the labels of a document's tokens.
template <typename Label>
NameScores Evaluate(const NameCorpus& corpus, const Label& label) {
  NameScores scores;
  for (size_t i = 0; i < corpus.documents.size(); ++i) {
    const Document& document = *corpus.documents[i];
    std::vector<uint8_t> labels(document.tokens.size(), kOutside);
    label(document, labels);
    const std::vector<Entity> gold = Entities(corpus.labels[i]);
    const std::vector<Entity> found = Entities(labels);
    for (const Entity& entity : gold) {
      Agreement& count = scores.kinds[static_cast<size_t>(std::get<2>(entity))];
      ++count.gold;
      count.right += std::ranges::binary_search(found, entity) ? 1 : 0;
    }
    for (const Entity& entity : found) {
      ++scores.kinds[static_cast<size_t>(std::get<2>(entity))].system;
    }
  }
  return scores;
}

}  // namespace

namespace {

// The fields of a line between tabs.
std::vector<std::string_view> Fields(std::string_view line) {
  std::vector<std::string_view> fields;
  for (size_t at = 0;;) {
    const size_t tab = line.find('\t', at);
    fields.push_back(line.substr(at, tab - at));
    if (tab == std::string_view::npos) return fields;
    at = tab + 1;
  }
}

// Collects sentences into stretches.
class Collector {
 public:
  explicit Collector(const std::string& path) : path_(path) {}
  void Add(std::vector<Row> rows) {
    if (rows.empty()) return;
    std::vector<uint8_t> more = LabelsOf(rows);
    labels_.insert(labels_.end(), more.begin(), more.end());
    for (const Row& row : rows) {
      corpus_.has_misc |= KindOfTag(row.tag) == NameKind::kMisc;
      size_t first = 0;
      ++words_;
      uppers_ += IsUpper(DecodeUtf8(row.form, first)) ? 1 : 0;
    }
    sentences_.push_back(std::move(rows));
    if (sentences_.size() == kSentencesADocument) Flush();
  }
  void Flush() {
    if (sentences_.empty()) return;
    corpus_.documents.push_back(MakeDocument(sentences_));
    corpus_.labels.push_back(std::move(labels_));
    sentences_.clear();
    labels_.clear();
  }
  Result<NameCorpus> Finish() {
    Flush();
    if (corpus_.documents.empty()) return Error{ErrorCode::kInvalidInput, "no sentences", path_};
    corpus_.name = path_.substr(path_.rfind('/') + 1);
    corpus_.caseless = uppers_ * 100 <= words_;
    return std::move(corpus_);
  }

 private:
  const std::string path_;
  NameCorpus corpus_;
  std::vector<std::vector<Row>> sentences_;
  std::vector<uint8_t> labels_;
  size_t uppers_ = 0, words_ = 0;
};

// A word of a treebank with entities.
struct EntityWord {
  std::string_view form, upos;
  size_t head = 0;  // from 1
  bool upper = false;
};

// Marks the name in an entity of the words first..last, if its head is one.
void MarkName(const std::vector<EntityWord>& words, size_t first, size_t last,
              const char* const* tags, std::vector<Row>& rows) {
  size_t head = last;
  for (size_t i = first; i <= last; ++i) {
    if (words[i].head == 0 || words[i].head - 1 < first || words[i].head - 1 > last) {
      head = i;
      break;
    }
  }
  if (words[head].upos != "PROPN" || !words[head].upper) return;
  static constexpr std::string_view kJoins[] = {"of", "for", "the", "and", "&",
                                                "-",  "'s",  "de",  "al"};
  const auto joins = [&](size_t i) {
    return std::ranges::find(kJoins, words[i].form) != std::end(kJoins);
  };
  size_t from = head, to = head;
  while (from > first && words[from - 1].upper && words[from - 1].upos != "DET") --from;
  for (size_t i = head + 1; i <= last; ++i) {
    if (words[i].upper) {
      to = i;
    } else if (!joins(i)) {
      break;
    }
  }
  for (size_t i = from; i <= to; ++i) {
    if (rows[i].tag != "O") return;  // an entity around this one has it
  }
  for (size_t i = from; i <= to; ++i) rows[i].tag = tags[i == from ? 0 : 1];
}

Result<NameCorpus> ReadEntities(const std::string& path, const std::string& text) {
  Collector out(path);
  std::vector<EntityWord> words;
  std::vector<Row> rows;
  struct Open {
    std::string_view id, type;
    size_t first = 0, last = 0;
  };
  std::vector<Open> open, done;
  int number = 0;
  for (size_t at = 0; at < text.size();) {
    const size_t end = text.find('\n', at);
    const std::string_view line = std::string_view(text).substr(at, end - at);
    at = end + 1;
    ++number;
    if (line.starts_with("# newdoc")) out.Flush();
    if (line.starts_with('#')) continue;
    if (line.empty()) {
      // The longest first.
      std::ranges::stable_sort(done, std::greater(),
                               [](const Open& e) { return e.last - e.first; });
      for (const Open& entity : done) {
        static constexpr const char* kTags[][2] = {
            {"B-PER", "I-PER"}, {"B-ORG", "I-ORG"}, {"B-LOC", "I-LOC"}, {"B-MISC", "I-MISC"}};
        if (entity.type == "time" || entity.type == "quantity") continue;
        const size_t kind = entity.type == "person"         ? 0
                            : entity.type == "organization" ? 1
                            : entity.type == "place"        ? 2
                                                            : 3;
        MarkName(words, entity.first, entity.last, kTags[kind], rows);
      }
      out.Add(std::move(rows));
      rows.clear();
      words.clear();
      open.clear();
      done.clear();
      continue;
    }
    const std::vector<std::string_view> fields = Fields(line);
    if (fields.size() != 10 || !IsValidUtf8(line)) {
      return Error{ErrorCode::kInvalidInput, "not ten columns of UTF-8",
                   path + ":" + std::to_string(number)};
    }
    if (fields[0].find_first_of("-.") != std::string_view::npos) continue;
    EntityWord word;
    word.form = fields[1];
    word.upos = fields[3];
    word.head = static_cast<size_t>(std::atoi(std::string(fields[6]).c_str()));
    size_t first = 0;
    word.upper = IsUpper(DecodeUtf8(word.form, first));
    words.push_back(word);
    rows.push_back({word.form, "O"});
    const size_t mark = fields[9].find("Entity=");
    if (mark == std::string_view::npos) continue;
    std::string_view entity = fields[9].substr(mark + 7);
    entity = entity.substr(0, entity.find('|'));
    while (!entity.empty()) {
      const bool opens = entity.front() == '(';
      if (opens) entity.remove_prefix(1);
      const size_t stop = std::min(entity.find_first_of("()"), entity.size());
      const std::string_view body = entity.substr(0, stop);
      const bool closes = stop < entity.size() && entity[stop] == ')';
      entity.remove_prefix(closes ? stop + 1 : stop);
      const std::string_view id = body.substr(0, body.find('-'));
      if (opens) {
        std::string_view type = body.substr(std::min(body.size(), id.size() + 1));
        open.push_back({id, type.substr(0, type.find('-')), words.size() - 1, 0});
      }
      if (!closes) continue;
      for (size_t i = open.size(); i-- > 0;) {
        if (open[i].id != id) continue;
        done.push_back(open[i]);
        done.back().last = words.size() - 1;
        open.erase(open.begin() + static_cast<ptrdiff_t>(i));
        break;
      }
    }
  }
  Result<NameCorpus> corpus = out.Finish();
  // Adjectives of nations are no entities here.
  if (corpus) corpus->has_misc = false;
  return corpus;
}

}  // namespace

Result<NameCorpus> ReadNames(const std::string& path) {
  Result<std::string> read = ReadGzip(path);
  if (!read) return read.error();
  std::string text = std::move(*read) + "\n\n";
  if (path.find(".conllu") != std::string::npos) return ReadEntities(path, text);
  Collector out(path);
  std::vector<Row> rows;
  int number = 0;
  for (size_t at = 0; at < text.size();) {
    const size_t end = text.find('\n', at);
    const std::string_view line = std::string_view(text).substr(at, end - at);
    at = end + 1;
    ++number;
    if (line.empty()) {
      out.Add(std::move(rows));
      rows.clear();
      continue;
    }
    const auto bad = [&](std::string message) {
      return Error{ErrorCode::kInvalidInput, std::move(message),
                   path + ":" + std::to_string(number)};
    };
    if (!IsValidUtf8(line)) return bad("not UTF-8");
    const size_t tab = line.find('\t');
    if (tab == std::string_view::npos || tab == 0) return bad("not a token and a tag");
    const Row& row = rows.emplace_back(line.substr(0, tab), line.substr(tab + 1));
    if (row.tag != "O" && !KindOfTag(row.tag)) {
      return bad("not O, or B- or I- and PER, ORG, LOC or MISC: " + std::string(row.tag));
    }
  }
  return out.Finish();
}

NameModel TrainNames(const std::vector<const NameCorpus*>& corpora, const NameLists& lists,
                     const NameOptions& options,
                     const std::function<void(const std::string&)>& log) {
  Trainer trainer(corpora, lists, options);
  trainer.Run(log);
  return trainer.Model();
}

void NameScores::Add(const NameScores& other) {
  for (size_t kind = 0; kind < kinds.size(); ++kind) {
    kinds[kind].right += other.kinds[kind].right;
    kinds[kind].gold += other.kinds[kind].gold;
    kinds[kind].system += other.kinds[kind].system;
  }
}

Agreement NameScores::WithoutMisc() const {
  Agreement sum{.name = "PER+ORG+LOC"};
  for (const Agreement& kind : kinds) {
    if (&kind == &kinds[static_cast<size_t>(NameKind::kMisc)]) continue;
    sum.right += kind.right;
    sum.gold += kind.gold;
    sum.system += kind.system;
  }
  return sum;
}

NameScores EvaluateNames(const NameModel& model, const NameLists& lists, const NameCorpus& corpus) {
  NameSentence words;
  std::vector<uint8_t> labels;
  return Evaluate(corpus, [&](const Document& document, std::vector<uint8_t>& out) {
    const CaseStatistics statistics(document);
    for (const Sentence& sentence : document.sentences) {
      words.Read(lists, statistics, document, sentence);
      model.Tag(words, labels);
      std::ranges::copy(labels, out.begin() + sentence.first);
    }
  });
}

NameScores EvaluateNames(const NameFinder& finder, const std::string& lang,
                         const NameCorpus& corpus) {
  for (const auto& document : corpus.documents) document->article.lang = lang;
  return Evaluate(corpus, [&](const Document& document, std::vector<uint8_t>& out) {
    for (const Mention& mention : finder.Find(document)) {
      std::fill(out.begin() + mention.first, out.begin() + mention.last, InsideOf(mention.kind));
      out[mention.first] =
          mention.last - mention.first == 1 ? SingleOf(mention.kind) : FirstOf(mention.kind);
    }
  });
}

NameCorpus Fold(const NameCorpus& corpus, int folds, int fold, bool rest) {
  NameCorpus out;
  out.name = corpus.name;
  out.has_misc = corpus.has_misc;
  out.caseless = corpus.caseless;
  for (size_t i = 0; i < corpus.documents.size(); ++i) {
    // Neighbours lie in one fold as far as that goes.
    const size_t of = i * static_cast<size_t>(folds) / corpus.documents.size();
    if ((of == static_cast<size_t>(fold)) == rest) continue;
    const Document& from = *corpus.documents[i];
    auto copy = std::make_unique<Document>();
    copy->sentences = from.sentences;
    copy->tokens = from.tokens;  // whose forms lie in `corpus`
    out.documents.push_back(std::move(copy));
    out.labels.push_back(corpus.labels[i]);
  }
  return out;
}

}  // namespace kronik::train
