#include "server/feed.h"

#include "base/ascii.h"
#include "base/hash.h"

namespace kronik {
namespace {

// Control characters have no place in XML.
std::string Escaped(std::string_view text) {
  std::string out;
  AppendEscaped(text, out);
  for (char& c : out) {
    if (static_cast<unsigned char>(c) < ' ' || c == 0x7F) c = ' ';
  }
  return out;
}

std::string Text(const Json& record, const char* name) {
  auto found = record.find(name);
  return found != record.end() && found->is_string() ? found->get<std::string>() : std::string();
}

std::string Names(const Json& actors) {
  std::string names;
  for (const Json& actor : actors) {
    std::string name = Text(actor, "code");
    if (name.empty()) name = Text(actor, "name");
    if (name.empty()) name = Text(actor, "text");
    names += (names.empty() ? "" : ", ") + name;
  }
  return names.empty() ? "–" : names;
}

// Atom wants a date with a time; a report's "2024-05" has neither day nor time.
std::string Time(std::string day) {
  static constexpr std::string_view kRest = "0001-01-01";
  if (day.size() > kRest.size()) day.resize(kRest.size());
  if (day.size() < kRest.size()) day += kRest.substr(day.size());
  return day + "T00:00:00Z";
}

std::string Uuid(std::string id) {
  if (id.size() != 32) id = HashId({id});
  for (size_t at : {20, 16, 12, 8}) id.insert(at, "-");
  return "urn:uuid:" + id;
}

std::string Entry(const Json& event, const std::string& base) {
  const std::string day = Text(event.value("date", Json::object()), "from");
  std::string title = Names(event.value("actor", Json::array())) + " → " +
                      Names(event.value("recipient", Json::array())) + ": " +
                      Text(event, "event_type");
  if (std::string mode = Text(event, "mode"); !mode.empty()) title += "/" + mode;
  if (std::string status = Text(event, "status"); status != "asserted") {
    title += " (" + status + ")";
  }
  return "<entry><id>" + Uuid(Text(event, "id")) + "</id><title>" + Escaped(title) +
         "</title><updated>" + Time(day) + "</updated><link href=\"" +
         Escaped(base + "/events/" + Text(event, "id")) + "\"/><category term=\"" +
         Escaped(Text(event, "event_type")) + "\"/><summary>" +
         Escaped(Text(event.value("sentence", Json::object()), "text")) + "</summary></entry>\n";
}

}  // namespace

std::string AtomFeed(const std::vector<std::string>& events, const std::string& title,
                     const std::string& base, const std::string& query) {
  std::string entries, newest;
  for (size_t i = events.size(); i-- > 0;) {
    const Json event = Json::parse(events[i]);
    newest = std::max(newest, Text(event.value("date", Json::object()), "from"));
    entries += Entry(event, base);
  }
  return "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n"
         "<feed xmlns=\"http://www.w3.org/2005/Atom\">\n<id>" +
         Uuid(HashId({"feed", query})) + "</id><title>" + Escaped(title) + "</title><updated>" +
         Time(newest) +
         "</updated>\n<author><name>kronik</name></author>\n<link rel=\"self\" href=\"" +
         Escaped(base + "/api/feed?" + query) + "\"/><link href=\"" +
         Escaped(base + "/events?" + query) + "\"/>\n" + entries + "</feed>\n";
}

}  // namespace kronik
