#!/usr/bin/env python3
"""What holds for every report: offsets cut the quoted words, and swapping names changes nothing else.

usage: properties_test.py KRONIK
"""
import json
import pathlib
import random
import subprocess
import sys
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
KRONIK = sys.argv[1]


def records(verb, *inputs, stdin=None):
    run = subprocess.run([KRONIK, verb, *inputs], input=stdin, capture_output=True, text=True)
    assert run.returncode == 0, run.stderr
    return [json.loads(line) for line in run.stdout.splitlines()]


def spans(value):
    """Every {text, start, end} inside a record."""
    if isinstance(value, dict):
        if {"text", "start", "end"} <= value.keys():
            yield value
        for member in value.values():
            yield from spans(member)
    elif isinstance(value, list):
        for member in value:
            yield from spans(member)


class Properties(unittest.TestCase):
    def test_offsets_cut_the_quoted_words(self):
        texts = {a["id"]: a["text"] for a in records("article", str(ROOT / "examples"))}
        count = 0
        for verb in ("events", "statements", "commitments"):
            for record in records(verb, str(ROOT / "examples")):
                for span in spans(record):
                    if span.get("layer", "body") == "body":
                        self.assertEqual(texts[record["article"]][span["start"]:span["end"]], span["text"])
                        count += 1
        self.assertGreater(count, 200)

    def test_words_cut_dirty_text_and_make_trees(self):
        texts = {"en": "The talks ended.Nobody  spoke\u00a0again.\n\n\u201cWhy?\u201d he asked\u2014twice.\u00ad "
                       "See https://example.org/a?b=1, or mail me@example.org \U0001f600 :-) A. B. Lee, "
                       "Inc. of the U.S. said 'no'.(Reuters) Don\u2019t know... well?!? 5km",
                 "id": "Rapat berakhir.Tidak  ada yang\u00a0bicara.\n\n\u201cMengapa?\u201d tanyanya\u2014dua kali. "
                       "Prof. Dr. A. Budi, S.H. \U0001f600 membayar Rp5.000 untuk bukunya... \"We will not be "
                       "the first to leave the talks,\" he said."}
        for lang, text in texts.items():
            line = json.dumps({"id": "x", "text": text, "lang": lang})
            run = subprocess.run([KRONIK, "parse", "--format", "jsonl", "-"], input=line, capture_output=True,
                                 text=True)
            end = 0
            for sentence in map(json.loads, run.stdout.splitlines()):
                heads = [token["head"] for token in sentence["tokens"]]
                self.assertEqual(heads.count(0), 1)
                for at in range(1, len(heads) + 1):
                    for _ in heads:
                        at = heads[at - 1] if at else 0
                    self.assertEqual(at, 0)
                for token in sentence["tokens"]:
                    self.assertEqual(text[token["start"]:token["end"]], token["form"])
                    self.assertEqual(text[end:token["start"]].strip(), "")
                    end = token["end"]
            self.assertEqual(text[end:].strip(), "")

    def test_clean_text_is_taken_exactly_as_it_is(self):
        text = "  Kenya\u2019s president met\u00a0Norway\u2019s king.\n\n\n\u201cYes,\u201d he said.  \n"
        line = json.dumps({"id": "x", "text": text, "lang": "en"})
        self.assertEqual(records("article", "-", stdin=line)[0]["text"], text)

    def test_reading_twice_gives_the_same_records(self):
        for verb in ("article", "events", "statements", "commitments"):
            self.assertEqual(records(verb, str(ROOT / "examples")), records(verb, str(ROOT / "examples")))

    def test_december_is_news_on_new_years_day(self):
        for text, background in [("Norway attacked Peru on Wednesday.", False),
                                 ("Norway attacked Peru in March 1999.", True)]:
            line = json.dumps({"id": "x", "text": text, "lang": "en", "date": "2000-01-01"})
            self.assertEqual([e["background"] for e in records("events", "-", stdin=line)], [background], text)

    def test_no_code_outside_the_ontology(self):
        # Every trigger of every pattern, in sentences of all kinds and in no sentence at all.
        def rows(name):
            lines = (ROOT / "data/ontology/plover" / name).read_text().splitlines()
            return [line.split("\t") for line in lines if line and not line.startswith("#")][1:]

        types = {row[0]: int(row[1]) for row in rows("event_types.tsv")}
        modes = {(row[0], row[1]) for row in rows("modes.tsv")}
        codes = {row[0] for row in rows("cameo.tsv")}
        contexts = {row[0] for row in rows("contexts.tsv")}
        frames = {"en": ["Norway {0}ed Peru.", "Norway will {0} {1} with Peru.", "The {0} of Norway against Peru failed.",
                         "Peru was {0}ed by Norwegian {1} in Lima.", "{0} {1} Norway {0} Peru {1}"],
                  "id": ["Norwegia {0} Peru.", "Norwegia akan {0} {1} dengan Peru.", "{0} Norwegia terhadap Peru gagal.",
                         "Peru di{0} oleh {1} Norwegia di Lima.", "{0} {1} Norwegia {0} Peru {1}"]}
        lines = []
        for lang, sentences in frames.items():
            triggers = sorted({word for row in rows(f"patterns/{lang}.tsv") for word in row[0].split("|")})
            chance = random.Random(1)
            for n, word in enumerate(triggers):
                text = sentences[n % len(sentences)].format(word, chance.choice(triggers))
                lines.append({"id": f"{lang}{n}", "text": text, "lang": lang, "date": "2025-03-04"})
        texts = {line["id"]: line["text"] for line in lines}
        found = records("events", "--sentences", "--all", "-", stdin="\n".join(map(json.dumps, lines)))
        self.assertGreater(len(found), 500)
        for event in found:
            self.assertEqual(types[event["event_type"]], event["quad_category"], event)
            if "mode" in event:
                self.assertIn((event["event_type"], event["mode"]), modes)
            self.assertTrue(any(event["cameo"][:n] in codes for n in (4, 3)), event)
            self.assertLessEqual(set(event["context"]), contexts)
            self.assertTrue(0 <= event["confidence"] <= 1)
            for span in spans(event):
                self.assertEqual(texts[event["input"]][span["start"]:span["end"]], span["text"])

    def test_swapped_countries_change_no_judgement(self):
        sentences = {
            "en": "{0} accused {1} of shelling a border village. The {0} army attacked {1} on Monday. "
                  "{0} and {1} signed a trade agreement. {0} will send aid to {1}. Rebels in {0} killed two "
                  "soldiers. The parliament of {1} said its police had arrested a diplomat from {0}.",
            "id": "{0} menuduh {1} menembaki desa di perbatasan. Tentara {0} menyerang {1} pada Senin. "
                  "{0} dan {1} menandatangani perjanjian dagang. {0} akan mengirim bantuan ke {1}. "
                  "Pemberontak di {0} membunuh dua tentara. Parlemen {1} mengecam {0}.",
        }
        pairs = {"en": [("Norway", "Peru"), ("Peru", "Norway"), ("Iran", "Israel"), ("Israel", "Iran"),
                        ("Russia", "Ukraine"), ("Ukraine", "Russia")],
                 "id": [("Norwegia", "Peru"), ("Peru", "Norwegia"), ("Iran", "Israel"),
                        ("Israel", "Iran"), ("Rusia", "Ukraina"), ("Ukraina", "Rusia")]}
        for lang, sentence in sentences.items():
            seen = set()
            for pair in pairs[lang]:
                line = json.dumps({"id": "x", "text": sentence.format(*pair), "lang": lang, "date": "2025-03-04"})
                seen.add(json.dumps([[e["event_type"], e.get("mode"), e["status"], e["goldstein"], e["confidence"]]
                                     for e in records("events", "-", stdin=line)]))
            self.assertEqual(len(seen), 1, seen)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
