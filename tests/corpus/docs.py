#!/usr/bin/env python3
"""Turns kronik's records into the annotation shape of the shared data's docs/score.py.

usage: docs.py KRONIK GOLD_DIR OUT_DIR

Reads each report's `raw` and writes one file a report.
"""
import json
import pathlib
import subprocess
import sys


def run(kronik, verb, lines):
    out = subprocess.run([kronik, verb, "-"], input=lines, capture_output=True, text=True)
    found = {}
    for line in out.stdout.splitlines():
        record = json.loads(line)
        found.setdefault(record["input"], []).append(record)
    return found


def date(interval):
    start, end = (interval or {}).get("from"), (interval or {}).get("to")
    if not start and not end:
        return None
    return start if start == end else f"{start or ''}/{end or ''}"


def actor(record):
    sectors = record.get("sectors") or [None]
    return {"text": record.get("name") or record.get("text", ""), "code": record.get("code"), "sector": sectors[0]}


def article(record):
    kinds = {"meta": [], "residue": []}
    for line in record["residue"]:
        kinds["meta" if line["kind"] in ("byline", "editor") else "residue"].append(line["text"])
    blocks = record["blocks"]
    return {"title": record["title"], "authors": record["authors"], "place": record.get("place"),
            "date": record.get("published"), "captions": [c["text"] for c in record["captions"]],
            "body": [b["text"] for b in blocks if b["kind"] != "heading"],
            "sections": [b["text"] for b in blocks if b["kind"] == "heading"],
            "residue": kinds["residue"] + [link["text"] for link in record["related"]], "meta": kinds["meta"]}


def event(record):
    # The annotation has the visitor as the source, also where the host receives (CAMEO 043).
    hosts = record["cameo"].startswith("043") and record["recipient"]
    source, target = ("recipient", "actor") if hosts else ("actor", "recipient")
    reported = record["reported_by"]
    return {"type": record["event_type"], "mode": record.get("mode"), "context": record["context"],
            "source": [actor(a) for a in record[source]], "target": [actor(a) for a in record[target]],
            "trigger": record["trigger"]["text"], "sentence": record["sentence"]["text"],
            "date": date(record["date"]), "status": record["status"],
            **({"reported_by": reported[0].get("text") or reported[0].get("name")} if reported else {})}


def outer(records):
    """Those that the annotation marks: with a source, and not inside another's content."""
    def inside(span, other):
        return any(c["start"] <= span["start"] and span["end"] <= c["end"] for c in other["content"])
    return [r for r in records if r["source"] and not any(inside(r["cue"], o) for o in records if o is not r)]


def statements(record):
    # The scorer's statements are one stretch each: a quotation broken by its cue is two.
    source, via, cue = record["source"], record["via"], record["cue"]
    # A pronoun that is a part of the cue ("ujarnya") is written as whom it stands for.
    clitic = cue["start"] <= source.get("start", -1) < cue["end"]
    for content in record["content"]:
        yield {"speaker": source.get("name", "") if clitic else source.get("text") or source.get("name", ""), "speaker_code": source.get("code"),
               "cue": record["cue"]["text"], "content": content["text"], "kind": record["kind"],
               **({"via": via[0]["actor"].get("text") or via[0]["actor"].get("name")} if via else {})}


def commitment(record):
    term = record["term"]
    return {"parties": [actor(p["actor"]) for p in record["parties"]], "kind": record["kind"],
            "subject": record["subject"]["text"], "trigger": record["trigger"]["text"],
            "sentence": record["evidence"][0]["sentence"]["text"], "status": record["status"],
            **({"term": {"from": term["from"], "to": term["to"]}} if term["from"] or term["to"] else {})}


def convert(kronik, gold_dir, out_dir):
    gold = [json.loads(path.read_text()) for path in sorted(pathlib.Path(gold_dir).glob("*.json"))]
    lines = "".join(json.dumps({"id": g["id"], "raw": g["raw"], "lang": g["lang"]}) + "\n" for g in gold)
    found = {verb: run(kronik, verb, lines) for verb in ("article", "events", "statements", "commitments")}
    for g in gold:
        articles = found["article"].get(g["id"])
        prediction = {
            "id": g["id"], "lang": g["lang"], "article": article(articles[0]) if articles else {},
            "events": [event(e) for e in found["events"].get(g["id"], [])],
            "statements": [s for r in outer(found["statements"].get(g["id"], [])) for s in statements(r)],
            "commitments": [commitment(c) for c in found["commitments"].get(g["id"], [])]}
        (pathlib.Path(out_dir) / f'{g["id"]}.json').write_text(json.dumps(prediction, ensure_ascii=False))


if __name__ == "__main__":
    convert(*sys.argv[1:4])
