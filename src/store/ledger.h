// Ledger: the commitments of single reports, joined into entries.
//
// What several reports or days tell of the same commitment is one entry: its first telling, the
// later ones as evidence, and the status that follows. Records are taken in the order of their
// days (then ids), so the order in which reports were read changes nothing. One joins the entry
// that fits best, by what can be told to people: parties, what is to be done and to what, words,
// term, days. Time: linear in the records, but for a bound of entries per party.
#pragma once

#include <vector>

#include "record/json.h"

namespace kronik {

// Commitment records (doc/records.md) to entries, by the day they were made. An entry is the record
// of the first report that tells it, with
//   parties   of all reports; helpers keep their roles
//   status    after the last report; `disputed` where reports of the same weeks disagree
//   term      as last stated
//   evidence  [{id, article, input, sentence, date, status, source, subject, match}], by day;
//             `match` says why it was joined: {parties, acts, topics, words, same_term, score}
// A deed (DeedRecord) joins the one open entry that it carries out, puts off or breaks; `match`
// then has `deed` and `outcome{act, status}` too. It changes nothing else of the entry, and makes
// none.
std::vector<Json> BuildLedger(std::vector<Json> records, std::vector<Json> deeds = {});

}  // namespace kronik
