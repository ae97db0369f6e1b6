// Writer: takes reports into the chronicle's tables (schema.h), and keeps what follows from them.
//
// The numbers of new rows are given here, not by the database: whoever writes has kept all others
// out (Database::BeginWriting). What was looked up is remembered for the transaction. Questions are
// asked for a whole report at once, since a database may be far away.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "store/changes.h"
#include "store/database.h"
#include "store/report.h"

namespace kronik {

class Writer {
 public:
  explicit Writer(Database& database) : database_(database) {}

  // Takes in a report in place of the article's earlier one. False if just this was there.
  // `source`, if not empty, is remembered as the input that it came from. `now`, in seconds since
  // 1970, goes into the log of changes.
  bool Write(const Report& report, std::string_view source, int64_t now);
  // Fills the tables that follow from the records.
  void Rebuild();
  // To be called where a transaction begins, and after one that was undone, in part or whole.
  void Forget();

 private:
  enum Table { kArticles, kEvents, kEvidence, kStatements, kFacets, kTouched, kTables };
  // A thing that one can ask for: its kind and its value.
  using Facet = std::pair<std::string, std::string>;
  using Facets = std::set<Facet>;
  struct FacetHash {
    size_t operator()(const Facet& facet) const {
      const std::hash<std::string_view> hash;
      return hash(facet.first) * 31 + hash(facet.second);
    }
  };

  // An event that a report tells, once or several times.
  struct Told {
    int64_t number = 0;
    size_t best = 0;                // of the report's own tellings
    bool is_new = false;            // nobody told it before
    bool better = false;            // than all that was told before
    std::vector<int64_t> facets{};  // numbers of those of the best telling, if it is better
  };
  struct Telling;
  // An article of a story.
  struct Member {
    int64_t number;
    std::string id;
    std::vector<int64_t> bands;
  };

  int64_t Next(Table table);
  void Remove(const Report& report);
  int64_t Reading(int64_t now);
  void AddSource(std::string_view source, const Report& report, bool anew, int64_t now);

  std::string CitedOf(std::string_view id);
  void WriteArticle(const Report& report, int64_t number);
  void WriteEvents(const Report& report, std::map<std::string, Told>& told,
                   const std::vector<int64_t>& of_article);
  static ChangeLog::RecordMap RecordsOf(const Report& report, bool lines);
  void WriteStatements(const Report& report);
  void WriteCommitments(const Report& report);
  void WriteDeeds(const Report& report);

  std::map<std::string, Told> Tell(const Report& report);
  void SetBest(const Told& event, const std::string& id, int64_t evidence, const Json& record);
  void Refresh(int64_t number);
  void AddFacets(int64_t event, int64_t day, const std::vector<int64_t>& facets);
  void RemoveFacets(int64_t event);
  void RemoveArticleFacets(int64_t event, const std::string& lang, const std::string& publisher);
  void Touch(int64_t event);

  std::string JoinStory(const std::string& id, const std::vector<int64_t>& bands);
  void AddBands(int64_t article, const std::vector<int64_t>& bands);
  void RemoveBands(int64_t article);
  std::vector<int64_t> BandsOf(int64_t article);
  void Rejoin(const Member& member);
  void Regroup(const std::string& story);

  std::vector<int64_t> NameAll(const Report& report, std::map<std::string, Told>& told);
  void AddMissing(const Facets& facets, Facets& missing) const;
  void Name(const Facets& missing);
  std::vector<int64_t> NumbersOf(const Facets& facets) const;
  std::vector<int64_t> Named(const Facets& facets);

  Database& database_;
  int64_t reading_ = 0;                     // what is read now, as one; 0: not yet known
  int64_t reading_until_ = 0;               // in seconds since 1970
  std::array<int64_t, kTables> last_ = {};  // the highest number of each table
  bool last_known_ = false;
  std::unordered_map<Facet, int64_t, FacetHash> facets_;  // the numbers of those at hand
};

}  // namespace kronik
