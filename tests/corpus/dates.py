#!/usr/bin/env python3
"""Turns the dates of `kronik parse --format jsonl` into the shape of the shared data's text/date_score.py.

usage: dates.py KRONIK GOLD.jsonl > PRED.jsonl
"""
import json
import subprocess
import sys


def main():
    kronik, gold = sys.argv[1:3]
    texts = [json.loads(line) for line in open(gold, encoding="utf-8")]
    lines = "\n".join(json.dumps({"id": t["id"], "lang": t["lang"], "text": t["text"], "date": t["reference"]})
                      for t in texts)
    out = subprocess.run([kronik, "parse", "--format", "jsonl", "-"], input=lines, capture_output=True, text=True).stdout
    found = {}
    for line in out.splitlines():
        sentence = json.loads(line)
        found.setdefault(sentence["input"], []).extend(
            {"start": d["start"], "end": d["end"], "value": d["value"]} for d in sentence["dates"])
    for t in texts:
        print(json.dumps({"id": t["id"], "mentions": found.get(t["id"], [])}))


if __name__ == "__main__":
    main()
