#include "store/review.h"

#include <algorithm>
#include <cassert>
#include <charconv>
#include <chrono>
#include <cstdio>

#include "store/fields.h"

namespace kronik {
namespace {

constexpr size_t kMostNameBytes = 100;
constexpr size_t kMostNoteBytes = 2000;

Error Wrong(const char* why) { return {ErrorCode::kInvalidInput, why, ""}; }

bool HasControls(std::string_view text, std::string_view allowed = "") {
  return std::any_of(text.begin(), text.end(), [&](char c) {
    return (static_cast<unsigned char>(c) < ' ' || c == 0x7F) &&
           allowed.find(c) == std::string_view::npos;
  });
}

// ---- corrections -------------------------------------------------------------------------------

// "PRK MIL": the machine's own actor of that code where it found one, else one without words.
Json ActorOf(const std::string& corrected, const std::vector<Json>& known) {
  const std::string code = corrected.substr(0, corrected.find(' '));
  Json sectors = Json::array();
  for (size_t at = code.size(); at < corrected.size();) {
    const size_t end = std::min(corrected.find(' ', at + 1), corrected.size());
    sectors.push_back(corrected.substr(at + 1, end - at - 1));
    at = end;
  }
  for (const Json& actor : known) {
    if (Text(actor, "code") != code) continue;
    Json same = actor;
    if (!sectors.empty()) same["sectors"] = std::move(sectors);
    return same;
  }
  return Json{{"name", ""}, {"code", code}, {"sectors", std::move(sectors)}};
}

// Every actor that the machine found in a record, whatever it did there.
std::vector<Json> ActorsIn(const Json& record) {
  std::vector<Json> actors;
  for (const char* name : {"actor", "recipient", "source", "addressee", "parties"}) {
    const auto found = record.find(name);
    if (found == record.end()) continue;
    if (found->is_object()) actors.push_back(*found);
    if (!found->is_array()) continue;
    for (const Json& one : *found) actors.push_back(one.contains("actor") ? one["actor"] : one);
  }
  return actors;
}

// Takes the parties of a role out of a commitment and puts the corrected ones in their place.
Json CorrectParties(const std::string& role, const Json& corrected, const std::vector<Json>& known,
                    Json& record) {
  Json before = Json::array(), parties = Json::array();
  for (const Json& actor : corrected) {
    parties.push_back({{"actor", ActorOf(actor, known)}, {"role", role}});
  }
  for (const Json& party : record["parties"]) {
    (Text(party, "role") == role ? before : parties).push_back(party);
  }
  record["parties"] = std::move(parties);
  return before;
}

}  // namespace

// ---- moments -----------------------------------------------------------------------------------

std::string MomentText(int64_t seconds) {
  const std::chrono::sys_seconds moment{std::chrono::seconds(seconds)};
  const auto midnight = std::chrono::floor<std::chrono::days>(moment);
  const std::chrono::year_month_day day(midnight);
  const std::chrono::hh_mm_ss time(moment - midnight);
  char text[64];
  std::snprintf(text, sizeof(text), "%04d-%02u-%02uT%02d:%02d:%02dZ", int(day.year()),
                unsigned(day.month()), unsigned(day.day()), int(time.hours().count()),
                int(time.minutes().count()), int(time.seconds().count()));
  return text;
}

std::optional<int64_t> MomentOf(std::string_view text) {
  static constexpr std::string_view kForm = "0000-00-00T00:00:00Z";
  if (text.size() != 10 && text.size() != kForm.size()) return std::nullopt;
  int numbers[6] = {};
  for (size_t i = 0, part = 0; i < text.size(); ++i) {
    if (kForm[i] == '0') {
      if (text[i] < '0' || text[i] > '9') return std::nullopt;
      numbers[part] = numbers[part] * 10 + (text[i] - '0');
    } else {
      if (text[i] != kForm[i]) return std::nullopt;
      ++part;
    }
  }
  const std::chrono::year_month_day day{std::chrono::year(numbers[0]),
                                        std::chrono::month(static_cast<unsigned>(numbers[1])),
                                        std::chrono::day(static_cast<unsigned>(numbers[2]))};
  if (!day.ok() || numbers[3] > 23 || numbers[4] > 59 || numbers[5] > 60) return std::nullopt;
  const auto days = std::chrono::sys_days(day).time_since_epoch().count();
  return ((int64_t{days} * 24 + numbers[3]) * 60 + numbers[4]) * 60 + numbers[5];
}

Error NoMoment(const std::string& text) {
  return {ErrorCode::kInvalidInput, "is no moment: write 2026-11-25, or 2026-11-25T18:02:11Z",
          text};
}

// ---- what reviews come to ----------------------------------------------------------------------

Result<void> CheckReview(const Review& review) {
  static constexpr std::string_view kVerdicts[] = {"accept", "correct", "reject", "undo"};
  if (std::find(std::begin(kVerdicts), std::end(kVerdicts), review.verdict) ==
      std::end(kVerdicts)) {
    return Wrong("the verdict is accept, correct, reject or undo");
  }
  if (review.reviewer.empty() || review.reviewer.size() > kMostNameBytes ||
      HasControls(review.reviewer)) {
    return Wrong("a review needs the reviewer's name, of at most 100 bytes");
  }
  if (review.note.size() > kMostNoteBytes || HasControls(review.note, "\n\r\t")) {
    return Wrong("a note has at most 2000 bytes");
  }
  if (review.verdict != "correct" && !review.fields.empty()) {
    return Wrong("only a correction has fields");
  }
  return {};
}

Json StateOf(const std::vector<Json>& entries) {
  std::vector<const Json*> standing;
  for (const Json& entry : entries) {
    if (Text(entry, "verdict") != "undo") {
      standing.push_back(&entry);
    } else if (!standing.empty()) {
      standing.pop_back();
    }
  }
  if (standing.empty()) return {};
  Json state, fields = Json::object();
  for (const char* name : {"number", "id", "verdict", "reviewer", "at", "note"}) {
    if (standing.back()->contains(name)) state[name] = (*standing.back())[name];
  }
  for (const Json* entry : standing) {
    if (entry->contains("fields")) fields.update((*entry)["fields"]);
  }
  if (!fields.empty()) state["fields"] = std::move(fields);
  return state;
}

std::string WithReview(std::string_view record, std::string_view review) {
  std::string whole(record);
  if (!review.empty()) {
    whole.insert(whole.size() - 1, ",\"review\":" + std::string(review));
  }
  return whole;
}

void Correct(std::string_view kind, Json review, Json& record) {
  const std::vector<Json> known = ActorsIn(record);
  Json original = Json::object();
  const Json fields = review.value("fields", Json::object());
  for (const auto& [name, value] : fields.items()) {
    if (kind == "commitment" && (name == "bound" || name == "toward")) {
      original[name] = CorrectParties(name, value, known, record);
      continue;
    }
    if (record.contains(name)) original[name] = record[name];
    const bool actors = name == "actor" || name == "recipient";
    const bool actor = name == "source" || name == "addressee";
    if (value == "") {
      name == "source" ? void(record[name] = nullptr) : void(record.erase(name));
    } else if (actor) {
      record[name] = ActorOf(value, known);
    } else if (actors) {
      record[name] = Json::array();
      for (const Json& one : value) record[name].push_back(ActorOf(one, known));
    } else {
      record[name] = value;
    }
  }
  if (!original.empty()) review["original"] = std::move(original);
  record["review"] = std::move(review);
}

// ---- the tables --------------------------------------------------------------------------------

std::vector<Json> ReviewLog::EntriesOf(const std::string& id) {
  std::vector<Json> entries;
  for (const std::string& entry :
       database_.Texts("SELECT entry FROM reviews WHERE id = ? ORDER BY number", id)) {
    entries.push_back(Json::parse(entry));
  }
  return entries;
}

Result<std::string> ReviewLog::Append(const Review& review, const std::string& fields,
                                      int64_t now) {
  std::vector<Json> entries = EntriesOf(review.id);
  if (review.verdict == "undo" && StateOf(entries).is_null()) {
    return Error{ErrorCode::kConflict, "there is no review to undo", review.id};
  }
  const int64_t number =
      database_.FindNumber("SELECT coalesce(max(number), 0) + 1 FROM reviews").value_or(1);
  Json entry{{"number", number},
             {"kind", review.kind.empty() ? Text(entries.front(), "kind") : review.kind},
             {"id", review.id},
             {"verdict", review.verdict},
             {"reviewer", review.reviewer},
             {"at", MomentText(now)}};
  if (!review.note.empty()) entry["note"] = review.note;
  if (!fields.empty()) entry["fields"] = Json::parse(fields);
  const std::string kind = Text(entry, "kind");
  database_.Run("INSERT INTO reviews (number, kind, id, entry) VALUES (?, ?, ?, ?)", number, kind,
                review.id, ToLine(entry));
  entries.push_back(std::move(entry));
  database_.Run("DELETE FROM reviewed WHERE id = ?", review.id);
  Json state = StateOf(entries);
  if (!state.is_null()) {
    database_.Run(
        "INSERT INTO reviewed (id, kind, number, accepted, corrected, review)"
        " VALUES (?, ?, ?, ?, ?, ?)",
        review.id, kind, number, int64_t{state["verdict"] != "reject"},
        int64_t{state.contains("fields")}, ToLine(state));
  }
  Json said = std::move(entries.back());
  said["review"] = std::move(state);
  return ToLine(said);
}

std::vector<std::string> ReviewLog::Entries(const ReviewQuery& query) {
  Sql sql{
      "SELECT r.entry, CASE WHEN EXISTS (SELECT 1 FROM events e WHERE e.id = r.id)"
      " OR EXISTS (SELECT 1 FROM statements s WHERE s.id = r.id)"
      " OR EXISTS (SELECT 1 FROM commitments c WHERE c.id = r.id) THEN 0 ELSE 1 END"
      " FROM reviews r WHERE true",
      {}};
  if (!query.id.empty()) sql.Add(" AND r.id = ?", {query.id});
  sql.Add(" ORDER BY r.number DESC");
  const auto rows = database_.Started(sql, Database::Use::kManyRows);
  std::vector<std::string> entries;
  int skip = std::max(query.offset, 0);
  while ((query.limit < 0 || entries.size() < static_cast<size_t>(query.limit)) && rows->Step()) {
    const bool orphaned = rows->Integer(1) != 0;
    if (query.orphaned && !orphaned) continue;
    if (skip-- > 0) continue;
    std::string& entry = entries.emplace_back(rows->Text(0));
    if (orphaned) entry.insert(entry.size() - 1, ",\"orphaned\":true");
  }
  return entries;
}

}  // namespace kronik
