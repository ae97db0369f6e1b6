#include "parse/language_model.h"

#include <algorithm>
#include <utility>

#include "base/utf8.h"

namespace kronik {
namespace {

constexpr size_t kLongestPiece = 400;  // words
constexpr uint32_t kNoHead = UINT32_MAX;

// Finds the tree by always taking the best legal step.
void Parse(const Network& network, Activations& activations, size_t root_label, ParseState& state) {
  std::vector<float> hidden(network.shape().hidden), scores(network.layout().steps.columns);
  state.Start(activations.words, network.shape().labels, root_label);
  while (!state.done()) {
    network.Hidden(activations, state.Look(), hidden.data());
    network.Score(hidden.data(), activations.scratch, scores.data());
    state.Do(state.Best(std::span<const float>(scores)));
  }
}

}  // namespace

void LanguageModel::AnalysePiece(std::span<const std::string_view> forms, Activations& state,
                                 Analysis& analysis) const {
  const size_t first = analysis.tags.size();
  const size_t width = network.shape().embedding;
  std::vector<Word> words;
  std::vector<uint32_t> features;
  words.reserve(forms.size());
  network.Start(forms.size(), state);
  for (size_t i = 0; i < forms.size(); ++i) {
    words.push_back(MakeWord(forms[i]));
    WordFeatures(words.back(), features);
    embeddings.Sum(features, state.input.data() + (i + 1) * width);
  }
  network.Run(state);
  for (size_t i = 0; i < forms.size(); ++i) {
    const float* scores = state.tag_scores.data() + i * network.layout().tags.columns;
    const auto tag = static_cast<uint16_t>(Largest(scores, tags.tags.size()));
    analysis.tags.push_back(tag);
    analysis.lemmas.push_back(lemmatiser.Lemma(forms[i], words[i], tags.tags[tag]));
  }
  ParseState parse;
  Parse(network, state, root_label, parse);
  for (uint32_t head : parse.heads()) {
    analysis.heads.push_back(head == forms.size() ? kNoHead : static_cast<uint32_t>(first) + head);
  }
  analysis.labels.insert(analysis.labels.end(), parse.labels().begin(), parse.labels().end());
}

Analysis LanguageModel::Analyse(std::span<const std::string_view> forms,
                                Activations& scratch) const {
  Analysis analysis;
  for (size_t at = 0; at < forms.size(); at += kLongestPiece) {
    AnalysePiece(forms.subspan(at, std::min(kLongestPiece, forms.size() - at)), scratch, analysis);
  }
  // The first piece's root is the sentence's.
  const auto none = std::ranges::find(analysis.heads, kNoHead);
  const auto root = static_cast<uint32_t>(none - analysis.heads.begin());
  for (uint32_t i = root; i < analysis.heads.size(); ++i) {
    if (analysis.heads[i] != kNoHead) continue;
    analysis.heads[i] = i == root ? static_cast<uint32_t>(forms.size()) : root;
    if (i != root) analysis.labels[i] = static_cast<uint16_t>(piece_label);
  }
  return analysis;
}

std::string LanguageModel::Write() const {
  ByteWriter out;
  tags.Write(out);
  out.Number(labels.size());
  for (const std::string& label : labels) out.String(label);
  embeddings.Write(out);
  network.Write(out);
  lemmatiser.Write(out);
  return PackModel(out.bytes());
}

Result<LanguageModel> LanguageModel::Load(std::string_view file) {
  Result<std::string> content = UnpackModel(file);
  if (!content) return content.error();
  ByteReader in(*content);
  LanguageModel model;
  model.tags = TagSet::Read(in);
  const size_t labels = in.Count();
  if (labels < 2 || labels > kMaxClasses / 2) in.Fail();
  for (size_t i = 0; i < labels && in.ok(); ++i) {
    model.labels.emplace_back(in.String());
    if (!IsValidUtf8(model.labels.back())) in.Fail();
  }
  for (const TagSet::Tag& tag : model.tags.tags) {
    if (!IsValidUtf8(tag.feats)) in.Fail();
  }
  model.embeddings = Embeddings::Read(in);
  model.network = Network::Read(in);
  model.lemmatiser = Lemmatiser::Read(in);
  const auto root = std::ranges::find(model.labels, "root");
  model.root_label = static_cast<size_t>(root - model.labels.begin());
  const auto parataxis = std::ranges::find(model.labels, "parataxis");
  model.piece_label = parataxis != model.labels.end()
                          ? static_cast<size_t>(parataxis - model.labels.begin())
                          : (model.root_label == 0 ? 1 : 0);
  const NetworkShape& shape = model.network.shape();
  if (!in.ok() || !in.done() || root == model.labels.end() ||
      shape.tags != model.tags.tags.size() || shape.labels != model.labels.size() ||
      shape.embedding != model.embeddings.width()) {
    return Error{ErrorCode::kInvalidInput, "the parse model is damaged", ""};
  }
  return model;
}

}  // namespace kronik
