#!/usr/bin/env python3
"""Scores captions: how many are exactly the gold's text, white space and case folded, on all pages
whose gold lists captions; then how many of those also have the gold's credit.

usage: captions.py GOLD.jsonl PRED.jsonl [--list]    (PRED is what pages.py writes)
"""
import json
import sys


def fold(text):
    return " ".join((text or "").split()).casefold()


def score(gold, found):
    """(matched, gold, found) captions by text; matched ones whose credits agree."""
    left = [(fold(c["text"]), fold((c.get("credit") or {}).get("text"))) for c in found if fold(c["text"])]
    total = len(left)
    matched = credited = 0
    for c in gold:
        same = [k for k in left if k[0] == fold(c["text"])]
        if not same:
            continue
        best = next((k for k in same if k[1] == fold(c.get("credit"))), same[0])
        matched += 1
        credited += best[1] == fold(c.get("credit"))
        left.remove(best)
    return matched, len(gold), total, credited


def main():
    pred = {p["id"]: p for p in map(json.loads, open(sys.argv[2], encoding="utf-8"))}
    sums = [0, 0, 0, 0]
    for g in map(json.loads, open(sys.argv[1], encoding="utf-8")):
        gold = [c for c in g.get("captions") or [] if fold(c["text"])]
        if not gold:
            continue
        found = pred.get(g["id"], {}).get("captions", [])
        sums = [a + b for a, b in zip(sums, score(gold, found))]
        if "--list" in sys.argv:
            texts = {fold(c["text"]) for c in found}
            for c in gold:
                if fold(c["text"]) not in texts:
                    print(g["id"], "MISSED", c)
            for c in found:
                if fold(c["text"]) and fold(c["text"]) not in {fold(x["text"]) for x in gold}:
                    print(g["id"], "FOUND", c)
    matched, gold, found, credited = sums
    precision, recall = matched / max(found, 1), matched / max(gold, 1)
    print(f"captions P {precision:.3f} R {recall:.3f} F1 {2 * matched / max(gold + found, 1):.3f}"
          f"  ({matched} of {gold}, {found} found)  credit right on {credited} of {matched}")


if __name__ == "__main__":
    main()
