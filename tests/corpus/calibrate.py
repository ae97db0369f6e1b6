#!/usr/bin/env python3
"""Fits data/ontology/plover/confidence.tsv and prints how reliable the confidence is.

usage: calibrate.py KRONIK DEV.jsonl [--write]

Trains on the plover-gsr sentences of the shared data's events/dev.jsonl and on calibration.tsv beside
this file. An event is right if its type is told of the sentence and the countries of both sides agree
(shared members; an empty side has none). The figures printed are cross-validated by sentence.
"""
import hashlib
import json
import math
import pathlib
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
TABLE = HERE.parents[1] / "data/ontology/plover/confidence.tsv"
FOLDS = 10
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


def fit(rows, rounds=600, rate=0.4, ridge=0.05):
    weights = {}
    total = sum(w for _, _, _, w in rows)
    for _ in range(rounds):
        slope = {}
        for _, features, label, weight in rows:
            error = (label - probability(weights, features)) * weight
            for f in features:
                slope[f] = slope.get(f, 0) + error
        for f, value in slope.items():
            weights[f] = weights.get(f, 0) + rate * (value / total * 10 - (0 if f == "bias" else ridge * weights.get(f, 0)))
    return weights


def probability(weights, features):
    return 1 / (1 + math.exp(-sum(weights.get(f, 0) for f in features)))


def main():
    kronik, dev = sys.argv[1:3]
    rows = list(examples(kronik, list(shared(dev)) + list(written())))
    fold = [int(hashlib.md5(r[0].encode()).hexdigest(), 16) % FOLDS for r in rows]
    scored = []
    for k in range(FOLDS):
        weights = fit([r for r, f in zip(rows, fold) if f != k])
        scored += [(probability(weights, r[1]), r[2], r[3]) for r, f in zip(rows, fold) if f == k]
    print(f"{len(rows)} events, {sum(r[2] for r in rows)} right; cross-validated:")
    print("confidence  events  mean  right")
    for low in (0, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8):
        high = 1.01 if low == 0.8 else 0.2 if low == 0 else low + 0.1
        part = [s for s in scored if low <= s[0] < high]
        if part:
            total = sum(w for _, _, w in part)
            print(f"{low:.1f} to {min(high, 1):.1f}  {len(part):6}  {sum(p * w for p, _, w in part) / total:.2f}  "
                  f"{sum(y * w for _, y, w in part) / total:.2f}")
    total = sum(w for _, _, w in scored)
    print(f"Brier score {sum(w * (p - y) ** 2 for p, y, w in scored) / total:.3f}")
    weights = fit(rows)
    if "--write" in sys.argv:
        head = [line for line in TABLE.read_text().splitlines() if line.startswith("#") or line.startswith(("feature", "threshold"))]
        body = [f"{name}\t{value:.2f}" for name, value in sorted(weights.items(), key=lambda x: (x[0] != "bias", x[0]))]
        TABLE.write_text("\n".join(head + body) + "\n")
    for name, value in sorted(weights.items(), key=lambda x: x[1]):
        print(f"  {name:20} {value:6.2f}  {sum(name in r[1] for r in rows)}")


if __name__ == "__main__":
    main()
