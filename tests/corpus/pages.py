#!/usr/bin/env python3
"""Turns `kronik article` into the shape of the shared data's pages/score.py.

usage: pages.py KRONIK PAGES_DIR > PRED.jsonl
"""
import json
import pathlib
import subprocess
import sys


def main():
    kronik, pages = sys.argv[1], pathlib.Path(sys.argv[2])
    ids = {str(pages / row["file"]): row["id"]
           for row in map(json.loads, open(pages / "gold.jsonl", encoding="utf-8"))}
    out = subprocess.run([kronik, "article", *ids], capture_output=True, text=True).stdout
    for line in out.splitlines():
        a = json.loads(line)
        print(json.dumps({"id": ids[a["input"]], "title": a["title"], "authors": a["authors"],
                          "date": a.get("published"), "body": a["text"]}, ensure_ascii=False))


if __name__ == "__main__":
    main()
