#include "event/event_stage.h"

#include <gmock/gmock.h>

#include <sstream>

#include "base/tsv.h"

namespace kronik {
namespace {

// A tree, one word a line: form lemma UPOS head deprel [actor]. Words with an actor are mentions
// of it; its name is "CODE" or "CODE.SECTOR"; "-" has neither.
std::unique_ptr<Document> Parse(std::string_view lang, std::string_view tree) {
  auto document = std::make_unique<Document>();
  Document& d = *document;
  d.article.lang = lang;
  d.article.published = "2024-05-06";
  std::vector<std::vector<std::string>> rows;
  std::string text;
  std::istringstream lines{std::string(tree)};
  for (std::string line; std::getline(lines, line);) {
    std::istringstream cells(line);
    std::vector<std::string> row;
    for (std::string cell; cells >> cell;) row.push_back(cell);
    if (row.size() < 5) continue;
    rows.push_back(row);
    if (!text.empty()) text += ' ';
    text += row[0];
  }
  d.article.AppendBlock(BlockKind::kParagraph, text);
  uint32_t at = 0;
  for (uint32_t i = 0; i < rows.size(); ++i) {
    const auto& row = rows[i];
    Token token;
    token.start = at;
    token.end = at + static_cast<uint32_t>(row[0].size());
    at = token.end + 1;
    token.form = d.Keep(row[0]);
    token.lemma = d.Keep(row[1]);
    token.upos = UposFromName(row[2]).value_or(Upos::kX);
    token.head = std::stoi(row[3]) - 1;
    token.deprel = d.Keep(row[4]);
    d.tokens.push_back(token);
    if (row.size() < 6) continue;
    Actor actor;
    actor.name = row[0];
    if (row[5] != "-") {
      const auto parts = SplitCell(row[5], '.');
      if (parts[0] != "_") actor.code = parts[0];
      if (parts.size() > 1) actor.sectors.emplace_back(parts[1]);
    }
    ActorMention mention;
    mention.span = {token.start, token.end, Layer::kBody, 0};
    mention.first = mention.head = i;
    mention.last = i + 1;
    uint32_t index = 0;
    while (index < d.actors.size() && d.actors[index].name != actor.name) ++index;
    if (index == d.actors.size()) d.actors.push_back(actor);
    mention.actors = {index};
    d.actor_mentions.push_back(mention);
  }
  d.sentences.push_back(
      {0, static_cast<uint32_t>(text.size()), 0, static_cast<uint32_t>(d.tokens.size()), 0, {}});
  return document;
}

std::string Names(const Document& d, const std::vector<ActorRef>& refs) {
  std::string out;
  for (const ActorRef& ref : refs) out += (out.empty() ? "" : ",") + d.actors[ref.actor].name;
  return out;
}

// "TYPE/mode code actors>recipients status" of every event, with "; " between them.
std::string Show(const Document& d) {
  static const char* const kStatus[] = {"asserted", "negated", "planned", "hypothetical"};
  std::string out;
  for (const Event& e : d.events) {
    if (!out.empty()) out += "; ";
    out += e.event_type + "/" + e.mode + " " + e.cameo + " " + Names(d, e.actor) + ">" +
           Names(d, e.recipient) + " " + kStatus[static_cast<size_t>(e.status)];
  }
  return out;
}

struct Case {
  const char* lang;
  const char* tree;
  const char* events;
};

void PrintTo(const Case& test, std::ostream* out) { *out << test.lang << ": " << test.events; }

class EventStageTest : public testing::TestWithParam<Case> {};

const Stage& TheStage() {
  static const Resources* resources = new Resources(*Resources::Open());
  static const auto* stage = new std::unique_ptr<Stage>([] {
    Result<std::unique_ptr<Stage>> made = MakeEventStage(*resources);
    EXPECT_TRUE(made) << made.error().ToString();
    return std::move(*made);
  }());
  return **stage;
}

TEST_P(EventStageTest, Codes) {
  auto document = Parse(GetParam().lang, GetParam().tree);
  Workspace workspace;
  ASSERT_TRUE(TheStage().Annotate(*document, workspace));
  EXPECT_EQ(Show(*document), GetParam().events) << document->article.text;
}

INSTANTIATE_TEST_SUITE_P(
    English, EventStageTest,
    testing::Values(
        Case{"en",
             "Kenya Kenya PROPN 2 nsubj KEN\n"
             "attacked attack VERB 0 root\n"
             "Somalia Somalia PROPN 2 obj SOM\n",
             "ASSAULT/ 190 Kenya>Somalia asserted"},
        // What nobody does is not done; "not only" denies nothing.
        Case{"en",
             "Neither neither CCONJ 2 cc:preconj\n"
             "Kenya Kenya PROPN 5 nsubj KEN\n"
             "nor nor CCONJ 4 cc\n"
             "Uganda Uganda PROPN 2 conj UGA\n"
             "attacked attack VERB 0 root\n"
             "Somalia Somalia PROPN 5 obj SOM\n",
             "ASSAULT/ 190 Kenya,Uganda>Somalia negated"},
        Case{"en",
             "Not not PART 4 advmod\n"
             "only only ADV 4 advmod\n"
             "Kenya Kenya PROPN 4 nsubj KEN\n"
             "attacked attack VERB 0 root\n"
             "Somalia Somalia PROPN 4 obj SOM\n",
             "ASSAULT/ 190 Kenya>Somalia asserted"},
        // Who warns another of an act of their own threatens, whatever it is.
        Case{"en",
             "Russia Russia PROPN 2 nsubj RUS\n"
             "warned warn VERB 0 root\n"
             "Finland Finland PROPN 2 obj FIN\n"
             "it it PRON 6 nsubj RUS\n"
             "would would AUX 6 aux\n"
             "answer answer VERB 2 ccomp\n",
             "THREATEN/ 130 Russia>Finland asserted"},
        // Those who are put out are put out by those of the place.
        Case{"en",
             "diplomats diplomat NOUN 3 nsubj:pass MDA.GOV\n"
             "were be AUX 3 aux:pass\n"
             "expelled expel VERB 0 root\n"
             "from from ADP 5 case\n"
             "Russia Russia PROPN 3 obl RUS\n",
             "SANCTION/expel 161 Russia>diplomats asserted"},
        // Where nobody refuses, the demand is what is told.
        Case{"en",
             "Norway Norway PROPN 2 nmod:poss NOR\n"
             "demand demand NOUN 6 nsubj:pass\n"
             "to to ADP 4 case\n"
             "Chile Chile PROPN 2 nmod CHL\n"
             "was be AUX 6 aux:pass\n"
             "ignored ignore VERB 0 root\n",
             "REQUEST/change 100 Norway>Chile asserted"},
        // Of two objects the one before the verb acts.
        Case{"en",
             "Chile Chile PROPN 2 obj CHL\n"
             "pressed press VERB 0 root\n"
             "Peru Peru PROPN 2 obj PER\n"
             "to to PART 5 mark\n"
             "talk talk VERB 2 xcomp\n",
             "REQUEST/meet 106 Chile>Peru asserted"},
        // A crowd is of the place where it marches, not of the embassy that it marches to.
        Case{"en",
             "Thousands thousand NOUN 2 nsubj\n"
             "marched march VERB 0 root\n"
             "through through ADP 4 case\n"
             "Kenya Kenya PROPN 2 obl KEN\n"
             "against against ADP 6 case\n"
             "taxes tax NOUN 2 obl\n",
             "PROTEST/demo 1412 Kenya> asserted"},
        // Those who are sent act for whose they are.
        Case{"en",
             "Rwandan Rwandan ADJ 2 amod RWA\n"
             "doctors doctor NOUN 4 nsubj:pass\n"
             "were be AUX 4 aux:pass\n"
             "sent send VERB 0 root\n"
             "to to ADP 6 case\n"
             "Haiti Haiti PROPN 4 obl HTI\n",
             "AID/ 073 Rwandan>Haiti asserted"},
        // The only object of a verb is whom it is to, whatever the tree calls it.
        Case{"en",
             "Finland Finland PROPN 2 nsubj FIN\n"
             "urged urge VERB 0 root\n"
             "Turkey Turkey PROPN 2 iobj TUR\n"
             "to to PART 5 mark\n"
             "release release VERB 2 xcomp\n"
             "reporters reporter NOUN 5 obj FIN\n",
             "REQUEST/yield 1053 Finland>Turkey asserted"},
        // What is done next, by the same, is to the same.
        Case{"en",
             "Pakistan Pakistan PROPN 2 nsubj PAK\n"
             "condemned condemn VERB 0 root\n"
             "Iran Iran PROPN 2 obj IRN\n"
             "and and CCONJ 5 cc\n"
             "suspended suspend VERB 2 conj\n"
             "trade trade NOUN 5 obj\n",
             "ACCUSE/disapprove 111 Pakistan>Iran asserted; SANCTION/discontinue 162 Pakistan>Iran "
             "asserted"},
        // A threat is to whoever its condition names.
        Case{"en",
             "Iran Iran PROPN 2 nsubj IRN\n"
             "threatened threaten VERB 0 root\n"
             "retaliation retaliation NOUN 2 obj\n"
             "if if SCONJ 6 mark\n"
             "Israel Israel PROPN 6 nsubj ISR\n"
             "attacked attack VERB 2 advcl\n",
             "THREATEN/violence 1384 Iran>Israel asserted"},
        // The tree took the subject for the root, and the verb for an adjective.
        Case{"en",
             "Kenya Kenya PROPN 2 compound KEN\n"
             "agencies agency NOUN 0 root\n"
             "distributed distribute VERB 4 amod\n"
             "food food NOUN 2 appos\n"
             "to to ADP 6 case\n"
             "Somalia Somalia PROPN 4 nmod SOM\n",
             "AID/ 070 Kenya>Somalia asserted"},
        Case{"en",
             "Somalia Somalia PROPN 3 nsubj:pass SOM\n"
             "was be AUX 3 aux:pass\n"
             "attacked attack VERB 0 root\n"
             "by by ADP 5 case\n"
             "Kenya Kenya PROPN 3 obl:agent KEN\n",
             "ASSAULT/ 190 Kenya>Somalia asserted"},
        Case{"en",
             "Kenya Kenya PROPN 2 nsubj KEN\n"
             "held hold VERB 0 root\n"
             "talks talk NOUN 2 obj\n"
             "with with ADP 5 case\n"
             "Uganda Uganda PROPN 3 nmod UGA\n",
             "CONSULT/ 040 Kenya,Uganda> asserted"},
        Case{"en",
             "Talks talk NOUN 6 nsubj\n"
             "between between ADP 3 case\n"
             "Kenya Kenya PROPN 1 nmod KEN\n"
             "and and CCONJ 5 cc\n"
             "Uganda Uganda PROPN 3 conj UGA\n"
             "ended end VERB 0 root\n",
             "CONSULT/ 040 Kenya,Uganda> asserted"},
        Case{"en",
             "Norway Norway PROPN 2 nsubj NOR\n"
             "promised promise VERB 0 root\n"
             "military military ADJ 4 amod\n"
             "aid aid NOUN 2 obj\n"
             "to to ADP 6 case\n"
             "Ukraine Ukraine PROPN 2 obl UKR\n",
             "AGREE/ 0332 Norway>Ukraine asserted"},
        Case{"en",
             "Norway Norway PROPN 2 nsubj NOR\n"
             "agreed agree VERB 0 root\n"
             "to to PART 4 mark\n"
             "visit visit VERB 2 xcomp\n"
             "Chile Chile PROPN 4 obj CHL\n",
             "AGREE/ 036 Norway>Chile asserted"},
        Case{"en",
             "Norway Norway PROPN 3 nsubj NOR\n"
             "will will AUX 3 aux\n"
             "visit visit VERB 0 root\n"
             "Chile Chile PROPN 3 obj CHL\n",
             "AGREE/ 036 Norway>Chile planned"},
        Case{"en",
             "Norway Norway PROPN 2 nsubj NOR\n"
             "accused accuse VERB 0 root\n"
             "Chile Chile PROPN 2 obj CHL\n"
             "of of SCONJ 5 mark\n"
             "attacking attack VERB 2 advcl\n"
             "Peru Peru PROPN 5 obj PER\n",
             "ACCUSE/allege 1123 Norway>Chile asserted; ASSAULT/ 190 Chile>Peru asserted"},
        Case{"en",
             "Norway Norway PROPN 4 nsubj NOR\n"
             "did do AUX 4 aux\n"
             "not not PART 4 advmod\n"
             "attack attack VERB 0 root\n"
             "Chile Chile PROPN 4 obj CHL\n",
             "ASSAULT/ 190 Norway>Chile negated"},
        Case{"en",
             "If if SCONJ 3 mark\n"
             "Norway Norway PROPN 3 nsubj NOR\n"
             "attacked attack VERB 5 advcl\n"
             "Chile Chile PROPN 3 obj CHL\n"
             "prices price NOUN 0 root\n",
             "ASSAULT/ 190 Norway>Chile hypothetical"},
        Case{"en",
             "Rebels rebel NOUN 5 nsubj:pass KEN.REB\n"
             "who who PRON 3 nsubj\n"
             "attacked attack VERB 1 acl:relcl\n"
             "Chile Chile PROPN 3 obj CHL\n"
             "vanished vanish VERB 0 root\n",
             "ASSAULT/ 190 Rebels>Chile asserted"},
        Case{"en",
             "Norway Norway PROPN 2 nsubj NOR\n"
             "urged urge VERB 0 root\n"
             "Chile Chile PROPN 2 obj CHL\n"
             "to to PART 5 mark\n"
             "release release VERB 2 xcomp\n"
             "prisoners prisoner NOUN 5 obj\n",
             "REQUEST/yield 1053 Norway>Chile asserted"},
        Case{"en",
             "Boys boy NOUN 2 nsubj -\n"
             "attacked attack VERB 0 root\n"
             "girls girl NOUN 2 obj -\n",
             ""},
        // The parser hung the recipient on the content.
        Case{"en",
             "Norway Norway PROPN 2 nsubj NOR\n"
             "suspended suspend VERB 0 root\n"
             "aid aid NOUN 2 obj\n"
             "to to ADP 5 case\n"
             "Chile Chile PROPN 3 nmod CHL\n",
             "SANCTION/discontinue 162 Norway>Chile asserted"},
        Case{"en",
             "Earthquakes earthquake NOUN 2 nsubj\n"
             "struck strike VERB 0 root\n"
             "Chile Chile PROPN 2 obj CHL\n",
             ""},
        // Broken trees cost nothing.
        Case{"en",
             "Kenya Kenya PROPN 2 nsubj KEN\n"
             "attacked attack VERB 3 conj\n"
             "attacked attack VERB 2 conj\n",
             "ASSAULT/ 190 Kenya> asserted"}));

INSTANTIATE_TEST_SUITE_P(Indonesian, EventStageTest,
                         testing::Values(Case{"id",
                                              "Kenya kenya PROPN 2 nsubj KEN\n"
                                              "menyerang _ VERB 0 root\n"
                                              "Somalia somalia PROPN 2 obj SOM\n",
                                              "ASSAULT/ 190 Kenya>Somalia asserted"},
                                         Case{"id",
                                              "Somalia somalia PROPN 2 nsubj SOM\n"
                                              "diserang _ VERB 0 root\n"
                                              "oleh _ ADP 4 case\n"
                                              "Kenya kenya PROPN 2 obl KEN\n",
                                              "ASSAULT/ 190 Kenya>Somalia asserted"},
                                         Case{"id",
                                              "Pertemuan _ NOUN 6 nsubj\n"
                                              "antara _ ADP 3 case\n"
                                              "Kenya kenya PROPN 1 nmod KEN\n"
                                              "dan _ CCONJ 5 cc\n"
                                              "Uganda uganda PROPN 3 conj UGA\n"
                                              "selesai _ VERB 0 root\n",
                                              "CONSULT/ 040 Kenya,Uganda> asserted"},
                                         Case{"id",
                                              "Kunjungan _ NOUN 5 nsubj\n"
                                              "Norwegia norwegia PROPN 1 nmod NOR\n"
                                              "ke _ ADP 4 case\n"
                                              "Chile chile PROPN 1 nmod CHL\n"
                                              "usai _ VERB 0 root\n",
                                              "CONSULT/visit 042 Norwegia>Chile asserted"},
                                         Case{"id",
                                              "Norwegia norwegia PROPN 2 nsubj NOR\n"
                                              "berjanji _ VERB 0 root\n"
                                              "untuk _ SCONJ 4 mark\n"
                                              "mengirim _ VERB 2 xcomp\n"
                                              "bantuan _ NOUN 4 obj\n"
                                              "ke _ ADP 7 case\n"
                                              "Ukraina ukraina PROPN 4 obl UKR\n",
                                              "AGREE/ 033 Norwegia>Ukraina asserted"},
                                         Case{"id",
                                              "Norwegia norwegia PROPN 3 nsubj NOR\n"
                                              "akan _ ADV 3 advmod\n"
                                              "mengunjungi _ VERB 0 root\n"
                                              "Chile chile PROPN 3 obj CHL\n",
                                              "AGREE/ 036 Norwegia>Chile planned"},
                                         Case{"id",
                                              "Pemberontak _ NOUN 5 nsubj KEN.REB\n"
                                              "yang _ PRON 3 nsubj\n"
                                              "menyerang _ VERB 1 acl:relcl\n"
                                              "Chile chile PROPN 3 obj CHL\n"
                                              "hilang _ VERB 0 root\n",
                                              "ASSAULT/ 190 Pemberontak>Chile asserted"},
                                         Case{"id",
                                              "Norwegia norwegia PROPN 3 nsubj NOR\n"
                                              "tidak _ PART 3 advmod\n"
                                              "menyerang _ VERB 0 root\n"
                                              "Chile chile PROPN 3 obj CHL\n",
                                              "ASSAULT/ 190 Norwegia>Chile negated"},
                                         Case{"id",
                                              "Norwegia norwegia PROPN 2 nsubj NOR\n"
                                              "melancarkan _ VERB 0 root\n"
                                              "serangan _ NOUN 2 obj\n"
                                              "terhadap _ ADP 5 case\n"
                                              "Chile chile PROPN 2 obl CHL\n",
                                              "ASSAULT/ 190 Norwegia>Chile asserted"},
                                         Case{"id",
                                              "Norwegia norwegia PROPN 2 nsubj NOR\n"
                                              "mendesak _ VERB 0 root\n"
                                              "Chile chile PROPN 2 obj CHL\n"
                                              "agar _ SCONJ 5 mark\n"
                                              "membebaskan _ VERB 2 advcl\n"
                                              "tahanan _ NOUN 5 obj\n",
                                              "REQUEST/yield 1053 Norwegia>Chile asserted"}));

TEST(EventStage, NamesPatternDateAndSource) {
  auto document = Parse("en",
                        "Norway Norway PROPN 2 nsubj NOR\n"
                        "said say VERB 0 root\n"
                        "Chile Chile PROPN 4 nsubj CHL\n"
                        "attacked attack VERB 2 ccomp\n"
                        "Peru Peru PROPN 4 obj PER\n");
  Statement statement;
  statement.source = {0, document->actor_mentions[0].span};
  statement.cue = document->SpanOf(1, 2);
  statement.content = {document->SpanOf(2, 5)};
  document->statements.push_back(statement);
  Workspace workspace;
  ASSERT_TRUE(TheStage().Annotate(*document, workspace));
  ASSERT_EQ(document->events.size(), 1u);
  const Event& event = document->events[0];
  EXPECT_EQ(document->Cut(event.trigger), "attacked");
  EXPECT_EQ(Names(*document, event.reported_by), "Norway");
  EXPECT_EQ(event.date.from, "2024-05-06");
  EXPECT_THAT(event.pattern, testing::StartsWith("data/ontology/plover/patterns/en.tsv:"));
  EXPECT_EQ(event.quad_category, 4);
  EXPECT_DOUBLE_EQ(event.goldstein, -10);
}

// What strikes without a will, and what the words of conflict borrow.
INSTANTIATE_TEST_SUITE_P(LookAlikes, EventStageTest,
                         testing::Values(Case{"en",
                                              "Typhoon typhoon PROPN 2 compound\n"
                                              "Ines Ines PROPN 3 nsubj -\n"
                                              "killed kill VERB 0 root\n"
                                              "villagers villager NOUN 3 obj\n"
                                              "in in ADP 6 case\n"
                                              "Peru Peru PROPN 3 obl PER\n",
                                              ""},
                                         Case{"en",
                                              "Norway Norway PROPN 2 nsubj NOR\n"
                                              "beat beat VERB 0 root\n"
                                              "Chile Chile PROPN 2 obj CHL\n",
                                              ""},
                                         Case{"en",
                                              "Norway Norway PROPN 2 nsubj NOR.COP\n"
                                              "beat beat VERB 0 root\n"
                                              "Chile Chile PROPN 2 obj CHL\n",
                                              "ASSAULT/beat 182 Norway>Chile asserted"},
                                         Case{"en",
                                              "Norway Norway PROPN 2 nsubj NOR\n"
                                              "has have VERB 0 root\n"
                                              "yet yet ADV 2 advmod\n"
                                              "to to PART 5 mark\n"
                                              "meet meet VERB 2 advcl\n"
                                              "Chile Chile PROPN 5 obj CHL\n",
                                              "CONSULT/ 040 Norway,Chile> negated"},
                                         Case{"id",
                                              "Andai andai ADV 4 dep\n"
                                              "Peru Peru PROPN 3 nsubj PER\n"
                                              "menyerang serang VERB 0 root\n"
                                              "Chili Chili PROPN 3 obj CHL\n",
                                              "ASSAULT/ 190 Peru>Chili hypothetical"}));

TEST(EventStage, TriggerIsTheNounThatALightVerbCarries) {
  auto document = Parse("en",
                        "Norway Norway PROPN 2 nsubj NOR\n"
                        "held hold VERB 0 root\n"
                        "long long ADJ 4 amod\n"
                        "talks talk NOUN 2 obj\n"
                        "with with ADP 6 case\n"
                        "Chile Chile PROPN 2 obl CHL\n");
  Workspace workspace;
  ASSERT_TRUE(TheStage().Annotate(*document, workspace));
  ASSERT_EQ(document->events.size(), 1u);
  EXPECT_EQ(document->Cut(document->events[0].trigger), "talks");
}

TEST(EventStage, SkipsHeadings) {
  auto document = Parse("en",
                        "Kenya Kenya PROPN 2 nsubj KEN\n"
                        "attacked attack VERB 0 root\n"
                        "Somalia Somalia PROPN 2 obj SOM\n");
  document->article.blocks[0].kind = BlockKind::kHeading;
  Workspace workspace;
  ASSERT_TRUE(TheStage().Annotate(*document, workspace));
  EXPECT_TRUE(document->events.empty());
}

// What firms do among themselves is none of the ontology's events, what one does to a state is; a
// book, a landlord and a guest from abroad stand for nobody.
INSTANTIATE_TEST_SUITE_P(PrivateLife, EventStageTest,
                         testing::Values(Case{"en",
                                              "Firms firm NOUN 2 nsubj _.BUS\n"
                                              "accused accuse VERB 0 root\n"
                                              "workers worker NOUN 2 obj _.LAB\n",
                                              ""},
                                         Case{"en",
                                              "Firms firm NOUN 2 nsubj _.BUS\n"
                                              "accused accuse VERB 0 root\n"
                                              "Peru Peru PROPN 2 obj PER\n",
                                              "ACCUSE/allege 112 Firms>Peru asserted"},
                                         Case{"en",
                                              "The the DET 2 det\n"
                                              "book book NOUN 3 nsubj\n"
                                              "accuses accuse VERB 0 root\n"
                                              "Peru Peru PROPN 3 obj PER\n",
                                              ""},
                                         Case{"en",
                                              "Kenya Kenya PROPN 2 nsubj KEN\n"
                                              "attacked attack VERB 0 root\n"
                                              "the the DET 4 det\n"
                                              "plan plan NOUN 2 obj\n"
                                              "of of ADP 6 case\n"
                                              "Peru Peru PROPN 4 nmod PER\n",
                                              "ACCUSE/disapprove 111 Kenya>Peru asserted"},
                                         Case{"en",
                                              "Guests guest NOUN 4 nsubj\n"
                                              "from from ADP 3 case\n"
                                              "Peru Peru PROPN 1 nmod PER\n"
                                              "praised praise VERB 0 root\n"
                                              "cooks cook NOUN 4 obj\n",
                                              ""}));

// A lone word of politics that nobody is on the other side of: an event of a sentence, but not of a
// report that has none else.
TEST(EventStage, AStrayEventNeedsMoreConfidence) {
  for (const size_t sentences : {1, 8}) {
    auto document = Parse("en",
                          "Kenya Kenya PROPN 2 nsubj KEN\n"
                          "warned warn VERB 0 root\n");
    document->sentences.resize(sentences);
    Workspace workspace;
    ASSERT_TRUE(TheStage().Annotate(*document, workspace));
    EXPECT_EQ(document->events.size(), sentences == 1 ? 1u : 0u);
  }
}

}  // namespace
}  // namespace kronik
