#include "parse/parse_stage.h"

#include <map>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "base/dateline.h"
#include "parse/language_model.h"
#include "parse/repairs.h"

namespace kronik {
namespace {

class ParseStage : public Stage {
 public:
  explicit ParseStage(std::map<std::string, LanguageModel, std::less<>> models)
      : models_(std::move(models)) {}

  std::string_view name() const override { return "parse"; }
  Layers needs() const override { return kTokens; }
  Layers adds() const override { return kTrees; }

  Result<void> Annotate(Document& document, Workspace&) const override {
    std::vector<std::string_view> forms;
    std::map<const LanguageModel*, Names> kept;
    Activations scratch;
    for (const Sentence& sentence : document.sentences) {
      if (sentence.first >= sentence.last || sentence.last > document.tokens.size()) continue;
      auto found = models_.find(document.LangOf(sentence));
      if (found == models_.end()) {
        for (uint32_t i = sentence.first; i < sentence.last; ++i) {
          Token& token = document.tokens[i];
          token.head = i == sentence.first ? kRoot : static_cast<int32_t>(sentence.first);
          token.deprel = i == sentence.first ? "root" : "dep";
        }
        continue;
      }
      const LanguageModel& model = found->second;
      Names& names = kept[&model];
      names.feats.resize(model.tags.tags.size());
      names.labels.resize(model.labels.size());
      forms.clear();
      for (uint32_t i = sentence.first; i < sentence.last; ++i) {
        forms.push_back(document.tokens[i].form);
      }
      const auto analyse = [&](uint32_t first, uint32_t last) {
        const std::span part = std::span(forms).subspan(first - sentence.first, last - first);
        const uint32_t root = Write(model, model.Analyse(part, scratch), first, names, document);
        RepairTree(document, first, last);
        return root;
      };
      analyse(sentence.first, sentence.last);
      // A dateline is no part of the clause after it. (Where it ends is seen by its tags.)
      const uint32_t after = AfterDateline(document, sentence);
      if (after == sentence.first || after == sentence.last) continue;
      const uint32_t dateline = analyse(sentence.first, after);
      const uint32_t root = analyse(after, sentence.last);
      document.tokens[dateline].head = static_cast<int32_t>(root);
      document.tokens[dateline].deprel =
          Kept(document, model.labels[model.piece_label], names.labels[model.piece_label]);
    }
    return {};
  }

 private:
  // Copies of a model's strings in a document, which may outlive the stage.
  struct Names {
    std::vector<std::string_view> feats, labels;
  };
  // Writes the analysis of the tokens from `first` on; returns the root.
  static uint32_t Write(const LanguageModel& model, const Analysis& analysis, uint32_t first,
                        Names& names, Document& document) {
    uint32_t root = first;
    const size_t count = analysis.tags.size();
    for (uint32_t i = 0; i < count; ++i) {
      Token& token = document.tokens[first + i];
      const TagSet::Tag& tag = model.tags.tags[analysis.tags[i]];
      token.upos = tag.upos;
      token.feats = Kept(document, tag.feats, names.feats[analysis.tags[i]]);
      token.lemma =
          analysis.lemmas[i] == token.form ? token.form : document.Keep(analysis.lemmas[i]);
      token.deprel =
          Kept(document, model.labels[analysis.labels[i]], names.labels[analysis.labels[i]]);
      const bool is_root = analysis.heads[i] == count;
      token.head = is_root ? kRoot : static_cast<int32_t>(first + analysis.heads[i]);
      if (is_root) root = first + i;
    }
    return root;
  }

  static std::string_view Kept(Document& document, const std::string& text,
                               std::string_view& slot) {
    if (slot.empty() && !text.empty()) slot = document.Keep(text);
    return slot;
  }

  std::map<std::string, LanguageModel, std::less<>> models_;
};

}  // namespace

Result<std::unique_ptr<Stage>> MakeParseStage(const Resources& resources) {
  std::map<std::string, LanguageModel, std::less<>> models;
  for (const std::string& language : resources.Languages()) {
    const std::string name = "models/" + language + ".bin";
    if (!resources.Has(name)) continue;
    Result<std::string_view> file = resources.Read(name);
    if (!file) return file.error();
    Result<LanguageModel> model = LanguageModel::Load(*file);
    if (!model) {
      Error error = model.error();
      error.where = name;
      return error;
    }
    models.emplace(language, std::move(*model));
  }
  return std::unique_ptr<Stage>(std::make_unique<ParseStage>(std::move(models)));
}

}  // namespace kronik
