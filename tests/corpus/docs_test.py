#!/usr/bin/env python3
"""Scores kronik on the annotated reports of the shared data, against the floors of floors.json.

usage: docs_test.py KRONIK [--print]

Skips (exit 77) where the folder is absent. A floor falls only by hand.
"""
import json
import pathlib
import subprocess
import sys
import tempfile

import docs

HERE = pathlib.Path(__file__).resolve().parent
DATA = HERE.parents[2] / "shared" / "data"


def main():
    gold = DATA / "docs"
    if not gold.is_dir():
        print(f"skipped: the annotated reports are not at {gold}")
        return 77
    with tempfile.TemporaryDirectory() as folder:
        docs.convert(sys.argv[1], gold, folder)
        score = [sys.executable, gold / "score.py", gold, folder]
        if "--print" in sys.argv:
            for lang in ([], ["--lang", "en"], ["--lang", "id"]):
                subprocess.run(score + lang, check=True)
            return 0
        out = subprocess.run(score + ["--json"], capture_output=True, text=True, check=True).stdout
    scores = json.loads(out)["scores"]
    floors = json.loads((HERE / "floors.json").read_text())["docs"]
    failed = False
    for bound in ("at_least", "at_most"):
        for name, limit in floors[bound].items():
            value = scores[name].get("F1", scores[name].get("accuracy")) or 0
            wrong = value < limit if bound == "at_least" else value > limit
            failed |= wrong
            print(f"{name:34s} {value:.3f}  {bound} {limit}{'  MISSED' if wrong else ''}")
    return failed


if __name__ == "__main__":
    sys.exit(main())
