#!/usr/bin/env python3
"""Counts events that kronik finds in sentences of general news: where there is none, and where there is one.

usage: quiet_test.py KRONIK [--print]

Bounds: the alarms for a hundred quiet sentences, and the share of the others whose event's type is found.
"""
import csv
import json
import pathlib
import subprocess
import sys

AT_MOST = {"en": 6.0, "id": 6.0}
AT_LEAST = {"en": 0.75, "id": 0.8}


def load(path):
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


def events(kronik, lang, rows):
    lines = "\n".join(json.dumps({"id": str(i), "lang": lang, "text": row["text"], "date": "2024-05-16"})
                      for i, row in enumerate(rows))
    out = subprocess.run([kronik, "events", "--sentences", "-"], input=lines, capture_output=True, text=True, check=True)
    found = [[] for _ in rows]
    for line in out.stdout.splitlines():
        event = json.loads(line)
        found[int(event["input"])].append(event)
    return found


def describe(event):
    sides = [" ".join(f"{a['text']}[{a.get('code', '')}:{','.join(a.get('sectors') or [])}]" for a in event[side])
             for side in ("actor", "recipient")]
    return f"{event['event_type']} {sides[0]} > {sides[1]} ({event['confidence']:.2f}, {event['pattern']})"


def main():
    kronik, verbose, failed = sys.argv[1], "--print" in sys.argv, False
    for path in sorted(pathlib.Path(__file__).resolve().parent.glob("*.tsv")):
        rows = load(path)
        found = events(kronik, path.stem, rows)
        quiet = alarms = told = 0
        for row, of in zip(rows, found):
            right = any(event["event_type"] == row["event"] for event in of)
            quiet += row["event"] == "-"
            alarms += len(of) if row["event"] == "-" else 0
            told += right
            if verbose and (of if row["event"] == "-" else not right):
                print("\n".join([f"{row['event']} {row['text']}"] + [f"  {describe(event)}" for event in of]))
        rate, share = 100 * alarms / quiet, told / (len(rows) - quiet)
        print(f"{path.stem}: {alarms} alarms in {quiet} quiet sentences ({rate:.1f} per hundred), "
              f"{told} of {len(rows) - quiet} political events found ({share:.3f})")
        failed |= rate > AT_MOST[path.stem] or share < AT_LEAST[path.stem]
    sys.exit(failed)


if __name__ == "__main__":
    main()
