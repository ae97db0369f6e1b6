#include "commitment/undertakings.h"

#include <algorithm>
#include <optional>

#include "base/tsv.h"
#include "commitment/cues.h"

namespace kronik::commitment {
namespace {

std::string KeyOf(std::string_view type, std::string_view mode) {
  return std::string(type) + (mode.empty() ? "" : "/") + std::string(mode);
}

}  // namespace

Result<Undertakings> Undertakings::Load(const Resources& resources) {
  Undertakings loaded;
  Result<Tsv> table =
      Tsv::Load(resources, "data/undertakings.tsv", {"act", "deed", "status", "needs"});
  if (!table) return table.error();
  for (const Tsv::Row& row : table->rows()) {
    Outcome outcome;
    outcome.act = row[0];
    const std::optional<CommitmentStatus> status = StatusOf(row[2]);
    if (!status) return table->ErrorAt(row, "unknown status '" + std::string(row[2]) + "'");
    outcome.status = *status;
    for (std::string_view need : SplitCell(row[3])) {
      if (need != "object" && need != "sides") {
        return table->ErrorAt(row, "unknown need '" + std::string(need) + "'");
      }
      (need == "object" ? outcome.object : outcome.sides) = true;
    }
    loaded.outcomes_[std::string(row[1])].push_back(std::move(outcome));
  }
  table = Tsv::Load(resources, "data/ontology/plover/deeds.tsv",
                    {"event_type", "mode", "class", "deed"});
  if (!table) return table.error();
  for (const Tsv::Row& row : table->rows()) {
    EventRow& event = loaded.events_[KeyOf(row[0], row[1])];
    if (row[2] == "deed") {
      event.deed = row[3];
    } else if (row[2] == "threat") {
      event.classes |= kThreatens;
    } else if (row[2] == "meeting") {
      event.classes |= kMeets;
    } else if (row[2] == "accusation") {
      event.classes |= kAccuses;
    } else {
      return table->ErrorAt(row, "unknown class '" + std::string(row[2]) + "'");
    }
  }
  table = Tsv::Load(resources, "data/ontology/plover/sectors.tsv", {"sector", "side"});
  if (!table) return table.error();
  for (const Tsv::Row& row : table->rows()) {
    if (!row[1].empty()) loaded.political_.emplace(row[0]);
  }
  return loaded;
}

const std::vector<Outcome>& Undertakings::Outcomes(std::string_view deed) const {
  static const std::vector<Outcome> kNothing;
  const auto found = outcomes_.find(deed);
  return found == outcomes_.end() ? kNothing : found->second;
}

const Undertakings::EventRow* Undertakings::Find(std::string_view type,
                                                 std::string_view mode) const {
  const auto found = events_.find(KeyOf(type, mode));
  return found == events_.end() ? nullptr : &found->second;
}

std::string_view Undertakings::DeedOf(const Event& event) const {
  for (const std::string_view mode : {std::string_view(event.mode), std::string_view()}) {
    const EventRow* row = Find(event.event_type, mode);
    if (row != nullptr && !row->deed.empty()) return row->deed;
  }
  return {};
}

bool Undertakings::Is(const Event& event, EventClass wanted) const {
  for (const std::string_view mode : {std::string_view(event.mode), std::string_view()}) {
    const EventRow* row = Find(event.event_type, mode);
    if (row != nullptr && (row->classes & wanted) != 0) return true;
  }
  return false;
}

bool Undertakings::IsPolitical(const Actor& actor) const {
  if (actor.code.empty()) return actor.kind == ActorKind::kState;
  return actor.sectors.empty() ||
         std::ranges::any_of(
             actor.sectors, [&](const std::string& sector) { return political_.contains(sector); });
}

}  // namespace kronik::commitment
