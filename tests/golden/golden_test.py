#!/usr/bin/env python3
"""Compares what kronik finds in each report under examples/ with the golden files beside this one.

usage: golden_test.py KRONIK [--update]

A golden file holds one short line a record, so that a change of it reads as a change of meaning.
"""
import difflib
import json
import pathlib
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]


def records(kronik, verb, path):
    run = subprocess.run([kronik, verb, path.relative_to(ROOT)], capture_output=True, text=True, cwd=ROOT)
    if run.returncode != 0:
        raise SystemExit(f"{path}: {run.stderr}")
    return [json.loads(line) for line in run.stdout.splitlines()]


def who(actors):
    return ", ".join(" ".join([a.get("code") or "-", *a.get("sectors", [])]) + f' "{a.get("text", a.get("name", ""))}"'
                     for a in actors)


def interval(value):
    return f'{value["from"]}..{value["to"]}' if value else "-"


def describe(kronik, path):
    article = records(kronik, "article", path)[0]
    for name in ("url", "publisher", "lang", "title", "deck", "authors", "published", "place"):
        yield f"{name}: {article.get(name)}"
    for caption in article["captions"]:
        yield "caption: " + json.dumps(caption, ensure_ascii=False)
    for block in article["blocks"]:
        yield f'{block["kind"]}: {block["text"]}'
    for link in article["related"]:
        yield f'related: {link["text"]}'
    for line in article["residue"]:
        yield f'residue {line["kind"]}: {line["text"]}'
    for e in records(kronik, "events", path):
        yield (f'event: {e["event_type"]} {e.get("mode", "")} {e.get("cameo", "")} [{e["trigger"]["text"]}] '
               f'{who(e["actor"])} -> {who(e["recipient"])} {interval(e["date"])} {e["status"]}'
               + (f' by {who(e["reported_by"])}' if e["reported_by"] else ""))
    for s in records(kronik, "statements", path):
        yield (f'statement: {who([s["source"]])} [{s["cue"]["text"]}] {s["kind"]}: '
               + " ... ".join(c["text"] for c in s["content"])
               + (f' via {who([v["actor"] for v in s["via"]])}' if s["via"] else ""))
    for c in records(kronik, "commitments", path):
        yield (f'commitment: {c["kind"]} {c["status"]} {who([p["actor"] for p in c["parties"]])} '
               f'[{c["trigger"]["text"]}]: {c["subject"]["text"]} term {interval(c["term"])}')


def main():
    kronik, update, failed = sys.argv[1], "--update" in sys.argv, False
    for path in sorted((ROOT / "examples").iterdir()):
        golden = HERE / (path.stem + ".txt")
        found = "\n".join(describe(kronik, path)) + "\n"
        if update:
            golden.write_text(found)
        elif not golden.exists() or golden.read_text() != found:
            failed = True
            old = golden.read_text().splitlines() if golden.exists() else []
            print("\n".join(difflib.unified_diff(old, found.splitlines(), golden.name, "now", lineterm="", n=0)))
    return failed


if __name__ == "__main__":
    sys.exit(main())
