#!/usr/bin/env python3
"""Scores the commitments of short reports of Thursday, 14 March 2024: kind, parties and term.

usage: commitments_test.py KRONIK [--print]

The table has "kind | parties | term" ("from..to", open at either side); ">" marks to or of whom. Parties are
words of the text or codes. A fourth cell has words that the subject must hold; then the kind's cell also says
the status, unless it is "made". Helpers are left out. Floor: 0.85 of all rows, and as much of what is found.
"""
import collections
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
import paragraphs

FLOOR = 0.85
DATE = "2024-03-14"


def parties(commitment, by_code):
    names = []
    for party in commitment["parties"]:
        actor = party["actor"]
        name = (actor["code"] or actor["name"]) if by_code else (actor.get("text") or actor["name"])
        if party["role"] in ("bound", "toward"):
            names.append((">" if party["role"] == "toward" else "") + name)
    return " ".join(names)


def row(commitment):
    """A commitment in the table's form."""
    term = commitment.get("term") or {}
    return (f"{commitment['kind']} {commitment['status']} | {parties(commitment, True)} | "
            f"{term.get('from') or ''}..{term.get('to') or ''} | {commitment['subject']['text']}")


def right(wanted, commitment):
    cells = [cell.strip() for cell in wanted.split("|")]
    kind, _, status = cells[0].partition(" ")
    term = commitment.get("term") or {}
    return (kind == commitment["kind"]
            and cells[1] in (parties(commitment, False), parties(commitment, True))
            and cells[2] == f"{term.get('from') or ''}..{term.get('to') or ''}"
            and (len(cells) < 4 or ((status or "made") == commitment["status"]
                                    and cells[3].lower() in commitment["subject"]["text"].lower())))


def main():
    kronik, verbose, failed = sys.argv[1], "--print" in sys.argv, False
    for path in sorted(pathlib.Path(__file__).resolve().parent.glob("*.txt")):
        cases = paragraphs.parse(path)
        found = collections.defaultdict(list)
        for i, commitment in paragraphs.records(kronik, "commitments", path.stem, [t for t, _ in cases], DATE):
            found[i].append(commitment)
        good = gold = system = 0
        for i, (text, wanted) in enumerate(cases):
            left = list(found[i])
            for line in wanted:
                match = next((c for c in left if right(line, c)), None)
                if match is not None:
                    left.remove(match)
            matched = len(found[i]) - len(left)
            good, gold, system = good + matched, gold + len(wanted), system + len(found[i])
            if verbose and (len(wanted) > matched or left):
                print("\n".join([text] + [f"  - {x}" for x in wanted] + [f"  + {row(c)}" for c in found[i]]))
        print(f"{path.stem}: {good} of {gold} commitments right, {system} found")
        failed |= good < FLOOR * gold or good < FLOOR * system
    sys.exit(failed)


if __name__ == "__main__":
    main()
