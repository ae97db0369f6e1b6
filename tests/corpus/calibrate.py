#!/usr/bin/env python3
"""Fits data/ontology/plover/confidence.tsv and prints how reliable the confidence is.

usage: calibrate.py KRONIK DEV.jsonl [--write]

Trains on the plover-gsr sentences of the shared data's events/dev.jsonl and on calibration.tsv beside
this file. An event is right if its type is told of the sentence and the countries of both sides agree
(shared members; an empty side has none). The figures printed are cross-validated by sentence.
"""
import json
import pathlib
import subprocess
import sys
import tempfile

import logistic

HERE = pathlib.Path(__file__).resolve().parent
TABLE = HERE.parents[1] / "data/ontology/plover/confidence.tsv"
ORGANISATIONS = {"UNO", "EUR", "IGO", "NGO"}


def even(code):
    return "IGO" if code in ORGANISATIONS else code


def written():
    for n, line in enumerate((HERE / "calibration.tsv").read_text().splitlines()):
        if line.startswith("#") or line.startswith("lang\t"):
            continue
        lang, events, text = line.split("\t")
        gold = []
        for event in [] if events == "-" else events.split(";"):
            kind, parties = event.split(" ")
            actor, recipient = parties.split(">")
            gold.append((kind, {even(c) for c in actor.split("+") if c}, {even(c) for c in recipient.split("+") if c}))
        yield {"id": f"written-{n}", "lang": lang, "text": text, "gold": gold, "complete": True}


def shared(path):
    old = {"DEMAND": "REQUEST", "INVESTIGATE": "ACCUSE", "DISAPPROVE": "ACCUSE", "FIGHT": "ASSAULT"}
    for line in open(path, encoding="utf-8"):
        s = json.loads(line)
        if s["origin"] != "plover-gsr":
            continue
        gold = [(old.get(e["plover"], e["plover"]), {even(a["code"]) for a in e["source"] if a.get("code")},
                 {even(a["code"]) for a in e["target"] if a.get("code")}) for e in s["events"]]
        yield {"id": s["id"], "lang": s["lang"], "text": s["text"], "gold": gold, "complete": False}


def right(event, gold):
    codes = [{even(a["code"]) for a in event[side] if a.get("code")} for side in ("actor", "recipient")]
    for kind, actor, recipient in gold:
        if kind != event["event_type"]:
            continue
        if len(actor) > 1 and not recipient:
            if len(actor & (codes[0] | codes[1])) > 1:
                return True
        elif (not actor or actor & codes[0]) and (recipient & codes[1] if recipient else not codes[1]):
            return True
    return False


def examples(kronik, sentences):
    lines = "".join(json.dumps({k: s[k] for k in ("id", "lang", "text")} | {"date": "2000-01-01"}) + "\n" for s in sentences)
    with tempfile.TemporaryDirectory() as folder:
        # Everything that is found, also what the threshold would drop.
        table = pathlib.Path(folder) / TABLE.relative_to(HERE.parents[1])
        table.parent.mkdir(parents=True)
        table.write_text("feature\tweight\nthreshold\t0\n")
        out = subprocess.run([kronik, "--data", folder, "events", "--sentences", "--all", "--explain", "-"], input=lines,
                             capture_output=True, text=True, check=True)
    by_id = {s["id"]: s for s in sentences}
    for line in out.stdout.splitlines():
        event = json.loads(line)
        # Whether an act is told is one thing, whether it is done another: the status has its own rules.
        if event["status"] in ("hypothetical", "negated"):
            continue
        s = by_id[event["input"]]
        label = right(event, s["gold"])
        kinds = {kind for kind, _, _ in s["gold"]}
        # What an incomplete annotation leaves out may be right.
        weight = 1.0 if label or s["complete"] or event["event_type"] in kinds else 0.4
        features = event["explanation"].split("; features: ")[1].split()
        yield s["id"], features, label, weight


def main():
    kronik, dev = sys.argv[1:3]
    rows = list(examples(kronik, list(shared(dev)) + list(written())))
    logistic.calibrate(rows, "events", TABLE, "--write" in sys.argv)


if __name__ == "__main__":
    main()
