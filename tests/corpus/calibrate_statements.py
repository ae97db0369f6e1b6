#!/usr/bin/env python3
"""Fits data/lang/en/statement_confidence.tsv and prints how reliable the confidence is.

usage: calibrate_statements.py KRONIK GUM.jsonl[.gz] [--write]

Trains on the shared data's text/attribution (GUM; the statements of the kinds that it marks, see
attribution.py) and on the paragraphs of tests/statements. A statement is right if its content is an
annotated one's, by half or more. The figures printed are cross-validated by document and paragraph.
"""
import collections
import pathlib
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

import attribution
import logistic
import paragraphs

TABLE = HERE.parents[1] / "data/lang/en/statement_confidence.tsv"


def alike(a, b):
    """F1 of two collections of characters or words."""
    a, b = collections.Counter(a), collections.Counter(b)
    return 2 * (a & b).total() / max(1, a.total() + b.total())


def features(statement):
    return statement["explanation"].removeprefix("features: ").split()


def annotated(kronik, texts, options):
    """(document, features, whether GUM has it, 1) of each statement of a kind that GUM marks."""
    gold = {t["id"]: [attribution.places(a["content"]) for a in t["attributions"]] for t in texts}
    found = [(t["id"], s, attribution.places(relation["content"]))
             for t, s, relation in attribution.relations(kronik, texts, clauses=True, least=0, options=options)]
    pairs = sorted(((alike(places, wanted), i, id, g) for i, (id, _, places) in enumerate(found)
                    for g, wanted in enumerate(gold[id])), reverse=True)
    right, taken = set(), set()
    for likeness, i, id, g in pairs:
        if likeness >= 0.5 and i not in right and (id, g) not in taken:
            right.add(i)
            taken.add((id, g))
    for i, (id, statement, _) in enumerate(found):
        yield id, features(statement), i in right, 1


def written(kronik, options):
    """The same of the paragraphs written for kronik."""
    cases = paragraphs.parse(HERE.parent / "statements/en.txt")
    for i, s in paragraphs.records(kronik, "statements", "en", [text for text, _ in cases], options=options):
        told = " ".join(piece["text"] for piece in s["content"]).split()
        wanted = [line.split(" | ") for line in cases[i][1]]
        right = any(cue == s["cue"]["text"] and alike(told, content.replace(";", "").split()) >= 0.5
                    for _, cue, content, *_ in wanted)
        yield f"written-{i}", features(s), right, 1


def main():
    kronik, gold = sys.argv[1:3]
    with tempfile.TemporaryDirectory() as folder:
        # Everything that is found, also what the threshold would drop.
        table = pathlib.Path(folder) / TABLE.relative_to(HERE.parents[1])
        table.parent.mkdir(parents=True)
        table.write_text("feature\tweight\nthreshold\t0\n")
        options = ["--data", folder, "--explain"]
        rows = list(annotated(kronik, attribution.load(gold), options)) + list(written(kronik, options))
    logistic.calibrate(rows, "statements", TABLE, "--write" in sys.argv)


if __name__ == "__main__":
    main()
