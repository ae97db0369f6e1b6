#!/usr/bin/env python3
"""Turns `kronik events --sentences` into the shape of the shared data's events/score.py.

usage: events.py KRONIK DEV.jsonl > PRED.jsonl
"""
import json
import subprocess
import sys


def actors(records):
    return [{"text": a.get("text", ""), "code": a.get("code") or "", "sector": (a.get("sectors") or [""])[0]}
            for a in records]


def main():
    kronik, gold = sys.argv[1:3]
    ids = []
    lines = []
    for line in open(gold, encoding="utf-8"):
        sentence = json.loads(line)
        ids.append(sentence["id"])
        lines.append(json.dumps({key: sentence.get(key, "") for key in ("id", "lang", "text", "date")}))
    out = subprocess.run([kronik, "events", "--sentences", "-"], input="\n".join(lines), capture_output=True, text=True)
    found = {}
    for line in out.stdout.splitlines():
        e = json.loads(line)
        found.setdefault(e["input"], []).append(
            {"plover": e["event_type"], "mode": e.get("mode", ""), "cameo": e.get("cameo", ""),
             "source": actors(e["actor"]), "target": actors(e["recipient"]), "trigger": e["trigger"]["text"]})
    for name in ids:
        print(json.dumps({"id": name, "events": found.get(name, [])}, ensure_ascii=False))


if __name__ == "__main__":
    main()
