#include "cli/report.h"

#include <fmt/format.h>

#include "base/utf8.h"
#include "record/json.h"

namespace kronik::cli {
namespace {

std::string Interval(const TimeInterval& interval) {
  if (!interval.known()) return "no date";
  if (interval.from == interval.to) return interval.from;
  return interval.from + ".." + interval.to;
}

class Writer {
 public:
  Writer(const Document& document, bool colour) : document_(document), colour_(colour) {}

  std::string Write() {
    const Article& article = document_.article;
    Line(0, Bold(article.title.empty() ? document_.input.name : article.title));
    std::string meta = article.published.empty() ? "no date" : article.published;
    for (const std::string& part : {article.place, article.publisher, article.lang}) {
      if (!part.empty()) meta += " · " + part;
    }
    for (size_t i = 0; i < article.authors.size(); ++i)
      meta += (i ? ", " : " · by ") + article.authors[i];
    Line(1, Dim(meta + " · " + document_.input.name));
    if (!document_.events.empty()) Line(1, "Events");
    for (const Event& event : document_.events) WriteEvent(event);
    if (!document_.statements.empty()) Line(1, "Statements");
    for (const Statement& statement : document_.statements) WriteStatement(statement);
    if (!document_.commitments.empty()) Line(1, "Commitments");
    for (const Commitment& commitment : document_.commitments) WriteCommitment(commitment);
    return std::move(out_);
  }

 private:
  void Line(int indent, std::string_view text) {
    out_.append(static_cast<size_t>(2 * indent), ' ');
    out_ += text;
    out_ += '\n';
  }
  std::string Style(const char* code, std::string_view text) const {
    return colour_ ? fmt::format("\x1b[{}m{}\x1b[0m", code, text) : std::string(text);
  }
  std::string Bold(std::string_view text) const { return Style("1", text); }
  std::string Dim(std::string_view text) const { return Style("2", text); }

  std::string Words(const Span& span) const { return Squash(document_.Cut(span)); }

  std::string Actors(const std::vector<ActorRef>& refs) const {
    std::string list;
    for (const ActorRef& ref : refs) {
      if (!list.empty()) list += ", ";
      list += ActorForPeople(document_, ref);
    }
    return list;
  }

  // The sentence, with the trigger marked.
  std::string Proof(const Span& sentence, const Span& trigger) const {
    if (!sentence.Contains(trigger)) return Dim("“" + Words(sentence) + "”");
    Span before = sentence, after = sentence;
    before.end = trigger.start;
    after.start = trigger.end;
    std::string text(document_.Cut(before));
    text += "[" + std::string(document_.Cut(trigger)) + "]";
    text += document_.Cut(after);
    return Dim("“" + Squash(text) + "”");
  }

  void WriteEvent(const Event& event) {
    std::string type = event.event_type;
    if (!event.mode.empty()) type += "/" + event.mode;
    std::string parties = Actors(event.actor);
    if (!event.recipient.empty()) parties += " → " + Actors(event.recipient);
    std::string line = fmt::format("{}  {}  {}", Interval(event.date), Bold(type), parties);
    if (event.status != EventStatus::kAsserted) line += fmt::format("  ({})", NameOf(event.status));
    if (!event.reported_by.empty()) line += "  according to " + Actors(event.reported_by);
    Line(2, line);
    Line(3, Proof(event.sentence, event.trigger));
  }

  void WriteStatement(const Statement& statement) {
    std::string line = fmt::format("{}  {}", Bold(ActorForPeople(document_, statement.source)),
                                   Words(statement.cue));
    for (size_t i = 0; i < statement.via.size(); ++i) {
      line += (i ? ", " : "  via ") + ActorForPeople(document_, statement.via[i].actor);
    }
    Line(2, line);
    std::string content;
    for (const Span& span : statement.content)
      content += (content.empty() ? "" : " … ") + Words(span);
    Line(3, Dim("“" + content + "”"));
  }

  void WriteCommitment(const Commitment& commitment) {
    std::string parties;
    for (const Party& party : commitment.parties) {
      if (!parties.empty()) parties += party.role == PartyRole::kToward ? " → " : ", ";
      parties += ActorForPeople(document_, party.actor);
    }
    std::string line =
        fmt::format("{} {}  {}", Bold(NameOf(commitment.kind)), NameOf(commitment.status), parties);
    if (commitment.term.known()) line += "  term " + Interval(commitment.term);
    if (!commitment.subject.empty()) line += ": " + Words(commitment.subject);
    Line(2, line);
    Line(3, Proof(commitment.sentence, commitment.trigger));
  }

  const Document& document_;
  const bool colour_;
  std::string out_;
};

}  // namespace

std::string ActorForPeople(const Document& document, const ActorRef& ref) {
  if (ref.actor >= document.actors.size()) return Squash(document.Cut(ref.span));
  const Actor& actor = document.actors[ref.actor];
  std::string code = actor.code;
  for (const std::string& sector : actor.sectors) code += (code.empty() ? "" : " ") + sector;
  std::string name = actor.name.empty() ? Squash(document.Cut(ref.span)) : Squash(actor.name);
  return code.empty() ? name : code + " (" + name + ")";
}

std::string ReportForPeople(const Document& document, bool colour) {
  return Writer(document, colour).Write();
}

}  // namespace kronik::cli
