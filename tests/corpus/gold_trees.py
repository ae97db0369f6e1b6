#!/usr/bin/env python3
"""What the parser's errors cost the events: coded on a treebank's trees, and on kronik's trees of the same words.

usage: gold_trees.py KRONIK TREEBANK.conllu LANG
"""
import collections
import json
import pathlib
import subprocess
import sys
import tempfile


def run(*command, **more):
    return subprocess.run(command, capture_output=True, text=True, check=True, **more).stdout


def sentences(text):
    for block in text.strip().split("\n\n"):
        rows = [line.split("\t") for line in block.split("\n") if line and not line.startswith("#")]
        yield [row for row in rows if row[0].isdigit()]


def plain(trees):
    """CoNLL-U without clitics and spaces, so that both sides have the same text."""
    return "\n\n".join("\n".join("\t".join([*row[:9], "_"]) for row in rows) for rows in trees) + "\n\n"


def coded(kronik, path, lang):
    """How often each sentence is coded so: type, countries of the actors, of the recipients."""
    out = collections.Counter()
    for line in run(kronik, "events", path, "--trees", "--lang", lang, "--date", "2010-06-01").splitlines():
        event = json.loads(line)
        sides = [tuple(sorted({a.get("code") or "" for a in event[side]})) for side in ("actor", "recipient")]
        out[(event["sentence"]["start"], event["event_type"], *sides)] += 1
    return out


def score(gold, found, key):
    a, b = collections.Counter(), collections.Counter()
    for event, count in gold.items():
        a[key(event)] += count
    for event, count in found.items():
        b[key(event)] += count
    hit = sum((a & b).values())
    return 2 * hit / max(1, sum(a.values()) + sum(b.values()))


def main():
    kronik, treebank, lang = sys.argv[1:4]
    gold = list(sentences(pathlib.Path(treebank).read_text(encoding="utf-8")))
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        (folder / "gold.conllu").write_text(plain(gold), encoding="utf-8")
        words = "\n\n".join("\n".join(row[1] for row in rows) for rows in gold) + "\n"
        (folder / "words.txt").write_text(words, encoding="utf-8")
        parsed = run(kronik, "parse", folder / "words.txt", "--pretokenized", "--lang", lang, "--format", "conllu")
        (folder / "parsed.conllu").write_text(plain(sentences(parsed)), encoding="utf-8")
        on_gold = coded(kronik, folder / "gold.conllu", lang)
        on_parsed = coded(kronik, folder / "parsed.conllu", lang)
    print(f"{len(gold)} sentences: {sum(on_gold.values())} events on the treebank's trees, "
          f"{sum(on_parsed.values())} on kronik's")
    print(f"the same type in the same sentence: F1 {score(on_gold, on_parsed, lambda e: e[:2]):.3f}")
    print(f"and the same countries: F1 {score(on_gold, on_parsed, lambda e: e):.3f}")


if __name__ == "__main__":
    main()
