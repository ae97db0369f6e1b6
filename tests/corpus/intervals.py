#!/usr/bin/env python3
"""Event figures on the annotated reports by language, with bootstrap intervals over reports.

usage: intervals.py KRONIK GOLD_DIR
"""
import importlib.util
import pathlib
import random
import sys
import tempfile

import docs

ROUNDS = 2000
MEASURES = ("events type", "events type+trigger", "events type+countries", "events status")


def main():
    kronik, gold_dir = sys.argv[1:3]
    spec = importlib.util.spec_from_file_location("score", pathlib.Path(gold_dir) / "score.py")
    score = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(score)
    with tempfile.TemporaryDirectory() as folder:
        docs.convert(kronik, gold_dir, folder)
        gold, pred = score.load(gold_dir), score.load(folder)

    def figures(names):
        tally = score.Tally()
        for name in names:
            score.score_events(tally, gold[name]["events"], pred[name]["events"])
        numbers = tally.numbers()
        return {m: numbers.get(m, {}).get("F1", numbers.get(m, {}).get("accuracy")) or 0.0 for m in MEASURES}

    chance = random.Random(1)
    for lang in ("en", "id", None):
        names = sorted(n for n, g in gold.items() if lang in (None, g["lang"]))
        told = figures(names)
        drawn = [figures(chance.choices(names, k=len(names))) for _ in range(ROUNDS)]
        for measure in MEASURES:
            values = sorted(d[measure] for d in drawn)
            low, high = values[int(0.025 * ROUNDS)], values[int(0.975 * ROUNDS)]
            print(f"{lang or 'both':5} {len(names):2} {measure:24} {told[measure]:.3f}  95% {low:.3f} to {high:.3f}")


if __name__ == "__main__":
    main()
