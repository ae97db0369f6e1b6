#!/usr/bin/env python3
"""Reads the stories into one chronicle and scores how the ledger joins their sentences.

usage: stories_test.py KRONIK [--print]

A link is a pair of sentences, of two reports, that one entry has as evidence. Precision counts links with at least
one sentence of the golden ledgers, recall the golden links. Reading the reports in the opposite
order must give the same ledger. Floors: precision and recall 0.85.
"""
import itertools
import json
import pathlib
import subprocess
import sys
import tempfile

FLOOR = 0.85


def parse(path):
    reports, entries, text, ledger = [], [], None, False
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        if line.startswith("== "):
            ledger, text = line == "== ledger", None
            if not ledger:
                ident, lang, date = line.split()[1:]
                reports.append({"id": ident, "lang": lang, "date": date, "text": ""})
            continue
        if not ledger:
            reports[-1]["text"] += line + "\n"
        elif line.startswith("  "):
            ident, words = line.strip().split(": ", 1)
            entries[-1]["sentences"].append((ident, words))
        elif line:
            entries.append({"story": path.stem, "status": line, "sentences": []})
    return reports, entries


def ledger(kronik, reports, folder, name):
    store = str(pathlib.Path(folder) / name)
    lines = "".join(json.dumps(report) + "\n" for report in reports)
    subprocess.run([kronik, "read", "--quiet", "--store", store, "-"], input=lines, check=True,
                   capture_output=True, text=True)
    out = subprocess.run([kronik, "ledger", "--format", "jsonl", "--store", store], check=True,
                         capture_output=True, text=True)
    return [json.loads(line) for line in out.stdout.splitlines()]


def main():
    kronik = sys.argv[1]
    reports, golden = [], []
    for path in sorted(pathlib.Path(__file__).resolve().parent.glob("*.txt")):
        more_reports, more_entries = parse(path)
        reports += more_reports
        golden += more_entries
    with tempfile.TemporaryDirectory() as folder:
        found = ledger(kronik, reports, folder, "forward.db")
        backward = ledger(kronik, reports[::-1], folder, "backward.db")

    def key(ident, sentence):
        for entry in golden:
            for known, words in entry["sentences"]:
                if known == ident and words in sentence:
                    return ident, words
        return ident, sentence

    gold_links, gold_keys = {}, {}
    for entry in golden:
        for a, b in itertools.combinations(sorted(entry["sentences"]), 2):
            if a[0] != b[0]:
                gold_links[a, b] = entry["story"]
        for sentence in entry["sentences"]:
            gold_keys[sentence] = entry
    links, status, entry_of = {}, {}, {}
    for record in found:
        keys = sorted({key(e["input"], e["sentence"]["text"]) for e in record["evidence"]})
        for pair in itertools.combinations(keys, 2):
            if pair[0][0] != pair[1][0] and any(k in gold_keys for k in pair):
                links[pair] = record["id"]
        for k in keys:
            entry_of.setdefault(k, record["id"])
            status.setdefault(k, "disputed" if record.get("disputed") else record["status"])
    right = [pair for pair in links if pair in gold_links]
    precision = len(right) / len(links) if links else 0.0
    recall = len(right) / len(gold_links)
    missed = sorted(pair for pair in gold_links if pair not in links)
    wrong = sorted(pair for pair in links if pair not in gold_links)
    right_status = sum(any(status.get(s) == e["status"] for s in e["sentences"]) for e in golden)
    print(f"links   P {precision:.3f}  R {recall:.3f}  gold {len(gold_links)}, predicted {len(links)}")
    print(f"status  {right_status} of {len(golden)} entries")
    if "--print" in sys.argv:
        for sentence, entry in gold_keys.items():
            if sentence not in entry_of:
                print(f"  not found: {entry['story']}: {sentence}")
        for name, pairs in (("missed", missed), ("wrong", wrong)):
            for a, b in pairs:
                print(f"  {name}: {a[0]}: {a[1]} | {b[0]}: {b[1]}")
        for entry in golden:
            known = {status.get(s, "-") for s in entry["sentences"]}
            if entry["status"] not in known:
                print(f"  status: {entry['story']}: {entry['status']}, not {', '.join(sorted(known))}")
    strip = lambda records: sorted(json.dumps(r, sort_keys=True) for r in records)
    same = strip(found) == strip(backward)
    print("the order of reading", "changes nothing" if same else "CHANGES THE LEDGER")
    return not (same and precision >= FLOOR and recall >= FLOOR)


if __name__ == "__main__":
    sys.exit(main())
