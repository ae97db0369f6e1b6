#!/usr/bin/env python3
"""Turns `kronik statements` into the shape of the shared data's text/attribution_score.py.

usage: attribution.py KRONIK GOLD.jsonl[.gz] [--clauses] > PRED.jsonl

--clauses leaves out what GUM's annotation leaves out, by the README of the shared data: it marks only
attributions whose content is a discourse unit. So the cue must be a verb or an adjective, and the content
a quotation or have a finite verb and be no infinitive; and "that", which opens such a unit, is a part of it.
"""
import bisect
import gzip
import json
import subprocess
import sys

OPENS_UNIT = ("that ", "That ")


def span(record):
    return [[record["start"], record["end"]]] if record and "start" in record else []


def run(kronik, lines, *command):
    out = subprocess.run([kronik, *command, "-"], input=lines, capture_output=True, text=True).stdout
    return [json.loads(line) for line in out.splitlines()]


def tokens(kronik, lines):
    """The tokens of each text, in order."""
    found = {}
    for sentence in run(kronik, lines, "parse", "--format", "jsonl"):
        found.setdefault(sentence["input"], []).extend(sentence["tokens"])
    return found


def between(words, start, end):
    first = bisect.bisect_left(words, start, key=lambda t: t["start"])
    last = bisect.bisect_left(words, end, key=lambda t: t["start"])
    return words[first:last]


def finite(word):
    return word["upos"] in ("VERB", "AUX") and "VerbForm=Fin" in word.get("feats", "VerbForm=Fin")


def is_clause(statement, text, words):
    cue, content = statement["cue"], statement["content"]
    if not any(t["upos"] in ("VERB", "AUX", "ADJ") for t in between(words, cue["start"], cue["end"])):
        return False
    if cue["text"].lower().startswith("according"):
        return False
    first = content[0]["start"]
    if statement["kind"] == "direct":
        return True
    if text[max(0, first - 3):first].lower() == "to ":
        return False
    return any(finite(t) for piece in content for t in between(words, piece["start"], piece["end"]))


def whole(piece, text):
    """The content's piece, with the complementizer before it."""
    start = piece["start"]
    return [start - 5 if text[max(0, start - 5):start] in OPENS_UNIT else start, piece["end"]]


def main():
    clauses = "--clauses" in sys.argv
    kronik, gold = [a for a in sys.argv[1:] if not a.startswith("--")]
    opener = gzip.open if gold.endswith(".gz") else open
    texts = [json.loads(line) for line in opener(gold, "rt", encoding="utf-8")]
    lines = "\n".join(json.dumps({key: t[key] for key in ("id", "lang", "text")}) for t in texts)
    text_of = {t["id"]: t["text"] for t in texts}
    words = tokens(kronik, lines) if clauses else {}
    found = {}
    for s in run(kronik, lines, "statements"):
        text = text_of[s["input"]]
        if clauses and not is_clause(s, text, words.get(s["input"], [])):
            continue
        content = [whole(c, text) if clauses else [c["start"], c["end"]] for c in s["content"]]
        found.setdefault(s["input"], []).append(
            {"source": span(s["source"]), "cue": span(s["cue"]), "content": content})
    for t in texts:
        print(json.dumps({"id": t["id"], "attributions": found.get(t["id"], [])}))


if __name__ == "__main__":
    main()
