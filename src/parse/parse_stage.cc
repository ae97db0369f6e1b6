#include "parse/parse_stage.h"

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "parse/language_model.h"

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
      names.feats.resize(model.tagger.set.tags.size());
      names.labels.resize(model.labels.size());
      forms.clear();
      for (uint32_t i = sentence.first; i < sentence.last; ++i) {
        forms.push_back(document.tokens[i].form);
      }
      const Analysis analysis = model.Analyse(forms);
      for (size_t i = 0; i < forms.size(); ++i) {
        Token& token = document.tokens[sentence.first + i];
        const TagSet::Tag& tag = model.tagger.set.tags[analysis.tags[i]];
        token.upos = tag.upos;
        token.feats = Kept(document, tag.feats, names.feats[analysis.tags[i]]);
        token.lemma =
            analysis.lemmas[i] == token.form ? token.form : document.Keep(analysis.lemmas[i]);
        token.deprel =
            Kept(document, model.labels[analysis.labels[i]], names.labels[analysis.labels[i]]);
        token.head = analysis.heads[i] == forms.size()
                         ? kRoot
                         : static_cast<int32_t>(sentence.first + analysis.heads[i]);
      }
    }
    return {};
  }

 private:
  // Copies of a model's strings in a document, which may outlive the stage.
  struct Names {
    std::vector<std::string_view> feats, labels;
  };
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
