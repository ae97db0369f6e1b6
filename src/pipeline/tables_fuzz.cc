// Any bytes as one of the tables that people edit: an error, or rules that can be loaded.
//
// The first byte says which table; the other tables are kronik's own.
#include <sys/mman.h>
#include <unistd.h>

#include <cstdint>
#include <cstdlib>
#include <functional>
#include <string>
#include <string_view>

#include "article/page_model.h"
#include "commitment/cues.h"
#include "pattern/confidence.h"
#include "event/ontology.h"
#include "gazetteer/names.h"
#include "kronik/resources.h"
#include "pattern/pattern.h"
#include "pattern/words.h"
#include "statement/lexicon.h"
#include "token/rules.h"

namespace {

using namespace kronik;

constexpr char kPatterns[] = "data/ontology/plover/patterns/en.tsv";
constexpr char kWords[] = "data/ontology/plover/words/en.tsv";
constexpr char kInflect[] = "data/lang/en/inflect.tsv";

void LoadPatterns(const Resources& resources) {
  const Result<Words> words = Words::Load(resources, kWords, kInflect);
  if (words) (void)PatternTable::Load(resources, kPatterns, *words);
}
void LoadTokens(const Resources& resources) { (void)TokenRules::Load(resources, "en"); }
void LoadCues(const Resources& resources) {
  (void)commitment::Cues::Load(resources, "data/lang/en/");
}

struct Table {
  const char* name;
  void (*load)(const Resources&);
};
constexpr Table kTables[] = {
    {"data/lang/en/tokens.tsv", LoadTokens},
    {"data/lang/en/abbreviations.tsv", LoadTokens},
    {"data/lang/en/reporting_verbs.tsv",
     [](const Resources& resources) {
       (void)statement::Lexicon::Load(resources, "data/lang/en/reporting_verbs.tsv");
     }},
    {"data/lang/en/commitment_cues.tsv", LoadCues},
    {"data/lang/en/topics.tsv", LoadCues},
    {kWords, LoadPatterns},
    {kInflect, LoadPatterns},
    {kPatterns, LoadPatterns},
    {"data/page_model.tsv", [](const Resources& resources) { (void)PageModel::Load(resources); }},
    {"data/ontology/plover/cameo.tsv",
     [](const Resources& resources) { (void)Ontology::Load(resources, "data/ontology/plover/"); }},
    {"data/actors/countries.tsv",
     [](const Resources& resources) { (void)Gazetteer::Load(resources); }},
};

// The bytes as a file without a place on a disk.
std::string FileOf(std::string_view bytes) {
  static const int kFile = memfd_create("table", 0);
  if (kFile < 0 || ftruncate(kFile, 0) != 0 ||
      pwrite(kFile, bytes.data(), bytes.size(), 0) != static_cast<ssize_t>(bytes.size())) {
    std::abort();
  }
  return "/proc/self/fd/" + std::to_string(kFile);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (size == 0) return 0;
  const std::string_view bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
  const Table& table = kTables[data[0] % std::size(kTables)];
  static const Resources kOwn = std::move(*Resources::Open());
  Resources resources = kOwn;
  if (!resources.Add(table.name, FileOf(bytes))) std::abort();
  table.load(resources);
  return 0;
}
