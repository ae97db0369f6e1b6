#!/usr/bin/env python3
"""Scores the events of whole reports of Thursday, 16 May 2024: type, status and the countries of both sides.

usage: reports_test.py KRONIK [--print]

The table has "TYPE | countries > countries", with "| status" where that is not "asserted" and "@ date" where the text
tells it: a day, or the month of a day or month. Floors: F1 of types 0.6, of whole rows 0.4.
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


def date(event):
    """The day, month or year of an event; "" for a stretch of time."""
    of = event.get("date") or {}
    return of["from"][:10] if of.get("from") and of["from"] == of.get("to") else ""


def dated(wanted, found):
    """Of the wanted rows with a date that are found, how many have it; and how many they are."""
    right = count = 0
    left = list(found)
    for r, day in wanted:
        same = [f for f in left if f[0] == r]
        if same:
            best = max(same, key=lambda f: bool(day) and f[1].startswith(day))
            left.remove(best)
            count += bool(day)
            right += bool(day) and best[1].startswith(day)
    return right, count


def f1(gold, found):
    both = (collections.Counter(gold) & collections.Counter(found)).total()
    return both, 2 * both / (len(gold) + len(found))


def main():
    kronik, verbose, failed = sys.argv[1], "--print" in sys.argv, False
    for path in sorted(pathlib.Path(__file__).resolve().parent.glob("*.txt")):
        cases = [(text, [[part.strip() for part in (r + " @ ").split(" @ ")[:2]] for r in wanted])
                 for text, wanted in paragraphs.parse(path)]
        days = [0, 0]
        found, dates = collections.defaultdict(list), collections.defaultdict(list)
        for i, event in paragraphs.records(kronik, "events", path.stem, [t for t, _ in cases], DATE):
            found[i].append(row(event))
            dates[i].append((row(event), date(event)))
        gold = [(i, r) for i, (_, wanted) in enumerate(cases) for r, _ in wanted]
        system = [(i, r) for i, rows in found.items() for r in rows]
        if verbose:
            for i, (text, wanted) in enumerate(cases):
                rows = collections.Counter(r for r, _ in wanted)
                missed, extra = rows - collections.Counter(found[i]), collections.Counter(found[i]) - rows
                print("\n".join([text] + [f"  - {x}" for x in missed.elements()] + [f"  + {x}" for x in extra.elements()]))
        for i, (_, wanted) in enumerate(cases):
            days = [a + b for a, b in zip(days, dated(wanted, dates[i]))]
        types = f1([(i, r.split(" |")[0]) for i, r in gold], [(i, r.split(" |")[0]) for i, r in system])
        rows = f1(gold, system)
        print(f"{path.stem}: of {len(gold)} events, {len(system)} found, {types[0]} have the type (F1 {types[1]:.3f}), "
              f"{rows[0]} all (F1 {rows[1]:.3f}); dates right {days[0]} of {days[1]}")
        failed |= types[1] < FLOORS["type"] or rows[1] < FLOORS["row"]
    sys.exit(failed)


if __name__ == "__main__":
    main()
