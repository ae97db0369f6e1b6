#!/usr/bin/env python3
"""Turns `kronik article` into the shape of the shared data's pages/score.py.

usage: pages.py KRONIK PAGES_DIR [--cross-validated DIR] > PRED.jsonl

With DIR, which `kronik train pages PAGES_DIR --cross-validate --out DIR` wrote, each page is read by
weights that were fitted without its publisher.
"""
import argparse
import json
import pathlib
import subprocess


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("kronik")
    parser.add_argument("pages", type=pathlib.Path)
    parser.add_argument("--cross-validated", type=pathlib.Path, metavar="DIR")
    args = parser.parse_args()
    ids = {str(args.pages / row["file"]): row["id"]
           for row in map(json.loads, open(args.pages / "gold.jsonl", encoding="utf-8"))}
    runs = [([], list(ids))]
    if args.cross_validated:
        runs = [(["--data", str(fold)], (fold / "pages.txt").read_text().split())
                for fold in sorted(args.cross_validated.iterdir())]
    for flags, files in runs:
        out = subprocess.run([args.kronik, *flags, "article", *files], capture_output=True, text=True).stdout
        for line in out.splitlines():
            a = json.loads(line)
            print(json.dumps({"id": ids[a["input"]], "title": a["title"], "authors": a["authors"],
                              "date": a.get("published"), "body": a["text"], "captions": a["captions"]},
                             ensure_ascii=False))


if __name__ == "__main__":
    main()
