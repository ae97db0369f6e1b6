#!/usr/bin/env python3
"""Scores the commitments of short reports of Thursday, 14 March 2024: kind, parties and term.

usage: commitments_test.py KRONIK [--print]

The table has "kind | parties | term" ("from..to", open at either side); ">" marks to or of whom.
Floor: 0.85 of all rows, and as much of what is found.
"""
import collections
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
import paragraphs

FLOOR = 0.85
DATE = "2024-03-14"


def row(commitment):
    """A commitment in the table's form."""
    parties = " ".join((">" if p["role"] == "toward" else "") + (p["actor"].get("text") or p["actor"]["name"])
                       for p in commitment["parties"])
    term = commitment.get("term") or {}
    return f"{commitment['kind']} | {parties} | {term.get('from') or ''}..{term.get('to') or ''}"


def main():
    kronik, verbose, failed = sys.argv[1], "--print" in sys.argv, False
    for path in sorted(pathlib.Path(__file__).resolve().parent.glob("*.txt")):
        cases = paragraphs.parse(path)
        found = collections.defaultdict(list)
        for i, commitment in paragraphs.records(kronik, "commitments", path.stem, [t for t, _ in cases], DATE):
            found[i].append(row(commitment))
        right = gold = system = 0
        for i, (text, wanted) in enumerate(cases):
            both = collections.Counter(wanted) & collections.Counter(found[i])
            right, gold, system = right + both.total(), gold + len(wanted), system + len(found[i])
            if verbose and (len(wanted) > both.total() or len(found[i]) > both.total()):
                print("\n".join([text] + [f"  - {x}" for x in wanted] + [f"  + {x}" for x in found[i]]))
        print(f"{path.stem}: {right} of {gold} commitments right, {system} found")
        failed |= right < FLOOR * gold or right < FLOOR * system
    sys.exit(failed)


if __name__ == "__main__":
    main()
