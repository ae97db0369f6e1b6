// The tables of the chronicle, one SQL text per version (PRAGMA user_version). A change adds a
// text at the end, and never alters one that a released kronik has run.
#pragma once

namespace kronik {

inline constexpr int kApplicationId = 0x4B524F4E;  // "KRON", as file(1) shows it

// How the tables come to a version from the one before.
struct Migration {
  const char* sqlite;
  // What PostgreSQL needs other words for; null: the same text, which PostgresDatabase translates.
  const char* postgres = nullptr;
};

// PostgreSQL begins with version 2. What SQLite's full text and its triggers do is there a table of
// words each (words.h) with an index over them. What strangers wrote is indexed by its hash, since
// an entry of the other indexes may not be over 2.7 kB; that names are told once, the writer sees
// to.
inline constexpr const char* kPostgresTables = R"sql(
CREATE TABLE articles (
  number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, fingerprint TEXT NOT NULL, url TEXT NOT NULL,
  publisher TEXT NOT NULL, lang TEXT NOT NULL, published TEXT NOT NULL, title TEXT NOT NULL,
  story TEXT NOT NULL, record TEXT NOT NULL
);
CREATE INDEX articles_published ON articles(published, id);
CREATE INDEX articles_publisher ON articles USING hash (publisher);
CREATE INDEX articles_story ON articles(story);
CREATE TABLE actors (
  id INTEGER PRIMARY KEY, code TEXT NOT NULL, name TEXT NOT NULL, wikidata TEXT NOT NULL
);
CREATE INDEX actors_name ON actors USING hash (name);
CREATE TABLE events (
  number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, best INTEGER NOT NULL,
  event_type TEXT NOT NULL, mode TEXT NOT NULL, cameo TEXT NOT NULL,
  quad_category INTEGER NOT NULL, goldstein REAL NOT NULL, confidence REAL NOT NULL,
  status TEXT NOT NULL, day INTEGER NOT NULL, day_from TEXT NOT NULL, day_to TEXT NOT NULL
);
CREATE INDEX events_day ON events(day, id);
CREATE INDEX events_spanning ON events(day_to, day) WHERE day_to > day_from;
CREATE TABLE event_actors (
  event INTEGER NOT NULL REFERENCES events(number) ON DELETE CASCADE,
  role TEXT NOT NULL, ordinal INTEGER NOT NULL,
  actor INTEGER NOT NULL REFERENCES actors(id), code TEXT NOT NULL,
  PRIMARY KEY (event, role, ordinal)
);
CREATE INDEX event_actors_actor ON event_actors(actor);
CREATE TABLE evidence (
  number INTEGER PRIMARY KEY,
  article TEXT NOT NULL REFERENCES articles(id) ON DELETE CASCADE, ordinal INTEGER NOT NULL,
  event INTEGER NOT NULL REFERENCES events(number), id TEXT NOT NULL, confidence REAL NOT NULL,
  record TEXT NOT NULL, UNIQUE (article, ordinal)
);
CREATE INDEX evidence_best ON evidence(event, confidence DESC, article, ordinal);
CREATE TABLE facets (id INTEGER PRIMARY KEY, kind TEXT NOT NULL, value TEXT NOT NULL);
CREATE INDEX facets_value ON facets USING hash (value);
CREATE TABLE event_facets (
  event INTEGER NOT NULL REFERENCES events(number) ON DELETE CASCADE,
  facet INTEGER NOT NULL REFERENCES facets(id), day INTEGER NOT NULL, PRIMARY KEY (event, facet)
);
CREATE INDEX event_facets_facet ON event_facets(facet, day, event);
CREATE TABLE statements (
  number INTEGER PRIMARY KEY,
  article TEXT NOT NULL REFERENCES articles(id) ON DELETE CASCADE, ordinal INTEGER NOT NULL,
  id TEXT NOT NULL, source INTEGER REFERENCES actors(id), code TEXT NOT NULL,
  addressee TEXT NOT NULL, kind TEXT NOT NULL, day TEXT NOT NULL, record TEXT NOT NULL,
  UNIQUE (article, ordinal)
);
CREATE INDEX statements_source ON statements(source);
CREATE INDEX statements_code ON statements(code);
CREATE INDEX statements_addressee ON statements(addressee);
CREATE INDEX statements_day ON statements(day);
CREATE TABLE commitments (
  article TEXT NOT NULL REFERENCES articles(id) ON DELETE CASCADE, ordinal INTEGER NOT NULL,
  id TEXT NOT NULL, kind TEXT NOT NULL, status TEXT NOT NULL, made TEXT NOT NULL,
  made_to TEXT NOT NULL, term_from TEXT NOT NULL, term_to TEXT NOT NULL, record TEXT NOT NULL,
  PRIMARY KEY (article, ordinal)
);
CREATE INDEX commitments_made ON commitments(made);
CREATE TABLE commitment_parties (
  article TEXT NOT NULL, commitment INTEGER NOT NULL, ordinal INTEGER NOT NULL,
  role TEXT NOT NULL, actor INTEGER NOT NULL REFERENCES actors(id), code TEXT NOT NULL,
  PRIMARY KEY (article, commitment, ordinal),
  FOREIGN KEY (article, commitment) REFERENCES commitments(article, ordinal) ON DELETE CASCADE
);
CREATE INDEX commitment_parties_code ON commitment_parties(code);
CREATE INDEX commitment_parties_actor ON commitment_parties(actor);
CREATE TABLE sources (
  id TEXT PRIMARY KEY, article TEXT NOT NULL REFERENCES articles(id) ON DELETE CASCADE
);
CREATE INDEX sources_article ON sources(article);
CREATE TABLE story_bands (
  band INTEGER NOT NULL, article INTEGER NOT NULL REFERENCES articles(number) ON DELETE CASCADE,
  PRIMARY KEY (band, article)
);
CREATE INDEX story_bands_article ON story_bands(article);
CREATE TABLE article_words (
  rowid INTEGER PRIMARY KEY REFERENCES articles(number) ON DELETE CASCADE, words TEXT NOT NULL
);
CREATE INDEX article_words_words ON article_words USING gin (string_to_array(words, ' '));
CREATE TABLE evidence_words (
  rowid INTEGER PRIMARY KEY REFERENCES evidence(number) ON DELETE CASCADE, words TEXT NOT NULL
);
CREATE INDEX evidence_words_words ON evidence_words USING gin (string_to_array(words, ' '));
CREATE TABLE statement_words (
  rowid INTEGER PRIMARY KEY REFERENCES statements(number) ON DELETE CASCADE, words TEXT NOT NULL
);
CREATE INDEX statement_words_words ON statement_words USING gin (string_to_array(words, ' '));
)sql";

inline constexpr Migration kMigrations[] = {
    // `record` is the JSON; the other columns are what queries look for. Days are whole
    // ("2023-10" becomes 2023-10-01 to 2023-10-31), so that they compare as text.
    {R"sql(
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
     ""},

    // Numbers in place of ids where tables meet, and every filter an indexed list. What can be told
    // from the records is left empty: Writer::Rebuild fills it in.
    {R"sql(
CREATE TABLE new_articles (
  number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, fingerprint TEXT NOT NULL, url TEXT NOT NULL,
  publisher TEXT NOT NULL, lang TEXT NOT NULL, published TEXT NOT NULL, title TEXT NOT NULL,
  story TEXT NOT NULL, record TEXT NOT NULL
);
CREATE TABLE new_evidence (
  number INTEGER PRIMARY KEY,
  article TEXT NOT NULL REFERENCES articles(id) ON DELETE CASCADE, ordinal INTEGER NOT NULL,
  event INTEGER NOT NULL REFERENCES events(number), id TEXT NOT NULL, confidence REAL NOT NULL,
  record TEXT NOT NULL, UNIQUE (article, ordinal)
);
CREATE TABLE new_statements (
  number INTEGER PRIMARY KEY,
  article TEXT NOT NULL REFERENCES articles(id) ON DELETE CASCADE, ordinal INTEGER NOT NULL,
  id TEXT NOT NULL, source INTEGER REFERENCES actors(id), code TEXT NOT NULL,
  addressee TEXT NOT NULL, kind TEXT NOT NULL, day TEXT NOT NULL, record TEXT NOT NULL,
  UNIQUE (article, ordinal)
);
-- What the best report says; `best` is its number in evidence. `day` is 20231020, or 99999999 where
-- no day is known.
CREATE TABLE new_events (
  number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, best INTEGER NOT NULL DEFAULT 0,
  event_type TEXT NOT NULL DEFAULT '', mode TEXT NOT NULL DEFAULT '',
  cameo TEXT NOT NULL DEFAULT '', quad_category INTEGER NOT NULL DEFAULT 0,
  goldstein REAL NOT NULL DEFAULT 0, confidence REAL NOT NULL DEFAULT 0,
  status TEXT NOT NULL DEFAULT '', day INTEGER NOT NULL DEFAULT 0,
  day_from TEXT NOT NULL DEFAULT '', day_to TEXT NOT NULL DEFAULT ''
);
INSERT INTO new_articles
  SELECT NULL, id, fingerprint, url, publisher, lang, published, title, id, record
  FROM articles ORDER BY id;
INSERT INTO new_events (id) SELECT id FROM events ORDER BY id;
INSERT INTO new_evidence
  SELECT NULL, article, ordinal, (SELECT number FROM new_events e WHERE e.id = evidence.event), id,
         confidence, record
  FROM evidence ORDER BY article, ordinal;
INSERT INTO new_statements
  SELECT NULL, article, ordinal, id, source, code,
         coalesce(json_extract(record, '$.addressee.code'), ''), kind,
         CASE WHEN day_from = ''
              THEN (SELECT substr(published, 1, 10) FROM articles a WHERE a.id = article)
              ELSE day_from END,
         record
  FROM statements ORDER BY article, ordinal;
DROP TABLE event_actors;
DROP TABLE evidence;
DROP TABLE events;
DROP TABLE statements;
DROP TABLE articles;
ALTER TABLE new_articles RENAME TO articles;
ALTER TABLE new_events RENAME TO events;
ALTER TABLE new_evidence RENAME TO evidence;
ALTER TABLE new_statements RENAME TO statements;

CREATE INDEX articles_published ON articles(published, id);
CREATE INDEX articles_publisher ON articles(publisher, published);
CREATE INDEX articles_story ON articles(story);
CREATE INDEX events_day ON events(day, id);
CREATE INDEX events_spanning ON events(day_to, day) WHERE day_to > day_from;
CREATE INDEX evidence_best ON evidence(event, confidence DESC, article, ordinal);
CREATE INDEX statements_source ON statements(source);
CREATE INDEX statements_code ON statements(code);
CREATE INDEX statements_addressee ON statements(addressee);
CREATE INDEX statements_day ON statements(day);

CREATE TABLE event_actors (
  event INTEGER NOT NULL REFERENCES events(number) ON DELETE CASCADE,
  role TEXT NOT NULL, ordinal INTEGER NOT NULL,
  actor INTEGER NOT NULL REFERENCES actors(id), code TEXT NOT NULL,
  PRIMARY KEY (event, role, ordinal)
) WITHOUT ROWID;
CREATE INDEX event_actors_actor ON event_actors(actor);

-- For each thing that one can ask for, its events in the order of days. Kinds: party, party_twice,
-- sector, context, type of the best report; lang, publisher of any.
CREATE TABLE facets (
  id INTEGER PRIMARY KEY, kind TEXT NOT NULL, value TEXT NOT NULL, UNIQUE (kind, value)
);
CREATE TABLE event_facets (
  event INTEGER NOT NULL REFERENCES events(number) ON DELETE CASCADE,
  facet INTEGER NOT NULL REFERENCES facets(id), day INTEGER NOT NULL, PRIMARY KEY (event, facet)
) WITHOUT ROWID;
CREATE INDEX event_facets_facet ON event_facets(facet, day, event);

-- The inputs that the articles came from: hashes over their bytes and all that reads them.
CREATE TABLE sources (
  id TEXT PRIMARY KEY, article TEXT NOT NULL REFERENCES articles(id) ON DELETE CASCADE
) WITHOUT ROWID;
CREATE INDEX sources_article ON sources(article);

-- Articles with a band in common carry one story (story.h).
CREATE TABLE story_bands (
  band INTEGER NOT NULL, article INTEGER NOT NULL REFERENCES articles(number) ON DELETE CASCADE,
  PRIMARY KEY (band, article)
) WITHOUT ROWID;
CREATE INDEX story_bands_article ON story_bands(article);

-- Full text, without a copy of it: what a row says is told again when it goes.
CREATE VIRTUAL TABLE article_words USING fts5(
  title, body, content='', columnsize=0, tokenize='unicode61 remove_diacritics 2');
CREATE VIRTUAL TABLE evidence_words USING fts5(
  sentence, content='', columnsize=0, tokenize='unicode61 remove_diacritics 2');
CREATE VIRTUAL TABLE statement_words USING fts5(
  sentence, content='', columnsize=0, tokenize='unicode61 remove_diacritics 2');
CREATE TRIGGER articles_come AFTER INSERT ON articles BEGIN
  INSERT INTO article_words(rowid, title, body)
    VALUES (new.number, new.title, json_extract(new.record, '$.text'));
END;
CREATE TRIGGER articles_go BEFORE DELETE ON articles BEGIN
  INSERT INTO article_words(article_words, rowid, title, body)
    VALUES ('delete', old.number, old.title, json_extract(old.record, '$.text'));
END;
CREATE TRIGGER evidence_comes AFTER INSERT ON evidence BEGIN
  INSERT INTO evidence_words(rowid, sentence)
    VALUES (new.number, json_extract(new.record, '$.sentence.text'));
END;
CREATE TRIGGER evidence_goes BEFORE DELETE ON evidence BEGIN
  INSERT INTO evidence_words(evidence_words, rowid, sentence)
    VALUES ('delete', old.number, json_extract(old.record, '$.sentence.text'));
END;
CREATE TRIGGER statements_come AFTER INSERT ON statements BEGIN
  INSERT INTO statement_words(rowid, sentence)
    VALUES (new.number, json_extract(new.record, '$.sentence.text'));
END;
CREATE TRIGGER statements_go BEFORE DELETE ON statements BEGIN
  INSERT INTO statement_words(statement_words, rowid, sentence)
    VALUES ('delete', old.number, json_extract(old.record, '$.sentence.text'));
END;
INSERT INTO article_words(rowid, title, body)
  SELECT number, title, json_extract(record, '$.text') FROM articles;
INSERT INTO evidence_words(rowid, sentence)
  SELECT number, json_extract(record, '$.sentence.text') FROM evidence;
INSERT INTO statement_words(rowid, sentence)
  SELECT number, json_extract(record, '$.sentence.text') FROM statements;
)sql",
     kPostgresTables},

    // Words are put into full text by Database::AddWords. A trigger that fires in the middle of a
    // statement makes FTS5 write out, each time, what it has gathered.
    {R"sql(
DROP TRIGGER articles_come;
DROP TRIGGER evidence_comes;
DROP TRIGGER statements_come;
)sql",
     ""},

    // What people say of the records, and when the records came and went. Moments are seconds since
    // 1970. `reviewed` is what the entries of a record come to; `changes` has the last record of
    // what was withdrawn. In SQL that every database takes.
    {R"sql(
CREATE TABLE reviews (
  number BIGINT PRIMARY KEY, kind TEXT NOT NULL, id TEXT NOT NULL, entry TEXT NOT NULL
);
CREATE INDEX reviews_id ON reviews(id, number);
CREATE TABLE reviewed (
  id TEXT PRIMARY KEY, kind TEXT NOT NULL, number BIGINT NOT NULL, accepted INTEGER NOT NULL,
  corrected INTEGER NOT NULL, review TEXT NOT NULL
);
CREATE INDEX reviewed_accepted ON reviewed(kind, accepted);
CREATE TABLE changes (
  id TEXT PRIMARY KEY, kind TEXT NOT NULL, first_seen BIGINT NOT NULL,
  last_changed BIGINT NOT NULL, withdrawn BIGINT NOT NULL, record TEXT NOT NULL
);
CREATE INDEX changes_last ON changes(last_changed);
CREATE INDEX statements_id ON statements(id);
CREATE INDEX commitments_id ON commitments(id);
)sql"},

    // What servers said of addresses that were fetched, by the hash of the address. In SQL that
    // every database takes.
    {R"sql(
CREATE TABLE fetched (
  id TEXT PRIMARY KEY, version TEXT NOT NULL, etag TEXT NOT NULL, last_modified TEXT NOT NULL
);
)sql"},

    // What costs less to write. Each list of events stands in one order alone: an event's own row
    // says in which lists it is (`facets`: their numbers, but for lang and publisher), and who its
    // actors and recipients are (codes, a line each). An article's row has its bands. The tables of
    // actors, which no question went by, are gone. `touched` logs the events whose reports went, or
    // whose best report is another, and the highest numbers at that time, which are never given out
    // anew: who keeps events in memory reads what came since (event_index.h).
    {R"sql(
ALTER TABLE articles ADD COLUMN bands TEXT NOT NULL DEFAULT '';
UPDATE articles SET bands = coalesce(
  (SELECT group_concat(band, ' ') FROM story_bands WHERE article = number), '');
ALTER TABLE events ADD COLUMN actors TEXT NOT NULL DEFAULT '';
ALTER TABLE events ADD COLUMN recipients TEXT NOT NULL DEFAULT '';
ALTER TABLE events ADD COLUMN facets TEXT NOT NULL DEFAULT '';
UPDATE events SET
  actors = coalesce((SELECT group_concat(code || char(10), '') FROM
    (SELECT code FROM event_actors WHERE event = number AND role = 'actor' ORDER BY ordinal)), ''),
  recipients = coalesce((SELECT group_concat(code || char(10), '') FROM
    (SELECT code FROM event_actors WHERE event = number AND role = 'recipient' ORDER BY ordinal)),
    ''),
  facets = coalesce((SELECT group_concat(facet, ' ') FROM event_facets
    JOIN facets f ON f.id = facet WHERE event = number AND kind NOT IN ('lang', 'publisher')), '');

CREATE TABLE new_statements (
  number INTEGER PRIMARY KEY,
  article TEXT NOT NULL REFERENCES articles(id) ON DELETE CASCADE, ordinal INTEGER NOT NULL,
  id TEXT NOT NULL, code TEXT NOT NULL, addressee TEXT NOT NULL, kind TEXT NOT NULL,
  day TEXT NOT NULL, record TEXT NOT NULL, UNIQUE (article, ordinal)
);
INSERT INTO new_statements
  SELECT number, article, ordinal, id, code, addressee, kind, day, record FROM statements;
DROP TABLE statements;
ALTER TABLE new_statements RENAME TO statements;
CREATE INDEX statements_id ON statements(id);
CREATE INDEX statements_code ON statements(code);
CREATE INDEX statements_addressee ON statements(addressee);
CREATE INDEX statements_day ON statements(day);
CREATE TRIGGER statements_go BEFORE DELETE ON statements BEGIN
  INSERT INTO statement_words(statement_words, rowid, sentence)
    VALUES ('delete', old.number, json_extract(old.record, '$.sentence.text'));
END;
DROP TABLE event_actors;
DROP TABLE commitment_parties;
DROP TABLE actors;

CREATE TABLE new_facets (
  facet INTEGER NOT NULL, day INTEGER NOT NULL, event INTEGER NOT NULL,
  PRIMARY KEY (facet, day, event)
) WITHOUT ROWID;
INSERT INTO new_facets SELECT facet, day, event FROM event_facets ORDER BY facet, day, event;
DROP TABLE event_facets;
ALTER TABLE new_facets RENAME TO event_facets;

CREATE TABLE new_bands (
  band INTEGER NOT NULL, article INTEGER NOT NULL, PRIMARY KEY (band, article)
) WITHOUT ROWID;
INSERT INTO new_bands SELECT band, article FROM story_bands;
DROP TABLE story_bands;
ALTER TABLE new_bands RENAME TO story_bands;

DROP INDEX articles_published;
CREATE INDEX articles_published ON articles(published DESC, id);

CREATE TABLE new_changes (
  id TEXT PRIMARY KEY, kind TEXT NOT NULL, first_seen BIGINT NOT NULL,
  last_changed BIGINT NOT NULL, withdrawn BIGINT NOT NULL, record TEXT NOT NULL
) WITHOUT ROWID;
INSERT INTO new_changes SELECT * FROM changes ORDER BY id;
DROP TABLE changes;
ALTER TABLE new_changes RENAME TO changes;
CREATE INDEX changes_withdrawn ON changes(withdrawn) WHERE withdrawn > 0;

CREATE TABLE touched (
  number INTEGER PRIMARY KEY, event INTEGER NOT NULL, last_event INTEGER NOT NULL,
  last_evidence INTEGER NOT NULL
);

-- FTS5 gathers words in memory and writes them out in pieces, which it then merges: the fewer the
-- cheaper.
INSERT INTO article_words(article_words, rank) VALUES ('hashsize', 33554432);
INSERT INTO evidence_words(evidence_words, rank) VALUES ('hashsize', 33554432);
INSERT INTO statement_words(statement_words, rank) VALUES ('hashsize', 33554432);
)sql",
     R"sql(
ALTER TABLE articles ADD COLUMN bands TEXT NOT NULL DEFAULT '';
UPDATE articles SET bands = coalesce(
  (SELECT string_agg(band::text, ' ') FROM story_bands WHERE article = number), '');
ALTER TABLE events ADD COLUMN actors TEXT NOT NULL DEFAULT '';
ALTER TABLE events ADD COLUMN recipients TEXT NOT NULL DEFAULT '';
ALTER TABLE events ADD COLUMN facets TEXT NOT NULL DEFAULT '';
UPDATE events SET
  actors = coalesce((SELECT string_agg(code || chr(10), '' ORDER BY ordinal) FROM event_actors
    WHERE event = number AND role = 'actor'), ''),
  recipients = coalesce((SELECT string_agg(code || chr(10), '' ORDER BY ordinal) FROM event_actors
    WHERE event = number AND role = 'recipient'), ''),
  facets = coalesce((SELECT string_agg(facet::text, ' ') FROM event_facets
    JOIN facets f ON f.id = facet WHERE event = number AND kind NOT IN ('lang', 'publisher')), '');
ALTER TABLE statements DROP COLUMN source;
DROP TABLE event_actors;
DROP TABLE commitment_parties;
DROP TABLE actors;
CREATE TABLE new_facets (
  facet INTEGER NOT NULL, day INTEGER NOT NULL, event INTEGER NOT NULL,
  PRIMARY KEY (facet, day, event)
);
INSERT INTO new_facets SELECT facet, day, event FROM event_facets;
DROP TABLE event_facets;
ALTER TABLE new_facets RENAME TO event_facets;
CREATE TABLE new_bands (
  band INTEGER NOT NULL, article INTEGER NOT NULL, PRIMARY KEY (band, article)
);
INSERT INTO new_bands SELECT band, article FROM story_bands;
DROP TABLE story_bands;
ALTER TABLE new_bands RENAME TO story_bands;
DROP INDEX articles_published;
CREATE INDEX articles_published ON articles(published DESC, id);
DROP INDEX changes_last;
CREATE INDEX changes_withdrawn ON changes(withdrawn) WHERE withdrawn > 0;
CREATE TABLE touched (
  number INTEGER PRIMARY KEY, event INTEGER NOT NULL, last_event INTEGER NOT NULL,
  last_evidence INTEGER NOT NULL
);
)sql"},

    // Where an event was, in the words of its best report.
    {R"sql(
ALTER TABLE events ADD COLUMN place TEXT NOT NULL DEFAULT '';
UPDATE events SET place = coalesce(
  (SELECT json_extract(record, '$.place') FROM evidence WHERE evidence.number = events.best), '');
)sql",
     R"sql(
ALTER TABLE events ADD COLUMN place TEXT NOT NULL DEFAULT '';
UPDATE events SET place = coalesce(
  (SELECT replace(record, '\u0000', '\ufffd')::json->>'place' FROM evidence
   WHERE evidence.number = events.best), '');
)sql"},
    // What was wrong with the document of a source (report.h). In SQL that every database takes.
    {R"sql(
ALTER TABLE sources ADD COLUMN problems TEXT NOT NULL DEFAULT '';
)sql"},
    // A source outlives its article where another of the same reading replaced that (writer.cc);
    // readings are numbered. In SQL that every database takes.
    {R"sql(
CREATE TABLE new_sources (
  id TEXT PRIMARY KEY, article TEXT NOT NULL, problems TEXT NOT NULL, reading INTEGER NOT NULL
) WITHOUT ROWID;
INSERT INTO new_sources SELECT id, article, problems, 0 FROM sources;
DROP TABLE sources;
ALTER TABLE new_sources RENAME TO sources;
CREATE INDEX sources_article ON sources(article);
)sql"},
    // What was done, which a commitment may have come to (doc/records.md). In SQL that every
    // database takes.
    {R"sql(
CREATE TABLE deeds (
  article TEXT NOT NULL REFERENCES articles(id) ON DELETE CASCADE, ordinal INTEGER NOT NULL,
  record TEXT NOT NULL, PRIMARY KEY (article, ordinal)
);
)sql"},
};
// The first version whose derived tables are as they are now.
inline constexpr int kDerivedSince = 2;
// The first version that has a log of changes.
inline constexpr int kChangesSince = 4;
inline constexpr int kSchemaVersion = sizeof(kMigrations) / sizeof(kMigrations[0]);

}  // namespace kronik
