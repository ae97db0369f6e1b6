#!/usr/bin/env python3
"""Scores the times that events of whole reports are given.

usage: days_test.py KRONIK [--print]

A row "released four | 2024-09-11" marks words of the report that have an event's trigger in them, and its time: a day,
a month, a year, or FROM..TO. Counted are the rows that have an event. Floor: nine of ten right.
"""
import collections
import json
import pathlib
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
import paragraphs

FLOOR = 0.9


def interval(event):
    """An event's time in the table's form; "" for none."""
    date = event.get("date") or {}
    start, end = date.get("from") or "", date.get("to") or ""
    return start if start == end else f"{start}..{end}"


def events(kronik, lang, cases):
    """The events of each report, by its number."""
    lines = "".join(json.dumps({"id": str(i), "lang": lang, "text": text, "date": rows[0].removeprefix("@ ")}) + "\n"
                    for i, (text, rows) in enumerate(cases))
    out = subprocess.run([kronik, "events", "-"], input=lines, check=True, capture_output=True, text=True).stdout
    found = collections.defaultdict(list)
    for event in map(json.loads, out.splitlines()):
        found[int(event["input"])].append(event)
    return found


def main():
    kronik, verbose, failed = sys.argv[1], "--print" in sys.argv, False
    for path in sorted(pathlib.Path(__file__).resolve().parent.glob("*.txt")):
        cases = paragraphs.parse(path)
        found = events(kronik, path.stem, cases)
        marked = told = right = 0
        for i, (text, rows) in enumerate(cases):
            for row in rows[1:]:
                words, when = row.split(" | ")
                start = text.index(words)
                times = [interval(e) for e in found[i]
                         if e["trigger"]["start"] < start + len(words) and e["trigger"]["end"] > start]
                marked += 1
                told += bool(times)
                right += when in times
                if verbose and times and when not in times:
                    print(f"{words}: {when}, not {', '.join(times) or 'unknown'}")
        print(f"{path.stem}: {marked} acts marked, {told} found, {right} of these have the right time")
        failed |= right < FLOOR * told
    sys.exit(failed)


if __name__ == "__main__":
    main()
