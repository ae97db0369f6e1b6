// Makes the chronicle that page_test.js looks at; `fixture serve --store FILE --port N` serves it
// where there is no `kronik` to do so.
#include <charconv>
#include <cstdio>
#include <cstring>
#include <string_view>

#include "kronik/store.h"
#include "server/server.h"

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

uint32_t Add(Document& document, const char* code) {
  Actor actor;
  actor.kind = ActorKind::kState;
  actor.name = actor.code = code;
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
  event.actor = {{norway, Find(document, "Norway")}};
  event.recipient = {{peru, Find(document, "Peru")}};
  event.trigger = Find(document, "thanked");
  event.sentence = Find(document, "On Wednesday Norway thanked Peru for its help.");
  event.date = {"2024-05-01", "2024-05-01"};
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
  event.status = EventStatus::kNegated;
  event.actor = {{Add(document, "CHL"), Find(document, "Chile")}};
  event.recipient = {{Add(document, "FJI"), Find(document, "Fiji")}};
  event.trigger = Find(document, "consult");
  event.sentence = Find(document, "Chile did not consult Fiji.");
  event.date = {"2024-04-10", "2024-04-10"};
  document.events.push_back(event);
}

int Fail(const Error& error) {
  std::fprintf(stderr, "%s\n", error.ToString().c_str());
  return 2;
}

}  // namespace

int main(int argc, char** argv) {
  const bool serve = argc == 6 && std::strcmp(argv[1], "serve") == 0;
  if (!serve && argc != 2) {
    std::fprintf(stderr, "usage: fixture FILE | fixture serve --store FILE --port N\n");
    return 2;
  }
  auto store = Store::Open(serve ? argv[3] : argv[1], {.create = !serve});
  if (!store) return Fail(store.error());
  if (!serve) {
    for (auto make : {Summit, Protest}) {
      Document document;
      make(document);
      if (auto put = (*store)->Put(document); !put) return Fail(put.error());
    }
    return 0;
  }
  int port = 0;
  std::from_chars(argv[5], argv[5] + std::strlen(argv[5]), port);
  Server server(**store);
  if (auto bound = server.Bind(port); !bound) return Fail(bound.error());
  if (auto ran = server.Run(); !ran) return Fail(ran.error());
  return 0;
}
