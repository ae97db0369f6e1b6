#include "store/changes.h"

#include "record/json.h"
#include "store/review.h"

namespace kronik {

void ChangeLog::Add(const char* kind, std::string_view id, std::string_view line,
                    RecordMap& records) {
  Record& record = records[std::string(id)];
  record.kind = kind;
  record.lines += line;
  record.lines += '\n';
}

ChangeLog::RecordMap ChangeLog::RecordsOf(std::string_view article) {
  RecordMap records;
  const Value value[] = {article};
  const auto add = [&](const char* kind, const char* sql) {
    PreparedStatement& rows = database_.Ready(sql);
    rows.Start(value);
    while (rows.Step()) Add(kind, rows.Text(0), rows.Text(1), records);
    rows.Stop();
  };
  add("event",
      "SELECT e.id, v.record FROM evidence v JOIN events e ON e.number = v.event"
      " WHERE v.article = ? ORDER BY v.ordinal");
  add("statement", "SELECT id, record FROM statements WHERE article = ? ORDER BY ordinal");
  add("commitment", "SELECT id, record FROM commitments WHERE article = ? ORDER BY ordinal");
  return records;
}

void ChangeLog::Touch(std::string_view kind, std::string_view id, int64_t now) {
  const Value row[] = {id, kind, now, now};
  TouchAll(row);
}

void ChangeLog::TouchAll(std::span<const Value> rows) {
  database_.RunForAll(
      "INSERT INTO changes (id, kind, first_seen, last_changed, withdrawn, record)"
      " VALUES (?, ?, ?, ?, 0, '') ON CONFLICT (id) DO UPDATE"
      " SET last_changed = excluded.last_changed, withdrawn = 0, record = ''",
      rows);
}

void ChangeLog::Note(const RecordMap& before, const RecordMap& after, bool all, int64_t now) {
  std::vector<Value> touched;
  for (const auto& [id, record] : after) {
    const auto old = before.find(id);
    const bool same = old != before.end() && old->second.lines == record.lines &&
                      !(all && record.kind == std::string_view("event"));
    if (!same) {
      touched.insert(touched.end(),
                     {std::string_view(id), std::string_view(record.kind), now, now});
    }
  }
  TouchAll(touched);
  for (const auto& [id, record] : before) {
    if (after.contains(id)) continue;
    // What other articles tell too stays.
    if (database_.FindNumber("SELECT 1 FROM events WHERE id = ?", id)) {
      Touch(record.kind, id, now);
      continue;
    }
    database_.Run("UPDATE changes SET last_changed = ?, withdrawn = ?, record = ? WHERE id = ?",
                  now, now, record.lines.substr(0, record.lines.find('\n')), id);
  }
}

void ChangeLog::Begin(int64_t now) {
  database_.Run(
      "INSERT INTO changes SELECT id, 'event', CAST(?1 AS BIGINT), CAST(?1 AS BIGINT), 0, ''"
      " FROM events",
      now);
  database_.Run(
      "INSERT INTO changes SELECT DISTINCT id, 'statement', CAST(?1 AS BIGINT),"
      " CAST(?1 AS BIGINT), 0, '' FROM statements",
      now);
  database_.Run(
      "INSERT INTO changes SELECT DISTINCT id, 'commitment', CAST(?1 AS BIGINT),"
      " CAST(?1 AS BIGINT), 0, '' FROM commitments",
      now);
}

std::vector<std::string> ChangeLog::Withdrawn(std::string_view kind, int64_t since) {
  PreparedStatement& rows = database_.Ready(
      "SELECT id, first_seen, withdrawn, record FROM changes"
      " WHERE withdrawn > 0 AND withdrawn >= ? AND kind = ? ORDER BY id");
  const Value values[] = {since, kind};
  rows.Start(values);
  std::vector<std::string> withdrawn;
  while (rows.Step()) {
    Json entry{{"kind", kind},
               {"id", rows.Text(0)},
               {"first_seen", MomentText(rows.Integer(1))},
               {"withdrawn", MomentText(rows.Integer(2))}};
    entry["record"] = Json::parse(rows.Text(3));
    withdrawn.push_back(ToLine(entry));
  }
  rows.Stop();
  return withdrawn;
}

}  // namespace kronik
