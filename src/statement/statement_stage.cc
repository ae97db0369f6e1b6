#include "statement/statement_stage.h"

#include <algorithm>
#include <string>
#include <utility>

#include "base/utf8.h"
#include "statement/carriers.h"
#include "statement/contents.h"
#include "statement/cue_finder.h"
#include "statement/judge.h"
#include "statement/lexicon.h"
#include "statement/quotation_reader.h"
#include "statement/sentence_reader.h"
#include "statement/sources.h"
#include "statement/tree_reader.h"
#include "statement/writer.h"

namespace kronik {
namespace {

using namespace statement;  // NOLINT: the stage's own vocabulary

// The steps of the stage, for one document.
class Reader {
 public:
  Reader(Document& document, const Lexicons& lexicons, const Confidences& confidences)
      : doc_(document), work_(document, lexicons), judge_(work_, confidences) {}

  void Run() {
    carriers_.MarkOutlets();
    size_t s = 0;
    while (s < doc_.sentences.size()) {
      size_t next = s + 1;
      while (next < doc_.sentences.size() &&
             doc_.sentences[next].block == doc_.sentences[s].block) {
        ++next;
      }
      quotations_.ReadBlock(s, next);
      s = next;
    }
    trees_.ReadTrees();
    std::erase_if(doc_.statements,
                  [&](Statement& statement) { return !judge_.Accepts(statement); });
    std::stable_sort(doc_.statements.begin(), doc_.statements.end(),
                     [](const Statement& a, const Statement& b) {
                       return a.content.front().start < b.content.front().start;
                     });
  }

 private:
  Document& doc_;
  Work work_;
  CueFinder cues_{work_};
  Sources sources_{work_};
  Contents contents_{work_, cues_, sources_};
  Writer writer_{work_, sources_, contents_};
  Carriers carriers_{work_, cues_, sources_, writer_};
  SentenceReader sentences_{work_, cues_, sources_, contents_, writer_, carriers_};
  QuotationReader quotations_{work_, cues_, sources_, writer_, carriers_, sentences_};
  TreeReader trees_{work_, sources_, contents_, writer_};
  Judge judge_;
};

class StatementStage : public Stage {
 public:
  StatementStage(Lexicons lexicons, Confidences confidences)
      : lexicons_(std::move(lexicons)), confidences_(std::move(confidences)) {}
  std::string_view name() const override { return "statement"; }
  Layers needs() const override { return kTokens | kTrees | kActors; }
  Layers adds() const override { return kStatements; }
  Result<void> Annotate(Document& document, Workspace&) const override {
    document.statements.clear();
    Reader(document, lexicons_, confidences_).Run();
    AddPublisher(document);
    return {};
  }

 private:
  // A report that carries an agency's words carries them itself, as the last one.
  static void AddPublisher(Document& document) {
    if (document.article.publisher.empty()) return;
    uint32_t publisher = kNone;
    for (Statement& statement : document.statements) {
      if (statement.via.empty()) continue;
      if (publisher == kNone) {
        const std::string wanted = LowerCase(document.article.publisher);
        for (uint32_t a = 0; a < document.actors.size() && publisher == kNone; ++a) {
          const Actor& actor = document.actors[a];
          // "LNA" may be an army elsewhere.
          if ((actor.carrier || actor.code.empty()) && LowerCase(actor.name) == wanted) {
            publisher = a;
          }
        }
        if (publisher == kNone) {
          Actor actor;
          actor.kind = ActorKind::kOrganisation;
          actor.name = document.article.publisher;
          actor.carrier = true;
          publisher = static_cast<uint32_t>(document.actors.size());
          document.actors.push_back(std::move(actor));
        }
      }
      bool known = statement.source.actor == publisher;
      for (const Carrier& carrier : statement.via)
        known = known || carrier.actor.actor == publisher;
      if (!known) statement.via.push_back({{publisher, {}}, {}});
    }
  }

  const Lexicons lexicons_;
  const Confidences confidences_;
};

}  // namespace

Result<std::unique_ptr<Stage>> MakeStatementStage(const Resources& resources) {
  Lexicons lexicons;
  Confidences confidences;
  for (const std::string& lang : resources.Languages()) {
    const std::string folder = "data/lang/" + lang;
    if (!resources.Has(folder + "/reporting_verbs.tsv")) continue;
    Result<Lexicon> lexicon = Lexicon::Load(resources, folder + "/reporting_verbs.tsv");
    if (!lexicon) return lexicon.error();
    lexicons.emplace(lang, std::move(*lexicon));
    if (!resources.Has(folder + "/statement_confidence.tsv")) continue;
    Result<Confidence> confidence =
        Confidence::Load(resources, folder + "/statement_confidence.tsv");
    if (!confidence) return confidence.error();
    confidences.emplace(lang, std::move(*confidence));
  }
  return std::unique_ptr<Stage>(
      std::make_unique<StatementStage>(std::move(lexicons), std::move(confidences)));
}

}  // namespace kronik
