// The chronicle's events in the file formats of the field: GDELT, POLECAT, ICEWS, Phoenix, and
// plain tables. None of the four has room for the words that prove an event, so each comes with a
// table of evidence whose first column is the event's id in that format.
//
//   Result<Exporter> exporter = Exporter::Load(resources, ExportFormat::kGdelt);
//   Print(exporter->Header());
//   for (const auto& [event, articles] : events) Print(exporter->Rows(event, articles));
//
// The same events give the same bytes. Columns and spellings: doc/formats.md.
// Threads: immutable after Load.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "kronik/resources.h"
#include "kronik/result.h"
#include "kronik/store.h"
#include "record/json.h"

namespace kronik {

enum class ExportFormat { kCsv, kTsv, kJsonl, kGdelt, kPolecat, kIcews, kPhoenix };

std::optional<ExportFormat> ExportFormatOf(std::string_view name);  // "gdelt"

class Exporter {
 public:
  // `safe_cells`, of csv and tsv: no cell is a formula to a spreadsheet (base/csv.h). The formats
  // of others stay as they are read elsewhere. Errors: those of Tsv::Load; kUnsupported for safe
  // cells in another's format.
  static Result<Exporter> Load(const Resources& resources, ExportFormat format,
                               bool safe_cells = false);

  // The line of column names with its line end; empty for the formats that have none.
  std::string Header() const;
  // One line for each pair of an actor and a recipient, each with its line end. `event` is a
  // record of Store::ForEachEvent, with the articles that come with it. GDELT, POLECAT, ICEWS and
  // Phoenix can't say that an event was denied, planned or only feared, or belongs to the past:
  // they get no row for it.
  std::string Rows(const Json& event, const CitedArticles& articles) const;

  std::string EvidenceHeader() const;
  // One line for each row of the event and each piece of its evidence.
  std::string EvidenceRows(const Json& event, const CitedArticles& articles) const;

  // What an export since a moment takes back: one line for each row that the event may have had,
  // whose first cell is the row's id. `moment` is when it was withdrawn, or empty for an event that
  // is there but has no row any more. JSON Lines have an object with the same names.
  std::string WithdrawnHeader() const;
  std::string WithdrawnRows(const Json& event, const std::string& moment) const;

 private:
  struct Country {
    std::string name, cameo, fips, cow;
  };
  struct Place {
    std::string country;  // ISO
    std::string latitude, longitude;
  };
  // One side of a pair, as the formats ask for it.
  struct Side {
    std::string code, name, text, role, wikidata;
    std::vector<std::string> sectors;
    const Country* country = nullptr;
  };
  struct Pair {
    std::string id;  // 32 hexadecimal digits
    Side actor, recipient;
  };

  Exporter() = default;
  Side SideOf(const Json& actor) const;
  std::vector<Pair> PairsOf(const Json& event) const;
  bool Tells(const Json& event) const;
  std::string RowId(const Pair& pair) const;
  const Place* PlaceOf(const Json& event) const;
  std::string CameoLabel(std::string_view code) const;
  std::string CameoActor(const Side& side) const;
  std::string Intensity(const Json& event) const;
  std::string Line(const std::vector<std::string>& cells) const;

  std::vector<std::string> Plain(const Json& event, const Pair& pair,
                                 const CitedArticles& articles) const;
  std::vector<std::string> Gdelt(const Json& event, const Pair& pair,
                                 const CitedArticles& articles) const;
  std::vector<std::string> Polecat(const Json& event, const Pair& pair,
                                   const CitedArticles& articles) const;
  std::vector<std::string> Icews(const Json& event, const Pair& pair,
                                 const CitedArticles& articles) const;
  std::vector<std::string> Phoenix(const Json& event, const Pair& pair,
                                   const CitedArticles& articles) const;

  ExportFormat format_ = ExportFormat::kCsv;
  bool safe_cells_ = false;
  std::unordered_map<std::string, Country> countries_;  // by ISO code
  std::unordered_map<std::string, Place> places_;
  std::unordered_map<std::string, std::string> labels_;     // of CAMEO codes
  std::unordered_map<std::string, std::string> intensity_;  // "TYPE/mode", "TYPE"
};

}  // namespace kronik
