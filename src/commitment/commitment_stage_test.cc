#include "commitment/commitment_stage.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <map>
#include <string>
#include <vector>

namespace kronik {
namespace {

struct Case {
  const char* text;                          // words and marks with blanks between
  std::vector<std::string> actors;           // single words
  std::map<std::string, std::string> times;  // single words to a year, month or day
  std::vector<std::string> want;             // kind status trigger | parties | subject | term | ...
};

std::vector<std::string> Read(const std::string& lang, const Case& c, const std::string& told = "",
                              const std::string& cue = "") {
  static const Result<Resources> resources = Resources::Open();
  static const Result<std::unique_ptr<Stage>> stage = MakeCommitmentStage(*resources);
  EXPECT_TRUE(stage);
  Document doc;
  doc.article.lang = lang;
  doc.article.published = "2024-05-06T10:00";
  doc.article.AppendBlock(BlockKind::kParagraph, c.text);
  const std::string& text = doc.article.text;
  for (const std::string& name : c.actors) {
    Actor actor;
    actor.name = name;
    actor.kind = ActorKind::kState;
    doc.actors.push_back(actor);
  }
  for (uint32_t at = 0; at < text.size();) {
    uint32_t end = static_cast<uint32_t>(std::min(text.find(' ', at), text.size()));
    Token token;
    token.start = at;
    token.end = end;
    token.form = token.lemma = std::string_view(text).substr(at, end - at);
    if (token.form == "We") token.feats = "Number=Plur|Person=1|PronType=Prs";
    const std::string form(token.form);
    const uint32_t t = static_cast<uint32_t>(doc.tokens.size());
    doc.tokens.push_back(token);
    const Span span{at, end, Layer::kBody, 0};
    for (uint32_t a = 0; a < c.actors.size(); ++a) {
      if (c.actors[a] == form)
        doc.actor_mentions.push_back({span, t, t + 1, t, MentionForm::kName, {a}});
    }
    if (auto time = c.times.find(form); time != c.times.end()) {
      TimeExpression expression;
      expression.span = span;
      expression.first = t;
      expression.last = t + 1;
      expression.interval = {time->second, time->second};
      const size_t slash = time->second.find('/');
      if (slash != std::string::npos) {
        expression.interval = {time->second.substr(0, slash), time->second.substr(slash + 1)};
      }
      doc.times.push_back(expression);
    }
    at = end + 1;
  }
  doc.sentences.push_back(
      {0, static_cast<uint32_t>(text.size()), 0, static_cast<uint32_t>(doc.tokens.size()), 0, {}});
  if (!told.empty()) {
    Statement statement;
    statement.source = {0, {}};
    if (!cue.empty()) {
      const auto start = static_cast<uint32_t>(text.find(cue));
      statement.cue = {start, start + static_cast<uint32_t>(cue.size()), Layer::kBody, 0};
    }
    const size_t at = text.find(told);
    statement.content = {
        {static_cast<uint32_t>(at), static_cast<uint32_t>(at + told.size()), Layer::kBody, 0}};
    doc.statements.push_back(statement);
  }
  Workspace workspace;
  EXPECT_TRUE((*stage)->Annotate(doc, workspace));
  static const char* const kKinds[] = {"pledge", "agreement", "plan", "invitation", "demand"};
  static const char* const kStatuses[] = {
      "proposed",         "made",      "reaffirmed", "delayed",
      "partly_fulfilled", "fulfilled", "broken",     "withdrawn"};
  std::vector<std::string> lines;
  for (const Commitment& found : doc.commitments) {
    std::string line = std::string(kKinds[static_cast<int>(found.kind)]) + " " +
                       kStatuses[static_cast<int>(found.status)] + " |";
    for (const Party& party : found.parties) {
      line += (party.role == PartyRole::kBound ? " " : " >") + doc.actors[party.actor.actor].name;
    }
    line += " | " + std::string(doc.Cut(found.subject));
    if (found.term.known()) line += " | " + found.term.from + ".." + found.term.to;
    if (!found.instrument.empty()) line += " | " + found.instrument;
    if (found.hedged) line += " | hedged";
    lines.push_back(line);
  }
  return lines;
}

// The deeds of a sentence, "name | sides | outcomes"; the word behind a "*" is its verb, that
// behind "~" its lemma.
std::vector<std::string> Deeds(const std::string& lang, std::string text,
                               const std::vector<std::string>& actors) {
  static const Result<Resources> resources = Resources::Open();
  static const Result<std::unique_ptr<Stage>> stage = MakeCommitmentStage(*resources);
  const size_t verb = text.find('*');
  text.erase(verb, 1);
  const size_t mark = text.find('~'), space = text.find(' ', mark);
  const std::string lemma = text.substr(mark + 1, space - mark - 1);
  text.erase(mark, space - mark);
  Document doc;
  doc.article.lang = lang;
  doc.article.published = "2024-05-06";
  doc.article.AppendBlock(BlockKind::kParagraph, text);
  const std::string& body = doc.article.text;
  for (const std::string& name : actors) {
    Actor actor;
    actor.name = actor.code = name;
    doc.actors.push_back(actor);
  }
  for (uint32_t at = 0; at < body.size();) {
    const uint32_t end = static_cast<uint32_t>(std::min(body.find(' ', at), body.size()));
    Token token;
    token.start = at;
    token.end = end;
    token.form = token.lemma = std::string_view(body).substr(at, end - at);
    token.upos = at == verb ? Upos::kVerb : Upos::kX;
    if (at == verb) token.lemma = lemma;
    const auto t = static_cast<uint32_t>(doc.tokens.size());
    for (uint32_t a = 0; a < actors.size(); ++a) {
      if (actors[a] != token.form) continue;
      const Span span{at, end, Layer::kBody, 0};
      doc.actor_mentions.push_back({span, t, t + 1, t, MentionForm::kName, {a}});
    }
    doc.tokens.push_back(token);
    at = end + 1;
  }
  doc.sentences.push_back(
      {0, static_cast<uint32_t>(body.size()), 0, static_cast<uint32_t>(doc.tokens.size()), 0, {}});
  Workspace workspace;
  EXPECT_TRUE((*stage)->Annotate(doc, workspace));
  std::vector<std::string> lines;
  for (const Deed& deed : doc.deeds) {
    std::string line = deed.name + " |";
    for (const Party& party : deed.parties) {
      line += (party.role == PartyRole::kBound ? " " : " >") + doc.actors[party.actor.actor].name;
    }
    line += " |";
    for (const Outcome& outcome : deed.outcomes) {
      const bool kept = outcome.status == CommitmentStatus::kFulfilled;
      const bool part = outcome.status == CommitmentStatus::kPartlyFulfilled;
      if (outcome.act == "deliver" || outcome.act == "withdraw")
        line += " " + outcome.act + (kept ? "+" : part ? "/" : "-");
    }
    lines.push_back(line + (deed.omitted ? " omitted" : ""));
  }
  return lines;
}

TEST(Commitment, Deeds) {
  using testing::ElementsAre;
  EXPECT_THAT(Deeds("en", "Norway *delivered~deliver the rice to Malawi .", {"Norway", "Malawi"}),
              ElementsAre("deliver | Norway >Malawi | deliver+"));
  EXPECT_THAT(
      Deeds("en", "Norway *delivered~deliver half the rice to Malawi .", {"Norway", "Malawi"}),
      ElementsAre("deliver | Norway >Malawi | deliver/"));
  EXPECT_THAT(Deeds("en", "Malawi *received~receive the rice from Norway .", {"Norway", "Malawi"}),
              ElementsAre("host | >Malawi >Norway | deliver+"));
  EXPECT_THAT(Deeds("en", "Norway never *delivered~deliver the rice .", {"Norway"}),
              ElementsAre("deliver | Norway | deliver- omitted"));
  EXPECT_THAT(Deeds("en", "Norway *halted~halt the delivery to Malawi .", {"Norway", "Malawi"}),
              testing::Each(testing::HasSubstr("deliver-")));
  EXPECT_TRUE(Deeds("en", "Norway would have *delivered~deliver the rice .", {"Norway"}).empty());
  EXPECT_TRUE(Deeds("en", "somebody *delivered~deliver the rice .", {}).empty());
  EXPECT_THAT(Deeds("id", "Norwegia *mengirim~mengirim beras ke Malawi .", {"Norwegia", "Malawi"}),
              ElementsAre("deliver | Norwegia >Malawi | deliver+ withdraw-"));
  EXPECT_TRUE(Deeds("id", "Norwegia akan *mengirim~mengirim beras .", {"Norwegia"}).empty());
}

TEST(Commitment, English) {
  const Case cases[] = {
      {"Norway vowed to keep the strait open .",
       {"Norway"},
       {},
       {"pledge made | Norway | keep the strait open"}},
      {"Norway and Chile agreed to share the harbour until 2031 .",
       {"Norway", "Chile"},
       {{"2031", "2031"}},
       {"agreement made | Norway Chile | share the harbour until 2031 | ..2031"}},
      {"Norway and Chile signed a fishing pact for 2024-2025 .",
       {"Norway", "Chile"},
       {{"2024-2025", "2024/2025"}},
       {"agreement made | Norway Chile | a fishing pact for 2024-2025 | 2024..2025 | pact"}},
      {"Norway signed a treaty with Chile to close the base .",
       {"Norway", "Chile"},
       {},
       {"agreement made | Norway Chile | close the base | treaty"}},
      {"Norway urged Chile to open the harbour .",
       {"Norway", "Chile"},
       {},
       {"demand made | Norway >Chile | open the harbour"}},
      {"Norway invited Chile to visit the base in 2026 .",
       {"Norway", "Chile"},
       {{"2026", "2026"}},
       {"invitation made | Norway >Chile | visit the base in 2026 | 2026..2026"}},
      {"Norway has broken the ceasefire with Chile .",
       {"Norway", "Chile"},
       {},
       {"agreement broken | Norway Chile | the ceasefire with Chile | ceasefire"}},
      {"Norway called off the talks with Chile .",
       {"Norway", "Chile"},
       {},
       {"plan broken | Norway >Chile | the talks with Chile | talks"}},
      {"Norway kept its promise to Chile to open the harbour .",
       {"Norway", "Chile"},
       {},
       {"pledge fulfilled | Norway >Chile | open the harbour | promise"}},
      {"They signed a deal to cut the tariffs between Norway and Chile .",
       {"Norway", "Chile"},
       {},
       {"agreement made | Norway Chile | cut the tariffs between Norway and Chile | deal"}},
      {"Norway did not agree to share the harbour .", {"Norway"}, {}, {}},
      {"Norway will reopen the base if Chile leaves .",
       {"Norway", "Chile"},
       {},
       {"plan made | Norway | reopen the base if Chile leaves | hedged"}},
  };
  for (const Case& c : cases) EXPECT_EQ(Read("en", c), c.want) << c.text;
}

TEST(Commitment, Indonesian) {
  const Case cases[] = {
      {"Norwegia berjanji untuk membuka selat itu .",
       {"Norwegia"},
       {},
       {"pledge made | Norwegia | membuka selat itu"}},
      {"Norwegia dan Chile menandatangani pakta perikanan untuk periode 2024-2025 .",
       {"Norwegia", "Chile"},
       {{"2024-2025", "2024/2025"}},
       {"agreement made | Norwegia Chile | pakta perikanan untuk periode 2024-2025 | 2024..2025 | "
        "pakta"}},
      {"Norwegia mendesak Chile agar membuka pelabuhan .",
       {"Norwegia", "Chile"},
       {},
       {"demand made | Norwegia >Chile | membuka pelabuhan"}},
      {"Norwegia mengundang Chile untuk membahas selat itu .",
       {"Norwegia", "Chile"},
       {},
       {"invitation made | Norwegia >Chile | membahas selat itu"}},
      {"Norwegia akan menarik pasukannya hingga 2026 .",
       {"Norwegia"},
       {{"2026", "2026"}},
       {"plan made | Norwegia | menarik pasukannya hingga 2026 | ..2026"}},
      {"Norwegia melanggar gencatan senjata dengan Chile .",
       {"Norwegia", "Chile"},
       {},
       {"agreement broken | Norwegia Chile | gencatan senjata dengan Chile | gencatan"}},
      {"Perjanjian antara Norwegia dan Chile tentang perikanan ;",
       {"Norwegia", "Chile"},
       {},
       {"agreement made | Norwegia Chile | perikanan | Perjanjian"}},
      {"Norwegia bertekad memenuhi perjanjian dengan Chile .",
       {"Norwegia", "Chile"},
       {},
       {"pledge reaffirmed | Norwegia >Chile | memenuhi perjanjian dengan Chile"}},
  };
  for (const Case& c : cases) EXPECT_EQ(Read("id", c), c.want) << c.text;
}

TEST(Commitment, WhatTheSpeakerWouldDoIsAPledge) {
  const Case c{"Norway said it would complete the withdrawal by March .",
               {"it", "Norway"},
               {{"March", "2025-03"}},
               {}};
  EXPECT_THAT(
      Read("en", c, "it would complete the withdrawal by March"),
      testing::ElementsAre("pledge made | it | complete the withdrawal by March | ..2025-03"));
}

TEST(Commitment, WeIsWhoSpeaks) {
  const Case c{"We will open the harbour , Norway said .", {"Norway"}, {}, {}};
  EXPECT_THAT(Read("en", c, "We will open the harbour"),
              testing::ElementsAre("pledge made | Norway | open the harbour"));
}

TEST(Commitment, WordsOfItsOwnEndNoSubject) {
  const Case c{
      "Norway broke the agreement to share the harbour with Chile .", {"Norway", "Chile"}, {}, {}};
  EXPECT_THAT(Read("en", c, "share the harbour with Chile", "agreement"),
              testing::ElementsAre(
                  "agreement broken | Norway Chile | share the harbour with Chile | agreement"));
}

TEST(Commitment, HostileInputEnds) {
  std::string text;
  for (int i = 0; i < 5000; ++i) text += "A signed pact with A to will agree to ";
  Read("en", {text.c_str(), {"A"}, {}, {}});
  Read("id", {text.c_str(), {"A"}, {}, {}});
}

}  // namespace
}  // namespace kronik
