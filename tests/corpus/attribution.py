#!/usr/bin/env python3
"""Turns `kronik statements` into the shape of the shared data's text/attribution_score.py.

usage: attribution.py KRONIK GOLD.jsonl[.gz] > PRED.jsonl
"""
import gzip
import json
import subprocess
import sys


def span(record):
    return [[record["start"], record["end"]]] if record and "start" in record else []


def main():
    kronik, gold = sys.argv[1:3]
    opener = gzip.open if gold.endswith(".gz") else open
    texts = [json.loads(line) for line in opener(gold, "rt", encoding="utf-8")]
    lines = "\n".join(json.dumps({key: t[key] for key in ("id", "lang", "text")}) for t in texts)
    out = subprocess.run([kronik, "statements", "-"], input=lines, capture_output=True, text=True).stdout
    found = {}
    for line in out.splitlines():
        s = json.loads(line)
        found.setdefault(s["input"], []).append(
            {"source": span(s["source"]), "cue": span(s["cue"]),
             "content": [[c["start"], c["end"]] for c in s["content"]]})
    for t in texts:
        print(json.dumps({"id": t["id"], "attributions": found.get(t["id"], [])}))


if __name__ == "__main__":
    main()
