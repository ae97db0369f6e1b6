// The tables of the chronicle, one SQL text per version (PRAGMA user_version). A change adds a
// text at the end, and never alters one that a released kronik has run.
#pragma once

namespace kronik {

inline constexpr int kApplicationId = 0x4B524F4E;  // "KRON", as file(1) shows it

inline constexpr const char* kMigrations[] = {
    // `record` is the JSON; the other columns are what queries look for. Days are whole
    // ("2023-10" becomes 2023-10-01 to 2023-10-31), so that they compare as text.
    R"sql(
CREATE TABLE articles (
  id TEXT PRIMARY KEY, fingerprint TEXT NOT NULL, url TEXT NOT NULL, publisher TEXT NOT NULL,
  lang TEXT NOT NULL, published TEXT NOT NULL, title TEXT NOT NULL, record TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX articles_published ON articles(published);

CREATE TABLE actors (
  id INTEGER PRIMARY KEY, code TEXT NOT NULL, name TEXT NOT NULL, wikidata TEXT NOT NULL,
  UNIQUE (code, name)
);

CREATE TABLE events (
  id TEXT PRIMARY KEY, event_type TEXT NOT NULL, mode TEXT NOT NULL, cameo TEXT NOT NULL,
  quad_category INTEGER NOT NULL, status TEXT NOT NULL, day_from TEXT NOT NULL,
  day_to TEXT NOT NULL, record TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX events_day ON events(day_from);
CREATE INDEX events_type ON events(event_type);

CREATE TABLE event_actors (
  event TEXT NOT NULL REFERENCES events(id) ON DELETE CASCADE,
  role TEXT NOT NULL, ordinal INTEGER NOT NULL,
  actor INTEGER NOT NULL REFERENCES actors(id), code TEXT NOT NULL,
  PRIMARY KEY (event, role, ordinal)
) WITHOUT ROWID;
CREATE INDEX event_actors_code ON event_actors(code, event);
CREATE INDEX event_actors_actor ON event_actors(actor);

CREATE TABLE evidence (
  article TEXT NOT NULL REFERENCES articles(id) ON DELETE CASCADE, ordinal INTEGER NOT NULL,
  event TEXT NOT NULL REFERENCES events(id), id TEXT NOT NULL, confidence REAL NOT NULL,
  record TEXT NOT NULL, PRIMARY KEY (article, ordinal)
) WITHOUT ROWID;
CREATE INDEX evidence_event ON evidence(event);

CREATE TABLE statements (
  article TEXT NOT NULL REFERENCES articles(id) ON DELETE CASCADE, ordinal INTEGER NOT NULL,
  id TEXT NOT NULL, source INTEGER REFERENCES actors(id), code TEXT NOT NULL, kind TEXT NOT NULL,
  day_from TEXT NOT NULL, record TEXT NOT NULL, PRIMARY KEY (article, ordinal)
) WITHOUT ROWID;
CREATE INDEX statements_source ON statements(source);
CREATE INDEX statements_code ON statements(code);

CREATE TABLE commitments (
  article TEXT NOT NULL REFERENCES articles(id) ON DELETE CASCADE, ordinal INTEGER NOT NULL,
  id TEXT NOT NULL, kind TEXT NOT NULL, status TEXT NOT NULL, made TEXT NOT NULL,
  made_to TEXT NOT NULL, term_from TEXT NOT NULL, term_to TEXT NOT NULL, record TEXT NOT NULL,
  PRIMARY KEY (article, ordinal)
) WITHOUT ROWID;
CREATE INDEX commitments_made ON commitments(made);

CREATE TABLE commitment_parties (
  article TEXT NOT NULL, commitment INTEGER NOT NULL, ordinal INTEGER NOT NULL,
  role TEXT NOT NULL, actor INTEGER NOT NULL REFERENCES actors(id), code TEXT NOT NULL,
  PRIMARY KEY (article, commitment, ordinal),
  FOREIGN KEY (article, commitment) REFERENCES commitments(article, ordinal) ON DELETE CASCADE
) WITHOUT ROWID;
CREATE INDEX commitment_parties_code ON commitment_parties(code);
CREATE INDEX commitment_parties_actor ON commitment_parties(actor);
)sql",
};
inline constexpr int kSchemaVersion = sizeof(kMigrations) / sizeof(kMigrations[0]);

}  // namespace kronik
