// Makes the chronicle that the tests of the page and of the API look at: fixture FILE
#include <cstdio>
#include <string>
#include <string_view>

#include "kronik/store.h"

namespace {

using namespace kronik;

Span Find(const Document& document, std::string_view words) {
  const size_t at = document.article.text.find(words);
  return {static_cast<uint32_t>(at), static_cast<uint32_t>(at + words.size())};
}

void Base(Document& document, const char* id, const char* title, const char* published) {
  document.input.name = std::string(id) + ".html";
  Article& article = document.article;
  article.id = id;
  article.lang = "en";
  article.title = title;
  article.url = "https://news.example/" + std::string(id);
  article.publisher = "Example News";
  article.published = published;
}

uint32_t Add(Document& document, const char* code, const char* name = "") {
  Actor actor;
  actor.kind = ActorKind::kState;
  actor.name = name;
  actor.code = code;
  document.actors.push_back(actor);
  return static_cast<uint32_t>(document.actors.size() - 1);
}

// Text before the event that takes several bytes, and several UTF-16 units, a character; and
// text that would be markup if the page let it.
void Summit(Document& document) {
  Base(document, "summit", "Leaders <b>meet</b> in Bern", "2024-05-02");
  document.article.AppendBlock(BlockKind::kParagraph,
                               "Zürich 🚂 to Bern: <img src=x onerror=\"window.hacked=1\">");
  document.article.AppendBlock(
      BlockKind::kParagraph,
      "It rained. On Wednesday Norway thanked Peru for its help. It rained.");
  document.article.AppendBlock(BlockKind::kParagraph, "Peru promised a new ferry by June.");
  const uint32_t norway = Add(document, "NOR"), peru = Add(document, "PER");
  Event event;
  event.event_type = "COOPERATE";
  event.quad_category = 2;
  event.goldstein = 6.5;
  event.pattern = "data/ontology/plover/patterns/en.tsv:1";
  event.actor = {{norway, Find(document, "Norway")}};
  event.recipient = {{peru, Find(document, "Peru")}};
  event.trigger = Find(document, "thanked");
  event.sentence = Find(document, "On Wednesday Norway thanked Peru for its help.");
  event.date = {"2024-05-01", "2024-05-01"};
  event.date_text = Find(document, "Wednesday");
  event.place = "Bern";
  event.confidence = 0.9;
  document.events.push_back(event);
  Commitment commitment;
  commitment.parties = {{{peru, Find(document, "Peru promised")}, PartyRole::kBound}};
  commitment.parties[0].actor.span.end = commitment.parties[0].actor.span.start + 4;
  commitment.subject = Find(document, "a new ferry");
  commitment.trigger = Find(document, "promised");
  commitment.sentence = Find(document, "Peru promised a new ferry by June.");
  commitment.made = {"2024-05-02", "2024-05-02"};
  commitment.term = {"", "2024-06"};
  document.commitments.push_back(commitment);
}

void Protest(Document& document) {
  Base(document, "protest", "Envoy denies talks", "2024-04-11");
  document.article.url = "javascript:window.hacked=1";
  document.article.AppendBlock(BlockKind::kParagraph, "Chile did not consult Fiji.");
  Event event;
  event.event_type = "CONSULT";
  event.quad_category = 1;
  event.goldstein = 1;
  event.status = EventStatus::kNegated;
  event.actor = {{Add(document, "CHL"), Find(document, "Chile")}};
  event.recipient = {{Add(document, "FJI"), Find(document, "Fiji")}};
  event.trigger = Find(document, "consult");
  event.sentence = Find(document, "Chile did not consult Fiji.");
  event.date = {"2024-04-10", "2024-04-10"};
  document.events.push_back(event);
}

// Another report of the summit's event, with all that stands around a report.
void Echo(Document& document) {
  Base(document, "echo", "Norway thanks Peru", "2024-05-03T08:30:00+02:00");
  Article& article = document.article;
  article.publisher = "Kabar Contoh";
  article.authors = {"Ana Example"};
  article.place = "BERN";
  article.deck = "A short word of thanks.";
  article.captions = {
      {"Envoys in Bern.", {"Handout / EXAMPLE MINISTRY / EXP", "EXP", "EXAMPLE MINISTRY"}}};
  article.residue = {{"share", "Share this"}, {"footer", "All rights reserved"}};
  article.related = {{"Leaders <b>meet</b> in Bern", ""}, {"Elsewhere", "https://other.example/x"}};
  article.AppendBlock(BlockKind::kParagraph, "A short word of thanks.");
  article.AppendBlock(BlockKind::kHeading, "In Bern");
  article.AppendBlock(BlockKind::kParagraph,
                      "Norway thanked Peru on Wednesday, the agency EXP reported citing Fiji.");
  Event event;
  event.event_type = "COOPERATE";
  event.mode = "";
  event.quad_category = 2;
  event.goldstein = 6.5;
  event.cameo = "050";
  event.actor = {{Add(document, "NOR"), Find(document, "Norway")}};
  event.recipient = {{Add(document, "PER"), Find(document, "Peru")}};
  event.trigger = Find(document, "thanked");
  event.sentence =
      Find(document, "Norway thanked Peru on Wednesday, the agency EXP reported citing Fiji.");
  event.date = {"2024-05-01", "2024-05-01"};
  event.confidence = 0.8;
  const uint32_t fiji = Add(document, "FJI");
  event.reported_by = {{fiji, Find(document, "Fiji")}};
  document.events.push_back(event);
  const uint32_t agency = Add(document, "");
  document.actors[agency].name = "EXP";
  document.actors[agency].carrier = true;
  document.actors[agency].organ_of = "CHE";
  Statement statement;
  statement.source = {fiji, Find(document, "Fiji")};
  statement.cue = Find(document, "citing");
  statement.content = {Find(document, "Norway thanked Peru on Wednesday")};
  statement.via = {{{agency, Find(document, "EXP")}, Find(document, "reported")}};
  statement.sentence = event.sentence;
  document.statements.push_back(statement);
}

// Three years of short reports, the same in every run, so that there is something to draw.
struct Deed {
  const char* words;  // between the actor and the recipient
  const char* type;
  const char* mode;
  int quad;
  double goldstein;
};
constexpr Deed kDeeds[] = {
    {"held talks with", "CONSULT", "meet", 1, 4},
    {"praised", "SUPPORT", "", 1, 4.5},
    {"signed a deal with", "AGREE", "", 1, 6},
    {"sent rescue teams to", "AID", "humanitarian", 2, 8},
    {"asked for a meeting with", "REQUEST", "", 3, 0},
    {"accused", "ACCUSE", "", 3, -3},
    {"rejected a proposal by", "REJECT", "", 3, -4},
    {"imposed tariffs on", "SANCTION", "", 4, -6},
    {"threatened to close ports to", "THREATEN", "restrict", 3, -5},
    {"opened a laboratory with", "COOPERATE", "", 2, 6.5},
};
struct Country {
  const char* code;
  const char* name;
};
constexpr Country kCountries[] = {{"NOR", "Norway"},   {"PER", "Peru"},    {"CHL", "Chile"},
                                  {"FJI", "Fiji"},     {"KEN", "Kenya"},   {"IDN", "Indonesia"},
                                  {"PRT", "Portugal"}, {"MNG", "Mongolia"}};
// A place of two names, of one, a country, and what no table knows.
constexpr const char* kPlaces[] = {"Oslo",    "Lima",    "Geneva", "Jenewa",      "",
                                   "Nairobi", "Jakarta", "Fiji",   "the old mill"};
constexpr CommitmentStatus kStatuses[] = {CommitmentStatus::kMade,    CommitmentStatus::kReaffirmed,
                                          CommitmentStatus::kDelayed, CommitmentStatus::kFulfilled,
                                          CommitmentStatus::kBroken,  CommitmentStatus::kProposed};
constexpr const char* kSubjects[] = {"a new ferry line", "a seed bank in the highlands",
                                     "visa-free travel for students", "a shared weather station"};
constexpr const char* kFollowUps[] = {
    "pledged", "reaffirmed its promise of", "delayed", "delivered", "went back on", "offered"};

void Short(Document& document, unsigned number) {
  // Knuth's MMIX generator: spread well enough for a picture.
  uint64_t state = number * 6364136223846793005u + 1442695040888963407u;
  auto next = [&state](size_t below) {
    state = state * 6364136223846793005u + 1442695040888963407u;
    return static_cast<size_t>(state >> 33) % below;
  };
  const Country& a = kCountries[next(3) ? next(2) : next(8)];
  const Country* b = &kCountries[next(8)];
  if (a.code == b->code) b = &kCountries[a.code == kCountries[1].code ? 0 : 1];
  // Relations cool in the second year and mend in the third.
  const unsigned month = number * 36 / 120, year = 2021 + month / 12;
  const Deed& deed = kDeeds[year == 2022 ? 3 + next(6) : next(2) ? next(4) : next(10)];
  char day[32];
  std::snprintf(day, sizeof(day), "%u-%02u-%02u", year, month % 12 + 1,
                static_cast<unsigned>(next(28)) + 1);
  const std::string sentence =
      std::string(a.name) + " " + deed.words + " " + b->name + " on the day before.";
  Base(document, ("short" + std::to_string(number)).c_str(),
       (std::string(a.name) + " and " + b->name + ": news of the day").c_str(), day);
  document.article.AppendBlock(BlockKind::kParagraph, sentence + " Little else is known.");
  Event event;
  event.event_type = deed.type;
  event.mode = deed.mode;
  event.quad_category = deed.quad;
  event.goldstein = deed.goldstein;
  event.actor = {{Add(document, a.code), Find(document, a.name)}};
  event.recipient = {{Add(document, b->code), Find(document, b->name)}};
  event.trigger = Find(document, deed.words);
  event.sentence = Find(document, sentence);
  event.date = {day, day};
  event.confidence = 0.5 + 0.05 * static_cast<double>(next(10));
  event.status = next(9) ? EventStatus::kAsserted : EventStatus::kPlanned;
  event.place = kPlaces[number % std::size(kPlaces)];
  document.events.push_back(event);
  if (number % 6 != 0) return;
  const size_t status = number / 6 % std::size(kStatuses);
  const std::string promise = std::string(a.name) + " also " + kFollowUps[status] + " " +
                              kSubjects[next(std::size(kSubjects))] + " to " + b->name + ".";
  document.article.AppendBlock(BlockKind::kParagraph, promise);
  Commitment commitment;
  commitment.parties = {{{0, Find(document, a.name)}, PartyRole::kBound},
                        {{1, Find(document, b->name)}, PartyRole::kToward}};
  commitment.status = kStatuses[status];
  commitment.kind = status == 5 ? CommitmentKind::kInvitation : CommitmentKind::kPledge;
  commitment.sentence = Find(document, promise);
  commitment.trigger = Find(document, kFollowUps[status]);
  for (const char* subject : kSubjects) {
    if (promise.find(subject) != std::string::npos) commitment.subject = Find(document, subject);
  }
  commitment.made = {day, day};
  if (status != 5) commitment.term = {"", std::to_string(year + 1)};
  document.commitments.push_back(commitment);
}

int Fail(const Error& error) {
  std::fprintf(stderr, "%s\n", error.ToString().c_str());
  return 2;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) {
    std::fprintf(stderr, "usage: fixture FILE\n");
    return 2;
  }
  auto store = Store::Open(argv[1]);
  if (!store) return Fail(store.error());
  auto put = [&](auto make, auto... more) {
    Document document;
    make(document, more...);
    return (*store)->Put(document);
  };
  for (auto make : {Summit, Echo, Protest}) {
    if (auto done = put(make); !done) return Fail(done.error());
  }
  for (unsigned number = 0; number < 120; ++number) {
    if (auto done = put(Short, number); !done) return Fail(done.error());
  }
  return 0;
}
