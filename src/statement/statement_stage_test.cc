#include "statement/statement_stage.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

namespace kronik {
namespace {

// Text to tokens without a tagger: words, marks and the given names. "\n" parts blocks; a stop
// outside quotation marks ends a sentence. A word may carry its part of speech: "said/VERB".
void Make(const std::string& lang, const std::string& text, const std::vector<std::string>& names,
          const std::vector<std::string>& outlets, Document& doc) {
  doc.article.lang = lang;
  std::string block;
  for (size_t at = 0; at <= text.size(); ++at) {
    if (at == text.size() || text[at] == '\n') {
      doc.article.AppendBlock(BlockKind::kParagraph, block);
      block.clear();
    } else {
      block += text[at];
    }
  }
  const std::string& all = doc.article.text;
  for (uint32_t b = 0; b < doc.article.blocks.size(); ++b) {
    const Block& range = doc.article.blocks[b];
    uint32_t first = static_cast<uint32_t>(doc.tokens.size());
    bool quoted = false;
    auto close = [&](uint32_t last) {
      if (last == first) return;
      doc.sentences.push_back(
          {doc.tokens[first].start, doc.tokens[last - 1].end, first, last, b, {}});
      first = last;
    };
    for (uint32_t at = range.start; at < range.end;) {
      if (all[at] == ' ') {
        ++at;
        continue;
      }
      uint32_t end = at + 1;
      if (std::string(",.\":?!()").find(all[at]) == std::string::npos) {
        while (end < range.end && std::string(" ,.\":?!()").find(all[end]) == std::string::npos)
          ++end;
      }
      Token token;
      token.start = at;
      token.end = end;
      token.form = std::string_view(all).substr(at, end - at);
      token.lemma = token.form;
      if (end == at + 1 && !std::isalnum(static_cast<unsigned char>(all[at])))
        token.upos = Upos::kPunct;
      doc.tokens.push_back(token);
      if (all[at] == '"') quoted = !quoted;
      if (!quoted && (all[at] == '.' || all[at] == '?'))
        close(static_cast<uint32_t>(doc.tokens.size()));
      at = end;
    }
    close(static_cast<uint32_t>(doc.tokens.size()));
  }
  auto add = [&](const std::string& name, bool carrier) {
    Actor actor;
    actor.name = name;
    actor.carrier = carrier;
    doc.actors.push_back(actor);
    for (size_t at = all.find(name); at != std::string::npos; at = all.find(name, at + 1)) {
      ActorMention mention;
      mention.span = {static_cast<uint32_t>(at), static_cast<uint32_t>(at + name.size()),
                      Layer::kBody, 0};
      mention.first = mention.last = kNone;
      for (uint32_t t = 0; t < doc.tokens.size(); ++t) {
        if (doc.tokens[t].start == at) mention.first = t;
        if (doc.tokens[t].end == at + name.size()) mention.last = t + 1;
      }
      if (mention.first == kNone || mention.last == kNone) continue;
      mention.head = mention.last - 1;
      mention.actors = {static_cast<uint32_t>(doc.actors.size() - 1)};
      doc.actor_mentions.push_back(mention);
    }
  };
  for (const std::string& name : names) add(name, false);
  for (const std::string& name : outlets) add(name, true);
  std::sort(
      doc.actor_mentions.begin(), doc.actor_mentions.end(),
      [](const ActorMention& a, const ActorMention& b) { return a.span.start < b.span.start; });
}

// One sentence with its tree: "word/UPOS/head/deprel[/feats]", heads counted from 1, 0 the root.
void MakeTree(const std::string& lang, const std::string& rows,
              const std::vector<std::string>& names, Document& doc) {
  std::vector<std::vector<std::string>> words;
  std::string text;
  std::istringstream stream(rows);
  for (std::string row; stream >> row;) {
    std::vector<std::string> cells(1);
    for (char c : row) {
      if (c == '/') {
        cells.emplace_back();
      } else {
        cells.back() += c;
      }
    }
    cells.resize(5);
    text += (text.empty() ? "" : " ") + cells[0];
    words.push_back(cells);
  }
  Make(lang, text, names, {}, doc);
  ASSERT_EQ(doc.tokens.size(), words.size()) << text;
  for (size_t t = 0; t < words.size(); ++t) {
    doc.tokens[t].upos = *UposFromName(words[t][1]);
    doc.tokens[t].head = std::stoi(words[t][2]) - 1;
    doc.tokens[t].deprel = doc.Keep(words[t][3]);
    doc.tokens[t].feats = doc.Keep(words[t][4]);
  }
}

// One line a statement: source | cue | content; content | kind [| via ...] [| denied].
std::vector<std::string> Lines(Document& doc) {
  static const Result<Resources> resources = Resources::Open();
  static const Result<std::unique_ptr<Stage>> stage = MakeStatementStage(*resources);
  EXPECT_TRUE(stage);
  Workspace workspace;
  EXPECT_TRUE((*stage)->Annotate(doc, workspace));
  std::vector<std::string> lines;
  for (const Statement& statement : doc.statements) {
    const bool stated = statement.source.actor != kNone;
    std::string line = (stated ? doc.actors[statement.source.actor].name : "-") + " | " +
                       std::string(doc.Cut(statement.cue)) + " | ";
    for (size_t i = 0; i < statement.content.size(); ++i) {
      line += (i > 0 ? "; " : "") + std::string(doc.Cut(statement.content[i]));
    }
    line += statement.kind == StatementKind::kDirect  ? " | direct"
            : statement.kind == StatementKind::kMixed ? " | mixed"
                                                      : " | indirect";
    for (const Carrier& carrier : statement.via)
      line += " | " + doc.actors[carrier.actor.actor].name;
    if (statement.negated) line += " | denied";
    lines.push_back(line);
  }
  return lines;
}

std::vector<std::string> Read(const std::string& lang, const std::string& text,
                              const std::vector<std::string>& names,
                              const std::vector<std::string>& outlets = {}) {
  Document doc;
  Make(lang, text, names, outlets, doc);
  return Lines(doc);
}

std::vector<std::string> ReadTree(const std::string& lang, const std::string& rows,
                                  const std::vector<std::string>& names) {
  Document doc;
  MakeTree(lang, rows, names, doc);
  return Lines(doc);
}

struct Case {
  const char* text;
  std::vector<std::string> names;
  std::vector<std::string> outlets;
  std::vector<std::string> want;
};

TEST(Statement, English) {
  const Case cases[] = {
      {"Norway said on Monday that its ships would leave the port.",
       {"Norway"},
       {},
       {"Norway | said | its ships would leave the port | indirect"}},
      {"\"We will keep talking,\" Anna Berg said.",
       {"Anna Berg"},
       {},
       {"Anna Berg | said | We will keep talking | direct"}},
      {"\"The road is open,\" said Anna Berg, \"and it will stay open.\"",
       {"Anna Berg"},
       {},
       {"Anna Berg | said | The road is open; and it will stay open | direct"}},
      {"According to Norway, the two sides met twice.",
       {"Norway"},
       {},
       {"Norway | According to | the two sides met twice | indirect"}},
      {"The two sides met twice, according to Norway.",
       {"Norway"},
       {},
       {"Norway | according to | The two sides met twice | indirect"}},
      {"Norway vowed to build a \"lasting bridge\" to Chile.",
       {"Norway", "Chile"},
       {},
       {"Norway | vowed | build a \"lasting bridge\" to Chile | mixed"}},
      {"Norway accused Chile of closing the strait.",
       {"Norway", "Chile"},
       {},
       {"Norway | accused | Chile of closing the strait | indirect"}},
      {"Norway denied that it had closed the strait.",
       {"Norway"},
       {},
       {"Norway | denied | it had closed the strait | indirect | denied"}},
      {"The strait is closed, Anna Berg told Wire One.",
       {"Anna Berg"},
       {"Wire One"},
       {"Anna Berg | told | The strait is closed | indirect | Wire One"}},
      {"Wire One said Norway ordered the crews to leave the harbour.",
       {"Norway"},
       {"Wire One"},
       {"Norway | ordered | the crews to leave the harbour | indirect | Wire One"}},
      {"The minister was told to resign.", {}, {}, {}},
      {"Norway did not say that it would leave.", {"Norway"}, {}, {}},
  };
  for (const Case& c : cases) {
    EXPECT_EQ(Read("en", c.text, c.names, c.outlets), c.want) << c.text;
  }
}

TEST(Statement, Indonesian) {
  const Case cases[] = {
      {"Norwegia menyatakan bahwa kapalnya akan meninggalkan pelabuhan.",
       {"Norwegia"},
       {},
       {"Norwegia | menyatakan | kapalnya akan meninggalkan pelabuhan | indirect"}},
      {"\"Kami akan terus berunding,\" kata Anna Berg kepada wartawan.",
       {"Anna Berg"},
       {},
       {"Anna Berg | kata | Kami akan terus berunding | direct"}},
      {"\"Jalan itu terbuka,\" kata Anna Berg.\n\"Jalan itu tetap terbuka,\" imbuhnya.",
       {"Anna Berg"},
       {},
       {"Anna Berg | kata | Jalan itu terbuka | direct",
        "Anna Berg | imbuhnya | Jalan itu tetap terbuka | direct"}},
      // Whom the quoted words name says them not.
      {"\"Jalan itu terbuka,\" kata Berg.\n\"Chile menutupnya,\" imbuhnya.",
       {"Berg", "Chile"},
       {},
       {"Berg | kata | Jalan itu terbuka | direct", "Berg | imbuhnya | Chile menutupnya | direct"}},
      {"Kedua pihak bertemu dua kali, lapor Kantor Satu.",
       {},
       {"Kantor Satu"},
       {"Kantor Satu | lapor | Kedua pihak bertemu dua kali | indirect"}},
      {"Norwegia berjanji untuk \"menjaga laut bersama,\" sebut Kantor Satu.",
       {"Norwegia"},
       {"Kantor Satu"},
       {"Norwegia | berjanji | menjaga laut bersama | mixed | Kantor Satu"}},
      {"Norwegia menuduh Chile menutup selat itu.",
       {"Norwegia", "Chile"},
       {},
       {"Norwegia | menuduh | Chile menutup selat itu | indirect"}},
      {"Menurut Norwegia, kedua pihak bertemu dua kali.",
       {"Norwegia"},
       {},
       {"Norwegia | Menurut | kedua pihak bertemu dua kali | indirect"}},
      {"Selat itu sudah ditutup.\nHal itu disampaikan Anna Berg, dikutip dari Kantor Satu.",
       {"Anna Berg"},
       {"Kantor Satu"},
       {"Anna Berg | disampaikan | Selat itu sudah ditutup | indirect | Kantor Satu"}},
      {"Dilansir Kantor Satu, kedua pihak bertemu dua kali.",
       {},
       {"Kantor Satu"},
       {"Kantor Satu | Dilansir | kedua pihak bertemu dua kali | indirect"}},
      {"Norwegia membantah telah menutup selat itu.",
       {"Norwegia"},
       {},
       {"Norwegia | membantah | telah menutup selat itu | indirect | denied"}},
  };
  for (const Case& c : cases) {
    EXPECT_EQ(Read("id", c.text, c.names, c.outlets), c.want) << c.text;
  }
}

TEST(Statement, Trees) {
  const struct {
    const char* lang;
    const char* rows;
    std::vector<std::string> names;
    std::vector<std::string> want;
  } cases[] = {
      // A belief inside what is said: both are told.
      {"en",
       "Norway/PROPN/2/nsubj said/VERB/0/root it/PRON/4/nsubj believes/VERB/2/ccomp Chile/PROPN/7/"
       "nsubj will/AUX/7/aux leave/VERB/4/ccomp",
       {"Norway", "Chile"},
       {"Norway | said | it believes Chile will leave | indirect",
        "Norway | believes | Chile will leave | indirect"}},
      // An adjective, with its copula.
      {"en",
       "Norway/PROPN/3/nsubj is/AUX/3/cop confident/ADJ/0/root that/SCONJ/7/mark Chile/PROPN/7/"
       "nsubj will/AUX/7/aux leave/VERB/3/ccomp",
       {"Norway", "Chile"},
       {"Norway | is confident | Chile will leave | indirect"}},
      // A noun with its owner.
      {"en",
       "Norway/PROPN/3/nmod:poss 's/PART/1/case belief/NOUN/8/nsubj that/SCONJ/6/mark Chile/PROPN/"
       "6/nsubj left/VERB/3/acl was/AUX/8/cop wrong/ADJ/0/root",
       {"Norway", "Chile"},
       {"Norway | belief | Chile left | indirect"}},
      // A passive that names nobody: the subject is a part of what is expected.
      {"en",
       "Chile/PROPN/3/nsubj:pass is/AUX/3/aux:pass expected/VERB/0/root/Voice=Pass to/PART/5/mark "
       "leave/VERB/3/xcomp the/DET/7/det port/NOUN/5/obj",
       {"Chile"},
       {"- | expected | Chile; leave the port | indirect"}},
      // The subject of a participle is the main verb's.
      {"en",
       "Norway/PROPN/2/nsubj left/VERB/0/root ,/PUNCT/4/punct hoping/VERB/2/advcl/VerbForm=Ger "
       "that/SCONJ/7/mark talks/NOUN/7/nsubj resume/VERB/4/ccomp",
       {"Norway"},
       {"Norway | hoping | talks resume | indirect"}},
      // A relative clause: the noun is the source.
      {"en",
       "Berg/PROPN/7/nsubj who/PRON/3/nsubj/PronType=Rel knew/VERB/1/acl:relcl that/SCONJ/6/mark "
       "Chile/PROPN/6/nsubj left/VERB/3/ccomp stayed/VERB/0/root",
       {"Berg", "Chile"},
       {"Berg | knew | Chile left | indirect"}},
      {"en",
       "Norway/PROPN/4/nsubj does/AUX/4/aux not/PART/4/advmod know/VERB/0/root "
       "whether/SCONJ/7/mark "
       "Chile/PROPN/7/nsubj left/VERB/4/ccomp",
       {"Norway", "Chile"},
       {"Norway | does not know | whether Chile left | indirect | denied"}},
      // A wish that UD has for an auxiliary.
      {"id",
       "Norwegia/PROPN/3/nsubj ingin/AUX/3/aux meninggalkan/VERB/0/root pelabuhan/NOUN/3/obj",
       {"Norwegia"},
       {"Norwegia | ingin | meninggalkan pelabuhan | indirect"}},
      {"id",
       "Norwegia/PROPN/2/nsubj menyadari/VERB/0/root bahwa/SCONJ/5/mark Chile/PROPN/5/nsubj pergi/"
       "VERB/2/ccomp",
       {"Norwegia", "Chile"},
       {"Norwegia | menyadari | Chile pergi | indirect"}},
      // The outer subject is not whose words they are.
      {"id",
       "Masalah/NOUN/3/nsubj:outer Norwegia/PROPN/3/nsubj menyadari/VERB/0/root bahwa/SCONJ/6/mark "
       "Chile/PROPN/6/nsubj pergi/VERB/3/ccomp",
       {"Norwegia", "Chile"},
       {"Norwegia | menyadari | Chile pergi | indirect"}},
      // A passive of a belief takes an infinitive.
      {"en",
       "Chile/PROPN/3/nsubj:pass is/AUX/3/aux:pass believed/VERB/0/root/Voice=Pass to/PART/5/mark "
       "leave/VERB/3/xcomp",
       {"Chile"},
       {"- | believed | Chile; leave | indirect"}},
      // What something is called, with a word for "as".
      {"en",
       "Norway/PROPN/2/nsubj described/VERB/0/root the/DET/4/det plan/NOUN/2/obj as/ADP/7/case "
       "a/DET/7/det trap/NOUN/2/obl",
       {"Norway"},
       {"Norway | described | the plan as a trap | indirect"}},
      // The object of a verb of saying is no clause.
      {"en",
       "Norway/PROPN/2/nsubj announced/VERB/0/root the/DET/4/det race/NOUN/2/obj as/SCONJ/7/mark "
       "it/PRON/7/nsubj does/VERB/2/advcl",
       {"Norway"},
       {}},
      // A wish of an "I" that nobody is known to be.
      {"en", "I/PRON/2/nsubj/Person=1 want/VERB/0/root to/PART/4/mark leave/VERB/2/xcomp", {}, {}},
      // No complement, no statement.
      {"en", "Norway/PROPN/2/nsubj knows/VERB/0/root Chile/PROPN/2/obj", {"Norway", "Chile"}, {}},
  };
  for (const auto& c : cases) EXPECT_EQ(ReadTree(c.lang, c.rows, c.names), c.want) << c.rows;
}

TEST(Statement, Confidence) {
  constexpr const char* kRows =
      "Norway/PROPN/2/nsubj said/VERB/0/root it/PRON/4/nsubj left/VERB/2/ccomp";
  Document doc;
  MakeTree("en", kRows, {"Norway"}, doc);
  Lines(doc);
  ASSERT_EQ(doc.statements.size(), 1u);
  EXPECT_GT(doc.statements[0].confidence.value_or(0), 0.8);
  EXPECT_THAT(doc.statements[0].explanation, testing::HasSubstr("content-rel:ccomp"));

  // Weights under which nothing is likely enough.
  const std::filesystem::path folder = std::filesystem::path(testing::TempDir()) / "strict";
  std::filesystem::create_directories(folder / "data/lang/en");
  std::ofstream(folder / "data/lang/en/statement_confidence.tsv")
      << "feature\tweight\nthreshold\t0.5\nbias\t-1\n";
  const Result<Resources> resources = Resources::Open(folder);
  ASSERT_TRUE(resources);
  const Result<std::unique_ptr<Stage>> stage = MakeStatementStage(*resources);
  ASSERT_TRUE(stage);
  Workspace workspace;
  EXPECT_TRUE((*stage)->Annotate(doc, workspace));
  EXPECT_TRUE(doc.statements.empty());

  // A language without weights tells all that it finds.
  Document other;
  MakeTree("id", "Norwegia/PROPN/2/nsubj mengatakan/VERB/0/root ia/PRON/4/nsubj pergi/VERB/2/ccomp",
           {"Norwegia"}, other);
  Lines(other);
  ASSERT_EQ(other.statements.size(), 1u);
  EXPECT_FALSE(other.statements[0].confidence);
}

TEST(Statement, SourcesAreWholePhrases) {
  const struct {
    const char* rows;
    const char* source;
  } cases[] = {
      {"A/DET/2/det spokesman/NOUN/6/nsubj for/ADP/5/case the/DET/5/det Ministry/PROPN/2/nmod "
       "said/VERB/0/root it/PRON/8/nsubj left/VERB/6/ccomp",
       "A spokesman for the Ministry"},
      {"The/DET/2/det Ministry/PROPN/6/nsubj ,/PUNCT/5/punct a/DET/5/det body/NOUN/2/appos "
       "said/VERB/0/root it/PRON/8/nsubj left/VERB/6/ccomp",
       "The Ministry , a body"},
      // A relative clause is a part of it.
      {"The/DET/2/det Ministry/PROPN/5/nsubj which/PRON/4/nsubj failed/VERB/2/acl:relcl "
       "said/VERB/0/root it/PRON/7/nsubj left/VERB/5/ccomp",
       "The Ministry which failed"},
  };
  for (const auto& c : cases) {
    Document doc;
    MakeTree("en", c.rows, {"Ministry"}, doc);
    Lines(doc);
    ASSERT_EQ(doc.statements.size(), 1u) << c.rows;
    EXPECT_EQ(doc.Cut(doc.statements[0].source.span), c.source);
  }
}

TEST(Statement, QuotationMarks) {
  // Single marks, and an apostrophe inside them.
  EXPECT_THAT(Read("en", "'The crew\u2019s road is open,' Anna Berg said.", {"Anna Berg"}),
              testing::ElementsAre("Anna Berg | said | The crew\u2019s road is open | direct"));
  // An open quotation that the next paragraph goes on with no mark of its own.
  EXPECT_THAT(Read("en",
                   "Anna Berg said: \"The road is open.\n"
                   "Nobody will close it again.\"",
                   {"Anna Berg"}),
              testing::ElementsAre(
                  "Anna Berg | said | The road is open; Nobody will close it again | direct"));
  // A full stop, and a sentence that tells something else.
  EXPECT_THAT(
      Read("en", "\"We stay,\" Anna Berg said. \"We work.\" She added that the road was open.",
           {"Anna Berg"}),
      testing::ElementsAre("Anna Berg | said | We stay | direct",
                           "Anna Berg | said | We work | direct",
                           "Anna Berg | added | the road was open | indirect"));
}

TEST(Statement, OutletsBesideTheCue) {
  EXPECT_THAT(Read("en", "In an interview with Wire One, Anna Berg said the road was open.",
                   {"Anna Berg"}, {"Wire One"}),
              testing::ElementsAre("Anna Berg | said | the road was open | indirect | Wire One"));
  EXPECT_THAT(
      Read("id", "Dalam siaran yang dirilis Kantor Satu, Anna Berg mengatakan jalan itu terbuka.",
           {"Anna Berg"}, {"Kantor Satu"}),
      testing::ElementsAre("Anna Berg | mengatakan | jalan itu terbuka | indirect | Kantor Satu"));
}

TEST(Statement, ParagraphsOfOneQuotation) {
  EXPECT_THAT(
      Read("en",
           "\"We came here to talk about the strait,\" Anna Berg said. \"It is open.\n"
           "\"Nobody will close it again.\"",
           {"Anna Berg"}),
      testing::ElementsAre("Anna Berg | said | We came here to talk about the strait | direct",
                           "Anna Berg | said | It is open; Nobody will close it again | direct"));
}

TEST(Statement, NewActorsAndTheUnknownLanguage) {
  EXPECT_THAT(Read("en", "The harbour pilots said the strait was open.", {}),
              testing::ElementsAre("The harbour pilots | said | the strait was open | indirect"));
  EXPECT_THAT(Read("xx", "Norway said the strait was open.", {"Norway"}), testing::IsEmpty());
}

TEST(Statement, HostileInputEnds) {
  std::string text;
  for (int i = 0; i < 3000; ++i) text += "\" said , according to \" kata ";
  Read("en", text, {});
  Read("id", text, {});
}

}  // namespace
}  // namespace kronik
