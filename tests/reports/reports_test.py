#!/usr/bin/env python3
"""Scores the events of whole reports of Thursday, 16 May 2024: type, status and the countries of both sides.

usage: reports_test.py KRONIK [--print]

The table has "TYPE | countries > countries", with "| status" where that is not "asserted". Floors: F1 of types 0.6,
of whole rows 0.4.
"""
import collections
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
import paragraphs

DATE = "2024-05-16"
FLOORS = {"type": 0.6, "row": 0.4}


def row(event):
    """An event in the table's form."""
    def codes(actors):
        return " ".join(sorted({a["code"] for a in actors if a.get("code")}))
    # The table has the visitor act, also where the host receives (CAMEO 043).
    sides = [codes(event["actor"]), codes(event["recipient"])]
    if event["cameo"].startswith("043"):
        sides.reverse()
    out = f"{event['event_type']} | {sides[0]}" + (f" > {sides[1]}" if sides[1] else "")
    return out + (f" | {event['status']}" if event["status"] != "asserted" else "")


def f1(gold, found):
    both = (collections.Counter(gold) & collections.Counter(found)).total()
    return both, 2 * both / (len(gold) + len(found))


def main():
    kronik, verbose, failed = sys.argv[1], "--print" in sys.argv, False
    for path in sorted(pathlib.Path(__file__).resolve().parent.glob("*.txt")):
        cases = paragraphs.parse(path)
        found = collections.defaultdict(list)
        for i, event in paragraphs.records(kronik, "events", path.stem, [t for t, _ in cases], DATE):
            found[i].append(row(event))
        gold = [(i, r) for i, (_, wanted) in enumerate(cases) for r in wanted]
        system = [(i, r) for i, rows in found.items() for r in rows]
        if verbose:
            for i, (text, wanted) in enumerate(cases):
                missed = collections.Counter(wanted) - collections.Counter(found[i])
                extra = collections.Counter(found[i]) - collections.Counter(wanted)
                print("\n".join([text] + [f"  - {x}" for x in missed.elements()] + [f"  + {x}" for x in extra.elements()]))
        types = f1([(i, r.split(" |")[0]) for i, r in gold], [(i, r.split(" |")[0]) for i, r in system])
        rows = f1(gold, system)
        print(f"{path.stem}: of {len(gold)} events, {len(system)} found, {types[0]} have the type (F1 {types[1]:.3f}), "
              f"{rows[0]} all (F1 {rows[1]:.3f})")
        failed |= types[1] < FLOORS["type"] or rows[1] < FLOORS["row"]
    sys.exit(failed)


if __name__ == "__main__":
    main()
